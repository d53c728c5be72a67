from __future__ import annotations

from collections.abc import Callable

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from hitpoint.core.cue.cue import Cue
from hitpoint.ui.lanes.drawing.stage import HEADER
from hitpoint.ui.lanes.drawing.timeline_data import timeline_data
from hitpoint.ui.lanes.mood_lane import MoodLane
from hitpoint.ui.lanes.timeline_view import TimelineView

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot, make_small_cue: Callable[..., Cue]) -> TimelineView:
    """Neutral to 2 s, sad by wish to 4 s, tense to 8 s; a second has 100 pixels."""
    cue = make_small_cue("C C F G A:min A:min F C")
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(HEADER + 800, 702)
    view.show()
    QApplication.processEvents()  # until its layout is done
    view.show_timeline(timeline_data(cue.edit, cue))
    view.show_span(0.0, 8.0)
    return view


@pytest.fixture
def lane(view: TimelineView) -> MoodLane:
    return view.moods


def drag(qtbot: QtBot, lane: MoodLane, start: int, end: int) -> None:
    qtbot.mousePress(lane, LEFT, pos=QPoint(HEADER + start, 15))
    qtbot.mouseMove(lane, QPoint(HEADER + end, 15))
    qtbot.mouseRelease(lane, LEFT, pos=QPoint(HEADER + end, 15))


@pytest.mark.parametrize(("start", "end", "span"), [(400, 600, [2.0, 6.0]), (200, 120, [1.2, 4.0])])
def test_an_edge_dragged_outwards_makes_the_wish_longer(
    view: TimelineView, lane: MoodLane, qtbot: QtBot, start: int, end: int, span: list[float]
) -> None:
    with qtbot.waitSignal(view.mood_set_requested) as asked:
        drag(qtbot, lane, start, end)
    assert asked.args == [*(pytest.approx(edge) for edge in span), "sad"]


@pytest.mark.parametrize(("start", "end", "span"), [(400, 320, [3.2, 4.0]), (200, 280, [2.0, 2.8])])
def test_an_edge_dragged_inwards_leaves_the_rest_to_the_picture(
    view: TimelineView, lane: MoodLane, qtbot: QtBot, start: int, end: int, span: list[float]
) -> None:
    with qtbot.waitSignal(view.mood_released) as asked:
        drag(qtbot, lane, start, end)
    assert asked.args == [pytest.approx(edge) for edge in span]


def test_a_menu_sets_the_mood_of_a_stretch(view: TimelineView, lane: MoodLane, qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    lane.fill_menu(menu, 300, 10)
    actions = {action.text().split("  ")[-1]: action for action in menu.actions()}
    with qtbot.waitSignal(view.mood_set_requested) as asked:
        actions["Exciting"].trigger()
    assert asked.args == [2.0, 4.0, "exciting"]
    assert not actions["From the Picture"].isChecked()
    with qtbot.waitSignal(view.mood_released) as released:
        actions["From the Picture"].trigger()
    assert released.args == [2.0, 4.0]


def test_a_menu_in_the_selection_is_for_the_selection(view: TimelineView, lane: MoodLane, qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    view.show_selection(5, 7)
    lane.fill_menu(menu, 550, 10)
    with qtbot.waitSignal(view.mood_set_requested) as asked:
        menu.actions()[2].trigger()
    assert asked.args == [5.0, 7.0, "exciting"]


def test_the_pad_sets_the_mood_of_a_stretch(view: TimelineView, lane: MoodLane, qtbot: QtBot) -> None:
    qtbot.mouseDClick(lane, LEFT, pos=QPoint(HEADER + 300, 15))
    assert lane.popup is not None and lane.popup.pad.mood == "sad"
    with qtbot.waitSignal(view.mood_set_requested) as asked:
        lane.popup.pad.mood_chosen.emit("0.50,-0.20")
    assert asked.args == [2.0, 4.0, "0.50,-0.20"]
    assert not lane.popup.isVisible()


def test_keys_choose_and_release(view: TimelineView, lane: MoodLane, qtbot: QtBot) -> None:
    qtbot.keyClick(lane, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(view.mood_set_requested) as asked:
        qtbot.keyClick(lane, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == [2.0, 4.0, "fearful"]
    with qtbot.waitSignal(view.mood_released) as released:
        qtbot.keyClick(lane, Qt.Key.Key_Delete)
    assert released.args == [2.0, 4.0]


def test_the_keys_that_the_menu_shows_choose(view: TimelineView, lane: MoodLane, qtbot: QtBot) -> None:
    menu = QMenu(lane)
    lane.fill_menu(menu, 300, 10)
    menu.popup(lane.mapToGlobal(QPoint(HEADER + 300, 10)))
    assert menu.actions()[4].text() == "&3  Tense"
    with qtbot.waitSignal(view.mood_set_requested) as asked:
        qtbot.keyClick(menu, Qt.Key.Key_3)
    assert asked.args == [2.0, 4.0, "tense"]


def test_what_comes_from_the_picture_looks_other_than_a_wish(view: TimelineView, lane: MoodLane) -> None:
    theme, picture = view.stage.theme, lane.grab().toImage()
    colors = {span.mood: theme.moods[span.mood] for span in view.stage.data.moods}
    at = {True: HEADER + 390, False: HEADER + 790}
    for span in view.stage.data.moods[1:]:
        is_solid = picture.pixelColor(at[span.wished], 12).name() == colors[span.mood]
        assert is_solid == span.wished


def test_the_tooltip_tells_where_a_mood_comes_from(lane: MoodLane) -> None:
    assert lane.tip_at(300, 10).startswith("Sad, your wish")
    assert lane.tip_at(100, 10).startswith("Neutral, from the picture")


def test_a_mood_comes_from_the_cuts_where_no_picture_was_seen(lane: MoodLane) -> None:
    assert "from the picture" in lane.tip_at(50.0, 10.0)
    lane.show_origin(is_from_cuts=True)
    assert "from the cuts" in lane.tip_at(50.0, 10.0)
    assert "your wish" in lane.tip_at(250.0, 10.0)
