from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from hitpoint.core.cue.changes import density_drawn
from hitpoint.core.cue.cue import Cue
from hitpoint.ui.lanes.drawing.stage import HEADER
from hitpoint.ui.lanes.drawing.timeline_data import timeline_data
from hitpoint.ui.lanes.dynamics_lane import DynamicsLane
from hitpoint.ui.lanes.timeline_view import TimelineView

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot, make_small_cue: Callable[..., Cue]) -> TimelineView:
    """Steps 2 and 3 are drawn; a second has 100 pixels."""
    cue = density_drawn(make_small_cue("C C F G A:min A:min F C"), 2, [30.0, 20.0])
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(HEADER + 800, 702)
    view.show()
    QApplication.processEvents()  # until its layout is done
    view.show_timeline(timeline_data(cue.edit, cue))
    view.show_span(0.0, 8.0)
    return view


@pytest.fixture
def lane(view: TimelineView) -> DynamicsLane:
    return view.density


def at(lane: DynamicsLane, x: int, value: float) -> QPoint:
    return QPoint(HEADER + x, round(float(lane.y_of(value))))


def test_a_click_draws_one_step(view: TimelineView, lane: DynamicsLane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.density_drawn) as asked:
        qtbot.mouseClick(lane, LEFT, pos=at(lane, 150, 20.0))
    assert asked.args is not None and asked.args[0] == 1
    assert asked.args[1] == [pytest.approx(20.0, abs=1.5)]


def test_a_quick_drag_draws_all_steps_between(view: TimelineView, lane: DynamicsLane, qtbot: QtBot) -> None:
    qtbot.mousePress(lane, LEFT, pos=at(lane, 650, 10.0))
    qtbot.mouseMove(lane, at(lane, 250, 30.0))
    with qtbot.waitSignal(view.density_drawn) as asked:
        qtbot.mouseRelease(lane, LEFT, pos=at(lane, 250, 30.0))
    assert asked.args is not None and asked.args[0] == 2
    assert asked.args[1] == [pytest.approx(value, abs=1.5) for value in (30, 25, 20, 15, 10)]


def test_loudness_is_asked_for_by_itself(view: TimelineView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.loudness_drawn) as asked, qtbot.assertNotEmitted(view.density_drawn):
        qtbot.mouseClick(view.loudness, LEFT, pos=at(view.loudness, 50, 0.25))
    assert asked.args is not None and asked.args[1] == [pytest.approx(0.25, abs=0.04)]


@pytest.mark.parametrize("y", [-50, 500])
def test_drawing_stays_between_the_limits(view: TimelineView, lane: DynamicsLane, qtbot: QtBot, y: int) -> None:
    qtbot.mousePress(lane, LEFT, pos=at(lane, 50, 10.0))
    qtbot.mouseMove(lane, QPoint(HEADER + 150, y))
    with qtbot.waitSignal(view.density_drawn) as asked:
        qtbot.mouseRelease(lane, LEFT, pos=QPoint(HEADER + 150, y))
    assert asked.args is not None and asked.args[1][1] == (42.0 if y < 0 else 0.0)


def test_escape_forgets_what_was_drawn(view: TimelineView, lane: DynamicsLane, qtbot: QtBot) -> None:
    qtbot.mousePress(lane, LEFT, pos=at(lane, 50, 10.0))
    qtbot.keyClick(lane, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(view.density_drawn):
        qtbot.mouseRelease(lane, LEFT, pos=at(lane, 50, 10.0))


def test_arrows_change_the_selected_steps(view: TimelineView, lane: DynamicsLane, qtbot: QtBot) -> None:
    view.show_selection(1, 4)
    with qtbot.waitSignal(view.density_drawn) as asked:
        qtbot.keyClick(lane, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert asked.args == [1, [11.0, 31.0, 21.0]]


def test_arrows_go_from_step_to_step(view: TimelineView, lane: DynamicsLane, qtbot: QtBot) -> None:
    view.show_playhead(3.5)
    for expected in ([3, 4], [4, 5]):
        with qtbot.waitSignal(view.selection_changed) as asked:
            qtbot.keyClick(lane, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
        assert asked.args == expected


def test_a_menu_leaves_what_was_drawn_here_to_the_picture(view: TimelineView, lane: DynamicsLane, qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    lane.fill_menu(menu, 250, 10)
    with qtbot.waitSignal(view.density_released) as asked:
        menu.actions()[0].trigger()
    assert asked.args == [2, 4]


def test_what_was_drawn_looks_other_than_the_picture(view: TimelineView, lane: DynamicsLane) -> None:
    picture, bottom = lane.grab().toImage(), lane.height() - 3
    assert picture.pixelColor(HEADER + 250, bottom).name() == view.stage.theme.density
    assert picture.pixelColor(HEADER + 150, bottom).name() != view.stage.theme.density


def test_the_tooltip_tells_whose_a_value_is(lane: DynamicsLane) -> None:
    assert lane.tip_at(250, 10) == "30 notes/s, drawn or asked for by you"
    assert lane.tip_at(150, 10) == "10 notes/s, from the picture"


def test_zoomed_out_the_loudest_step_is_still_seen(view: TimelineView, make_small_cue: Callable[..., Cue]) -> None:
    cue = make_small_cue(" ".join(["C"] * 2000))
    quiet = [replace(step, density=0.0) for step in cue.steps]
    quiet[1000] = replace(quiet[1000], density=42.0)
    cue = replace(cue, steps=tuple(quiet))
    view.show_timeline(timeline_data(cue.edit, cue))
    view.zoom_to_fit()
    picture, x = view.density.grab().toImage(), HEADER + round(view.stage.scale.x(1000.5))
    background = view.stage.theme.background
    assert any(picture.pixelColor(x + by, 12).name() != background for by in (-1, 0, 1))
    assert picture.pixelColor(x + 30, 12).name() == background
