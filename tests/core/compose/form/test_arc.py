"""The curve of tension: a summit that leads into a calmer picture is short."""

from __future__ import annotations

import numpy as np
import pytest

from hitpoint.core.compose.form.arc import bars_of_arrival, tension_curve
from hitpoint.core.cue.form.tension import HELD, is_held_back


def arrival(after: float, bars: int = 12, bar_seconds: float = 2.0) -> int | None:
    """Of a section of so many bars that comes after eight with a tension of .8."""
    tension = [*[0.8] * 8, 1.0, *[after] * (bars - 1)]
    return bars_of_arrival(tension, [bar_seconds * bar for bar in range(9 + bars)], 8, 8 + bars, 0)


@pytest.mark.parametrize(("after", "bars"), [(0.3, 4), (0.6, 4), (0.75, None), (0.93, None)])
def test_a_summit_is_over_early_where_the_picture_grows_calmer(after: float, bars: int | None) -> None:
    assert arrival(after) == bars


def test_a_summit_of_slow_bars_is_over_after_two() -> None:
    assert arrival(0.3, bar_seconds=3.5) == 2


def test_a_summit_that_leaves_no_phrase_after_it_goes_on() -> None:
    assert arrival(0.3, bars=7) == 2
    assert arrival(0.3, bars=5) is None


def test_a_cue_that_begins_with_its_summit_has_nothing_to_be_calmer_than() -> None:
    assert bars_of_arrival([1.0, *[0.1] * 11], [2.0 * bar for bar in range(13)], 0, 12, 0) is None


@pytest.mark.parametrize(("then", "is_held"), [(0.9, True), (0.2, False)])
def test_what_leads_to_a_summit_is_held_back_unless_the_picture_calms_down_there(then: float, is_held: bool) -> None:
    lively = np.array([0.9] * 30 + [then] * 30)
    curve = tension_curve([2.0 * bar for bar in range(31)], 15, lively, [0.5] * 30, stops=False)
    assert curve.index(1.0) == 15 and is_held_back(curve) is is_held
    assert (max(curve[5:15]) <= HELD) is is_held
