import itertools
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from hitpoint.core.conform.change_list import Fate
from hitpoint.core.conform.shot_fates import shot_changes
from hitpoint.core.conform.shot_matching import matched
from hitpoint.core.edit import Edit, Shot, ShotKind
from hitpoint.core.timebase import FrameRate

MakeEdit = Callable[..., Edit]
A, B, C, D = ("a", 0, 100), ("b", 50, 80), ("c", 0, 60), ("d", 10, 120)
BASE = [A, B, C, D]
BLANK = Edit("cut", Path("cut.otio"), FrameRate(Fraction(25)), 1, (Shot("x", 0, 1),))


def fates(old: Edit, new: Edit) -> list[tuple[str, ...]]:
    """What became of each shot that is not simply kept."""
    found = shot_changes(old, new, matched(old, new))
    return [(change.name, *(fate.value for fate in change.fates)) for change in found if change.fates != (Fate.KEPT,)]


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        (BASE, []),
        ([A, ("b", 60, 70), C, D], [("b", "trimmed")]),
        ([A, ("b", 50, 95), C, D], [("b", "extended")]),
        ([A, ("b", 53, 80), C, D], [("b", "slipped")]),
        ([A, C, D], [("b", "removed")]),
        ([A, B, ("x", 0, 50), C, D], [("x", "new")]),
        ([A, C, B, D], [("c", "moved")]),
        ([A, ("b", 50, 30), ("b", 80, 50), C, D], [("b", "split")]),
        ([A, ("b", 50, 30), ("x", 0, 50), ("b", 80, 50), C, D], [("b", "split"), ("x", "new")]),
        ([A, A, B, C, D], [("a", "new")]),
        ([B, C, D, A], [("a", "moved")]),
    ],
    ids=lambda value: "" if isinstance(value, list) and value and len(value[0]) == 3 else str(value),
)
def test_each_kind_of_change_is_told(make_edit: MakeEdit, cut: list, expected: list) -> None:
    assert fates(make_edit(BASE), make_edit(cut)) == expected


def test_two_shots_that_became_one_are_merged(make_edit: MakeEdit) -> None:
    old, new = make_edit([("a", 0, 50), ("a", 50, 50), B]), make_edit([("a", 0, 100), B])
    assert fates(old, new) == [("a", "merged"), ("a", "merged")]


def test_a_shot_at_another_speed_is_retimed(make_edit: MakeEdit) -> None:
    old = make_edit([A, B])
    fast = replace(old.shots[0], end=50, speed=Fraction(2))
    new = replace(old, frames=130, shots=(fast, replace(old.shots[1], start=50, end=130)))
    assert fates(old, new) == [("a", "retimed")]


def test_one_name_in_two_folders_is_two_media() -> None:
    def edit(*folders: str) -> Edit:
        files = [Path(f"/{folder}/C0001.MP4") for folder in folders]
        shots = (
            Shot("C0001", 50 * i, 50 * i + 50, media=file, media_name=file.name, source_start=Fraction(i and 40))
            for i, file in enumerate(files)
        )
        return replace(BLANK, shots=tuple(shots), frames=50 * len(files))

    old, new = edit("card/day1", "card/day2"), edit("disk/day2", "disk/day1")
    assert {fate for change in fates(old, new) for fate in change[1:]} == {"removed", "new"}
    assert fates(old, edit("disk/day1", "disk/day2")) == []


def test_moved_media_are_the_same_media(make_edit: MakeEdit) -> None:
    old = make_edit(BASE)
    shots = tuple(replace(shot, media=Path("/elsewhere") / shot.name) for shot in old.shots)
    assert fates(old, replace(old, shots=shots)) == []


def test_gaps_are_matched_in_line_only(make_edit: MakeEdit) -> None:
    gap = Shot("", 0, 60, ShotKind.GAP)
    old = replace(BLANK, shots=(gap, Shot("a", 60, 160, media_name="a")), frames=160)
    new = replace(BLANK, shots=(Shot("a", 0, 100, media_name="a"), replace(gap, start=100, end=160)), frames=160)
    assert ("gap", "moved") not in fates(old, new)


def test_no_frame_belongs_to_two_pieces(make_edit: MakeEdit) -> None:
    old = make_edit([("a", first, 40) for first in (0, 20, 40, 0, 100)])
    new = make_edit([("a", first, 45) for first in (40, 0, 10, 100, 20, 0)])
    pieces = matched(old, new).pieces
    for spans in ([(p.old_start, p.old_end) for p in pieces], [(p.new_start, p.new_end) for p in pieces]):
        ordered = sorted(spans)
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(ordered))
