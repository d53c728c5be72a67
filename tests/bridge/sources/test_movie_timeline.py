from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import opentimelineio as otio
import pytest

from hitpoint.bridge.sources.movie_timeline import timeline_of_movie
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.timebase import FrameRate

RATE = FrameRate(Fraction(24000, 1001))


def movie(path: Path, *, sound: bool) -> Path:
    with av.open(str(path), "w") as container:
        picture = container.add_stream("mpeg4", rate=RATE.frames_per_second)
        picture.width = picture.height = 32
        ear = container.add_stream("aac", rate=48000) if sound else None
        for _ in range(8):
            frame = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
            container.mux(picture.encode(frame))
        container.mux(picture.encode(None))
        if ear is not None:
            silence = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), format="fltp", layout="stereo")
            silence.sample_rate = 48000
            container.mux(ear.encode(silence))
            container.mux(ear.encode(None))
    return path


def edit_of(path: Path, start_timecode_frame: int = 0) -> Edit:
    shots = (Shot("", 0, 5, media=path), Shot("", 5, 8, media=path, source_start=RATE.seconds(5)))
    return Edit("film", path, RATE, 8, shots, start_timecode_frame=start_timecode_frame, host="movie")


@pytest.mark.parametrize("first", [0, 86400])
def test_each_shot_is_a_clip_at_its_own_time(tmp_path: Path, first: int) -> None:
    path = movie(tmp_path / "a film.mov", sound=False)
    timeline = otio.adapters.read_from_string(json.dumps(timeline_of_movie(edit_of(path, first))), "otio_json")
    clips = timeline.find_clips()
    assert [clip.range_in_parent().start_time.value for clip in clips] == [0, 5]
    assert [clip.source_range.start_time.value for clip in clips] == [first, first + 5]
    assert clips[0].available_range() == otio.opentime.TimeRange(
        otio.opentime.RationalTime(first, 24000 / 1001), otio.opentime.RationalTime(8, 24000 / 1001)
    )
    assert clips[0].media_reference.target_url == str(path)
    assert (timeline.global_start_time is None) == (first == 0)


@pytest.mark.parametrize("sound", [False, True])
def test_the_movies_sound_gets_a_track_if_there_is_one(tmp_path: Path, sound: bool) -> None:
    document = timeline_of_movie(edit_of(movie(tmp_path / "a.mov", sound=sound)))
    kinds = [track["kind"] for track in document["tracks"]["children"]]
    assert kinds == ["Video", "Audio"][: 1 + sound]
