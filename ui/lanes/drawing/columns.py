"""Level of detail: many things brought down to what a row of pixels can show. No Qt.

Positions are in pixels of the view, ascending. What is narrower than a few pixels is not drawn by itself: it becomes a
share of the pixels it lies in.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def visible_range(edges: Floats, start: float, end: float) -> range:
    """The stretches between neighbouring edges (ascending) that touch ``start .. end``.

    >>> visible_range(np.array([0.0, 1.0, 2.0, 3.0]), 1.5, 2.0)
    range(1, 3)
    """
    if len(edges) < 2 or end < edges[0] or start > edges[-1]:
        return range(0)
    first = max(int(np.searchsorted(edges, start, side="right")) - 1, 0)
    last = min(int(np.searchsorted(edges, end, side="right")), len(edges) - 1)
    return range(first, last)


def share_of_pixels(left: Floats, right: Floats, width: int) -> Floats:
    """How much of each pixel 0 .. width (exclusive) is covered by stretches that do not overlap: 0..1."""
    edges = np.arange(width + 1)
    if not len(left):
        return np.zeros(width)
    covered = np.concatenate([[0.0], np.cumsum(right - left)])
    at = np.stack([left, right], axis=1).ravel()
    filled = np.stack([covered[:-1], covered[1:]], axis=1).ravel()
    shares: Floats = np.clip(np.diff(np.interp(edges, at, filled)), 0.0, 1.0)
    return shares


def moments_in_pixels(x: Floats, width: int) -> NDArray[np.int64]:
    """How many moments lie in each pixel 0 .. width (exclusive)."""
    place = np.floor(x[(x >= 0) & (x < width)]).astype(np.int64)
    return np.bincount(place, minlength=width)


def extents(edges: Floats, values: Floats, width: int) -> tuple[Floats, Floats]:
    """The lowest and the highest of the values that touch each pixel 0 .. width (exclusive); NaN where none does.

    Args:
        edges: pixels at which each value begins, and where the last one ends; one more than values.
        values: constant from one edge to the next.
        width: pixels.
    """
    low, high = np.full(width, np.nan), np.full(width, np.nan)
    if not len(values):
        return low, high
    pixels = np.arange(width)
    first = np.searchsorted(edges, pixels, side="right") - 1
    end = np.searchsorted(edges, pixels + 1, side="left")
    first, end = np.maximum(first, 0), np.minimum(end, len(values))
    touched = (end > first) & (pixels + 1 > edges[0]) & (pixels < edges[-1])
    pairs = np.stack([first[touched], end[touched]], axis=1).ravel()
    padded = np.append(values, values[-1])  # reduceat takes no end beyond the last value
    low[touched] = np.minimum.reduceat(padded, pairs)[::2] if len(pairs) else []
    high[touched] = np.maximum.reduceat(padded, pairs)[::2] if len(pairs) else []
    return low, high


def runs_of(keys: Sequence[object]) -> list[int]:
    """Where runs of equal neighbours begin, and where the last one ends.

    >>> runs_of("aabccc")
    [0, 2, 3, 6]
    """
    starts = [index for index, key in enumerate(keys) if index == 0 or key != keys[index - 1]]
    return [*starts, len(keys)] if starts else []
