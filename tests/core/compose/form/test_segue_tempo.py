"""The last bars of a cue that leads over to another without a break."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.compose.form.tempo_plan import TempoPlan, TempoWish, tempo_plan
from hitpoint.core.music.metre import Metre

FOUR = Metre(4, 4)


def plan(seconds: int, moments: tuple[int, ...] = (), leads_to: float | None = None, metre: Metre = FOUR) -> TempoPlan:
    wish = TempoWish(Fraction(seconds), 96.0, 126.0, 110.0, {Fraction(at): 1.0 for at in moments})
    return tempo_plan([wish], metre, leads_to=leads_to)


@given(st.integers(24, 90), st.sampled_from((0.0, 88.0, 96.0, 104.0, 112.0, 120.0, 132.0, 176.0)))
def test_the_music_ends_with_a_bar_in_the_tempo_of_what_follows(seconds: int, bpm: float) -> None:
    found = plan(seconds, leads_to=bpm)
    tempo, bar = found.tempo, FOUR.beats_per_bar
    assert tempo.beat_at(Fraction(seconds)) == found.final_step * bar / 2 + bar
    assert not bpm or tempo.points[-1].bpm in (pytest.approx(bpm, rel=0.021), pytest.approx(bpm / 2, rel=0.021))


@given(st.integers(40, 90), st.sampled_from((0.0, 90.0, 120.0, 128.0)), st.sets(st.integers(3, 25), max_size=6))
def test_what_is_met_is_met_as_exactly_as_without_it(seconds: int, bpm: float, moments: set[int]) -> None:
    wanted = tuple(sorted(moments))
    alone, led = (plan(seconds, wanted, leads_to=tempo).tempo for tempo in (None, bpm))
    for moment in wanted:
        assert led.beat_at(Fraction(moment)) == alone.beat_at(Fraction(moment))


@given(st.integers(24, 90), st.sampled_from((90.0, 120.0, 126.0)))
def test_no_step_of_the_turn_is_much_longer_than_the_next(seconds: int, bpm: float) -> None:
    lengths = [float(point.seconds_per_beat) for point in plan(seconds, leads_to=bpm).tempo.points]
    assert all(abs(two / one - 1) < 0.08 for one, two in pairwise(lengths))


def test_where_a_moment_leaves_no_room_it_ends_as_ever() -> None:
    late = plan(30, (24,), leads_to=60.0 * 1.5)
    assert late.tempo == plan(30, (24,)).tempo or late.tempo.points[-1].bpm == pytest.approx(90.0, rel=0.021)


@pytest.mark.parametrize("metre", [Metre(3, 4), Metre(6, 8)])
def test_other_metres_turn_too(metre: Metre) -> None:
    found = plan(50, leads_to=100.0, metre=metre).tempo
    assert (found.beat_at(Fraction(50)) / metre.beats_per_bar).denominator == 1
    assert any(found.points[-1].bpm == pytest.approx(bpm, rel=0.021) for bpm in (50.0, 100.0, 200.0))
