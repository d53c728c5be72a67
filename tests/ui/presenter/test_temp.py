from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.media.waveform import peaks_of
from hitpoint.core.ports import HeardTemp
from hitpoint.ui.presenter.questions import Answer

Room = Any  # tests/ui/conftest.py


@pytest.fixture
def tempted(room: Room) -> Room:
    """An edit with a temp track, open and composed."""
    clips = (SoundClip(Fraction(1), Fraction(5), Path("song.wav")),)
    peaks = peaks_of(np.full((480, 2), 0.5, np.float32), 1.0)
    beats = tuple(1.0 + n / 2 for n in range(8))
    room.ports.temps = (
        HeardTemp("A3 Temp", "track:A3", clips, 1.0, 5.0, peaks),
        HeardTemp("A3 Temp", "track:A3", clips, 1.0, 5.0, peaks, True, beats, beats[::4], ((1.0, 5.0, "A:min"),)),
    )
    room.presenter.files.open(room.edit_file())
    return room


def test_a_temp_is_shown_and_not_followed_unasked(tempted: Room) -> None:
    assert tempted.window.temp.is_heard
    assert tempted.window.following.temp == "A3 Temp" and not tempted.window.following.is_on
    assert set(tempted.ports.likes) == {None}


def test_a_cue_follows_it_as_much_as_was_set(tempted: Room) -> None:
    tempted.presenter.temp.follow(True)
    tempted.presenter.temp.set_weight("chords", 0.3)
    assert tempted.window.menus.undo == "Follow A3 Temp in 1M1" and tempted.window.following.is_waiting
    tempted.presenter.takes.compose()
    like = tempted.ports.likes[-1]
    assert (like.source, like.follow.chords, like.follow.beats) == ("track:A3", 0.3, 1.0)
    tempted.presenter.changes.undo()
    tempted.presenter.changes.undo()
    assert not tempted.window.following.is_on


def test_every_cue_says_for_itself_what_it_follows(tempted: Room) -> None:
    tempted.presenter.cues.resize("1M1", 0, 80)
    tempted.presenter.temp.follow(True)
    tempted.presenter.cues.create(100, 150)
    assert not tempted.window.following.is_on
    tempted.window.answers = [Answer.REPLACE]
    tempted.presenter.cues.compose(("1M1", "1M2"))
    assert [like is not None for like in tempted.ports.likes[-2:]] == [True, False]


def test_without_a_temp_nothing_is_followed(composed: Room) -> None:
    composed.presenter.temp.follow(True)
    assert composed.window.temp is None and composed.window.menus.undo is None


def test_nobody_is_said_to_listen_where_there_is_no_temp(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    plain = room.runner.start_each
    monkeypatch.setattr(
        room.runner, "start_each", lambda lane, name, *rest: (names.append(name), plain(lane, name, *rest))
    )
    room.presenter.files.open(room.edit_file())
    assert "Looking for temp music" in names
    assert not any("Listening" in name for name in names)
