"""A true-peak limiter that looks ahead, worked out on control points (``levels.py``) in decibels.

The least gain that is needed nearby comes first (a sliding minimum), then a recovery that is linear in decibels, then a
weighted mean over the same stretch. A mean of numbers that are all at or below what a point needs is at or below it
too: the ceiling is kept without a correction afterwards. Everything is a vector operation, so that no state is carried.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import convolve1d, minimum_filter1d

from hitpoint.core.render.mix.levels import CHUNK
from hitpoint.core.timebase import SAMPLE_RATE

POINTS_PER_SECOND = SAMPLE_RATE / CHUNK
REACH = 0.005  # seconds to either side of the minimum and of the mean: the gain begins to fall twice as early
RECOVERY = 24.0  # decibels a second


def limiting_curve(excess: NDArray[np.float64]) -> NDArray[np.float64]:
    """Gain in decibels, 0 or less, at the edges of the chunks.

    Args:
        excess: (chunks,) decibels by which each chunk's peak lies above the ceiling; negative below it.

    Returns:
        (chunks + 1,); between two edges the gain may go either way without passing the ceiling.
    """
    half = round(REACH * POINTS_PER_SECOND)
    recovered = with_recovery(minimum_filter1d(edges(np.minimum(-excess, 0.0)), 2 * half + 1), RECOVERY)
    window = np.hanning(2 * half + 3)[1:-1]
    smoothed: NDArray[np.float64] = convolve1d(recovered, window / window.sum(), mode="nearest")
    np.minimum(smoothed, 0.0, out=smoothed)
    return smoothed


def edges(needed: NDArray[np.float64]) -> NDArray[np.float64]:
    """At each edge the lesser value of the two chunks that meet there: (chunks,) to (chunks + 1,)."""
    if not len(needed):
        return np.zeros(1)
    before = np.concatenate([needed[:1], needed])
    after = np.concatenate([needed, needed[-1:]])
    return np.asarray(np.minimum(before, after), dtype=np.float64)


def with_recovery(decibels: NDArray[np.float64], per_second: float) -> NDArray[np.float64]:
    """The curve, rising nowhere faster than so many decibels a second."""
    slope = np.arange(len(decibels)) * (per_second / POINTS_PER_SECOND)
    lowest = np.minimum.accumulate(decibels - slope)
    lowest += slope
    return np.asarray(lowest, dtype=np.float64)
