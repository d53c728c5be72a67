"""One zone of a sound font playing one note: its pitch, its filter, its envelope and its place between the speakers.

What is alike in all notes of a key is a :class:`Timbre`; the sampler computes its signal once. A :class:`Voice` adds what
is each note's own: level and pan. Constants follow FluidSynth, whose sound is the reference: attenuation written in a
font counts 0.4 of its decibels (as the EMU hardware did), panning is by sine, and the whole is as loud as FluidSynth at
its default gain of 0.2.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.render.envelope import PEAK_DECIBELS, Envelope, Oscillator, convex, hertz_of, seconds_of
from hitpoint.core.render.events import TimedBend
from hitpoint.core.render.generators import Generator, clipped
from hitpoint.core.render.lowpass import OPEN, STEP, filtered
from hitpoint.core.render.modulators import moved_by
from hitpoint.core.render.resampling import Source, pitch_ratio, resampled, resampled_along
from hitpoint.core.render.soundfont import SoundFont, Zone
from hitpoint.core.timebase import SAMPLE_RATE

_G = Generator
_FONT_ATTENUATION = 0.4
_GAIN = 0.2 * 10.0 ** (1.505 / 20.0)  # FluidSynth's default, and what its filter adds when it is flat
_CUTOFF_STEP = 25.0  # cents; filters nearer than this are one timbre
_WARM_UP = 75 * STEP  # samples a filter runs before it is heard in the middle of a note
_LOOPED, _LOOPED_UNTIL_RELEASE = 1, 3


@dataclass(frozen=True)
class Wobble:
    """What an oscillator and the modulation envelope do to a timbre: cents of pitch and cutoff, decibels of volume."""

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

    def envelope(self, start: int, stop: int, released: int | None) -> NDArray[np.float64]:
        """Value 0..1 of the modulation envelope at every 64th sample."""
        held = self.mod_envelope.values(start, stop)[::STEP]
        index = np.arange(start, stop, STEP)
        held = np.where(index < self.mod_envelope.attack_end * SAMPLE_RATE, convex(held), held)
        if released is None:
            return held
        level = float(self.envelope(released, released + 1, None)[0])
        return np.where(index < released, held, np.maximum(level - (index - released) * self.mod_envelope.fall, 0.0))

    def pitch(self, start: int, stop: int, released: int | None) -> NDArray[np.float64]:
        """Cents at every 64th sample."""
        cents = self.vibrato_to_pitch * self.vibrato.values(start, stop, STEP)
        cents += self.oscillator_to_pitch * self.mod_oscillator.values(start, stop, STEP)
        return cents + self.envelope_to_pitch * self.envelope(start, stop, released)

    def cutoff(self, start: int, stop: int, released: int | None) -> NDArray[np.float64]:
        """Cents at every 64th sample, in steps of 25 where the envelope moves them."""
        cents = self.envelope_to_cutoff * self.envelope(start, stop, released)
        cents = cents + self.oscillator_to_cutoff * self.mod_oscillator.values(start, stop, STEP)
        return np.asarray(np.round(cents / _CUTOFF_STEP) * _CUTOFF_STEP)


@dataclass(frozen=True)
class Timbre:
    """The signal of a zone at a key, before its volume envelope; equal timbres sound equal."""

    source: Source
    until_release: bool
    ratio: Fraction
    cutoff: float
    resonance: float
    wobble: Wobble
    bends: tuple[TimedBend, ...] = ()  # counted from the note's start, the first at 0

    @property
    def moves_pitch(self) -> bool:
        """Whether the recording is read at a speed that changes."""
        return bool(self.bends) or self.wobble.moves_pitch

    def bent(self, bends: tuple[TimedBend, ...]) -> Timbre:
        """The timbre under bends that begin at its start; one that stays is only another pitch, as quick to play."""
        if len(bends) == 1:
            return replace(self, ratio=pitch_ratio(float(self.ratio) * 2.0 ** (bends[0].semitones / 12.0)))
        return replace(self, bends=bends)

    @property
    def length(self) -> int | None:
        """Samples until the recording is over; None if it loops."""
        slowest = float(self.ratio) * (0.5 if self.moves_pitch else 1.0)
        return None if self.source.loop else math.ceil(len(self.source.frames) / slowest)

    def signal(self, start: int, stop: int, released: int | None = None) -> NDArray[np.float32]:
        """Samples ``start`` to ``stop`` of a note let go at sample ``released``, or held."""
        first = max(0, start // STEP * STEP - _WARM_UP)
        frames = self._pitched(first, stop, released)
        cutoffs = self.cutoff + self.wobble.cutoff(first, stop, released)
        if self.resonance > 0.0 or float(cutoffs.min()) < OPEN:
            frames, _ = filtered(frames, np.clip(cutoffs, 1500.0, OPEN), self.resonance)
        if self.wobble.oscillator_to_volume:
            wave = self.wobble.mod_oscillator.values(first, stop)
            frames = frames * (10.0 ** (self.wobble.oscillator_to_volume / 20.0 * wave)).astype(np.float32)
        return frames[start - first :]

    def _pitched(self, start: int, stop: int, released: int | None) -> NDArray[np.float32]:
        if not self.moves_pitch:
            left = None if released is None else float(released * self.ratio)
            return resampled(self._let_go(left), self.ratio, start, stop)
        cents = self.wobble.pitch(0, stop, released) + self._bent_cents(stop)
        speed = np.repeat(float(self.ratio) * 2.0 ** (cents / 1200.0), STEP)[:stop]
        positions = np.concatenate([[0.0], np.cumsum(speed[:-1])])
        turned = None if released is None else float(positions[min(released, stop - 1)])
        return resampled_along(self._let_go(turned), positions[start:])

    def _bent_cents(self, stop: int) -> NDArray[np.float64] | float:
        """Cents of the bends at every 64th sample from the note's start."""
        if not self.bends:
            return 0.0
        cents = np.array([100.0 * bend.semitones for bend in self.bends])
        times = [bend.at for bend in self.bends]
        return np.asarray(cents[np.searchsorted(times, np.arange(0, stop, STEP), side="right") - 1])

    def _let_go(self, left: float | None) -> Source:
        """The source, its loop ended after the turn in which the note was let go, if it is of that kind.

        ``left`` is where in the source that was; None for a held note.
        """
        if not self.until_release or left is None or self.source.loop is None:
            return self.source
        first, after = self.source.loop
        turns = max(0, int((left - first) // (after - first)))
        until = after + turns * (after - first)
        return Source(np.concatenate([self.source.unrolled(0, until), self.source.frames[after:]]))


@dataclass(frozen=True)
class Voice:
    """A timbre with its envelope, and its gain to the left and to the right."""

    timbre: Timbre
    envelope: Envelope
    left: float
    right: float
    exclusive_class: int

    @property
    def changes_on_release(self) -> bool:
        """Whether it sounds otherwise once let go, its volume apart, before it has faded by 30 dB."""
        wobble = self.timbre.wobble
        fallen = min(1.0, 30.0 / PEAK_DECIBELS * self.envelope.release / max(wobble.mod_envelope.release, 1e-3))
        moved = abs(wobble.envelope_to_cutoff) * fallen > 150.0 or abs(wobble.envelope_to_pitch) * fallen > 3.0
        return self.timbre.until_release or moved


def timbre_source(font: SoundFont, zone: Zone) -> Source | None:
    """The recording of a zone with its offsets and its loop checked; None if nothing is left of it."""
    frames, values = font.frames(zone.sample), zone.generators
    start = max(0, values[_G.START_OFFSET] + 32768 * values[_G.START_COARSE_OFFSET])
    end = min(len(frames), len(frames) + values[_G.END_OFFSET] + 32768 * values[_G.END_COARSE_OFFSET])
    if end - start < 2:
        return None
    first = zone.sample.loop_start + values[_G.LOOP_START_OFFSET] + 32768 * values[_G.LOOP_START_COARSE_OFFSET] - start
    after = zone.sample.loop_end + values[_G.LOOP_END_OFFSET] + 32768 * values[_G.LOOP_END_COARSE_OFFSET] - start
    after = min(after, end - start)
    loops = values[_G.SAMPLE_MODES] in (_LOOPED, _LOOPED_UNTIL_RELEASE) and first >= 0 and after - first >= 2
    return Source(frames[start:end], (first, after) if loops else None)


def voice_of(zone: Zone, source: Source, pitch: int, velocity: int, controllers: Mapping[int, int]) -> Voice:
    """How a zone plays a note.

    Args:
        zone: of the font.
        source: of the zone, see :func:`timbre_source`.
        pitch: MIDI 0..127.
        velocity: 1..127.
        controllers: the part's, by number, as they stand when the note starts.
    """
    key = pitch if zone.generators[_G.FIXED_KEY] < 0 else zone.generators[_G.FIXED_KEY]
    strength = velocity if zone.generators[_G.FIXED_VELOCITY] < 0 else zone.generators[_G.FIXED_VELOCITY]
    moved = moved_by(zone, key, strength, controllers)
    values: list[float] = list(zone.generators)
    for number, amount in moved.items():
        if number < len(values):
            values[number] = clipped(number, values[number] + amount)
    centibels = _FONT_ATTENUATION * zone.generators[_G.ATTENUATION] + moved.get(_G.ATTENUATION, 0.0)
    gain = _GAIN * 10.0 ** (-min(max(centibels, 0.0), 1440.0) / 200.0)
    angle = (values[_G.PAN] + 500.0) / 1000.0 * math.pi / 2.0
    left, right = gain * math.sin(math.pi / 2.0 - angle), gain * math.sin(angle)
    timbre = _timbre(zone, source, key, values)
    return Voice(timbre, _envelope(values, _G.VOLUME_DELAY, key), left, right, int(values[_G.EXCLUSIVE_CLASS]))


def _timbre(zone: Zone, source: Source, key: int, values: list[float]) -> Timbre:
    root = values[_G.ROOT_KEY] if values[_G.ROOT_KEY] >= 0 else zone.sample.root_key
    cents = values[_G.SCALE_TUNING] * (key - root) + 100.0 * values[_G.COARSE_TUNE] + values[_G.FINE_TUNE]
    speed = 2.0 ** ((cents + zone.sample.correction) / 1200.0) * zone.sample.rate / SAMPLE_RATE
    cutoff = round(values[_G.FILTER_CUTOFF] / _CUTOFF_STEP) * _CUTOFF_STEP
    until_release = values[_G.SAMPLE_MODES] == _LOOPED_UNTIL_RELEASE
    return Timbre(source, until_release, pitch_ratio(speed), cutoff, values[_G.FILTER_RESONANCE], _wobble(values, key))


def _wobble(values: list[float], key: int) -> Wobble:
    return Wobble(
        _envelope(values, _G.MOD_DELAY, key),
        _oscillator(values, _G.MOD_LFO_DELAY),
        _oscillator(values, _G.VIBRATO_LFO_DELAY),
        envelope_to_pitch=values[_G.MOD_ENVELOPE_TO_PITCH],
        envelope_to_cutoff=values[_G.MOD_ENVELOPE_TO_FILTER],
        oscillator_to_pitch=values[_G.MOD_LFO_TO_PITCH],
        oscillator_to_cutoff=values[_G.MOD_LFO_TO_FILTER],
        oscillator_to_volume=values[_G.MOD_LFO_TO_VOLUME] / 10.0,
        vibrato_to_pitch=values[_G.VIBRATO_LFO_TO_PITCH],
    )


def _oscillator(values: list[float], first: int) -> Oscillator:
    return Oscillator(seconds_of(values[first]), hertz_of(values[first + 1]))


def _envelope(values: list[float], first: int, key: int) -> Envelope:
    """The six generators from ``first`` on, the two by key after them; a font's sustain counts downwards."""
    delay, attack, hold, decay, sustain, release, key_to_hold, key_to_decay = values[first : first + 8]
    return Envelope(
        seconds_of(delay),
        seconds_of(attack),
        seconds_of(hold + key_to_hold * (60 - key)),
        seconds_of(decay + key_to_decay * (60 - key)),
        1.0 - min(sustain, 1000.0) / 1000.0,
        seconds_of(release),
    )
