from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from hitpoint.core.cue.cue import Cue, Played
from hitpoint.core.cue.tune import TuneNote
from hitpoint.ui.lanes.drawing.stage import HEADER
from hitpoint.ui.lanes.drawing.timeline_data import timeline_data
from hitpoint.ui.lanes.notes_lane import NotesLane
from hitpoint.ui.lanes.timeline_view import TimelineView

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot, make_small_cue: Callable[..., Cue]) -> TimelineView:
    """Notes of half a second at 1 s (C5) and 3 s (G5, locked); a second has 100 pixels."""
    cue = make_small_cue("C C F G A:min A:min F C")
    tunes = {1: TuneNote(Fraction(0), Fraction(1), 72), 3: TuneNote(Fraction(0), Fraction(1), 79, 0.5, True)}
    playing = tuple(Played(1, None, None, (tunes[at],) if at in tunes else (), True) for at in range(8))
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(HEADER + 800, 782)
    view.show()
    QApplication.processEvents()  # until its layout is done
    view.show_timeline(timeline_data(cue.edit, replace(cue, playing=playing)))
    view.show_span(0.0, 8.0)
    return view


@pytest.fixture
def lane(view: TimelineView) -> NotesLane:
    return view.notes


def at(lane: NotesLane, x: int, pitch: int) -> QPoint:
    return QPoint(HEADER + x, round(lane._y(pitch)))


@pytest.mark.parametrize(("x", "pitch", "asked_for"), [(120, 72, [Fraction(2), True]), (320, 79, [Fraction(6), False])])
def test_a_click_locks_or_frees(
    view: TimelineView, lane: NotesLane, qtbot: QtBot, x: int, pitch: int, asked_for: list[object]
) -> None:
    with qtbot.waitSignal(view.note_locked) as asked:
        qtbot.mouseClick(lane, LEFT, pos=at(lane, x, pitch))
    assert asked.args == asked_for


def test_a_drag_moves_in_time_and_pitch(view: TimelineView, lane: NotesLane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.note_moved) as asked:
        qtbot.mousePress(lane, LEFT, pos=at(lane, 110, 72))
        qtbot.mouseMove(lane, at(lane, 210, 74))
        qtbot.mouseRelease(lane, LEFT, pos=at(lane, 210, 74))
    beat, seconds, pitch = asked.args
    assert (beat, pitch) == (Fraction(2), 74)
    assert seconds == pytest.approx(2.0, abs=0.02)


def test_a_double_click_adds(view: TimelineView, lane: NotesLane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.note_added) as asked:
        qtbot.mouseDClick(lane, LEFT, pos=at(lane, 500, 76))
    assert asked.args[0] == pytest.approx(5.0, abs=0.02)
    assert asked.args[1] == 76


def test_keys_go_from_note_to_note_and_change_them(view: TimelineView, lane: NotesLane, qtbot: QtBot) -> None:
    lane.setFocus()
    qtbot.keyClick(lane, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(view.note_moved) as asked:
        qtbot.keyClick(lane, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert asked.args == [Fraction(2), 1.0, 73]
    qtbot.keyClick(lane, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(view.note_removed) as asked:
        qtbot.keyClick(lane, Qt.Key.Key_Delete)
    assert asked.args == [Fraction(6)]
    with qtbot.waitSignal(view.note_moved) as asked:
        qtbot.keyClick(lane, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert asked.args == [Fraction(6), pytest.approx(3.125), 79]


def test_the_menu_has_what_can_be_done(lane: NotesLane) -> None:
    on, beside = QMenu(), QMenu()
    lane.fill_menu(on, 110, lane._y(72))
    lane.fill_menu(beside, 700, lane._y(72))
    assert [action.text() for action in on.actions()] == ["Lock This Note", "Remove Note"]
    assert [action.text() for action in beside.actions()] == ["Add Note Here"]


def test_a_note_says_what_it_is(view: TimelineView, lane: NotesLane) -> None:
    assert lane.tip_at(320, lane._y(79)) == "G5, beat 6, locked"
    view.show_playhead(1.2)
    assert lane.caption() == "C5"


def test_music_without_a_melody_does_not_say_that_it_is_not_composed(
    view: TimelineView, make_small_cue: Callable[..., Cue], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("hitpoint.ui.lanes.notes_lane.label", lambda painter, area, text, colour: said.append(text))
    cue = make_small_cue("C C F G")
    view.show_timeline(timeline_data(cue.edit, cue))
    view.notes.grab()
    assert said and all("composed" not in text for text in said)


def test_notes_that_are_not_heard_cannot_be_taken(view: TimelineView, lane: NotesLane) -> None:
    cue = view.stage.data.source
    assert cue is not None
    view.show_timeline(timeline_data(cue.edit, replace(cue, heard=(0, 75))))
    assert [one.beat for one in lane._notes] == [Fraction(2)]
