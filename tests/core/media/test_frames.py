from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from hitpoint.core.errors import MediaReadError
from hitpoint.core.media.frames import SMALL_SIDE, frame_pairs
from hitpoint.core.progress import Cancelled, Progress

TIMES = [Fraction(k, 25) for k in (0, 1, 11, 12, 13, 24, 36, 58, 59)] + [Fraction(29, 50), 0.333, Fraction(7)]
X264 = "keyint=12:bframes=3:b-pyramid=normal:scenecut=0"


def irregular(number: int) -> int:
    return number + number // 3 + number // 7


KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "h264 one long GOP": ("a.mp4", {"options": {"g": "250", "bf": "2"}}),
    "h264 GOP 12 with B-frames": ("a.mp4", {"options": {"g": "12", "bf": "2"}}),
    "h264 open GOP mp4": ("a.mp4", {"options": {"x264-params": X264 + ":open-gop=1"}}),
    "h264 open GOP mkv": ("a.mkv", {"options": {"x264-params": X264 + ":open-gop=1"}}),
    "h264 open GOP ts": ("a.ts", {"options": {"x264-params": X264 + ":open-gop=1"}}),
    "h264 mov": ("a.mov", {"options": {"g": "12", "bf": "2"}}),
    "h264 ts": ("a.ts", {"options": {"g": "12", "bf": "2"}}),
    "h264 mkv": ("a.mkv", {"options": {"g": "12", "bf": "2"}}),
    "h264 NTSC mkv": ("a.mkv", {"options": {"g": "12", "bf": "2"}, "rate": Fraction(24000, 1001)}),
    "h264 starts at 5 s": ("a.mkv", {"options": {"g": "12", "bf": "2"}, "shift": Fraction(5)}),
    "h264 edit list": (
        "a.mov",
        {
            "options": {"g": "12", "bf": "2"},
            "shift": Fraction(-1, 5),
            "container_options": {"avoid_negative_ts": "disabled"},
        },
    ),
    "h264 VFR mp4": ("a.mp4", {"options": {"g": "12", "bf": "2"}, "ticks": irregular}),
    "h264 VFR mkv": ("a.mkv", {"options": {"g": "12", "bf": "2"}, "ticks": irregular}),
    "hevc open GOP": ("a.mp4", {"codec": "libx265", "options": {"x265-params": "keyint=12:log-level=none"}}),
    "mpeg2 program stream": ("a.mpg", {"codec": "mpeg2video", "options": {"g": "12", "bf": "2"}}),
    "mpeg4 mp4": ("a.mp4", {"codec": "mpeg4", "options": {"g": "12", "bf": "2"}}),
    "mpeg4 avi": ("a.avi", {"codec": "mpeg4", "options": {"g": "12", "bf": "2"}}),
    "prores": ("a.mov", {"codec": "prores_ks", "pix_fmt": "yuv422p10le"}),
    "motion jpeg": ("a.mov", {"codec": "mjpeg", "pix_fmt": "yuvj420p"}),
    "vp9": ("a.webm", {"codec": "libvpx-vp9", "options": {"deadline": "realtime", "cpu-used": "8"}}),
    "ffv1": ("a.mkv", {"codec": "ffv1"}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_frames_are_those_of_a_full_decode(tmp_path: Path, studio: Any, kind: str) -> None:
    name, settings = KINDS[kind]
    path = studio.write_clip(tmp_path / name, **settings)
    oracle = studio.full_decode(path)
    found = {pair.index: pair for pair in frame_pairs(path, TIMES)}
    assert len(oracle) > 40
    for place, time in enumerate(TIMES):
        pair = found[place]
        assert (studio.digest(pair.first), studio.digest(pair.second)) == studio.shown_and_next(oracle, Fraction(time))


@pytest.mark.parametrize("kind", ["h264 GOP 12 with B-frames", "h264 ts", "mpeg4 avi"])
def test_a_single_time_costs_no_other_frame_its_exactness(tmp_path: Path, studio: Any, kind: str) -> None:
    name, settings = KINDS[kind]
    path = studio.write_clip(tmp_path / name, **settings)
    oracle = studio.full_decode(path)
    for number in range(0, studio.frames, 7):
        (pair,) = frame_pairs(path, [oracle[number][0]])
        assert studio.digest(pair.first) == oracle[min(number, studio.frames - 2)][1]


def test_seeking_far_into_a_file_gives_the_same_frames(tmp_path: Path, studio: Any) -> None:
    path = studio.write_clip(tmp_path / "long.mp4", frames=400, rate=Fraction(5), options={"g": "20", "bf": "2"})
    times = [Fraction(61), Fraction(70), Fraction(799, 10)]
    oracle = studio.full_decode(path)
    for pair in frame_pairs(path, times):
        assert (studio.digest(pair.first), studio.digest(pair.second)) == studio.shown_and_next(
            oracle, times[pair.index]
        )


def test_the_last_frame_is_paired_with_the_one_before(clip: Path, studio: Any) -> None:
    (pair,) = frame_pairs(clip, [100.0])
    oracle = studio.full_decode(clip)
    assert pair.seconds == Fraction(59, 25)
    assert (studio.digest(pair.first), studio.digest(pair.second)) == (oracle[-2][1], oracle[-1][1])


def test_times_may_come_in_any_order_and_more_than_once(clip: Path) -> None:
    pairs = list(frame_pairs(clip, [2.0, 0.0, 2.0, 1.0]))
    assert [pair.index for pair in pairs] == [1, 3, 0, 2]
    assert [float(pair.seconds) for pair in pairs] == [0.0, 1.0, 2.0, 2.0]


def test_a_still_is_shown_at_all_times(tmp_path: Path, studio: Any) -> None:
    path = studio.write_clip(tmp_path / "still.png", "png", frames=1, pix_fmt="rgb24")
    pairs = list(frame_pairs(path, [0.0, 3.0, 99.5]))
    assert len(pairs) == 3
    assert all(np.array_equal(pair.first, studio.picture(0)) for pair in pairs)
    assert all(np.array_equal(pair.first, pair.second) for pair in pairs)


def test_an_image_sequence_is_read_at_its_rate(tmp_path: Path, studio: Any) -> None:
    for number in range(30):
        av.VideoFrame.from_ndarray(studio.picture(number), format="rgb24").save(
            tmp_path / f"shot.{86400 + number:06}.png"
        )
    (pair,) = frame_pairs(tmp_path / "shot.%06d.png", [1.0], sequence_rate=Fraction(24))
    assert np.array_equal(pair.first, studio.picture(24))
    assert np.array_equal(pair.second, studio.picture(25))


def test_a_gap_in_an_image_sequence_shows_the_image_before_it(tmp_path: Path, studio: Any) -> None:
    for number in (0, 1, 2, 9):
        av.VideoFrame.from_ndarray(studio.picture(number), format="rgb24").save(tmp_path / f"a{number:03}.png")
    (pair,) = frame_pairs(tmp_path / "a%03d.png", [Fraction(5, 25)])
    assert np.array_equal(pair.first, studio.picture(2))


def test_the_small_picture_has_square_pixels(tmp_path: Path, studio: Any) -> None:
    path = studio.write_clip(tmp_path / "pal.mp4", sample_aspect_ratio=Fraction(2))
    (pair,) = frame_pairs(path, [0.5])
    assert pair.small.shape == (SMALL_SIDE, SMALL_SIDE * 160 // 64, 3)
    assert pair.first.shape == (64, 80, 3)


def test_a_truncated_file_gives_the_frames_it_has(tmp_path: Path, studio: Any) -> None:
    whole = studio.write_clip(tmp_path / "whole.mkv", options={"g": "12"})
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    pairs = list(frame_pairs(cut, [0.0, 0.5, 2.0]))
    assert [pair.index for pair in pairs] == [0, 1, 2]
    assert pairs[2].seconds < 2


def test_damage_inside_a_file_does_not_stop_the_rest(tmp_path: Path, studio: Any) -> None:
    path = studio.write_clip(tmp_path / "hurt.mkv", options={"g": "12"})
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 2000] = bytes(2000)
    path.write_bytes(data)
    assert {pair.index for pair in frame_pairs(path, [0.0, 2.3])} == {0, 1}


@pytest.mark.parametrize("content", [b"", b"not a movie\n" * 50, b"#EXTM3U\nhttp://example.com/a.ts\n", bytes(5000)])
def test_a_foreign_file_is_a_named_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "shot.mp4"
    path.write_bytes(content)
    with pytest.raises(MediaReadError, match=r"shot\.mp4") as caught:
        list(frame_pairs(path, [0.0]))
    assert "\n" not in str(caught.value)


def test_a_file_without_picture_is_a_named_error(tmp_path: Path) -> None:
    path = tmp_path / "song.wav"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=8000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 8000), np.int16), format="s16", layout="mono")
        frame.rate = 8000
        container.mux([*stream.encode(frame), *stream.encode(None)])
    with pytest.raises(MediaReadError, match="no picture"):
        list(frame_pairs(path, [0.0]))


@pytest.mark.parametrize("name", ["none.mp4", "none.%04d.png", "."])
def test_a_missing_file_is_a_named_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(MediaReadError, match="relink"):
        list(frame_pairs(tmp_path / name, [0.0]))


def test_decoding_stops_when_it_is_cancelled(clip: Path) -> None:
    with pytest.raises(Cancelled):
        list(frame_pairs(clip, [0.0, 1.0], Progress(is_cancelled=lambda: True)))


def test_progress_never_falls(tmp_path: Path, studio: Any) -> None:
    path = studio.write_clip(tmp_path / "a.avi", "mpeg4", options={"g": "12", "bf": "2"})
    seen: list[float] = []
    list(frame_pairs(path, [0.0, 1.0, 2.0], Progress(lambda fraction, message: seen.append(fraction))))
    assert seen == sorted(seen)


def test_no_time_asked_for_opens_no_file(tmp_path: Path) -> None:
    assert list(frame_pairs(tmp_path / "none.mp4", [])) == []
