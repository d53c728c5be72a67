"""Integrated loudness and true peak (ITU-R BS.1770-4), measured block by block at 48 kHz.

K-weighting is the two filters printed in annex 1 for 48 kHz; loudness is gated in blocks of 400 ms that overlap by three
quarters, at -70 LUFS and then 10 LU below the mean of what is left. The true peak is that of the signal at four times the
rate (annex 2).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.signal import firwin, lfilter, upfirdn

from hitpoint.core.timebase import SAMPLE_RATE

# BS.1770-4 annex 1, tables 1 and 2: the head (a shelf) and the revised low-frequency B curve (a high-pass)
_SHELF = ([1.53512485958697, -2.69169618940638, 1.19839281085285], [1.0, -1.69065929318241, 0.73248077421585])
_HIGH_PASS = ([1.0, -2.0, 1.0], [1.0, -1.99004745483398, 0.99007225036621])
_HOP = SAMPLE_RATE // 10
_HOPS_PER_BLOCK = 4
_OVERSAMPLING = 4
_HALF_KERNEL = 12  # samples on either side
_CHUNK = 1024


class LoudnessMeter:
    """Integrated loudness of stereo sound that comes in blocks."""

    def __init__(self) -> None:
        self._states = [np.zeros((2, 2)), np.zeros((2, 2))]
        self._rest = np.zeros((0, 2))
        self._energies: list[NDArray[np.float64]] = []

    def add(self, block: NDArray[np.float32] | NDArray[np.float64]) -> None:
        """Take in the next samples: (n, 2)."""
        weighted = np.asarray(block, np.float64)
        for index, (numerator, denominator) in enumerate((_SHELF, _HIGH_PASS)):
            weighted, self._states[index] = lfilter(numerator, denominator, weighted, axis=0, zi=self._states[index])
        joined = np.concatenate([self._rest, weighted])
        hops = len(joined) // _HOP
        energy = np.sum(joined[: hops * _HOP].reshape(hops, _HOP, 2) ** 2, axis=(1, 2)) / _HOP
        self._energies.append(energy)
        self._rest = joined[hops * _HOP :]

    def integrated(self) -> float:
        """LUFS of all samples so far; minus infinity for silence or less than 400 ms."""
        energy = np.concatenate([*self._energies, np.zeros(0)])
        if len(energy) < _HOPS_PER_BLOCK:
            return -math.inf
        blocks = np.convolve(energy, np.full(_HOPS_PER_BLOCK, 1.0 / _HOPS_PER_BLOCK), "valid")
        loud = blocks[blocks > _energy(-70.0)]
        if not len(loud):
            return -math.inf
        loud = loud[loud > _energy(_loudness(float(loud.mean())) - 10.0)]
        return _loudness(float(loud.mean()))


class TruePeakMeter:
    """Largest absolute value, between the samples too, of stereo sound that comes in blocks."""

    def __init__(self) -> None:
        half = _OVERSAMPLING * _HALF_KERNEL
        self._kernel = firwin(2 * half + 1, 1.0 / _OVERSAMPLING, window=("kaiser", 6.0)) * _OVERSAMPLING
        self._reach = max(float(np.abs(self._kernel[phase::_OVERSAMPLING]).sum()) for phase in range(_OVERSAMPLING))
        self._before = np.zeros((2 * _HALF_KERNEL, 2))
        self._peak = 0.0

    def add(self, block: NDArray[np.float32] | NDArray[np.float64]) -> None:
        """Take in the next samples: (n, 2)."""
        joined = np.concatenate([self._before, np.asarray(block, np.float64)])
        starts = range(0, max(len(joined) - 2 * _HALF_KERNEL, 1), _CHUNK)
        pieces = [joined[start : start + _CHUNK + 2 * _HALF_KERNEL] for start in starts]
        heights = [float(np.abs(piece).max(initial=0.0)) for piece in pieces]
        for index in np.argsort(heights)[::-1]:
            if heights[index] * self._reach <= self._peak:
                break  # neither this chunk nor a lower one can rise above what was found
            between = upfirdn(self._kernel, pieces[index], _OVERSAMPLING, axis=0)
            self._peak = max(self._peak, heights[index], float(np.abs(between[_skip(pieces[index])]).max(initial=0.0)))
        self._before = joined[-2 * _HALF_KERNEL :]

    def peak(self) -> float:
        """Linear, 1 is full scale; the last half millisecond counts as if silence followed it."""
        tail = TruePeakMeter.__new__(TruePeakMeter)
        tail.__dict__.update(self.__dict__)
        tail.add(np.zeros((2 * _HALF_KERNEL, 2)))
        return tail._peak

    def decibels(self) -> float:
        """DBTP; minus infinity for silence."""
        peak = self.peak()
        return 20.0 * math.log10(peak) if peak > 0 else -math.inf


def _skip(piece: NDArray[np.float64]) -> slice:
    """Where the kernel lies wholly inside the piece."""
    edge = 2 * _HALF_KERNEL * _OVERSAMPLING
    return slice(edge, max(edge, len(piece) * _OVERSAMPLING))


def _energy(lufs: float) -> float:
    return float(10.0 ** ((lufs + 0.691) / 10.0))


def _loudness(energy: float) -> float:
    return -0.691 + 10.0 * math.log10(energy) if energy > 0 else -math.inf
