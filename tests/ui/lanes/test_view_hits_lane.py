from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from hitpoint.core.arrange.form.hit_points import Hit
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.hit_wishes import HitWish
from hitpoint.ui.lanes.drawing.stage import HEADER
from hitpoint.ui.lanes.drawing.timeline_data import timeline_data
from hitpoint.ui.lanes.hits_lane import HitsLane
from hitpoint.ui.lanes.timeline_view import TimelineView

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot, make_small_cue: Callable[..., Cue]) -> TimelineView:
    """Cuts at 1 s and 5 s, the latter to be let pass; a marker at 1.6 s; an own hit at 3 s; a second has 100 pixels."""
    own = [HitWish(75, "punch"), HitWish(125, "", 0.0)]
    cue = make_small_cue("C C F G A:min A:min F C", cuts=[25, 125], own=own, marker=40)
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(HEADER + 800, 702)
    view.show()
    QApplication.processEvents()  # until its layout is done
    data = timeline_data(cue.edit, cue)
    view.show_timeline(replace(data, hits=(replace(data.hits[0], error=0.02), *data.hits[1:])))
    view.show_span(0.0, 8.0)
    return view


@pytest.fixture
def lane(view: TimelineView) -> HitsLane:
    return view.hits


def at(x: int) -> QPoint:
    return QPoint(HEADER + x, 14)


@pytest.mark.parametrize(("x", "asked_for"), [(101, [25, False]), (503, [125, True]), (159, [40, False])])
def test_a_double_click_wants_or_lets_pass(
    view: TimelineView, lane: HitsLane, qtbot: QtBot, x: int, asked_for: list[object]
) -> None:
    with qtbot.waitSignal(view.hit_wanted) as asked:
        qtbot.mouseDClick(lane, LEFT, pos=at(x))
    assert asked.args == asked_for


def test_a_click_goes_there_and_changes_nothing(view: TimelineView, lane: HitsLane, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.hit_wanted), qtbot.waitSignal(view.seek_requested) as asked:
        qtbot.mouseClick(lane, LEFT, pos=at(101))
    assert asked.args == [1.0]


