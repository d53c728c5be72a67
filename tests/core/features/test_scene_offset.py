from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.edit import Edit, Shot
from hitpoint.core.features.scene_offset import scene_offset
from hitpoint.core.timebase import FrameRate


def cut_at(*edges: int, rate: Fraction = Fraction(25)) -> Edit:
    shots = tuple(Shot(f"shot {a}", a, b) for a, b in pairwise(edges))
    return Edit("cut", Path("cut.otio"), FrameRate(rate), edges[-1], shots)


def test_a_second_that_holds_a_cut_is_zero() -> None:
    edit = cut_at(0, 60, 75, 200)  # cuts at 2.4 s and exactly 3 s, end at 8 s
    assert scene_offset(edit, 0, 200).tolist() == [0, 1, 2, 0, 1, 2, 3, 4]


def test_a_cut_just_after_a_second_belongs_to_the_next() -> None:
    assert scene_offset(cut_at(0, 51, 100), 0, 100).tolist() == [0, 1, 2, 0]


def test_ntsc_cuts_are_placed_exactly() -> None:
    edit = cut_at(0, 24, 240, rate=Fraction(24000, 1001))  # frame 24 lies at 1.001 s
    assert scene_offset(edit, 0, 240).tolist() == [0, 1, 0, *range(1, 9)]


def test_cuts_before_a_stretch_do_not_count() -> None:
    assert scene_offset(cut_at(0, 30, 200), 50, 150).tolist() == [0, 1, 2, 3]


def test_a_begun_second_has_a_row() -> None:
    assert len(scene_offset(cut_at(0, 26), 0, 26)) == 2


@given(st.sets(st.integers(1, 499), max_size=30))
def test_offsets_follow_muvi_sync(cuts: set[int]) -> None:
    edit = cut_at(0, *sorted(cuts), 500)
    offsets = scene_offset(edit, 0, 500)
    for second in range(1, 20):
        has_cut = any(second - 1 < Fraction(cut, 25) <= second for cut in cuts)
        assert offsets[second] == (0 if has_cut else offsets[second - 1] + 1)
    assert offsets[0] == 0
    assert len(offsets) == math.ceil(500 / 25)
