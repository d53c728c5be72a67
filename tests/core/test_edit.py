"""An edit is covered by its shots, and knows its cuts."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from hitpoint.core.edit import Edit, Shot, ShotKind, written_stretch
from hitpoint.core.errors import OptionError
from hitpoint.core.timebase import FrameRate


def edit_of(*shots: Shot, frames: int) -> Edit:
    return Edit("edit", Path("edit.otio"), FrameRate(Fraction(24000, 1001)), frames, shots)


def test_cuts_lie_between_shots_and_not_at_the_ends() -> None:
    edit = edit_of(Shot("a", 0, 24), Shot("", 24, 48, ShotKind.GAP), Shot("b", 48, 96), frames=96)
    assert edit.cut_frames == (24, 48)
    assert edit.cuts == (Fraction(1001, 1000), Fraction(1001, 500))
    assert edit.seconds == Fraction(1001, 250)


@pytest.mark.parametrize(
    "shots",
    [
        (Shot("a", 0, 10), Shot("b", 11, 20)),
        (Shot("a", 0, 12), Shot("b", 10, 20)),
        (Shot("a", 0, 19),),
        (Shot("a", 1, 20),),
    ],
)
def test_holes_and_overlaps_are_refused(shots: tuple[Shot, ...]) -> None:
    with pytest.raises(ValueError, match="without overlap or hole"):
        edit_of(*shots, frames=20)


@pytest.mark.parametrize("end", [10, 9])
def test_a_shot_lasts(end: int) -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Shot("a", 10, end)


def test_media_files_are_named_once_in_order_of_use() -> None:
    one, two = Path("one.mov"), Path("two.mov")
    shots = (Shot("a", 0, 1, media=two), Shot("b", 1, 2), Shot("c", 2, 3, media=one), Shot("d", 3, 4, media=two))
    assert edit_of(*shots, frames=4).media_files == (two, one)


def test_one_shot_has_no_cut() -> None:
    assert edit_of(Shot("a", 0, 5), frames=5).cuts == ()


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("0", "9", "reaches past the end of the edit, at 4.004 s"),
        ("2", "1", "ends before it begins"),
        ("2", "2", "is empty"),
    ],
)
def test_a_stretch_that_cannot_be_is_told_with_what_asked_for_it(first: str, last: str, told: str) -> None:
    with pytest.raises(OptionError, match=f"--range {first} {last}: it .*{told}"):
        written_stretch(edit_of(Shot("a", 0, 96), frames=96), first, last, f"--range {first} {last}")


def test_a_whole_second_may_stand_for_a_last_one_that_is_not_whole() -> None:
    assert written_stretch(edit_of(Shot("a", 0, 96), frames=96), "0", "5", "--range 0 5") == (0, 96)
