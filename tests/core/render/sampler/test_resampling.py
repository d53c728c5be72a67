from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hitpoint.core.render.sampler.resampling import Source, pitch_ratio, resampled, resampled_along

NOISE = Source(np.random.default_rng(7).uniform(-1, 1, 3000).astype(np.float32), (700, 2900))


@given(ratio=st.floats(0.02, 20), start=st.integers(0, 5000), length=st.integers(1, 2000))
def test_a_stretch_is_the_same_as_cut_from_a_longer_one(ratio, start, length):
    fraction = pitch_ratio(ratio)
    whole = resampled(NOISE, fraction, 0, start + length)
    np.testing.assert_allclose(resampled(NOISE, fraction, start, start + length), whole[start:], atol=1e-5)


@given(speed=st.floats(1 / 60, 60))
@example(speed=1.001953125)  # between 1 and 401/400
@example(speed=1 / 1.001)
def test_a_pitch_is_within_a_tenth_of_a_cent(speed):
    assert abs(1200 * np.log2(float(pitch_ratio(speed)) / speed)) < 0.1


@pytest.mark.parametrize("ratio", [Fraction(3, 2), Fraction(147, 160), Fraction(5, 16), Fraction(399, 200)])
def test_aliases_and_images_are_70_decibels_down(ratio):
    hertz = 0.25 / max(1, ratio)  # of the source's rate: half of what both sides can carry
    source = Source(np.sin(2 * np.pi * hertz * np.arange(40000)).astype(np.float32))
    sound = resampled(source, ratio, 2000, 2000 + 16384) * np.blackman(16384)
    spectrum = np.abs(np.fft.rfft(sound))
    peak = int(np.argmax(spectrum))
    assert peak == pytest.approx(hertz * float(ratio) * 16384, abs=1)
    others = np.concatenate([spectrum[: peak - 8], spectrum[peak + 9 :]])
    assert 20 * np.log10(others.max() / spectrum[peak]) < -70


def test_a_moving_pitch_that_stands_still_is_the_steady_one():
    source = Source(np.sin(2 * np.pi * 0.05 * np.arange(5000)).astype(np.float32))
    steady = resampled(source, Fraction(5, 4), 100, 2000)
    np.testing.assert_allclose(resampled_along(source, np.arange(100, 2000) * 1.25), steady, atol=3e-3)


def test_what_lies_outside_a_recording_is_silent():
    source = Source(np.ones(100, np.float32))
    assert not resampled(source, Fraction(1), 200, 300).any()
