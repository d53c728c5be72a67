"""Which moments are wanted."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.cue.hit_wishes import CLOSEST, HitWish, hit_points, wanted_frames
from hitpoint.core.edit import Edit, Marker, Shot
from hitpoint.core.timebase import FrameRate


def edit_of(cuts: list[int], markers: list[Marker] | None = None, frames: int = 1000) -> Edit:
    edges = [0, *cuts, frames]
    shots = tuple(Shot(f"shot {a}", a, b) for a, b in pairwise(edges))
    return Edit("test", Path("test.otio"), FrameRate(Fraction(25)), frames, shots, tuple(markers or ()))


def wanted(edit: Edit, *own: HitWish, start: int = 0, end: int = 1000) -> list[int]:
    return list(wanted_frames(hit_points(edit, start, end, own)))


def test_cuts_markers_and_own_hits_are_wanted() -> None:
    edit = edit_of([100, 200], [Marker(300, 1, "door")])
    assert wanted(edit, HitWish(400, "scream")) == [100, 200, 300, 400]
    events = [point.event for point in hit_points(edit, 0, 1000, [HitWish(400, "scream")])]
    assert events == ["cut", "cut", "door", "scream"]


def test_only_what_lies_inside_the_cue_counts() -> None:
    assert wanted(edit_of([100, 200, 300]), start=100, end=300) == [200]


def test_a_marker_pushes_a_cut_beside_it_away() -> None:
    assert wanted(edit_of([100, 200], [Marker(104, 1, "door")])) == [104, 200]


def test_an_own_wish_replaces_the_priority_of_a_cut() -> None:
    assert wanted(edit_of([100, 104]), HitWish(104, "punch", 2.0)) == [104]
    assert wanted(edit_of([100, 200]), HitWish(100, "not this one", 0.0)) == [200]
    assert len(hit_points(edit_of([100, 200]), 0, 1000, [HitWish(100, "", 0.0)])) == 2


def test_a_marker_on_a_cut_is_one_wish_and_two_moments() -> None:
    points = hit_points(edit_of([100], [Marker(100, 1, "door")]), 0, 1000)
    assert [(point.event, point.wanted) for point in points] == [("cut", True), ("door", True)]
    assert wanted_frames(points) == {100: 3.0}


def test_nothing_is_wanted_in_the_quiet_before_the_end() -> None:
    assert wanted(edit_of([900, 985, 990])) == [900, 985]


@given(cuts=st.sets(st.integers(1, 999), max_size=200))
def test_wanted_moments_do_not_crowd_and_none_is_dropped_without_need(cuts: set[int]) -> None:
    kept = wanted(edit_of(sorted(cuts)))
    assert all(b - a >= CLOSEST * 25 for a, b in pairwise(kept))
    for cut in cuts:
        assert cut > 987 or any(abs(cut - other) < CLOSEST * 25 for other in kept)
