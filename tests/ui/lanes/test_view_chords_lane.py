from __future__ import annotations

from collections.abc import Callable

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hitpoint.core.cue.cue import Cue
from hitpoint.ui.lanes.chords_lane import ChordsLane
from hitpoint.ui.lanes.drawing.stage import HEADER
from hitpoint.ui.lanes.drawing.timeline_data import timeline_data
from hitpoint.ui.lanes.timeline_view import TimelineView

LEFT, SHIFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def view(qtbot: QtBot, make_small_cue: Callable[..., Cue]) -> TimelineView:
    """C for two seconds, F, locked G, A minor for two, F, C; a second has 100 pixels."""
    cue = make_small_cue("C C F G A:min A:min F C", locked=[3])
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(HEADER + 800, 702)
    view.show()
    QApplication.processEvents()  # until its layout is done
    view.show_timeline(timeline_data(cue.edit, cue))
    view.show_span(0.0, 8.0)
    return view


@pytest.fixture
def lane(view: TimelineView) -> ChordsLane:
    return view.chords


def at(lane: ChordsLane, x: int) -> QPoint:
    return QPoint(HEADER + x, lane.height() // 2)


@pytest.mark.parametrize(("x", "span"), [(20, [0, 2]), (150, [0, 2]), (420, [4, 6])])
def test_a_click_selects_a_chord(view: TimelineView, lane: ChordsLane, qtbot: QtBot, x: int, span: list[int]) -> None:
    with qtbot.waitSignal(view.selection_changed) as asked:
        qtbot.mouseClick(lane, LEFT, pos=at(lane, x))
    assert asked.args == span


def test_shift_and_a_click_select_a_range(view: TimelineView, lane: ChordsLane, qtbot: QtBot) -> None:
    qtbot.mouseClick(lane, LEFT, pos=at(lane, 230))
    with qtbot.waitSignal(view.selection_changed) as asked:
        qtbot.mouseClick(lane, LEFT, SHIFT, at(lane, 430))
    assert asked.args == [2, 5]


def test_control_and_a_click_select_one_step(view: TimelineView, lane: ChordsLane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.selection_changed) as asked:
        qtbot.mouseClick(lane, LEFT, CONTROL, at(lane, 120))
    assert asked.args == [1, 2]


def test_a_drag_selects_a_range(view: TimelineView, lane: ChordsLane, qtbot: QtBot) -> None:
    qtbot.mousePress(lane, LEFT, pos=at(lane, 230))
    qtbot.mouseMove(lane, at(lane, 330))
    qtbot.mouseMove(lane, at(lane, 620))
    qtbot.mouseRelease(lane, LEFT, pos=at(lane, 620))
    assert view.stage.selection == (2, 7)


def test_a_click_beside_the_music_selects_nothing(view: TimelineView, lane: ChordsLane, qtbot: QtBot) -> None:
    view.show_selection(1, 2)
    view.zoom_to_fit()
    with qtbot.waitSignal(view.selection_changed) as asked:
        qtbot.mouseClick(lane, LEFT, pos=at(lane, 797))
    assert asked.args == [0, 0]


@pytest.mark.parametrize(("x", "span"), [(391, [3, 4]), (191, [0, 2])], ids=["locked", "free"])
def test_a_click_on_the_padlock_asks_for_the_lock(
    view: TimelineView, lane: ChordsLane, qtbot: QtBot, x: int, span: list[int]
) -> None:
    with qtbot.waitSignal(view.lock_toggled) as asked, qtbot.assertNotEmitted(view.selection_changed):
        qtbot.mouseClick(lane, LEFT, pos=at(lane, x))
    assert asked.args == span


def test_x_locks_the_selection(view: TimelineView, lane: ChordsLane, qtbot: QtBot) -> None:
    view.show_selection(1, 4)
    with qtbot.waitSignal(view.lock_toggled) as asked:
        qtbot.keyClick(lane, Qt.Key.Key_X)
    assert asked.args == [1, 4]


def test_arrows_move_the_selection(view: TimelineView, lane: ChordsLane, qtbot: QtBot) -> None:
    view.show_selection(0, 2)
    for key, modifiers, expected in (
        (Qt.Key.Key_Right, CONTROL, (2, 3)),
        (Qt.Key.Key_Right, CONTROL | SHIFT, (2, 4)),
        (Qt.Key.Key_Left, CONTROL | SHIFT, (2, 3)),
        (Qt.Key.Key_Left, ALT, (1, 2)),
        (Qt.Key.Key_Left, CONTROL, (0, 2)),
    ):
        qtbot.keyClick(lane, key, modifiers)
        assert view.stage.selection == expected


def test_escape_selects_nothing(view: TimelineView, lane: ChordsLane, qtbot: QtBot) -> None:
    view.show_selection(0, 2)
    with qtbot.waitSignal(view.selection_changed) as asked:
        qtbot.keyClick(lane, Qt.Key.Key_Escape)
    assert asked.args == [0, 0]


@pytest.mark.parametrize(
    ("typed", "harte"),
    [
        ("Dm7", "D:min7"),
        ("f#:sus4", "F#:sus4"),
        ("n", "N"),
        ("d/f#", "D/3"),
        ("am9", "A:min9"),
        ("ii7", "ii7"),
        ("e7#5", "E:aug(b7)"),
        ("d13#11", "D:7(#11,13)"),
    ],
)
def test_a_double_click_changes_a_chord(
    view: TimelineView, lane: ChordsLane, qtbot: QtBot, typed: str, harte: str
) -> None:
    qtbot.mouseClick(lane, LEFT, pos=at(lane, 230))
    qtbot.mouseDClick(lane, LEFT, pos=at(lane, 230))
    assert lane.editor.isVisible() and lane.editor.text() == "F"
    qtbot.keyClicks(lane.editor, typed)
    with qtbot.waitSignal(view.chord_set_requested) as asked:
        qtbot.keyClick(lane.editor, Qt.Key.Key_Return)
    assert asked.args == [2, 3, harte]


def test_typing_a_letter_opens_the_editor_with_it(view: TimelineView, lane: ChordsLane, qtbot: QtBot) -> None:
    view.show_selection(2, 4)
    qtbot.keyClick(lane, "b")
    qtbot.keyClicks(lane.editor, "b7")
    with qtbot.waitSignal(view.chord_set_requested) as asked:
        qtbot.keyClick(lane.editor, Qt.Key.Key_Return)
    assert asked.args == [2, 4, "A#:7"]


def test_what_is_no_chord_is_not_asked_for(view: TimelineView, lane: ChordsLane, qtbot: QtBot) -> None:
    view.show_selection(2, 3)
    lane.edit_selected()
    qtbot.keyClicks(lane.editor, "Hq7")
    assert lane.editor.chord is None
    with qtbot.assertNotEmitted(view.chord_set_requested):
        qtbot.keyClick(lane.editor, Qt.Key.Key_Return)
        assert lane.editor.isVisible()
        qtbot.keyClick(lane.editor, Qt.Key.Key_Escape)
    assert not lane.editor.isVisible()


def test_why_a_chord_is_refused_stands_below_the_line(view: TimelineView, lane: ChordsLane, qtbot: QtBot) -> None:
    view.show_selection(2, 3)
    lane.edit_selected()
    hint = lane.editor.hint
    assert not hint.isVisible()
    qtbot.keyClicks(lane.editor, "C99x")
    assert hint.isVisible() and "no chord quality" in hint.text() and view.rect().contains(hint.geometry())
    assert hint.geometry().top() >= lane.editor.mapTo(view, lane.editor.rect().bottomLeft()).y()
    lane.editor.clear()
    qtbot.keyClicks(lane.editor, "D13#11")
    assert hint.isVisible() and hint.text() == "four voices sound it as D7(♯11)"
    qtbot.keyClick(lane.editor, Qt.Key.Key_Escape)
    assert not hint.isVisible()


def test_the_tooltip_spells_the_chord_as_the_lane_does(lane: ChordsLane) -> None:
    assert lane.tip_at(450, 10).startswith("Am, free")
    assert "locked" in lane.tip_at(350, 10)


def test_a_lock_is_seen(view: TimelineView, lane: ChordsLane) -> None:
    picture = lane.grab().toImage()
    assert picture.pixelColor(HEADER + 350, 5).name() == view.stage.theme.locked
    assert picture.pixelColor(HEADER + 250, 5).name() != view.stage.theme.locked


def test_ctrl_and_a_digit_is_the_mood_of_the_selected_chords(
    view: TimelineView, lane: ChordsLane, qtbot: QtBot
) -> None:
    view.show_selection(2, 4)
    with qtbot.waitSignal(view.mood_set_requested) as asked:
        qtbot.keyClick(lane, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == [*view.stage.selected_seconds, "tense"]
