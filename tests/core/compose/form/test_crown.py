"""The greatest moment of a cue: where a marker says so, else by weight, picture and place."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np

from hitpoint.core.compose.form.crown import crown_of, crowned, greatest
from hitpoint.core.cue.form.form_plan import FullHit
from hitpoint.core.edit import Edit, Marker, Shot
from hitpoint.core.timebase import FrameRate

CALM = np.full(100, 0.5)


def edit_of(*markers: tuple[int, str]) -> Edit:
    marks = tuple(Marker(frame, 1, text) for frame, text in markers)
    return Edit("cut", Path("cut.otio"), FrameRate(Fraction(1)), 100, (Shot("shot", 0, 100),), marks)


def test_the_heaviest_moment_of_the_later_part_is_the_crown() -> None:
    assert crown_of(edit_of(), (0, 100), {10: 0.9, 50: 0.5, 70: 0.7, 95: 0.9}, CALM, latest=90) == 70


def test_of_equal_moments_that_is_the_crown_from_which_the_picture_is_livelier() -> None:
    lively = np.where(np.arange(100) < 65, 0.2, 0.9)
    assert crown_of(edit_of(), (0, 100), {55: 0.5, 66: 0.5, 80: 0.5}, lively, latest=90) == 66


def test_a_marker_that_says_so_is_the_crown_wherever_it_lies() -> None:
    assert crown_of(edit_of((15, "Climax")), (0, 100), {15: 1.0, 60: 1.0}, CALM, latest=90) == 15


def test_no_other_moment_outweighs_the_crown() -> None:
    assert crowned({10: 0.9, 60: 0.5}, 60) == {10: 0.855, 60: 0.9}


def test_the_greatest_of_equal_hits_lies_nearest_the_golden_section() -> None:
    hits = [FullHit(20, 0.5), FullHit(64, 0.5), FullHit(90, 0.5)]
    assert greatest(edit_of(), hits, (0, 100)) == hits[1]
    assert greatest(edit_of(), (), (0, 100)) is None
