"""The form of the cue changed in a real window, by mouse and keys; each change is undone by its name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication

from hitpoint.core.cue.form.form_plan import FormPlan, PlannedSection
from hitpoint.core.music.key import Key
from hitpoint.core.music.metre import COMMON_TIME
from hitpoint.ui.app import Window
from hitpoint.ui.lanes.form_lane import FormLane
from hitpoint.ui.language import speak

LEFT = Qt.MouseButton.LeftButton
SECTIONS = (
    PlannedSection(0, 2, "Theme", "A", Key(0), 0.4, False, (2,)),
    PlannedSection(2, 2, "Summit", "B", Key(7), 0.9, True, (2,)),
)


@pytest.fixture
def planned(at_work: Window) -> Window:
    """A window whose cue has two sections of two bars."""
    desk = at_work.presenter.desk
    assert desk.cue is not None
    plan = FormPlan(COMMON_TIME, SECTIONS, (0.3, 0.5, 1.0, 0.8), (2, 2, 2, 2), (1.0,) * 4, 3)
    desk.put(replace(desk.cue, plan=plan), "Compose", desk.name)
    at_work.panel.activateWindow()
    return at_work


def _plan(window: Window) -> Any:
    cue = window.presenter.desk.cue
    assert cue is not None and cue.plan is not None
    return cue.plan


def _undone(window: Window) -> str:
    label = window.presenter.desk.session.undo_label or "" if window.presenter.desk.session is not None else ""
    window.presenter.changes.undo()
    return label


def test_a_border_is_dragged_and_brought_back(planned: Window) -> None:
    lane = planned.panel.timeline.form
    x = [lane.stage.header + round(lane.x_of(time)) for time in lane.stage.data.form.bars]
    QTest.mousePress(lane, LEFT, pos=QPoint(x[2], 20))
    QTest.mouseMove(lane, QPoint(x[1] + 3, 20))
    QTest.mouseRelease(lane, LEFT, pos=QPoint(x[1] + 3, 20))
    assert [section.first_bar for section in _plan(planned).sections] == [0, 1]
    assert _undone(planned) == "Move Section Border" and _plan(planned).sections[1].first_bar == 2


def test_keys_change_the_form_and_undo_names_what_they_did(planned: Window) -> None:
    lane, start = planned.panel.timeline.form, _plan(planned)
    lane.setFocus()
    told = []
    ctrl, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    QTest.keyClick(lane, Qt.Key.Key_Right, ctrl)
    planned.playhead.look()
    for key, modifiers in ((Qt.Key.Key_Left, alt), (Qt.Key.Key_C, None), (Qt.Key.Key_S, None), (Qt.Key.Key_X, None)):
        QTest.keyClick(lane, key, modifiers or Qt.KeyboardModifier.NoModifier)
    plan = _plan(planned)
    assert (plan.sections[1].first_bar, plan.sections[1].theme, plan.sections[1].locked) == (1, "C", True)
    assert plan.tension.index(max(plan.tension)) == 2
    told = [_undone(planned) for _ in range(4)]
    assert told == ["Lock Section", "Set Summit", "Name Theme", "Move Section Border"]
    assert _plan(planned) == start


def test_names_of_sections_are_told_in_german(planned: Window) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication) and speak(application, "de") == "de"
    try:
        lane = FormLane(planned.panel.timeline.stage)
    finally:
        speak(application, "en")
    assert lane.tip_at(lane.x_of(0.5), 10).startswith("Thema A")
    assert lane.tip_at(lane.x_of(4.5), 10).startswith("Höhepunkt B")


def test_a_summit_that_is_moved_by_key_renames_the_sections(planned: Window) -> None:
    lane = planned.panel.timeline.form
    planned.shuttle.go_to(0)
    planned.playhead.look()
    lane.setFocus()
    QTest.keyClick(lane, Qt.Key.Key_S)
    assert [section.name for section in lane.stage.data.form.sections] == ["Summit", "Release"]
