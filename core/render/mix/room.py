"""The room, and the high-pass at 20 Hz before it, as one convolution.

Partitioned overlap-save (Stockham 1966; Wefers, "Partitioned convolution algorithms for real-time auralization", 2015,
chapter 5): the answer of filter and room is cut into pieces of 32 768 samples, and so is the sound. Pieces lie on a
grid that starts with the cue, and are always worked on in the same shape, so that a stretch played for itself comes out
the same, to the last bit, as in a run through the whole.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import scipy.fft
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from hitpoint.core.machine.exact import gain_of, multiplied
from hitpoint.core.timebase import SAMPLE_RATE

PARTITION = 1 << 15
_RUMBLE = 20.0  # Hz
_RUMBLE_SETTLES = 12_000  # samples, a quarter of a second: the high-pass is then 130 dB down
_PRE_DELAY = 0.012  # seconds before the room answers

_Rows = NDArray[np.float32]
_Spectra = NDArray[np.complex64]


def room_impulse(seconds: float, seed: int) -> NDArray[np.float64]:
    """The answer of a room to a click: (samples, 2), of unit energy, the highs dying twice as fast as the lows.

    Args:
        seconds: until it is 60 dB down.
        seed: of the noise it is made of.
    """
    generator = np.random.default_rng(seed)
    samples = int(seconds * SAMPLE_RATE)
    noise = generator.standard_normal((samples, 2))
    time = np.arange(samples)[:, None] / SAMPLE_RATE
    low = sosfilt(butter(2, [180.0, 2500.0], "bandpass", fs=SAMPLE_RATE, output="sos"), noise, axis=0)
    high = sosfilt(butter(2, [2500.0, 9000.0], "bandpass", fs=SAMPLE_RATE, output="sos"), noise, axis=0)
    decay = gain_of(-60.0 * time / seconds)
    answer = low * decay + 0.5 * high * decay**2
    delayed = np.concatenate([np.zeros((int(_PRE_DELAY * SAMPLE_RATE), 2)), answer])
    return np.asarray(delayed / np.sqrt((delayed**2).sum(axis=0)), dtype=np.float64)


class RoomKernel:
    """The answer of high-pass and room, ready for :class:`Room`.

    Attributes:
        spectra: (2, partitions, ``PARTITION`` + 1).
        memory: pieces of the sound before a piece that can be heard in it.
    """

    def __init__(self, answer: NDArray[np.float64]) -> None:
        self.memory = pieces = -(-len(answer) // PARTITION)
        rows = np.zeros((2, pieces * PARTITION), np.float32)
        rows[:, : len(answer)] = answer.T
        self.spectra: _Spectra = scipy.fft.rfft(rows.reshape(2, pieces, PARTITION), 2 * PARTITION, axis=-1, workers=1)


@lru_cache(maxsize=16)
def room_kernel(decibels: float, seconds: float, seed: int) -> RoomKernel:
    """The kernel of a room.

    Args:
        decibels: of the room to the sound itself; minus infinity for none.
        seconds: see :func:`room_impulse`.
        seed: see :func:`room_impulse`.
    """
    answer = np.zeros((_RUMBLE_SETTLES, 2))
    if not math.isinf(decibels):
        impulse = room_impulse(seconds, seed) * 10.0 ** (decibels / 20.0)
        answer = np.concatenate([impulse, answer])
    answer[0] += 1.0
    return RoomKernel(sosfilt(butter(2, _RUMBLE, "highpass", fs=SAMPLE_RATE, output="sos"), answer, axis=0))


class Room:
    """Sound in a room, piece after piece from the start of the cue, or from any piece once primed with those before.

    Args:
        kernel: of the room.
    """

    def __init__(self, kernel: RoomKernel) -> None:
        self._kernel = kernel.spectra
        self._before = np.zeros((2, PARTITION), np.float32)
        self._past = np.zeros((2, kernel.spectra.shape[1] - 1, PARTITION + 1), np.complex64)

    def heard(self, rows: _Rows) -> _Rows:
        """The next pieces as they are heard: (2, n), n a multiple of ``PARTITION``."""
        spectra = self._taken_in(rows)
        count, partitions = rows.shape[1] // PARTITION, self._kernel.shape[1]
        last = spectra.shape[1] - count
        found = multiplied(spectra[:, last:], self._kernel[:, :1])
        product = np.empty_like(found)
        for late in range(1, partitions):
            multiplied(spectra[:, last - late : last - late + count], self._kernel[:, late : late + 1], product)
            found += product
        answer: _Rows = scipy.fft.irfft(found, axis=-1, workers=1)[..., PARTITION:]
        return answer.reshape(2, -1)

    def prime(self, rows: _Rows) -> None:
        """Let it take in pieces that are not listened to: (2, n), n a multiple of ``PARTITION``."""
        self._taken_in(rows)

    def _taken_in(self, rows: _Rows) -> _Spectra:
        """The spectra of the past pieces and of those given, which become the past."""
        pieces = np.concatenate([self._before, rows], axis=1).reshape(2, -1, PARTITION)
        pairs = np.concatenate([pieces[:, :-1], pieces[:, 1:]], axis=-1)
        spectra = np.concatenate([self._past, scipy.fft.rfft(pairs, axis=-1, workers=1)], axis=1)
        self._before = pieces[:, -1].copy()
        self._past = spectra[:, spectra.shape[1] - self._past.shape[1] :].copy()
        return spectra
