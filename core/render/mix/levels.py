"""The levels that the bus listens to: loudness and peaks of the sum, one number for every 32 samples.

Everything that the bus decides (``bus.py``) is decided on these, so that a cue of an hour takes a few megabytes and a
new setting costs no new pass over the sound. The true peak is that of the signal at four times the rate (ITU-R
BS.1770-4 annex 2); all its points in one stretch of 32 samples are one product of matrices.

The matrices are stacked so small that BLAS multiplies them on this thread: its others would take the time of those that
read and write meanwhile, and gain nothing. They hold whole numbers, so small that their products and sums are whole in
float64 too: in whatever order a processor's BLAS adds them, the sum is the same, and with it what the limiter does.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.render.mix.loudness import HALF_KERNEL, HOP, OVERSAMPLING, KWeighting, interpolator

CHUNK = 32  # samples; 150 of these are a tenth of a second, BS.1770's hop
_STACKED = 32  # chunks in a matrix
_SOUND_UNITS, _KERNEL_UNITS = 2.0**22, 2.0**20  # for 1; 24 products of up to 4 times that stay below 2 ** 53


@dataclass(frozen=True)
class Levels:
    """Of a cue, a number for each chunk; all arrays (chunks,).

    Attributes:
        energy: sum over both channels and all samples of the squared K-weighted sound.
        peak: the true peak, linear.
        stem_peak: the largest sample of any stem, linear.
    """

    energy: NDArray[np.float64]
    peak: NDArray[np.float64]
    stem_peak: NDArray[np.float64]

    @property
    def hops(self) -> NDArray[np.float64]:
        """Mean weighted energy of each 100 ms: (hops,)."""
        chunks = HOP // CHUNK
        whole = len(self.energy) // chunks
        return np.asarray(self.energy[: whole * chunks].reshape(whole, chunks).sum(axis=1) / HOP, dtype=np.float64)

    @property
    def true_peak(self) -> float:
        """DBTP; minus infinity for silence."""
        peak = float(self.peak.max(initial=0.0))
        return 20.0 * math.log10(peak) if peak > 0 else -math.inf


class LevelMeter:
    """Collects the levels of sound that comes in blocks of any length.

    Args:
        pool: whose threads look at the peaks while this one weighs the energy; None for this one alone.
        only_highest: of chunks that cannot hold the highest peak so far, take that of the samples for the true one: for
            who wants ``Levels.true_peak`` and no other peak.
    """

    def __init__(self, pool: Executor | None = None, *, only_highest: bool = False) -> None:
        self._pool, self._only_highest, self._highest = pool, only_highest, 0.0
        self._weighting = KWeighting()
        self._energy, self._stem_peak = _Chunks(np.add), _Chunks(np.maximum)
        self._peaks: list[NDArray[np.float64]] = []
        self._rest = np.zeros((HALF_KERNEL, 2), np.float32)
        self._matrix = _between_samples()
        # how many times as high as the samples around it a peak can be
        self._reach = float(np.abs(self._matrix).sum(axis=0).max() / _KERNEL_UNITS)

    def add(self, mixed: NDArray[np.float64], stem_peak: NDArray[np.float64]) -> None:
        """Take in the next samples of the sum (n, 2), and the largest absolute value of any stem at each (n,)."""
        looked_at = self._channels(mixed)
        if self._pool:
            peaks = [self._pool.submit(self._peaks_of, sound) for sound in looked_at]
        weighted = self._weighting.heard(mixed)
        self._energy.add(weighted[:, 0] ** 2 + weighted[:, 1] ** 2)
        self._stem_peak.add(stem_peak)
        self._note([each.result() for each in peaks] if self._pool else map(self._peaks_of, looked_at))

    def levels(self) -> Levels:
        """Of all samples so far; silence follows them."""
        energy, stem_peak = self._energy.reduced(), self._stem_peak.reduced()
        missing = len(energy) - sum(map(len, self._peaks))
        if missing:
            self._note(map(self._peaks_of, self._channels(np.zeros((missing * CHUNK + 2 * HALF_KERNEL, 2)))))
        return Levels(energy, np.concatenate([*self._peaks, np.zeros(0)])[: len(energy)], stem_peak)

    def _channels(self, mixed: NDArray[np.float64]) -> list[NDArray[np.float32]]:
        """The next whole chunks of each channel, with ``HALF_KERNEL`` samples on either side; the rest waits."""
        joined = np.concatenate([self._rest, mixed.astype(np.float32)])
        count = max((len(joined) - 2 * HALF_KERNEL) // CHUNK, 0)
        self._rest = joined[count * CHUNK :]
        return [np.ascontiguousarray(joined[: count * CHUNK + 2 * HALF_KERNEL, channel]) for channel in range(2)]

    def _note(self, peaks: Iterable[NDArray[np.float32]]) -> None:
        """Keep the higher of the channels' peaks."""
        self._peaks.append(np.maximum(*peaks).astype(np.float64))
        self._highest = max(self._highest, float(self._peaks[-1].max(initial=0.0)))

    def _peaks_of(self, sound: NDArray[np.float32]) -> NDArray[np.float32]:
        """(chunks,) true peaks of a channel."""
        if len(sound) < CHUNK + 2 * HALF_KERNEL:
            return np.zeros(0, np.float32)
        heights = np.abs(sound)
        found: NDArray[np.float32] = heights[HALF_KERNEL:-HALF_KERNEL].reshape(-1, CHUNK).max(axis=1)
        every = np.lib.stride_tricks.sliding_window_view(sound, CHUNK + 2 * HALF_KERNEL)[::CHUNK]
        places = self._rising(heights, found) if self._only_highest else np.arange(len(found))
        views = np.zeros((-(-len(places) // _STACKED) * _STACKED, CHUNK + 2 * HALF_KERNEL))
        views[: len(places)] = every[places]  # overlapping rows are no matrix for BLAS
        np.rint(np.multiply(views, _SOUND_UNITS, out=views), out=views)
        between = views.reshape(-1, _STACKED, views.shape[1]) @ self._matrix
        highest = np.abs(between, out=between).max(axis=2).reshape(-1)[: len(places)]
        found[places] = np.maximum(found[places], highest / (_SOUND_UNITS * _KERNEL_UNITS))
        return found

    def _rising(self, heights: NDArray[np.float32], found: NDArray[np.float32]) -> NDArray[np.intp]:
        """The chunks between whose samples there may be a peak higher than all so far."""
        edges = heights[:HALF_KERNEL].max(), heights[-HALF_KERNEL:].max()
        around = np.concatenate([edges[:1], found, edges[1:]])
        around = np.maximum(np.maximum(around[:-2], around[2:]), found)
        return np.flatnonzero(around * self._reach > max(self._highest, float(found.max())))


class _Chunks:
    """Numbers that come in blocks, reduced to one a chunk."""

    def __init__(self, ufunc: np.ufunc) -> None:
        self._ufunc = ufunc
        self._rest = np.zeros(0)
        self._done: list[NDArray[np.float64]] = []

    def add(self, values: NDArray[np.float64]) -> None:
        """Take the next (n,) in; what does not fill a chunk waits."""
        joined = np.concatenate([self._rest, values])
        whole = len(joined) // CHUNK * CHUNK
        self._done.append(self._ufunc.reduce(joined[:whole].reshape(-1, CHUNK), axis=1))
        self._rest = joined[whole:]

    def reduced(self) -> NDArray[np.float64]:
        """One number a chunk, the last of what there is."""
        rest = [self._ufunc.reduce(self._rest, keepdims=True)] if len(self._rest) else []
        return np.concatenate([*self._done, *rest, np.zeros(0)])


def _between_samples() -> NDArray[np.float64]:
    """(chunk and its surroundings, points between its samples): the interpolator as a matrix of whole numbers."""
    kernel = interpolator()
    matrix = np.zeros((CHUNK + 2 * HALF_KERNEL, CHUNK, OVERSAMPLING - 1))
    for phase in range(1, OVERSAMPLING):
        taps = np.rint(
            kernel[phase::OVERSAMPLING][::-1] * _KERNEL_UNITS
        )  # weights of the samples from n - 11 to n + 12
        for sample in range(CHUNK):
            matrix[sample + 1 : sample + 1 + len(taps), sample, phase - 1] = taps
    return matrix.reshape(len(matrix), -1)
