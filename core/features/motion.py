"""Motion: how much the picture moves, measured as MuVi-Sync measures it.

It is the mean absolute RGB difference (0..255) of two consecutive frames at the file's own rate and full size, taken
once a second; frames made small first give a number 0.5 to 0.75 times as large, because grain averages away, and
frames a second apart give a much larger one. In MuVi-Sync's 53 hours the quartiles are 2.1, 4.8 and 9.9.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

MOST = 255.0  # between a black and a white frame
_ROWS = 16  # that are compared at once, so that they stay in the processor's cache


def frame_difference(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> float:
    """Mean absolute difference of two (height, width, 3) uint8 pictures of one size, 0..255."""
    total = 0
    for top in range(0, len(first), _ROWS):
        rows, others = first[top : top + _ROWS], second[top : top + _ROWS]
        difference = np.maximum(rows, others)
        difference -= np.minimum(rows, others)
        total += int(difference.sum(dtype=np.uint32))
    return total / max(first.size, 1)


def motion_at_speed(difference: float, speed: Fraction) -> float:
    """Motion on the timeline of a shot that plays at ``speed``, from the difference of two frames of its source.

    Slowed down, frames repeat: at half speed every second pair of timeline frames is equal, so the mean is exactly
    ``|speed|`` times the difference, and a freeze frame (0) has none. Sped up, frames are skipped; the difference of
    natural pictures grows with about the square root of how far they have moved (a judgement, not a law), so it is
    ``sqrt(|speed|)`` times the difference. Backwards is as lively as forwards.
    """
    rate = abs(float(speed))
    return min(difference * (rate if rate <= 1.0 else rate**0.5), MOST)
