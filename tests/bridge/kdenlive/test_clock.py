from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.bridge.kdenlive.clock import clock_of, frames_of
from hitpoint.core.timebase import FrameRate

RATES = [Fraction(24000, 1001), Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(50), Fraction(60000, 1001)]


@given(st.integers(0, 24 * 3600 * 60), st.sampled_from(RATES))
def test_frames_written_as_a_clock_are_read_again(frames, fps):
    rate = FrameRate(fps)
    assert frames_of(clock_of(frames, rate), rate) == frames


@pytest.mark.parametrize(
    ("text", "frames"),
    [("12", 12), ("-1", -1), ("00:00:05.960", 149), ("01:00:00:10", 90010), ("5", 5), ("", None), ("nan", None)],
)
def test_times_are_read_in_every_shape_mlt_has(text, frames):
    assert frames_of(text, FrameRate(Fraction(25))) == frames
