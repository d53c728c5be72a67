from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.media.waveform import STRETCH, peaks_of, peaks_read, pyramid_of
from hitpoint.core.progress import Cancelled, Progress

LENGTHS = st.integers(0, 9000)


def noise(length: int) -> np.ndarray:
    return np.random.default_rng(length).standard_normal((length, 2)).astype(np.float32)


@given(LENGTHS)
def test_each_peak_holds_the_extremes_of_its_stretch(length: int) -> None:
    sound = noise(length)
    peaks = peaks_of(sound)
    assert len(peaks.low) == len(peaks.high) == -(-length // STRETCH)
    for place in range(len(peaks.low)):
        stretch = sound[place * STRETCH : (place + 1) * STRETCH]
        assert peaks.low[place] == min(stretch.min(), 0) and peaks.high[place] == max(stretch.max(), 0)


@given(LENGTHS)
def test_every_level_has_the_same_extremes(length: int) -> None:
    for level in pyramid_of(peaks_of(noise(length))).levels:
        assert level.low.min(initial=0) == noise(length).min(initial=0)
        assert level.high.max(initial=0) == noise(length).max(initial=0)


@given(LENGTHS.filter(lambda length: length > 0))
def test_a_coarser_peak_covers_exactly_its_finer_ones(length: int) -> None:
    levels = pyramid_of(peaks_of(noise(length))).levels
    for finer, coarser in pairwise(levels):
        for place in range(len(coarser.high)):
            assert coarser.high[place] == finer.high[place * 4 : place * 4 + 4].max()
            assert coarser.per_second * 4 == finer.per_second


def test_the_level_taken_is_the_coarsest_that_is_fine_enough() -> None:
    pyramid = pyramid_of(peaks_of(noise(48_000 * 10)))
    assert pyramid.at_least(10.0).per_second == 187.5 / 16
    assert pyramid.at_least(1000.0) is pyramid.levels[0]


def test_a_sound_that_is_read_piece_by_piece_gives_the_same_peaks() -> None:
    sound = noise(48_000 * 23 + 7)
    read = peaks_read(lambda first, last: sound[first:last], len(sound), 1.5)
    whole = peaks_of(sound)
    assert np.array_equal(read.low, whole.low) and np.array_equal(read.high, whole.high) and read.start == 1.5


def test_reading_can_be_cancelled() -> None:
    with pytest.raises(Cancelled):
        peaks_read(lambda first, last: noise(last - first), 48_000, progress=Progress(None, lambda: True))
