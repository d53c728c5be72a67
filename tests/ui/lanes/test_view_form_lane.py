from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QImage, QKeySequence
from PyQt6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.form.form_plan import FormPlan, PlannedSection
from hitpoint.core.music.key import Key
from hitpoint.core.music.metre import COMMON_TIME
from hitpoint.ui.lanes.drawing.stage import HEADER
from hitpoint.ui.lanes.drawing.timeline_data import timeline_data
from hitpoint.ui.lanes.form_lane import FormLane
from hitpoint.ui.lanes.timeline_view import TimelineView

LEFT = Qt.MouseButton.LeftButton
SECTIONS = (
    PlannedSection(0, 2, "Theme", "A", Key(0), 0.4, False, (2,)),
    PlannedSection(2, 2, "Summit", "B", Key(7), 0.9, True, (2,), locked=True),
)


@pytest.fixture
def view(qtbot: QtBot, make_small_cue: Callable[..., Cue]) -> TimelineView:
    """Two sections of two bars of two seconds; a second has 100 pixels."""
    cue = make_small_cue("C C F G A:min A:min F C")
    plan = FormPlan(COMMON_TIME, SECTIONS, (0.3, 0.5, 1.0, 0.8), (2, 2, 2, 2), (1.0,) * 4, 3)
    cue = replace(cue, plan=plan)
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(HEADER + 800, 900)
    view.show()
    QApplication.processEvents()  # until its layout is done
    view.show_timeline(timeline_data(cue.edit, cue))
    view.show_span(0.0, 8.0)
    return view


@pytest.fixture
def lane(view: TimelineView) -> FormLane:
    return view.form


def test_a_border_is_dragged_to_the_nearest_bar_line(view: TimelineView, lane: FormLane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.border_moved) as asked:
        qtbot.mousePress(lane, LEFT, pos=QPoint(HEADER + 400, 15))
        qtbot.mouseMove(lane, QPoint(HEADER + 190, 15))
        qtbot.mouseRelease(lane, LEFT, pos=QPoint(HEADER + 190, 15))
    assert asked.args == [1, 1]


def test_a_border_that_stays_asks_for_nothing(view: TimelineView, lane: FormLane, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.border_moved):
        qtbot.mousePress(lane, LEFT, pos=QPoint(HEADER + 400, 15))
        qtbot.mouseMove(lane, QPoint(HEADER + 430, 15))
        qtbot.mouseRelease(lane, LEFT, pos=QPoint(HEADER + 430, 15))


def test_the_menu_sets_the_summit_and_frees_a_section(view: TimelineView, lane: FormLane, qtbot: QtBot) -> None:
    menu = QMenu()
    lane.fill_menu(menu, 700, 15)
    actions = {action.text(): action for action in menu.actions()}
    with qtbot.waitSignal(view.summit_set) as summit:
        actions["Summit Here"].trigger()
    with qtbot.waitSignal(view.section_locked) as locked:
        actions["Lock Section"].trigger()
    assert summit.args == [3] and locked.args == [1, False]


def test_the_menu_names_a_theme(view: TimelineView, lane: FormLane, qtbot: QtBot) -> None:
    menu = QMenu()
    lane.fill_menu(menu, 100, 15)
    themes = next(action.menu() for action in menu.actions() if action.text() == "Theme")
    assert themes is not None
    chosen = {action.text(): action for action in themes.actions()}
    assert chosen["A"].isChecked()
    with qtbot.waitSignal(view.theme_named) as named:
        chosen["B'"].trigger()
    assert named.args == [0, "B'"]


def test_the_tip_tells_section_theme_and_key(lane: FormLane) -> None:
    assert lane.tip_at(500, 15).startswith("Summit B, G major")
    assert lane.tip_at(100, 15).startswith("Theme A, C major")


def test_a_cue_without_a_plan_has_no_sections(view: TimelineView, make_small_cue: Callable[..., Cue]) -> None:
    cue = make_small_cue("C C F G")
    view.show_timeline(timeline_data(cue.edit, cue))
    assert view.form.tip_at(100, 15) == ""


@pytest.mark.parametrize(
    ("keys", "signal", "told"),
    [
        ("Ctrl+Right Alt+Left", "border_moved", [1, 1]),
        ("Ctrl+Right X", "section_locked", [1, False]),
        ("X", "section_locked", [0, True]),
        ("S", "summit_set", [2]),
        ("B", "theme_named", [0, "B"]),
        ("A", "theme_named", [0, "A'"]),
        ("Del", "theme_named", [0, ""]),
    ],
)
def test_everything_that_the_mouse_does_is_done_by_keys(
    view: TimelineView, lane: FormLane, qtbot: QtBot, keys: str, signal: str, told: list[object]
) -> None:
    view.show_playhead(5.0)
    *way, last = [QKeySequence(one)[0] for one in keys.split()]
    for one in way:
        qtbot.keyClick(lane, one.key(), one.keyboardModifiers())
    with qtbot.waitSignal(getattr(view, signal)) as asked:
        qtbot.keyClick(lane, last.key(), last.keyboardModifiers())
    assert asked.args == told


def test_going_to_a_section_goes_there_and_says_which(view: TimelineView, lane: FormLane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.seek_requested) as asked:
        qtbot.keyClick(lane, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == [4.0] and lane.accessibleDescription().startswith("Summit B, G major")


def test_the_first_section_has_no_border_to_move(view: TimelineView, lane: FormLane, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.border_moved):
        qtbot.keyClick(lane, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)


def test_the_tension_does_not_cross_the_names(view: TimelineView, lane: FormLane) -> None:
    data = view.stage.data
    names = (HEADER + 1, 3, 2, (lane.height() - 7) // 2)  # a column of the first section, which has no mark

    def painted(tension: float) -> QImage:
        curve = replace(data.form, tension=(tension, *data.form.tension[1:]))
        view.show_timeline(replace(data, form=curve))
        return lane.grab().toImage()

    low, high = painted(0.1), painted(0.99)
    assert low.copy(*names) == high.copy(*names)
    assert low != high
