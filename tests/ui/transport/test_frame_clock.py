from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.timebase import SAMPLE_RATE, FrameRate
from hitpoint.ui.transport.frame_clock import frame_heard, seconds_of

RATES = st.sampled_from(
    [Fraction(24000, 1001), 24, 25, Fraction(30000, 1001), 50, Fraction(60000, 1001), Fraction(1234, 99)]
)
FRAMES = st.integers(0, 500_000)


@given(RATES.map(Fraction), FRAMES)
def test_a_frame_sought_is_the_frame_shown(rate: Fraction, frame: int) -> None:
    assert frame_heard(seconds_of(frame, FrameRate(rate)), FrameRate(rate)) == frame


@given(RATES.map(Fraction), FRAMES)
def test_one_sample_earlier_is_the_frame_before(rate: Fraction, frame: int) -> None:
    before = seconds_of(frame + 1, FrameRate(rate)) - 1 / SAMPLE_RATE
    assert frame_heard(before, FrameRate(rate)) == frame
