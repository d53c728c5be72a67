"""One zone of a sound font playing one note: its timbre, its envelope and its place between the speakers.

What is alike in all notes of a key is a :class:`~hitpoint.core.render.sampler.timbre.Timbre`; its signal is computed
once. A :class:`Voice` adds what is each note's own: level, pan, and a darker timbre that it fades to as expression
falls. Constants follow FluidSynth, whose sound is the reference: attenuation written in a font counts 0.4 of its
decibels (as the EMU hardware did), panning is by sine, and the whole is as loud as FluidSynth at its default gain of
0.2.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from hitpoint.core.render.sampler.envelope import PEAK_DECIBELS, Envelope, Oscillator, hertz_of, seconds_of
from hitpoint.core.render.sampler.generators import Generator, clipped
from hitpoint.core.render.sampler.modulation import CUTOFF_STEP, Wobble
from hitpoint.core.render.sampler.modulators import closed_by_expression, moved_by
from hitpoint.core.render.sampler.resampling import Source, pitch_ratio
from hitpoint.core.render.sampler.soundfont import SoundFont, Zone
from hitpoint.core.render.sampler.timbre import Timbre
from hitpoint.core.timebase import SAMPLE_RATE

_G = Generator
_FONT_ATTENUATION = 0.4
_GAIN = 0.2 * 10.0 ** (1.505 / 20.0)  # FluidSynth's default, and what its filter adds when it is flat
_LOOPED, _LOOPED_UNTIL_RELEASE = 1, 3
_CUTOFF_STEP = 200.0  # cents; filters that velocity sets nearer than this are one timbre


@dataclass(frozen=True)
class Voice:
    """A timbre with its envelope, and its gain to the left and to the right.

    ``dark`` is the timbre without expression (controller 11); None where expression changes nothing but the level.
    """

    timbre: Timbre
    envelope: Envelope
    left: float
    right: float
    exclusive_class: int
    dark: Timbre | None = None

    def __hash__(self) -> int:
        """Worked out once, see :class:`~hitpoint.core.render.sampler.timbre.Timbre`."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.timbre, self.envelope, self.left, self.right, self.exclusive_class, self.dark))

    @cached_property
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


def voice_of(
    zone: Zone, source: Source, pitch: int, velocity: int, controllers: Mapping[int, int], cents: float = 0.0
) -> Voice:
    """The voice of a zone that plays a note.

    Args:
        zone: of the font.
        source: of the zone, see :func:`timbre_source`.
        pitch: MIDI 0..127.
        velocity: 1..127.
        controllers: the part's, by number, as they stand when the note starts.
        cents: by which it is out of tune.
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
    values[_G.FINE_TUNE] += cents
    timbre = _timbre(zone, source, key, values)
    envelope = _envelope(values, _G.VOLUME_DELAY, key)
    voice = Voice(timbre, envelope, left, right, int(values[_G.EXCLUSIVE_CLASS]))
    closed = closed_by_expression(zone)
    if closed > -_CUTOFF_STEP or voice.changes_on_release:
        return voice
    return replace(voice, dark=replace(timbre, cutoff=timbre.cutoff + round(closed / _CUTOFF_STEP) * _CUTOFF_STEP))


def _timbre(zone: Zone, source: Source, key: int, values: list[float]) -> Timbre:
    root = values[_G.ROOT_KEY] if values[_G.ROOT_KEY] >= 0 else zone.sample.root_key
    cents = values[_G.SCALE_TUNING] * (key - root) + 100.0 * values[_G.COARSE_TUNE] + values[_G.FINE_TUNE]
    speed = 2.0 ** ((cents + zone.sample.correction) / 1200.0) * zone.sample.rate / SAMPLE_RATE
    written = zone.generators[_G.FILTER_CUTOFF]
    moved = round((values[_G.FILTER_CUTOFF] - written) / _CUTOFF_STEP) * _CUTOFF_STEP
    cutoff = round(written / CUTOFF_STEP) * CUTOFF_STEP + moved
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
