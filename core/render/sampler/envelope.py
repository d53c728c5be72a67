"""Envelopes and low-frequency oscillators of a voice, as functions of the sample counted from its start.

SoundFont 2.04, 8.1.2 (numbers 21 to 40) and 9.1.7, read as FluidSynth reads it: an envelope has a value 0..1; the
volume envelope's attack is a straight line in amplitude and its value below the peak is a straight line in decibels, 96
dB from 1 to 0, so that decay and release times are for 96 dB.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.machine.exact import gain_of, log10
from hitpoint.core.timebase import SAMPLE_RATE

PEAK_DECIBELS = 96.0  # from an envelope's value 1 to 0
_SHORTEST_ATTACK = 0.001  # seconds; nothing starts with a step
_SHORTEST_RELEASE = 2.0 ** (-7200 / 1200)  # seconds, as FluidSynth: nothing ends with a click


def seconds_of(timecents: float) -> float:
    """Seconds of a time in timecents; the smallest, -12000, is no time at all."""
    return 0.0 if timecents <= -12000 else float(2.0 ** (timecents / 1200.0))


def hertz_of(cents: float) -> float:
    """Frequency of absolute cents (8.176 Hz, MIDI pitch 0, is 0)."""
    return float(8.1757989156 * 2.0 ** (cents / 1200.0))


@dataclass(frozen=True)
class Envelope:
    """Six stages, in seconds; ``sustain`` is a value 0..1."""

    delay: float
    attack: float
    hold: float
    decay: float
    sustain: float
    release: float

    def values(self, start: int, stop: int, step: int = 1) -> NDArray[np.float64]:
        """Value 0..1 at every ``step``-th sample of a held note; during the attack a straight line."""
        time = np.arange(start, stop, step, dtype=np.float64) / SAMPLE_RATE - self.delay
        attack = max(self.attack, _SHORTEST_ATTACK)
        falling = (time - attack - self.hold) / max(self.decay, 1e-9)
        value = np.clip(1.0 - falling, self.sustain, 1.0)
        return np.where(time < attack, np.maximum(time, 0.0) / attack, value)

    @property
    def attack_end(self) -> float:
        """Seconds after which the attack is over."""
        return self.delay + max(self.attack, _SHORTEST_ATTACK)

    @property
    def settled(self) -> float:
        """Seconds after which the value of a held note stays at ``sustain``."""
        return self.attack_end + self.hold + self.decay * (1.0 - self.sustain)

    def gains(self, start: int, stop: int) -> NDArray[np.float32]:
        """Amplitude 0..1 at samples ``start`` to ``stop`` of a held note."""
        value = self.values(start, stop)
        time = np.arange(start, stop, dtype=np.float64) / SAMPLE_RATE
        decibels = -PEAK_DECIBELS * (1.0 - value)
        amplitude = np.where(time < self.attack_end, value, gain_of(decibels))
        amplitude[(time >= self.attack_end) & (value <= 0.0)] = 0.0
        return amplitude.astype(np.float32)

    def level_at(self, sample: int) -> float:
        """Value 0..1, on the scale of decibels, at which a note let go at a sample starts to fall."""
        time = sample / SAMPLE_RATE - self.attack_end
        if time >= 0.0:
            return min(1.0, max(self.sustain, 1.0 - (time - self.hold) / max(self.decay, 1e-9)))
        amplitude = max(1.0 + time / max(self.attack, _SHORTEST_ATTACK), 1e-12)
        return max(0.0, 1.0 + 20.0 * math.log10(amplitude) / PEAK_DECIBELS)

    @property
    def fall(self) -> float:
        """Value lost in one sample once a note is let go."""
        return 1.0 / (max(self.release, _SHORTEST_RELEASE) * SAMPLE_RATE)


@dataclass(frozen=True)
class Oscillator:
    """A triangle -1..1 that starts at 0, ``delay`` seconds after the note."""

    delay: float
    hertz: float

    def values(self, start: int, stop: int, step: int = 1) -> NDArray[np.float64]:
        """Value at every ``step``-th sample from ``start`` to ``stop``."""
        time = np.arange(start, stop, step, dtype=np.float64) / SAMPLE_RATE - self.delay
        phase = np.maximum(time, 0.0) * self.hertz
        return np.asarray(1.0 - 4.0 * np.abs((phase + 0.25) % 1.0 - 0.5), dtype=np.float64)


def convex(value: NDArray[np.float64]) -> NDArray[np.float64]:
    """The modulation envelope's attack: a straight line bent as 9.5.1 has it, 96 dB to the full."""
    curved = 1.0 + (40.0 / PEAK_DECIBELS) * log10(np.maximum(value, 1e-9))
    return np.clip(curved, 0.0, 1.0)
