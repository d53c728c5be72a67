"""The movement inside a held note: vibrato, tremolo, and the modulation envelope over pitch and filter.

SoundFont 2.04, 8.1.2 (numbers 5 to 13 and 21 to 32). Everything moves in steps of 64 samples, as in FluidSynth, except
the volume, which goes from step to step in straight lines.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.machine.exact import gain_of
from hitpoint.core.render.sampler.envelope import Envelope, Oscillator, convex
from hitpoint.core.render.sampler.lowpass import STEP
from hitpoint.core.timebase import SAMPLE_RATE

CUTOFF_STEP = 25.0  # cents; filters nearer than this are one timbre


@dataclass(frozen=True)
class Wobble:
    """Movement of a timbre by oscillators and modulation envelope: cents of pitch and cutoff, decibels of volume.

    The methods take samples counted from the note's start, ``start`` a multiple of 64, and the sample at which the note
    is let go, None for a held one.
    """

    mod_envelope: Envelope
    mod_oscillator: Oscillator
    vibrato: Oscillator
    envelope_to_pitch: float
    envelope_to_cutoff: float
    oscillator_to_pitch: float
    oscillator_to_cutoff: float
    oscillator_to_volume: float
    vibrato_to_pitch: float

    @property
    def moves_pitch(self) -> bool:
        """Whether the pitch is not the same throughout a held note."""
        return bool(self.envelope_to_pitch or self.oscillator_to_pitch or self.vibrato_to_pitch)

    @property
    def closed(self) -> Wobble:
        """Without the modulation envelope, as long after a note was let go."""
        return replace(self, envelope_to_pitch=0, envelope_to_cutoff=0)

    @property
    def deepest_cutoff(self) -> float:
        """Cents, 0 or less, by which the cutoff may fall."""
        return min(self.envelope_to_cutoff, 0.0) - abs(self.oscillator_to_cutoff)

    def settled_after(self, released: int) -> int:
        """Samples after the release at which the modulation envelope is at nothing."""
        level = float(self.envelope(released, released + 1, None)[0])
        return int(np.ceil(level / self.mod_envelope.fall))

    def envelope(self, start: int, stop: int, released: int | None) -> NDArray[np.float64]:
        """Value 0..1 of the modulation envelope at every 64th sample."""
        held = self.mod_envelope.values(start, stop, STEP)
        index = np.arange(start, stop, STEP)
        held = np.where(index < self.mod_envelope.attack_end * SAMPLE_RATE, convex(held), held)
        if released is None:
            return held
        level = float(self.envelope(released, released + 1, None)[0])
        return np.where(index < released, held, np.maximum(level - (index - released) * self.mod_envelope.fall, 0.0))

    def pitch(self, start: int, stop: int, released: int | None) -> NDArray[np.float64]:
        """Cents at every 64th sample."""
        cents = np.zeros(-(-(stop - start) // STEP))
        if self.vibrato_to_pitch:
            cents += self.vibrato_to_pitch * self.vibrato.values(start, stop, STEP)
        if self.oscillator_to_pitch:
            cents += self.oscillator_to_pitch * self.mod_oscillator.values(start, stop, STEP)
        if self.envelope_to_pitch:
            cents += self.envelope_to_pitch * self.envelope(start, stop, released)
        return cents

    def cutoff(self, start: int, stop: int, released: int | None) -> NDArray[np.float64]:
        """Cents at every 64th sample, in steps of 25 where the envelope moves them."""
        cents = np.zeros(-(-(stop - start) // STEP))
        if self.envelope_to_cutoff:
            cents += self.envelope_to_cutoff * self.envelope(start, stop, released)
        if self.oscillator_to_cutoff:
            cents += self.oscillator_to_cutoff * self.mod_oscillator.values(start, stop, STEP)
        return np.asarray(np.round(cents / CUTOFF_STEP) * CUTOFF_STEP)

    def louder(self, frames: NDArray[np.float32], start: int) -> NDArray[np.float32]:
        """Frames from sample ``start`` on under the oscillator's tremolo."""
        if not self.oscillator_to_volume:
            return frames
        steps = -(-len(frames) // STEP)
        wave = self.mod_oscillator.values(start, start + (steps + 1) * STEP, STEP)
        gains = gain_of(self.oscillator_to_volume * wave)
        ramp = gains[:-1, None] + np.diff(gains)[:, None] * (np.arange(STEP) / STEP)
        return frames * ramp.astype(np.float32).reshape(-1)[: len(frames)]
