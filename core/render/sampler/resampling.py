"""Recordings played at another pitch.

A pitch is a ratio of two whole numbers (within a tenth of a cent), and scipy's polyphase filter does the rest: 24 taps
of a Kaiser-windowed sinc, images and aliases more than 75 dB down below 18 kHz. A pitch that moves (vibrato, a pitch
envelope) is read off the same recording with a windowed sinc at every sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.signal import firwin, upfirdn
from scipy.special import i0

_ZERO_CROSSINGS = 12  # on either side of the kernel's middle
_KAISER_BETA = 8.0
_PASS = 0.93  # of the band, to where the kernel is flat
_USUAL = 400  # the smaller number of a pitch ratio at most, where that is near enough; next to simple ratios it is not
_EXACT = 2.0 ** (0.1 / 1200.0)  # a tenth of a cent
_FASTEST = 64  # source samples for one of the output; six octaves up
_PHASES = 512  # of the kernel for a moving pitch
_MOVING_TAPS = 8


@dataclass(frozen=True, eq=False)
class Source:
    """A recording with its loop.

    Attributes:
        frames: mono, -1..1.
        loop: first sample of the loop and first after it; None plays once to the end.
    """

    frames: NDArray[np.float32]
    loop: tuple[int, int] | None = None

    @property
    def length(self) -> float:
        """Samples it lasts; infinite if it loops."""
        return float("inf") if self.loop else len(self.frames)

    def unrolled(self, start: int, stop: int) -> NDArray[np.float32]:
        """Samples ``start`` to ``stop`` with the loop gone round as often as needed; silence outside."""
        if self.loop is None or stop <= self.loop[1]:
            return _slice_with_silence(self.frames, start, stop)
        first, after = self.loop
        index = np.arange(start, stop)
        index = np.where(index >= after, first + (index - first) % (after - first), index)
        return np.where(index >= 0, self.frames[np.maximum(index, 0)], np.float32(0))


@lru_cache(maxsize=8192)
def pitch_ratio(speed: float) -> Fraction:
    """Source samples for one of the output, as a fraction fit for :func:`resampled`.

    The smaller its numbers, the smaller the kernel. Between 1 and 401/400 there is none with small ones, so those of
    such places may double until the fraction is within a tenth of a cent.
    """
    bounded = min(max(speed, 1.0 / _FASTEST), float(_FASTEST))
    wanted, most = max(bounded, 1.0 / bounded), _USUAL
    while not wanted / _EXACT < (ratio := Fraction(wanted).limit_denominator(most)) < wanted * _EXACT:
        most *= 2
    return ratio if bounded >= 1.0 else 1 / ratio


def resampled(source: Source, ratio: Fraction, start: int, stop: int) -> NDArray[np.float32]:
    """Output samples ``start`` to ``stop`` of a source read at ``ratio`` of its own samples for each.

    Any stretch can be asked for, and gives the same as when it is cut out of a longer one.
    """
    up, down = ratio.denominator, ratio.numerator
    kernel, delay = _kernel(up, down)
    margin = -(-(_ZERO_CROSSINGS * max(up, down) + up) // (up * down))  # periods of `down` source samples
    first = start // up - margin
    last = -(-stop // up) + margin
    frames = source.unrolled(first * down, last * down)
    output = upfirdn(kernel, frames, up, down)
    offset = delay + start - first * up
    found: NDArray[np.float32] = output[offset : offset + stop - start]
    return found


def resampled_along(source: Source, positions: NDArray[np.float64]) -> NDArray[np.float32]:
    """The source read at each of the positions (in its samples, rising), for a pitch that moves."""
    whole = np.floor(positions).astype(np.int64)
    phase = ((positions - whole) * _PHASES).astype(np.int64)
    start = int(whole[0]) - _MOVING_TAPS
    frames = source.unrolled(start, int(whole[-1]) + _MOVING_TAPS + 1)
    table = _moving_kernel()
    found = np.zeros(len(positions), np.float32)
    base = whole - start - _MOVING_TAPS // 2 + 1
    for tap in range(_MOVING_TAPS):
        found += frames[base + tap] * table[tap, phase]
    return found


@lru_cache(maxsize=512)
def _kernel(up: int, down: int) -> tuple[NDArray[np.float32], int]:
    """The filter, and how many output samples it delays by."""
    half = _ZERO_CROSSINGS * max(up, down)
    taps = firwin(2 * half + 1, _PASS / max(up, down), window=("kaiser", _KAISER_BETA)) * up
    lead = -half % down
    return np.concatenate([np.zeros(lead), taps]).astype(np.float32), (half + lead) // down


@lru_cache(maxsize=1)
def _moving_kernel() -> NDArray[np.float32]:
    """One row a tap, one column a phase."""
    half = _MOVING_TAPS // 2
    offset = np.arange(_PHASES) / _PHASES
    distance = np.arange(_MOVING_TAPS)[:, None] - (half - 1) - offset[None, :]
    window = i0(6.0 * np.sqrt(np.maximum(1.0 - (distance / half) ** 2, 0.0))) / i0(6.0)
    table = np.sinc(distance * 0.95) * window
    return np.asarray(table / table.sum(axis=0), dtype=np.float32)


def _slice_with_silence(frames: NDArray[np.float32], start: int, stop: int) -> NDArray[np.float32]:
    inside = frames[max(start, 0) : max(stop, 0)]
    before = min(max(-start, 0), stop - start)
    return np.pad(inside, (before, stop - start - before - len(inside)))
