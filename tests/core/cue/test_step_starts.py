"""Steps that start on hits."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.cue.step_starts import drawn_starts

HALF = Fraction(1, 50)


def starts_of(*wanted: float, steps: int = 8, priorities: dict[float, float] | None = None) -> list[float]:
    grid = [Fraction(index) for index in range(steps)]
    asked = {Fraction(time).limit_denominator(1000): (priorities or {}).get(time, 1.0) for time in wanted}
    return [float(start) for start in drawn_starts(grid, Fraction(steps), asked, HALF)[0]]


def test_without_hits_steps_start_on_the_grid() -> None:
    assert starts_of() == [0, 1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(("hit", "step"), [(2.3, 2), (2.7, 3), (2.0, 2), (2.49, 2)])
def test_a_hit_draws_the_nearest_start(hit: float, step: int) -> None:
    assert starts_of(hit)[step] == pytest.approx(hit)


def test_a_start_that_is_a_hit_stays_where_it_is() -> None:
    assert starts_of(3.0, 3.45, priorities={3.45: 9.0})[3:5] == [3.0, 3.45]


def test_the_weightier_of_two_hits_takes_the_start() -> None:
    assert starts_of(2.8, 3.2, priorities={3.2: 3.0})[3] == 3.2
    assert starts_of(2.8, 3.2, priorities={2.8: 3.0})[3] == 2.8


def test_the_nearer_of_two_equal_hits_takes_the_start() -> None:
    assert starts_of(3.0, 3.45, 3.9)[4] == 3.9


def test_the_first_step_is_never_drawn() -> None:
    assert starts_of(0.3)[0] == 0.0


@given(
    wanted=st.dictionaries(st.fractions(Fraction(1, 10), 12, max_denominator=25), st.floats(0.1, 5), max_size=20),
    beat=st.fractions(Fraction(2, 5), Fraction(13, 10), max_denominator=50),
)
def test_steps_keep_their_order_and_never_get_too_short(wanted: dict[Fraction, float], beat: Fraction) -> None:
    grid = [beat * index for index in range(30) if beat * index < 12]
    starts, hits = drawn_starts(grid, Fraction(12), wanted, HALF)
    for place, (before, after) in enumerate(pairwise(starts), start=1):
        drawn = (place - 1, before) != (place - 1, grid[place - 1]) or after != grid[place]
        assert after - before >= (Fraction(3, 10) if drawn else beat)
    assert all(starts[index] in wanted for index in hits)
    assert all(starts[index] == grid[index] for index in range(len(grid)) if index not in hits)
