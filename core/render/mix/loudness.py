"""Integrated loudness and true peak (ITU-R BS.1770-4), measured block by block at 48 kHz.

K-weighting is the two filters printed in annex 1 for 48 kHz; loudness is gated in blocks of 400 ms that overlap by
three quarters, at -70 LUFS and then 10 LU below the mean of what is left. The true peak is that of the signal at four
times the rate (annex 2).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.signal import firwin, sosfilt, upfirdn

from hitpoint.core.timebase import SAMPLE_RATE

# BS.1770-4 annex 1, tables 1 and 2: the head (a shelf) and the revised low-frequency B curve (a high-pass)
_K_WEIGHTING = np.array(
    [
        [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
    ]
)
HOP = SAMPLE_RATE // 10
OVERSAMPLING = 4
HALF_KERNEL = 12  # samples on either side
_MOMENTARY, _SHORT_TERM = 4, 30  # hops
_CHUNK = 1024


class KWeighting:
    """BS.1770's filter, for stereo sound that comes in blocks."""

    def __init__(self) -> None:
        self._state = np.zeros((2, 2, 2))

    def heard(self, block: NDArray[np.float32] | NDArray[np.float64]) -> NDArray[np.float64]:
        """The next samples, weighted: (n, 2)."""
        found, self._state = sosfilt(_K_WEIGHTING, np.ascontiguousarray(block.T, np.float64), axis=1, zi=self._state)
        return np.asarray(found.T, np.float64)


class LoudnessMeter:
    """Integrated loudness of stereo sound that comes in blocks."""

    def __init__(self) -> None:
        self._weighting = KWeighting()
        self._rest = np.zeros(0)
        self._energies: list[NDArray[np.float64]] = []

    def add(self, block: NDArray[np.float32] | NDArray[np.float64]) -> None:
        """Take in the next samples: (n, 2)."""
        joined = np.concatenate([self._rest, np.square(self._weighting.heard(block)).sum(axis=1)])
        hops = len(joined) // HOP
        self._energies.append(joined[: hops * HOP].reshape(hops, HOP).sum(axis=1) / HOP)
        self._rest = joined[hops * HOP :]

    def integrated(self) -> float:
        """LUFS of all samples so far; minus infinity for silence or less than 400 ms."""
        return gated_loudness(np.concatenate([*self._energies, np.zeros(0)]))


def gated_loudness(energy: NDArray[np.float64]) -> float:
    """LUFS of mean weighted energies in hops of 100 ms: (hops,); minus infinity for silence or less than four."""
    blocks = _means(energy, _MOMENTARY)
    loud = blocks[blocks > _energy(-70.0)]
    if not len(loud):
        return -math.inf
    loud = loud[loud > _energy(_loudness(float(loud.mean())) - 10.0)]
    return _loudness(float(loud.mean()))


def loudest_momentary(energy: NDArray[np.float64]) -> float:
    """LUFS of the loudest 400 ms, for energies as above; minus infinity if there is no such stretch."""
    return _loudness(float(_means(energy, _MOMENTARY).max(initial=0.0)))


def loudest_short_term(energy: NDArray[np.float64]) -> float:
    """LUFS of the loudest three seconds, likewise."""
    return _loudness(float(_means(energy, _SHORT_TERM).max(initial=0.0)))


def loudness_range(energy: NDArray[np.float64]) -> float:
    """In LU (EBU Tech 3342): from the 10th to the 95th per cent of three seconds, gated at 20 LU below their mean."""
    windows = _means(energy, _SHORT_TERM)
    loud = windows[windows > _energy(-70.0)]
    if not len(loud):
        return 0.0
    loud = loud[loud > _energy(_loudness(float(loud.mean())) - 20.0)]
    low, high = np.percentile(loud, [10, 95])
    return _loudness(float(high)) - _loudness(float(low))


def interpolator() -> NDArray[np.float64]:
    """A low-pass that puts three points between each two samples; (2 * OVERSAMPLING * HALF_KERNEL + 1,)."""
    half = OVERSAMPLING * HALF_KERNEL
    kernel = firwin(2 * half + 1, 1.0 / OVERSAMPLING, window=("kaiser", 6.0)) * OVERSAMPLING
    return np.asarray(kernel, dtype=np.float64)


class TruePeakMeter:
    """Largest absolute value, between the samples too, of stereo sound that comes in blocks."""

    def __init__(self) -> None:
        self._kernel = interpolator()
        self._reach = max(float(np.abs(self._kernel[phase::OVERSAMPLING]).sum()) for phase in range(OVERSAMPLING))
        self._before = np.zeros((2 * HALF_KERNEL, 2))
        self._peak = 0.0

    def add(self, block: NDArray[np.float32] | NDArray[np.float64]) -> None:
        """Take in the next samples: (n, 2)."""
        joined = np.concatenate([self._before, np.asarray(block, np.float64)])
        starts = range(0, max(len(joined) - 2 * HALF_KERNEL, 1), _CHUNK)
        pieces = [joined[start : start + _CHUNK + 2 * HALF_KERNEL] for start in starts]
        heights = [float(np.abs(piece).max(initial=0.0)) for piece in pieces]
        for index in np.argsort(heights)[::-1]:
            if heights[index] * self._reach <= self._peak:
                break  # neither this chunk nor a lower one can rise above what was found
            between = upfirdn(self._kernel, pieces[index], OVERSAMPLING, axis=0)
            self._peak = max(self._peak, heights[index], float(np.abs(between[_skip(pieces[index])]).max(initial=0.0)))
        self._before = joined[-2 * HALF_KERNEL :]

    def peak(self) -> float:
        """Linear, 1 is full scale; the last half millisecond counts as if silence followed it."""
        tail = TruePeakMeter.__new__(TruePeakMeter)
        tail.__dict__.update(self.__dict__)
        tail.add(np.zeros((2 * HALF_KERNEL, 2)))
        return tail._peak

    def decibels(self) -> float:
        """DBTP; minus infinity for silence."""
        peak = self.peak()
        return 20.0 * math.log10(peak) if peak > 0 else -math.inf


def _skip(piece: NDArray[np.float64]) -> slice:
    """Where the kernel lies wholly inside the piece."""
    edge = 2 * HALF_KERNEL * OVERSAMPLING
    return slice(edge, max(edge, len(piece) * OVERSAMPLING))


def _means(energy: NDArray[np.float64], hops: int) -> NDArray[np.float64]:
    """Mean energy of each stretch of so many hops."""
    if len(energy) < hops:
        return np.zeros(0)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(energy, hops).sum(axis=1) / hops, np.float64)


def _energy(lufs: float) -> float:
    return float(10.0 ** ((lufs + 0.691) / 10.0))


def _loudness(energy: float) -> float:
    return -0.691 + 10.0 * math.log10(energy) if energy > 0 else -math.inf
