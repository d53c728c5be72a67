"""The curve of tension: a summit that leads into a calmer picture is short."""

from __future__ import annotations

import numpy as np
import pytest

from hitpoint.core.compose.form.arc import bars_of_arrival, grows, tension_curve


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


def curve_of(lively: list[float]) -> tuple[float, ...]:
    """Of thirty bars of two seconds, the summit in the middle."""
    times = [2.0 * bar for bar in range(31)]
    return tension_curve(times, 15, np.array(lively), [0.0] * 30, stops=False)


def test_where_the_picture_calms_down_at_the_summit_the_music_is_lively_before() -> None:
    lively = [0.9] * 30
    assert grows(np.array(lively * 2), 30.0) and not grows(np.array([*lively, *[0.2] * 30]), 30.0)
    assert curve_of([*lively, *[0.2] * 30])[8] > curve_of(lively * 2)[8] + 0.1


@pytest.mark.parametrize("before", [0.05, 0.5, 0.95])
def test_what_leads_up_to_a_summit_grows(before: float) -> None:
    rise = curve_of([before] * 30 + [0.95] * 30)[5:15]
    assert rise[-1] >= rise[0] + 0.2 and rise[-1] >= 0.65
