from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from hitpoint.core.errors import MediaReadError
from hitpoint.core.media.movie_pictures import MoviePictures, SequencePictures

FRAME = Fraction(1, 25)
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "one long GOP": ("a.mp4", {"options": {"g": "250"}}),
    "short GOPs": ("a.mp4", {"options": {"g": "6"}}),
    "open GOPs": ("a.mkv", {"options": {"g": "8", "x264-params": "open-gop=1:bframes=3:keyint=8:min-keyint=8"}}),
    "Matroska that starts late": ("a.mkv", {"options": {"g": "10"}, "shift": Fraction(5)}),
    "MPEG-TS": ("a.ts", {"options": {"g": "8"}, "shift": Fraction(10)}),
    "MPEG-PS": ("a.mpg", {"codec": "mpeg2video", "options": {"g": "9", "bf": "2"}}),
    "AVI": ("a.avi", {"codec": "mpeg4", "options": {"g": "12", "bf": "2"}}),
    "variable rate": ("a.mp4", {"options": {"g": "20"}, "ticks": lambda number: number * 2 + number % 2}),
}


def digests(studio: Any, path: Path, times: list[Fraction], movie: MoviePictures | None = None) -> list[str]:
    opened = movie or MoviePictures(path)
    found = [studio.digest(pixels) for _, pixels in opened.pictures(times, 10_000, lambda: True)]
    if movie is None:
        opened.close()
    return found


def truth(studio: Any, path: Path) -> list[tuple[Fraction, str]]:
    """(begin, digest of the small picture) of every frame by decoding all of the file, the plain way."""
    found = []
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        for count, frame in enumerate(container.decode(stream)):
            begin = (
                Fraction(count) / stream.average_rate
                if frame.pts is None
                else (frame.pts - (stream.start_time or 0)) * stream.time_base
            )
            found.append((begin, studio.digest(frame.reformat(format="rgb24", interpolation="AREA").to_ndarray())))
    return found


def shown(frames: list[tuple[Fraction, str]], time: Fraction) -> str:
    return [digest for begin, digest in frames if begin <= time + Fraction(1, 2000)][-1]


@pytest.mark.parametrize("kind", KINDS)
def test_in_any_order_each_time_gives_the_frame_of_a_full_decode(studio: Any, tmp_path: Path, kind: str) -> None:
    name, settings = KINDS[kind]
    path = studio.write_clip(tmp_path / name, **settings)
    frames = truth(studio, path)
    times = [begin + FRAME / 3 for begin, _ in frames][::2]
    random.Random(2).shuffle(times)
    movie = MoviePictures(path)
    wrong = [time for time in times if digests(studio, path, [time], movie) != [shown(frames, time)]]
    movie.close()
    assert not wrong


@pytest.mark.parametrize("kind", KINDS)
def test_played_through_each_frame_is_decoded_once_and_right(studio: Any, tmp_path: Path, kind: str) -> None:
    name, settings = KINDS[kind]
    path = studio.write_clip(tmp_path / name, **settings)
    frames = truth(studio, path)
    assert digests(studio, path, [begin for begin, _ in frames]) == [digest for _, digest in frames]


def test_going_on_needs_no_seek(studio: Any, clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    movie = MoviePictures(clip)
    sought: list[int] = []
    monkeypatch.setattr(movie, "_seek", _recording(movie._seek, sought))
    for number in range(30):
        list(movie.pictures([number * FRAME], 64, lambda: True))
    movie.close()
    assert len(sought) == 1  # to begin


def _recording(seek: Callable[[int], None], sought: list[int]) -> Callable[[int], None]:
    def recorded(tick: int) -> None:
        sought.append(tick)
        seek(tick)

    return recorded


def test_a_far_jump_skips_what_lies_between(studio: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = studio.write_clip(tmp_path / "a.mp4", frames=200, options={"g": "10"})
    movie = MoviePictures(path)
    decoded = 0

    def count() -> bool:
        nonlocal decoded
        decoded += 1
        return True

    list(movie.pictures([Fraction(0), Fraction(6)], 64, count))
    movie.close()
    assert decoded < 30  # of 150


def test_before_the_first_and_after_the_last_frame_these_stand(studio: Any, clip: Path) -> None:
    frames = truth(studio, clip)
    assert digests(studio, clip, [Fraction(-3), Fraction(99)]) == [frames[0][1], frames[-1][1]]


def test_what_is_not_wanted_any_more_is_not_decoded(studio: Any, clip: Path) -> None:
    movie = MoviePictures(clip)
    asked = iter([True] * 5)
    assert list(movie.pictures([FRAME * 40], 64, lambda: next(asked, False))) == []
    assert digests(studio, clip, [FRAME * 12], movie) == [truth(studio, clip)[12][1]]
    movie.close()


@pytest.mark.parametrize("height", [16, 32, 64, 500])
def test_pictures_are_as_high_as_asked_but_not_blown_up(studio: Any, clip: Path, height: int) -> None:
    movie = MoviePictures(clip)
    ((_, pixels),) = movie.pictures([Fraction(0)], height, lambda: True)
    movie.close()
    assert pixels.shape == (min(height, 64), round(80 * min(height, 64) / 64), 3)


def test_images_of_a_sequence_follow_each_other_and_a_hole_keeps_the_one_before(studio: Any, tmp_path: Path) -> None:
    for number in (86400, 86401, 86403):
        pixels = np.full((8, 8, 3), number - 86390, np.uint8)
        with av.open(str(tmp_path / f"shot.{number}.png"), "w", format="image2") as container:
            stream = container.add_stream("png", rate=25)
            stream.width = stream.height = 8
            stream.pix_fmt = "rgb24"
            for packet in [*stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")), *stream.encode(None)]:
                container.mux(packet)
    images = SequencePictures(tmp_path / "shot.%05d.png", Fraction(25))
    times = [FRAME * number for number in range(5)]
    assert [int(pixels[0, 0, 0]) for _, pixels in images.pictures(times, 8, lambda: True)] == [10, 11, 11, 13, 13]


def test_what_is_no_movie_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.mov").write_bytes(b"not a movie at all" * 40)
    with pytest.raises(MediaReadError, match=r"a\.mov"):
        MoviePictures(tmp_path / "a.mov")
