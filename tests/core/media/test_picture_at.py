from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hitpoint.core.edit import Edit, Shot, ShotKind
from hitpoint.core.media.picture_at import PictureSource, Seen, shown_at
from hitpoint.core.timebase import FrameRate

RATE = FrameRate(Fraction(25))


def edit(*shots: Shot, rate: FrameRate = RATE) -> Edit:
    return Edit("cut", Path("cut.otio"), rate, shots[-1].end, shots)


def shot(path: Path | None, start: int, end: int, source: int = 0, speed: Fraction | int = 1) -> Shot:
    return Shot("a", start, end, ShotKind.PICTURE, path, "a.mp4", Fraction(source, 25), Fraction(speed))


def number_of(studio: Any, pixels: np.ndarray) -> int:
    """Which of the studio's frames this is, by the corner that tells them apart."""
    corner = pixels[2:6, 2:6].reshape(-1, 3).mean(axis=0)
    told = np.array(
        [(number * 37 % 256, number * 91 % 256, 255 - number % 256) for number in range(studio.frames)], float
    )
    return int(np.abs(told - corner).sum(axis=1).argmin())


def numbers(studio: Any, cut: Edit, frames: list[int]) -> list[int]:
    source = PictureSource(cut, 64)
    pictures = {picture.shown.frame: picture.pixels for picture in source.load(frames)}
    source.close()
    return [number_of(studio, pictures[frame]) for frame in frames]


SHOTS = {
    "forward": (10, 1, [10, 11, 12, 13]),
    "double speed": (10, 2, [10, 12, 14, 16]),
    "half speed": (10, Fraction(1, 2), [10, 10, 11, 11]),
    "freeze": (10, 0, [10, 10, 10, 10]),
    "backwards": (30, -1, [30, 29, 28, 27]),
    "backwards at double speed": (30, -2, [30, 28, 26, 24]),
}


@pytest.mark.parametrize(("source", "speed", "expected"), SHOTS.values(), ids=SHOTS)
def test_speed_shows_the_right_frames(
    studio: Any, clip: Path, source: int, speed: Fraction, expected: list[int]
) -> None:
    cut = edit(Shot("", 0, 5, ShotKind.GAP), shot(clip, 5, 25, source, speed))
    assert numbers(studio, cut, [5, 6, 7, 8]) == expected


def test_a_cut_shows_one_shot_before_it_and_the_other_from_it_on(studio: Any, clip: Path) -> None:
    cut = edit(shot(clip, 0, 10, 40), shot(clip, 10, 20, 5))
    assert numbers(studio, cut, [8, 9, 10, 11]) == [48, 49, 5, 6]


def test_every_frame_of_an_edit_at_another_rate_than_its_media(studio: Any, clip: Path) -> None:
    rate = FrameRate(Fraction(30000, 1001))
    cut = edit(Shot("a", 0, 60, ShotKind.PICTURE, clip, "a"), rate=rate)
    assert numbers(studio, cut, list(range(60))) == [int(rate.seconds(frame) * 25) for frame in range(60)]


def test_backwards_in_one_batch_each_frame_is_right(studio: Any, clip: Path) -> None:
    cut = edit(shot(clip, 0, 60))
    frames = list(range(50, 10, -1))
    assert numbers(studio, cut, frames) == frames


STATES = {
    "gap": (Shot("", 0, 9, ShotKind.GAP), Seen.GAP),
    "generator": (Shot("Title", 0, 9, ShotKind.GENERATED), Seen.GENERATED),
    "missing": (shot(None, 0, 9), Seen.MISSING),
}


@pytest.mark.parametrize(("first", "seen"), STATES.values(), ids=STATES)
def test_where_nothing_is_to_be_decoded_it_says_what_there_is(first: Shot, seen: Seen) -> None:
    picture = PictureSource(edit(first)).cached(4)
    assert picture is not None and picture.pixels is None
    assert picture.shown.seen is seen and picture.shown.shot is first


@pytest.mark.parametrize("frame", [-1, 9, 500])
def test_outside_the_edit_there_is_nothing(frame: int) -> None:
    assert shown_at(edit(shot(None, 0, 9)), frame).seen is Seen.OUTSIDE


def test_media_that_cannot_be_read_says_why_and_the_others_go_on(studio: Any, clip: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mov"
    broken.write_bytes(b"no movie" * 99)
    source = PictureSource(edit(shot(broken, 0, 10), shot(clip, 10, 20)), 64)
    found = {picture.shown.frame: picture for picture in source.load([3, 12, 4])}
    source.close()
    assert found[3].shown.seen is found[4].shown.seen is Seen.UNREADABLE
    assert "broken.mov" in found[3].shown.problem
    assert found[12].pixels is not None and number_of(studio, found[12].pixels) == 2


def test_what_was_seen_is_not_decoded_again(clip: Path) -> None:
    source = PictureSource(edit(shot(clip, 0, 20)), 64)
    assert source.cached(7) is None
    (first,) = source.load([7])
    clip.unlink()
    source.close()
    again = source.cached(7)
    assert again is not None and again.pixels is first.pixels


def test_a_source_time_beyond_all_files_shows_the_last_frame(studio: Any, clip: Path) -> None:
    assert numbers(studio, edit(shot(clip, 0, 5, 25 * 10**22)), [2]) == [59]


def test_a_refusal_says_nothing_of_the_file(clip: Path) -> None:
    source = PictureSource(edit(shot(clip, 0, 20)), 64)
    assert list(source.load([7], lambda: False)) == []
    answers = iter([True, True, False])
    assert list(source.load([15], lambda: next(answers, True))) == []
    (picture,) = source.load([15])
    source.close()
    assert picture.shown.seen is Seen.PICTURE


def test_no_more_than_a_few_files_stay_open(studio: Any, tmp_path: Path) -> None:
    clips = [studio.write_clip(tmp_path / f"{number}.mp4", frames=3) for number in range(7)]
    source = PictureSource(edit(*(shot(path, at * 2, at * 2 + 2) for at, path in enumerate(clips))), 64)
    assert len(list(source.load(range(14)))) == 14
    assert len(source._files) <= 4
    source.close()
