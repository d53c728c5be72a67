"""The transport's keys in a real window, wherever the focus is, and a layout that stands still."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hitpoint.core.timebase import SAMPLE_RATE
from hitpoint.ui.app import Window
from hitpoint.ui.keymap import apply_keys, own_keys
from hitpoint.ui.presenter.view_models import Busy, Menus

PLACES: dict[str, Callable[[Window], QWidget | None]] = {
    "tabs": lambda window: window.panel.side.tabBar(),
    "takes": lambda window: window.panel.takes._table,
    "chords": lambda window: window.panel.timeline.chords,
    "hits": lambda window: window.panel.timeline.hits,
    "style": lambda window: window.panel.settings._style,
    "part": lambda window: window.panel.parts._rows["Pad"].on,
    "level": lambda window: window.panel.parts._rows["Pad"].level,
    "button": lambda window: window.panel.transport._loop,
    "window": lambda window: window.panel,
}


def _focused(window: Window, place: str) -> QWidget:
    panel = window.panel
    panel.side.setCurrentIndex({"style": 1, "part": 2, "level": 2}.get(place, 0))
    panel.activateWindow()
    widget = PLACES[place](window)
    assert widget is not None
    widget.setFocus(Qt.FocusReason.MouseFocusReason)
    assert QApplication.focusWidget() is widget
    return widget


@pytest.mark.parametrize("place", PLACES)
def test_space_and_j_k_l_play_wherever_the_focus_is(at_work: Window, place: str) -> None:
    widget, player = _focused(at_work, place), at_work.shuttle.player
    at_work.panel.timeline.selection_changed.emit(2, 4)
    for key, speed in ((Qt.Key.Key_Space, 1.0), (Qt.Key.Key_Space, 0.0), (Qt.Key.Key_L, 1.0), (Qt.Key.Key_K, 0.0)):
        QTest.keyClick(widget, key)
        assert player.speed == speed, key
    cue, session = at_work.presenter.desk.cue, at_work.presenter.desk.session
    assert cue is not None and session is not None
    assert session.undo_label is None
    assert not any(step.locked for step in cue.steps)


def _type(text: str) -> None:
    for letter in text:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, letter)
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, Qt.Key.Key_Return)


@pytest.mark.parametrize("place", PLACES)
def test_a_timecode_is_typed_wherever_the_focus_is_and_the_keys_come_back(at_work: Window, place: str) -> None:
    widget = _focused(at_work, place)
    at_work.panel.timeline.selection_changed.emit(2, 4)
    for typed, frame in (("312", 87), ("+2.", 137), ("-100", 112), ("1..", 199)):
        _type(typed)
        assert at_work.shuttle.frame == frame, typed
        at_work.playhead.look()
        assert QApplication.focusWidget() is widget
    assert at_work.presenter.desk.session is not None
    assert at_work.presenter.desk.session.undo_label is None


def test_a_digit_that_an_editor_gave_to_an_action_does_that(at_work: Window) -> None:
    chords = _focused(at_work, "chords")
    apply_keys(at_work.panel.actions_by_name, own_keys() | {"hit": ("7",), "zoom_in": ("+",)})
    at_work.shuttle.go_to(10)
    QTest.keyClick(chords, "7")
    assert at_work.presenter.desk.session is not None
    assert at_work.presenter.desk.session.undo_label == "Add Hit"
    assert QApplication.focusWidget() is chords
    QTest.keyClick(chords, Qt.Key.Key_Plus)
    assert QApplication.focusWidget() is chords
    QTest.keyClick(chords, Qt.Key.Key_7, Qt.KeyboardModifier.KeypadModifier)
    assert at_work.panel.transport._timecode.text() == "7"


@pytest.mark.parametrize("place", PLACES)
def test_arrows_go_by_frames_wherever_the_focus_is(at_work: Window, place: str) -> None:
    widget = _focused(at_work, place)
    tab = at_work.panel.side.currentIndex()
    at_work.shuttle.go_to(10)
    QTest.keyClick(widget, Qt.Key.Key_Right)
    QTest.keyClick(widget, Qt.Key.Key_Right)
    QTest.keyClick(widget, Qt.Key.Key_Left)
    assert (at_work.shuttle.frame, at_work.panel.side.currentIndex()) == (11, tab)


def test_fields_keep_what_is_typed(at_work: Window) -> None:
    field = at_work.panel.transport._timecode
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "1 jkl")
    assert field.text() == "1 jkl" and not at_work.shuttle.player.playing


def test_an_opened_edit_has_the_focus_where_keys_play(at_work: Window) -> None:
    at_work.panel.activateWindow()
    assert at_work.panel.focusWidget() is at_work.panel.timeline.chords


def test_x_locks_and_frees_the_selection(at_work: Window) -> None:
    at_work.panel.timeline.selection_changed.emit(2, 4)
    for place, locked in (("chords", True), ("takes", False)):
        at_work.panel.timeline.show_selection(2, 4)
        QTest.keyClick(_focused(at_work, place), Qt.Key.Key_X)
        cue = at_work.presenter.desk.cue
        assert cue is not None
        assert [step.locked for step in cue.steps[1:5]] == [False, locked, locked, False]


def test_no_lane_moves_when_work_begins_or_ends(at_work: Window, qtbot: QtBot) -> None:
    panel = at_work.panel
    panel.settings.clearFocus()
    qtbot.wait(20)
    lanes = [lane.mapTo(panel, lane.rect().topLeft()) for lane in panel.timeline.all_lanes]
    heights = [lane.height() for lane in panel.timeline.all_lanes]
    panel.show_busy(Busy("Composing", 0.4, "writing"))
    qtbot.waitUntil(lambda: panel.busy._stop.isVisible(), timeout=60_000)
    qtbot.wait(20)
    assert [lane.mapTo(panel, lane.rect().topLeft()) for lane in panel.timeline.all_lanes] == lanes
    assert [lane.height() for lane in panel.timeline.all_lanes] == heights


def test_i_and_o_mark_a_range_that_is_played_and_cleared(at_work: Window) -> None:
    chords, shuttle = _focused(at_work, "chords"), at_work.shuttle
    shuttle.go_to(50)
    QTest.keyClick(chords, Qt.Key.Key_I)
    assert shuttle.loop_span == (2.0, 8.0)
    shuttle.go_to(74)
    QTest.keyClick(chords, Qt.Key.Key_O)
    assert shuttle.loop_span == (2.0, 3.0)
    assert not shuttle.is_looping
    assert at_work.panel.actions_by_name["regenerate"].isEnabled()
    QTest.keyClick(chords, Qt.Key.Key_Slash)
    assert (shuttle.frame, shuttle.player.speed) == (50, 1.0)
    at_work.panel.actions_by_name["clear_marks"].trigger()
    assert shuttle.loop_span is None
    assert not at_work.panel.actions_by_name["regenerate"].isEnabled()


def test_playing_the_range_ends_at_the_out_mark(at_work: Window) -> None:
    chords, shuttle = _focused(at_work, "chords"), at_work.shuttle
    for frame, key in ((50, Qt.Key.Key_I), (74, Qt.Key.Key_O)):
        shuttle.go_to(frame)
        QTest.keyClick(chords, key)
    device: Any = shuttle.player._output  # type: ignore[attr-defined]
    QTest.keyClick(chords, Qt.Key.Key_Slash)
    device.pump(2 * SAMPLE_RATE)
    assert (shuttle.player.playing, shuttle.player.position) == (False, 3.0)
    shuttle.set_looping(is_looping=True)
    QTest.keyClick(chords, Qt.Key.Key_Slash)
    device.pump(2 * SAMPLE_RATE)
    assert shuttle.player.playing


def test_up_and_down_go_from_cut_to_cut(at_work: Window) -> None:
    chords = _focused(at_work, "chords")
    for key, frame in ((Qt.Key.Key_Down, 60), (Qt.Key.Key_Down, 130), (Qt.Key.Key_Down, 199), (Qt.Key.Key_Up, 130)):
        QTest.keyClick(chords, key)
        assert at_work.shuttle.frame == frame


def test_no_lane_moves_when_a_message_comes(at_work: Window, qtbot: QtBot) -> None:
    panel = at_work.panel
    panel.resize(1024, 640)
    qtbot.wait(20)
    lanes = [lane.mapTo(panel, lane.rect().topLeft()) for lane in panel.timeline.all_lanes]
    panel.timeline.mood_set_requested.emit(2.0, 4.0, "sad")
    assert panel.notices.isVisible()
    qtbot.wait(20)
    assert [lane.mapTo(panel, lane.rect().topLeft()) for lane in panel.timeline.all_lanes] == lanes


def test_the_chords_say_composing_while_there_is_no_music_yet(window: Window, room: Any, qtbot: QtBot) -> None:
    words: list[str] = []
    lane = window.panel.timeline.chords
    for is_composing in (False, True):
        window.panel.show_menus(Menus(has_edit=True, is_composing=is_composing))
        with patch("hitpoint.ui.lanes.chords_lane.label", lambda painter, box, text, color: words.append(text)):
            lane.refresh()
            lane.grab()
    assert words == ["No music yet: press Ctrl+Shift+R", "Composing…"]
