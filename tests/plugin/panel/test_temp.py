"""The temp of an edit as the panel finds it, and a cue that follows it, through the real ports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.compose.like.follow import Follow
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.ports import LikeWish
from hitpoint.core.progress import SILENT
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.panel.temp import followed, heard_temp


@pytest.fixture
def edit(tmp_path: Path, small_document: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small edit with a temp of chords struck twice a second on a track of its own."""
    monkeypatch.setenv("HITPOINT_CACHE", str(tmp_path / "cache"))
    time = np.arange(22050) / 44100
    one = sum(np.sin(2 * np.pi * hertz * time) for hertz in (261.6, 329.6, 392.0)) * np.exp(-6 * time)
    soundfile.write(tmp_path / "song.wav", np.tile(0.2 * one, 12).astype(np.float32), 44100)
    document = json.loads(json.dumps(small_document))
    span = {
        "OTIO_SCHEMA": "TimeRange.1",
        "start_time": {"OTIO_SCHEMA": "RationalTime.1", "value": 0, "rate": 24},
        "duration": {"OTIO_SCHEMA": "RationalTime.1", "value": 144, "rate": 24},
    }
    media = {"OTIO_SCHEMA": "ExternalReference.1", "target_url": "song.wav"}
    song = {"OTIO_SCHEMA": "Clip.1", "name": "song", "source_range": span, "media_reference": media}
    track = {"OTIO_SCHEMA": "Track.1", "name": "Temp", "kind": "Audio", "children": [song]}
    document["tracks"]["children"].append(track)
    path = tmp_path / "cut.otio"
    path.write_text(json.dumps(document))
    return path


def test_the_temp_is_drawn_first_and_then_heard(edit: Path) -> None:
    drawn, heard = heard_temp(edit, (), SILENT)
    assert not drawn.is_heard and drawn.peaks.high.max() > 0.1 and "Temp" in drawn.name
    assert heard.is_heard and heard.option.startswith("track:A")
    assert 9 <= len(heard.beats) <= 14
    assert -30 < heard.loudness < -10
    assert heard.chords and heard.chords[0][2].startswith("C")


def test_an_edit_without_music_has_no_temp(small_edit: Path) -> None:
    assert list(heard_temp(small_edit, (), SILENT)) == []


def test_a_cue_follows_it_as_the_command_does(edit: Path) -> None:
    like = LikeWish("track:Temp", Follow(chords=0.5))
    wishes, _ = followed(read_edit(edit), Wishes(0, 96), like, (), Engine(), SILENT)
    assert wishes.like is not None and wishes.follow.chords == 0.5
    assert len(wishes.like.heard.beats) > 4
