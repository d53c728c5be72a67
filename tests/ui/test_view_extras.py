"""Listening page, themes, keys, snapping, play around, second picture, suggestions: each in a real window."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QKeySequence
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hitpoint.core.music.chord import parse_chord
from hitpoint.core.timebase import SAMPLE_RATE
from hitpoint.ui.app import Window
from hitpoint.ui.dialogs.shortcut_editor import ShortcutEditor
from hitpoint.ui.keymap import PRESETS, conflicts, own_keys, preset_keys, read_keys, write_keys
from hitpoint.ui.players.chord_tone import chord_sound
from hitpoint.ui.players.sound import PlayedSound, StemArrays
from hitpoint.ui.theme import DARK, LIGHT, choose_theme, current_theme

LEFT = Qt.MouseButton.LeftButton


def _device(window: Window) -> Any:
    return window.shuttle.player._output  # type: ignore[attr-defined]


def _tone(seconds: float, level: float) -> np.ndarray:
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return np.repeat((level * np.sin(2 * np.pi * 997.0 * time))[:, None], 2, axis=1).astype(np.float32)


def test_meters_read_what_is_played_and_not_how_loud_it_is_listened_to(at_work: Window, qtbot: QtBot) -> None:
    page, player = at_work.panel.listening, at_work.shuttle.player
    at_work.panel.side.setCurrentIndex(3)
    player.load(PlayedSound(4 * SAMPLE_RATE, StemArrays(("tone",), (_tone(4.0, 0.1),))))
    page._level.setValue(-20)
    player.play()
    heard = _device(at_work).pump(3 * SAMPLE_RATE + 4800)
    reading = player.meter.read()
    for value in (reading.momentary, reading.short_term, reading.integrated):
        assert abs(value - -20.0) < 0.1  # BS.1770: a stereo tone of 997 Hz at -20 dBFS peak reads -20 LUFS
    assert abs(reading.true_peak - -20.0) < 0.1
    assert np.abs(heard[SAMPLE_RATE:]).max() < 0.0101
    page.meter_wanted.emit()
    assert page._numbers["integrated"].text() == "\N{MINUS SIGN}20.0 LUFS"
    QTest.mouseClick(page._reset, LEFT)
    assert math.isinf(player.meter.read().integrated)


def test_the_production_fader_changes_only_the_production_sound(at_work: Window) -> None:
    at_work.panel.listening._production.setValue(-12)
    assert at_work.listening.monitor.production_decibels == -12.0
    assert at_work.listening.monitor.level == 0.0


def test_a_click_falls_on_every_beat(at_work: Window) -> None:
    at_work.panel.actions_by_name["click"].trigger()
    assert at_work.panel.listening._click.isChecked()
    at_work.shuttle.home()
    at_work.shuttle.toggle()
    heard = _device(at_work).pump(2 * SAMPLE_RATE)[:, 0]
    starts = [
        start for start in range(0, len(heard), SAMPLE_RATE // 2) if np.abs(heard[start : start + 480]).max() > 0.1
    ]
    assert starts == [0, 24000, 48000, 72000]
    assert not heard[12000:23000].any()


def test_a_click_on_a_chord_goes_there_and_sounds_it_if_wished(at_work: Window, qtbot: QtBot) -> None:
    view = at_work.panel.timeline
    x = view.stage.header + round(view.stage.scale.x(3.2))
    at_work.panel.actions_by_name["hear_chords"].trigger()
    qtbot.mouseClick(view.chords, LEFT, pos=QPoint(x, 15))
    assert at_work.shuttle.frame == 75
    qtbot.waitUntil(lambda: len(at_work.shuttle.player._struck) > 0, timeout=20_000)  # type: ignore[attr-defined]
    heard = _device(at_work).pump(4800)
    chord = view.stage.data.steps.chords[3]
    np.testing.assert_array_equal(heard, chord_sound(chord)[:4800])
    assert not at_work.shuttle.player.playing


def test_suggestions_have_degrees_and_are_taken_by_their_key(at_work: Window, qtbot: QtBot) -> None:
    at_work.panel.timeline.selection_changed.emit(2, 4)
    at_work.panel.actions_by_name["suggest"].trigger()
    suggestions = at_work.extras.suggestions
    qtbot.waitUntil(lambda: suggestions.menu is not None and suggestions.menu.isVisible(), timeout=20_000)
    assert suggestions.menu is not None
    assert [action.text() for action in suggestions.menu.actions()] == ["&1  Dm7\tii7", "&2  E\tIII", "&3  F\tIV"]
    suggestions.menu.actions()[0].hover()
    assert len(at_work.shuttle.player._struck) > 0  # type: ignore[attr-defined]
    QTest.keyClick(suggestions.menu, Qt.Key.Key_2)
    cue = at_work.presenter.desk.cue
    assert cue is not None
    assert [step.chord for step in cue.steps[2:4]] == [parse_chord("E")] * 2


def test_play_around_comes_back_to_where_it_was(at_work: Window) -> None:
    at_work.shuttle.go_to(100)
    at_work.panel.actions_by_name["play_around"].trigger()
    assert (at_work.shuttle.frame, at_work.shuttle.player.playing) == (50, True)
    for _ in range(45):
        _device(at_work).pump(4800)
        at_work.playhead.look()
    assert (at_work.shuttle.frame, at_work.shuttle.player.playing) == (100, False)


def test_the_playhead_snaps_to_cuts_if_wished(at_work: Window) -> None:
    stage = at_work.panel.timeline.stage
    x = stage.scale.x(60 / 25) + 5
    assert stage.frame_at(x) != 60
    at_work.panel.actions_by_name["snap"].trigger()
    assert stage.frame_at(x) == 60
    assert stage.frame_at(x + 30) != 60
    at_work.panel.actions_by_name["snap"].trigger()
    assert stage.frame_at(x) != 60


def test_the_editor_chooses_light_or_dark(at_work: Window) -> None:
    try:
        for name, theme in (("light", LIGHT), ("dark", DARK)):
            at_work.panel.actions_by_name[f"theme_{name}"].trigger()
            assert current_theme() is theme
            assert at_work.panel.palette().window().color().name() == theme.raised
            assert at_work.panel.timeline.stage.theme is theme
            assert at_work.panel.actions_by_name[f"theme_{name}"].isChecked()
    finally:
        at_work.extras.use_theme("")
        choose_theme("")


def test_the_picture_has_a_window_of_its_own_and_fills_the_screen(at_work: Window, qtbot: QtBot) -> None:
    picture = at_work.extras.picture
    at_work.panel.actions_by_name["picture_window"].trigger()
    assert picture.isVisible() and not picture.isFullScreen()
    at_work.shuttle.go_to(70)
    at_work.playhead.look()
    assert picture.preview._frame == 70
    QTest.keyClick(picture.preview, Qt.Key.Key_F)
    assert picture.isFullScreen()
    QTest.keyClick(picture.preview, Qt.Key.Key_Space)
    assert at_work.shuttle.player.playing
    QTest.keyClick(picture.preview, Qt.Key.Key_Escape)
    assert picture.isVisible() and not picture.isFullScreen()
    QTest.keyClick(picture.preview, Qt.Key.Key_Escape)
    assert not picture.isVisible()


def test_a_timecode_is_typed_over_the_picture_in_its_own_window(at_work: Window) -> None:
    at_work.panel.actions_by_name["full_screen"].trigger()
    picture, field = at_work.extras.picture, at_work.panel.transport._timecode
    QTest.keyClick(picture.preview, "3")
    assert field.text() == "3"
    QTest.keyClicks(field, "12")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert at_work.shuttle.frame == 87
    QApplication.processEvents()
    assert QApplication.focusWidget() is picture.preview


def test_the_key_that_fills_the_screen_comes_back(at_work: Window) -> None:
    picture = at_work.extras.picture
    at_work.panel.actions_by_name["full_screen"].trigger()
    assert picture.isFullScreen()
    picture.activateWindow()
    QTest.keyClick(picture.preview, Qt.Key.Key_F11)
    assert not picture.isVisible()


def test_presets_never_give_a_key_two_things() -> None:
    assert {name: conflicts(preset_keys(name)) for name in PRESETS} == {name: [] for name in PRESETS}


def test_keys_are_changed_by_hand_and_are_there_the_next_time(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ShortcutEditor(own_keys())
    qtbot.addWidget(dialog)
    row = dialog._names.index("snap")
    dialog._table.selectRow(row)
    dialog._field.setKeySequence(QKeySequence("Ctrl+Z"))
    QTest.mouseClick(dialog._set, LEFT)
    accept = dialog._box.button(dialog._box.StandardButton.Ok)
    assert accept is not None and not accept.isEnabled()
    assert "Ctrl+Z would do two things: Undo, and Snap" in dialog._trouble.text()
    dialog._field.setKeySequence(QKeySequence("Ctrl+Alt+J"))
    QTest.mouseClick(dialog._set, LEFT)
    assert accept.isEnabled()
    write_keys(tmp_path, dialog.keys)
    assert read_keys(tmp_path)["snap"] == ("Ctrl+Alt+J",)
    assert json.loads((tmp_path / "shortcuts.json").read_text()) == {"snap": ["Ctrl+Alt+J"]}


def test_a_preset_is_used_by_the_window(at_work: Window) -> None:
    write_keys(at_work.extras._folder, preset_keys("DaVinci Resolve"))
    from hitpoint.ui.keymap import apply_keys

    apply_keys(at_work.panel.actions_by_name, read_keys(at_work.extras._folder))
    assert at_work.panel.actions_by_name["play_around"].shortcut().toString() == "/"
    assert "(Shift+Z)" in at_work.panel.actions_by_name["zoom_fit"].toolTip()
