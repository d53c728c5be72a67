"""The temp in a real window: its lane, its page, and the key that compares it with the music."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hitpoint.core.media.production_mix import production_peaks
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.ports import HeardTemp
from hitpoint.ui.app import Window

Room = Any  # tests/ui/conftest.py
CHORDS = ((1.0, 3.0, "A:min"), (3.0, 5.0, "F:maj7"))


@pytest.fixture
def tempted(window: Window, room: Room, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    """A window with a cue over a temp of a steady 0.25 from 1 to 5 s."""
    song = tmp_path / "song.wav"
    soundfile.write(song, np.full((4 * 48_000, 2), 0.25, np.float32), 48_000, subtype="FLOAT")
    clips = (SoundClip(Fraction(1), Fraction(5), song),)
    beats = tuple(1.0 + n / 2 for n in range(8))
    drawn = HeardTemp("A3 Temp", "track:A3", clips, 1.0, 5.0, production_peaks(clips))
    room.ports.temps = (drawn, replace(drawn, is_heard=True, beats=beats, downbeats=beats[::4], chords=CHORDS))
    window.presenter.files.open(room.edit_file())
    lane = window.panel.timeline.temp
    qtbot.waitUntil(lambda: lane._temp is not None and lane._temp.is_heard and not window.panel.busy.is_busy)
    yield window


def test_the_lane_is_there_only_with_a_temp(tempted: Window) -> None:
    lane = tempted.panel.timeline.temp
    assert lane.isVisible()
    x = tempted.panel.timeline.stage.scale.x(2.0)
    assert lane.tip_at(x, 5).endswith("Am")
    tempted.panel.show_temp(None)
    assert not lane.isVisible()


def test_the_key_plays_the_temp_at_the_same_place_and_back(tempted: Window, qtbot: QtBot) -> None:
    mixer = tempted.shuttle.player._mixer  # type: ignore[attr-defined]
    tempted.shuttle.seek(2.0)
    qtbot.keyClick(tempted.panel.timeline.chords, Qt.Key.Key_V)
    assert mixer.sound.music is None and tempted.shuttle.player.position == 2.0
    assert tempted.panel.timeline.temp.caption() == "heard"
    tempted.shuttle.toggle()
    qtbot.waitUntil(lambda: float(np.abs(mixer.sound.production.read(96_000, 480)).max()) > 0.2)
    qtbot.keyClick(tempted.panel.timeline.chords, Qt.Key.Key_V)
    assert mixer.sound.music is not None


def test_the_temp_is_heard_as_loud_as_the_music(tempted: Window, room: Room) -> None:
    mixer, (_, heard) = tempted.shuttle.player._mixer, room.ports.temps  # type: ignore[attr-defined]
    tempted.panel.actions_by_name["compare_temp"].trigger()
    tempted.panel.show_temp(replace(heard, loudness=-10.0))
    assert mixer._monitor.production_decibels == -6.0
    tempted.panel.show_temp(replace(heard, loudness=-60.0))
    assert mixer._monitor.production_decibels == pytest.approx(12.04, abs=0.1)  # where its peaks are full


def test_a_change_of_the_music_does_not_end_the_comparison(tempted: Window, qtbot: QtBot) -> None:
    mixer = tempted.shuttle.player._mixer  # type: ignore[attr-defined]
    tempted.panel.actions_by_name["compare_temp"].trigger()
    tempted.presenter.changes.toggle_lock(0, 1)
    qtbot.waitUntil(lambda: not tempted.panel.busy.is_busy)
    assert mixer.sound.music is None


def test_the_page_says_what_is_followed_and_how_much(tempted: Window, room: Room) -> None:
    page = tempted.panel.temp
    tempted.panel.actions_by_name["show_temp"].trigger()
    assert not page.sliders["beats"].isEnabled()
    page.check.click()
    assert page.sliders["beats"].isEnabled() and page.sliders["beats"].value() == 20
    page.sliders["chords"].setValue(10)
    assert tempted.presenter.desk.follow.chords == 0.5
    assert tempted.presenter.desk.film.cues.named("1M1").like == "track:A3"


def test_without_a_temp_the_key_says_why(at_work: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(at_work.panel.timeline.chords, Qt.Key.Key_V)
    told = "No temp track. Name a sound track Music, Temp, Score or MX in your edit, and save it: the window follows."
    assert at_work.panel.notices.text == told


def test_the_page_says_what_to_do_without_a_temp(at_work: Window) -> None:
    at_work.panel.resize(1024, 640)
    at_work.panel.actions_by_name["show_temp"].trigger()
    none = at_work.panel.temp.none
    assert none.isVisible() and "Name a sound track" in none.text()
    assert at_work.panel.temp.viewport().width() >= none.geometry().right()  # type: ignore[union-attr]
