"""What happens to a stem between the synthesiser and the file, all of it linear so that stems still sum to the mix.

Gain and balance, a high-pass at 20 Hz, a room (convolution with a decaying noise that a seed makes), and fades at both ends of the cue.
What comes after the sum, compression, loudness and limiter, is one gain curve for all stems: see ``bus.py``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import scipy.fft
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from hitpoint.core.music.score import DRUM_CHANNEL, Part
from hitpoint.core.timebase import SAMPLE_RATE

_BASSES = range(32, 40)  # General MIDI programs that a room makes muddy
_DRY = -9.0  # decibels less room for basses and drums
_RUMBLE = 20.0  # Hz
_PRE_DELAY = 0.012  # seconds before the room answers


@dataclass(frozen=True)
class MixSettings:
    """How a cue is mixed.

    Attributes:
        target_lufs: integrated loudness it is brought to.
        peak_dbtp: true peak that it never exceeds.
        fade_in_seconds: raised cosine at the start.
        fade_out_seconds: the same at the end.
        room_decibels: of the room to the sound itself; minus infinity for none.
        room_seconds: until the room's answer is 60 dB down.
        room_seed: of the noise it is made of.
    """

    target_lufs: float = -16.0
    peak_dbtp: float = -1.0
    fade_in_seconds: float = 0.003
    fade_out_seconds: float = 0.040
    room_decibels: float = -15.0
    room_seconds: float = 1.6
    room_seed: int = 1968


def stem_gains(part: Part) -> NDArray[np.float64]:
    """Left and right gain of a part: its decibels, and a balance that leaves the middle as it is (equal power)."""
    gain = 10.0 ** (part.gain_decibels / 20.0)
    angle = (min(max(part.pan, -1.0), 1.0) + 1.0) * math.pi / 4.0
    balance = np.array([math.cos(angle), math.sin(angle)]) * math.sqrt(2.0)
    return np.asarray(gain * balance, dtype=np.float64)


def room_send(part: Part) -> float:
    """Linear share of the room a part gets: basses and drums less."""
    dry = part.channel == DRUM_CHANNEL or part.program in _BASSES
    return 10.0 ** (_DRY / 20.0) if dry else 1.0


def room_impulse(settings: MixSettings) -> NDArray[np.float64]:
    """The answer of a room to a click: (samples, 2), of unit energy, the highs dying twice as fast as the lows."""
    generator = np.random.default_rng(settings.room_seed)
    samples = int(settings.room_seconds * SAMPLE_RATE)
    noise = generator.standard_normal((samples, 2))
    time = np.arange(samples)[:, None] / SAMPLE_RATE
    low = sosfilt(butter(2, [180.0, 2500.0], "bandpass", fs=SAMPLE_RATE, output="sos"), noise, axis=0)
    high = sosfilt(butter(2, [2500.0, 9000.0], "bandpass", fs=SAMPLE_RATE, output="sos"), noise, axis=0)
    decay = 10.0 ** (-3.0 * time / settings.room_seconds)
    answer = low * decay + 0.5 * high * decay**2
    delayed = np.concatenate([np.zeros((int(_PRE_DELAY * SAMPLE_RATE), 2)), answer])
    return np.asarray(delayed / np.sqrt((delayed**2).sum(axis=0)), dtype=np.float64)


class Room:
    """Adds the room to sound that comes in blocks; what rings on goes into the blocks after.

    Args:
        impulse: (n, 2), as :func:`room_impulse` gives it.
        gain: linear, of the room to the sound itself.
    """

    def __init__(self, impulse: NDArray[np.float64], gain: float) -> None:
        self._impulse = (impulse * gain).astype(np.float32)
        self._ringing = np.zeros((0, 2), np.float32)
        self._spectra: dict[int, NDArray[np.complex64]] = {}

    def heard(self, block: NDArray[np.float32]) -> NDArray[np.float32]:
        """A block with the room added."""
        answer = self._convolved(block)
        ringing = min(len(self._ringing), len(answer))
        answer[:ringing] += self._ringing[:ringing]
        self._ringing = answer[len(block) :]
        return block + answer[: len(block)]

    def _convolved(self, block: NDArray[np.float32]) -> NDArray[np.float32]:
        length = len(block) + len(self._impulse) - 1
        size = scipy.fft.next_fast_len(max(length, len(self._ringing)), real=True)
        if size not in self._spectra:
            self._spectra = {size: scipy.fft.rfft(self._impulse, size, axis=0, workers=1)}
        spectrum = scipy.fft.rfft(block, size, axis=0, workers=1) * self._spectra[size]
        found: NDArray[np.float32] = scipy.fft.irfft(spectrum, size, axis=0, workers=1)[:length]
        return found


class RumbleFilter:
    """Takes off what lies below 20 Hz, offsets that samples carry among it, from sound that comes in blocks."""

    def __init__(self) -> None:
        self._sections = butter(2, _RUMBLE, "highpass", fs=SAMPLE_RATE, output="sos")
        self._state = np.zeros((1, 2, 2))  # sections, channels, and two of each

    def heard(self, block: NDArray[np.float32]) -> NDArray[np.float32]:
        """A block without it."""
        rows = np.ascontiguousarray(block.T, np.float64)
        found, self._state = sosfilt(self._sections, rows, axis=1, zi=self._state)
        return np.ascontiguousarray(found.T, np.float32)


def fade_gains(first: int, last: int, samples: int, settings: MixSettings) -> NDArray[np.float32]:
    """Gain of the fades at samples ``first`` to ``last`` of a cue of ``samples``: 0 at its two ends."""
    fade_in = _fade_length(settings.fade_in_seconds, samples)
    fade_out = _fade_length(settings.fade_out_seconds, samples)
    position = np.arange(first, last, dtype=np.float64)
    rise = np.clip(position / fade_in, 0.0, 1.0)
    fall = np.clip((samples - 1 - position) / fade_out, 0.0, 1.0)
    raised = (0.5 - 0.5 * np.cos(np.pi * rise)) * (0.5 - 0.5 * np.cos(np.pi * fall))
    return raised.astype(np.float32)


def balanced(block: NDArray[np.float32], gains: NDArray[np.float32]) -> NDArray[np.float32]:
    """A block (n, 2) times a gain for each channel; a column at a time, four times as fast as broadcasting."""
    found = np.empty_like(block)
    for channel, gain in enumerate(gains):
        np.multiply(block[:, channel], gain, out=found[:, channel])
    return found


def faded(block: NDArray[np.float32], first: int, samples: int, settings: MixSettings) -> NDArray[np.float32]:
    """A block that begins at sample ``first`` of a cue under the fades; itself where there are none."""
    last = first + len(block)
    if _unfaded(first, last, samples, settings):
        return block
    return block * fade_gains(first, last, samples, settings)[:, None]


def _unfaded(first: int, last: int, samples: int, settings: MixSettings) -> bool:
    fade_in = _fade_length(settings.fade_in_seconds, samples)
    return first >= fade_in and last < samples - _fade_length(settings.fade_out_seconds, samples)


def _fade_length(seconds: float, samples: int) -> float:
    return max(1.0, min(seconds * SAMPLE_RATE, samples / 2))