def test_a_dragged_hit_shows_its_picture_and_timecode(view: TimelineView, lane: HitsLane, qtbot: QtBot) -> None:
    qtbot.mousePress(lane, LEFT, pos=at(300))
    with qtbot.waitSignal(view.seek_requested) as asked:
        qtbot.mouseMove(lane, at(420))
    assert asked.args == [pytest.approx(4.2)]
    picture = lane.grab().toImage()
    assert picture.pixelColor(HEADER + 432, lane.height() // 2 - 8).name() == view.stage.theme.raised
    qtbot.mouseRelease(lane, LEFT, pos=at(420))


@pytest.mark.parametrize("start", [100, 250])  # a cut, and no hit at all
def test_a_drag_from_a_cut_leads_the_picture_and_shows_its_timecode(
    view: TimelineView, lane: HitsLane, qtbot: QtBot, start: int
) -> None:
    qtbot.mousePress(lane, LEFT, pos=at(start))
    with qtbot.waitSignal(view.seek_requested) as asked:
        qtbot.mouseMove(lane, at(420))
    assert asked.args == [pytest.approx(4.2)]
    picture = lane.grab().toImage()
    assert picture.pixelColor(HEADER + 432, lane.height() // 2 - 8).name() == view.stage.theme.raised
    with qtbot.assertNotEmitted(view.hit_moved):
        qtbot.mouseRelease(lane, LEFT, pos=at(420))


def drag(qtbot: QtBot, lane: HitsLane, start: int, end: int) -> None:
    qtbot.mousePress(lane, LEFT, pos=at(start))
    qtbot.mouseMove(lane, at(end))
    qtbot.mouseRelease(lane, LEFT, pos=at(end))


def test_a_drag_moves_an_own_hit(view: TimelineView, lane: HitsLane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.hit_moved) as asked, qtbot.assertNotEmitted(view.hit_wanted):
        drag(qtbot, lane, 300, 420)
    assert asked.args == [75, 105]


def test_a_cut_cannot_be_dragged(view: TimelineView, lane: HitsLane, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.hit_moved), qtbot.assertNotEmitted(view.hit_wanted):
        drag(qtbot, lane, 100, 420)


def test_escape_ends_a_drag(view: TimelineView, lane: HitsLane, qtbot: QtBot) -> None:
    qtbot.mousePress(lane, LEFT, pos=at(300))
    qtbot.mouseMove(lane, at(420))
    qtbot.keyClick(lane, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(view.hit_moved):
        qtbot.mouseRelease(lane, LEFT, pos=at(420))


def test_a_double_click_adds_a_hit(view: TimelineView, lane: HitsLane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.hit_added) as asked:
        qtbot.mouseDClick(lane, LEFT, pos=at(400))
    assert asked.args == [100]


@pytest.mark.parametrize(
    ("x", "count", "signal", "asked_for"),
    [(300, 3, "hit_removed", [75]), (100, 2, "hit_wanted", [25, False]), (400, 1, "hit_added", [100])],
    ids=["own", "cut", "none"],
)
def test_the_menu_offers_what_can_be_done(
    view: TimelineView, lane: HitsLane, qtbot: QtBot, x: int, count: int, signal: str, asked_for: list[object]
) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    lane.fill_menu(menu, x, 10)
    assert len(menu.actions()) == count
    with qtbot.waitSignal(getattr(view, signal)) as asked:
        menu.actions()[1 if signal == "hit_removed" else 0].trigger()
    assert asked.args == asked_for


def test_keys_go_from_hit_to_hit_and_change_them(view: TimelineView, lane: HitsLane, qtbot: QtBot) -> None:
    view.show_playhead(2.0)
    with qtbot.waitSignal(view.seek_requested) as asked:
        qtbot.keyClick(lane, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == [3.0]
    with qtbot.waitSignal(view.hit_wanted) as asked:
        qtbot.keyClick(lane, Qt.Key.Key_Return)
    assert asked.args == [75, False]
    with qtbot.waitSignal(view.hit_moved) as asked:
        qtbot.keyClick(lane, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert asked.args == [75, 74]


def test_keys_add_at_the_playhead_and_remove(view: TimelineView, lane: HitsLane, qtbot: QtBot) -> None:
    view.show_playhead(4.0)
    with qtbot.waitSignal(view.hit_added) as asked:
        qtbot.keyClick(lane, Qt.Key.Key_Insert)
    assert asked.args == [100]
    view.show_playhead(2.5)
    qtbot.keyClick(lane, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(view.hit_removed) as asked:
        qtbot.keyClick(lane, Qt.Key.Key_Delete)
    assert asked.args == [75]


def test_the_tooltip_tells_how_far_a_hit_is_missed(lane: HitsLane) -> None:
    assert lane.tip_at(100, 10) == "Cut, wanted\n01:00:01:00\nmusic 20 ms late (0.5 fr)"
    assert lane.tip_at(160, 10).startswith("door, wanted\n01:00:01:15\n")
    assert lane.tip_at(230, 10) == ""


def test_what_was_measured_later_is_told(view: TimelineView, lane: HitsLane) -> None:
    view.show_measured([Hit(Fraction(3), "punch", -0.0801, "accent", True)])
    assert lane.tip_at(300, 10).endswith("music 80 ms early (2.0 fr)")
    assert lane.tip_at(100, 10).endswith("once the music has been rendered")


def test_a_hit_that_is_wanted_is_filled(view: TimelineView, lane: HitsLane) -> None:
    picture = lane.grab().toImage()
    middle = (lane.height() - 1) // 2
    assert picture.pixelColor(HEADER + 300, middle).name() == view.stage.theme.hit_wanted
    assert picture.pixelColor(HEADER + 500, middle).name() == view.stage.theme.background
