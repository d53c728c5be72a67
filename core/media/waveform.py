"""A sound made small enough to draw: the lowest and the highest sample of each stretch, at several sizes of stretch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.timebase import SAMPLE_RATE

STRETCH = 256  # samples of the finest peak, 5 ms
FACTOR = 4  # stretches of one level in one of the next
_BLOCK = 10 * SAMPLE_RATE // STRETCH * STRETCH  # samples that are read at once

Read = Callable[[int, int], NDArray[np.float32]]
"""Samples from one place up to another (exclusive): (n, 2)."""


@dataclass(frozen=True, eq=False)
class Peaks:
    """Extremes of a sound.

    Attributes:
        start: seconds from the start of the timeline to the first peak.
        per_second: peaks a second.
        low: (n,) lowest sample of each peak over both channels, 0 or less.
        high: (n,) highest one, 0 or more.
    """

    start: float
    per_second: float
    low: NDArray[np.float32]
    high: NDArray[np.float32]

    @property
    def greatest(self) -> float:
        """How far the sound goes from nought, 1 at full scale."""
        return float(max(np.max(self.high, initial=0.0), -np.min(self.low, initial=0.0)))


@dataclass(frozen=True, eq=False)
class PeakPyramid:
    """The same sound at several sizes, finest first; each level holds the extremes of the one before exactly."""

    levels: tuple[Peaks, ...]

    def at_least(self, per_second: float) -> Peaks:
        """The coarsest level with that many peaks a second; the finest if none has."""
        fine_enough = [level for level in self.levels if level.per_second >= per_second]
        return fine_enough[-1] if fine_enough else self.levels[0]


def peaks_of(samples: NDArray[np.float32], start: float = 0.0) -> Peaks:
    """The finest peaks of sound in memory: (n, 2) or (n,)."""
    flat = samples if samples.ndim == 2 else samples[:, None]
    count = -(-len(flat) // STRETCH)
    padded = np.zeros((count * STRETCH, flat.shape[1]), np.float32)
    padded[: len(flat)] = flat
    stretches = padded.reshape(count, STRETCH * flat.shape[1])
    low = np.minimum(stretches.min(axis=1, initial=0.0), 0.0)
    high = np.maximum(stretches.max(axis=1, initial=0.0), 0.0)
    return Peaks(start, SAMPLE_RATE / STRETCH, low.astype(np.float32), high.astype(np.float32))


def pyramid_of(peaks: Peaks) -> PeakPyramid:
    """All sizes, down to a few peaks."""
    levels = [peaks]
    while len(levels[-1].low) > FACTOR:
        finer = levels[-1]
        low, high = (_grouped(values) for values in (finer.low, finer.high))
        levels.append(Peaks(peaks.start, finer.per_second / FACTOR, low.min(axis=1), high.max(axis=1)))
    return PeakPyramid(tuple(levels))


def peaks_read(read: Read, samples: int, start: float = 0.0, progress: Progress = SILENT) -> Peaks:
    """The finest peaks of a sound that is read piece by piece, such as a two-hour edit's own.

    Raises:
        Cancelled: if the caller has asked for an end.
    """
    pieces = list(_pieces(read, samples, progress))
    none = np.zeros(0, np.float32)
    low, high = ([none, *(getattr(piece, name) for piece in pieces)] for name in ("low", "high"))
    return Peaks(start, SAMPLE_RATE / STRETCH, np.concatenate(low), np.concatenate(high))


def _pieces(read: Read, samples: int, progress: Progress) -> Iterator[Peaks]:
    for first in range(0, samples, _BLOCK):
        progress.step(first / samples, "drawing the sound")
        yield peaks_of(read(first, min(first + _BLOCK, samples)))


def _grouped(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """``FACTOR`` values a row; the last row is filled up with 0, which changes no extreme."""
    rows = -(-len(values) // FACTOR)
    padded = np.zeros(rows * FACTOR, np.float32)
    padded[: len(values)] = values
    return padded.reshape(rows, FACTOR)
