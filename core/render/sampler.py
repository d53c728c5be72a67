"""The default synthesiser: a sampler of our own for sound fonts, the same samples on every machine.

The signal of a key is computed once, as long as its longest note, and each note only multiplies it by gain and envelope.
Volume (7) and expression (11) are a curve over the whole part. Nothing is random, and nothing runs in threads.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.music.score import DRUM_CHANNEL, Part
from hitpoint.core.music.tempo import TempoMap
from hitpoint.core.render.envelope import PEAK_DECIBELS, Envelope
from hitpoint.core.render.events import (
    TimedBend,
    TimedControl,
    bends_within,
    pedalled,
    timed_bends,
    timed_controls,
    timed_notes,
)
from hitpoint.core.render.modulators import CONTROLLER_DEFAULTS, EXPRESSION, VOLUME
from hitpoint.core.render.resampling import Source
from hitpoint.core.render.soundfont import SoundFont, Zone
from hitpoint.core.render.synth import BLOCK
from hitpoint.core.render.trims import read_trims, trim_of
from hitpoint.core.render.voice import Timbre, Voice, timbre_source, voice_of
from hitpoint.core.timebase import SAMPLE_RATE

_LONGEST_KEPT = 20 * SAMPLE_RATE  # of a timbre's signal; what a longer note needs beyond is computed as it goes
_KEPT_BYTES = 256 * 2**20
_SILENCE = 3e-6  # amplitude, -110 dB: below it a voice is over
_CONTROL_RAMP = SAMPLE_RATE // 100  # samples a controller's step takes
_EXCLUSIVE_RELEASE = 2.0 ** (-200 / 1200)  # seconds, of a voice cut off by its class, as FluidSynth
_CUT_FALL = 1.0 / (_EXCLUSIVE_RELEASE * SAMPLE_RATE)  # of the envelope's value in a sample
_DRUM_BANK = 128


@dataclass
class _Sounding:
    """A voice with its times: samples from the start of the cue."""

    voice: Voice
    start: int
    released: int
    level: float  # of the envelope, 0..1 in decibels, when released
    fall: float  # of the level in a sample from then on
    end: int
    cut: int | None = None  # when it was cut off, if that was after its release


class Sampler:
    """Plays the parts of a score with a sound font.

    Args:
        path: of an ``.sf2`` or ``.sf3`` file.

    Raises:
        SoundFontError: if it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.soundfont = path
        self._font = SoundFont(path)
        self._trims = read_trims(path)
        self._sources: dict[Zone, Source | None] = {}
        self._signals: dict[Timbre, NDArray[np.float32]] = {}
        self._envelopes: dict[Envelope, NDArray[np.float32]] = {}
        self._releases: dict[float, NDArray[np.float32]] = {}

    @property
    def name(self) -> str:
        """What the report calls it, with its version."""
        return "hitpoint sampler 1"

    def blocks(self, part: Part, tempo: TempoMap, samples: int) -> Iterator[NDArray[np.float32]]:
        """The part's sound, see :class:`~hitpoint.core.render.synth.Synthesizer`."""
        controls = timed_controls(part, tempo)
        waiting = self._voices(part, tempo, controls, samples)
        self._forget()
        lengths, curves = _longest(waiting), _controller_curves(controls)
        sounding: list[_Sounding] = []
        trim = 10.0 ** (trim_of(self._trims, part) / 20.0)
        for first in range(0, samples, BLOCK):
            last = min(first + BLOCK, samples)
            while waiting and waiting[-1].start < last:
                sounding.append(waiting.pop())
            mixed = np.zeros((2, last - first))
            for one in sounding:
                self._add(mixed, one, first, last, lengths[one.voice.timbre])
            sounding = [one for one in sounding if one.end > last]
            mixed *= trim * _controller_gain(curves, first, last)
            yield np.ascontiguousarray(mixed.T, dtype=np.float32)

    def _voices(self, part: Part, tempo: TempoMap, controls: tuple[TimedControl, ...], samples: int) -> list[_Sounding]:
        """All voices of a part, the last to start first."""
        zones, bends = self._zones(part), timed_bends(part, tempo)
        standing, position = dict(CONTROLLER_DEFAULTS), 0
        found: list[_Sounding] = []
        voices: dict[tuple[object, ...], list[Voice]] = {}
        last_of_class: dict[int, list[int]] = {}
        for note in pedalled(timed_notes(part, tempo, samples), controls, samples):
            while position < len(controls) and controls[position].at <= note.start:
                standing[controls[position].number] = controls[position].value
                position += 1
            kind = (note.pitch, note.velocity, tuple(sorted(standing.items())))
            if kind not in voices:
                voices[kind] = self._struck(zones, note.pitch, note.velocity, standing)
            _cut_off(found, voices[kind], note.start, last_of_class)
            found.extend(_bent(_sounding(voice, note.start, note.end), bends) for voice in voices[kind])
        return found[::-1]

    def _zones(self, part: Part) -> tuple[Zone, ...]:
        """Of the part's preset, else of the nearest thing the font has, as General MIDI players do."""
        drums = part.channel == DRUM_CHANNEL
        choices = [(_DRUM_BANK, part.program), (_DRUM_BANK, 0)] if drums else [(0, part.program)]
        if not drums:
            family = part.program // 8 * 8
            choices += [(0, program) for program in range(family, family + 8)] + [(0, 0)]
        choices += sorted(self._font.presets)
        return next((zones for bank, program in choices if (zones := self._font.zones(bank, program))), ())

    def _struck(self, zones: tuple[Zone, ...], pitch: int, velocity: int, standing: dict[int, int]) -> list[Voice]:
        voices = []
        for zone in zones:
            if not zone.sounds(pitch, velocity):
                continue
            if zone not in self._sources:
                self._sources[zone] = timbre_source(self._font, zone)
            source = self._sources[zone]
            if source is not None:
                voices.append(voice_of(zone, source, pitch, velocity, standing))
        return voices

    def _add(self, mixed: NDArray[np.float64], one: _Sounding, first: int, last: int, longest: int) -> None:
        """Add what a voice sounds between samples ``first`` and ``last``."""
        begin, end = max(first, one.start), min(last, one.end)
        let_go = min(max(one.released, begin), end)
        timbre = one.voice.timbre
        if begin < let_go:
            held = self._signal(timbre, begin - one.start, let_go - one.start, longest)
            held = held * self._gains(one.voice.envelope, begin - one.start, let_go - one.start)
            _pour(mixed, held, begin - first, one.voice)
        if let_go < end:
            released = one.released - one.start
            if one.voice.changes_on_release:
                tail = timbre.signal(let_go - one.start, end - one.start, released)
            else:
                tail = self._signal(timbre, let_go - one.start, end - one.start, longest)
            tail = tail * self._fading(one.fall, let_go - one.released, end - one.released)
            if one.cut is not None and one.cut < end:
                since = max(one.cut, let_go)
                tail[since - let_go :] *= self._fading(_CUT_FALL - one.fall, since - one.cut, end - one.cut)
            _pour(mixed, tail, let_go - first, one.voice, 10.0 ** (-PEAK_DECIBELS / 20.0 * (1.0 - one.level)))

    def _signal(self, timbre: Timbre, start: int, stop: int, longest: int) -> NDArray[np.float32]:
        if stop > _LONGEST_KEPT:
            return timbre.signal(start, stop)
        kept = self._signals.get(timbre)
        if kept is None or len(kept) < stop:
            if sum(signal.nbytes for signal in self._signals.values()) > _KEPT_BYTES:
                self._signals.clear()
            kept = self._signals[timbre] = timbre.signal(0, min(max(longest, stop), _LONGEST_KEPT))
        return kept[start:stop]

    def _gains(self, envelope: Envelope, start: int, stop: int) -> NDArray[np.float32]:
        if stop > _LONGEST_KEPT:
            return envelope.gains(start, stop)
        kept = self._envelopes.get(envelope)
        if kept is None or len(kept) < stop:
            kept = self._envelopes[envelope] = envelope.gains(0, min(2 * stop, _LONGEST_KEPT))
        return kept[start:stop]

    def _fading(self, fall: float, start: int, stop: int) -> NDArray[np.float32]:
        """Amplitude of a release that loses ``fall`` of the envelope's value a sample, from 1."""
        kept = self._releases.get(fall)
        if kept is None or len(kept) < stop:
            exponent = -PEAK_DECIBELS / 20.0 * fall * np.arange(2 * stop)
            kept = self._releases[fall] = (10.0**exponent).astype(np.float32)
        return kept[start:stop]

    def _forget(self) -> None:
        self._signals.clear()
        self._releases.clear()
        self._envelopes.clear()


def _sounding(voice: Voice, start: int, released: int) -> _Sounding:
    """When a voice ends: its recording is over, its envelope at nothing, or it is too soft to hear."""
    length = voice.timbre.length
    loudest = max(voice.left, voice.right)
    level = voice.envelope.level_at(released - start)
    one = _Sounding(voice, start, released, level, voice.envelope.fall, 0)
    one.end = _end(one, loudest)
    if voice.envelope.sustain <= 0.0:
        one.end = min(one.end, start + int(voice.envelope.settled * SAMPLE_RATE) + 1)
    if length is not None:
        one.end = min(one.end, start + length)
    return one


def _bent(one: _Sounding, bends: tuple[TimedBend, ...]) -> _Sounding:
    """The voice under the bends that it hears, a recording that they slow down included."""
    heard = bends_within(bends, one.start, one.start + 2 * (one.end - one.start)) if bends else ()
    if not heard:
        return one
    return _sounding(replace(one.voice, timbre=one.voice.timbre.bent(heard)), one.start, one.released)


def _end(one: _Sounding, loudest: float) -> int:
    if loudest <= _SILENCE:
        return one.start
    audible = 20.0 * np.log10(loudest / _SILENCE) / PEAK_DECIBELS  # value that may be lost from the peak
    lost = one.level - max(0.0, 1.0 - float(audible))
    return one.released + max(0, int(lost / one.fall))


def _cut_off(found: list[_Sounding], struck: list[Voice], at: int, last_of_class: dict[int, list[int]]) -> None:
    """End quickly the voices before that share an exclusive class with those now struck (an open hi-hat closes).

    Args:
        found: all voices before; those cut off are replaced.
        struck: the voices now struck.
        at: their sample.
        last_of_class: places in ``found`` of the last note of each class; brought up to date.
    """
    classes = {voice.exclusive_class for voice in struck} - {0}
    for index in (index for number in classes for index in last_of_class.get(number, [])):
        one = found[index]
        if one.start < at < one.end and one.cut is None:
            found[index] = _ended_quickly(one, at)
    for number in classes:
        own = [place for place, voice in enumerate(struck) if voice.exclusive_class == number]
        together = [index for index in last_of_class.get(number, []) if found[index].start == at]
        last_of_class[number] = together + [len(found) + place for place in own]


def _ended_quickly(one: _Sounding, at: int) -> _Sounding:
    if at <= one.released:
        envelope = replace(one.voice.envelope, release=_EXCLUSIVE_RELEASE)
        return _sounding(replace(one.voice, envelope=envelope), one.start, at)
    if one.fall >= _CUT_FALL:
        return one
    left = max(0.0, one.level - (at - one.released) * one.fall)
    return replace(one, cut=at, end=min(one.end, at + int(left / _CUT_FALL) + 1))


def _longest(voices: list[_Sounding]) -> dict[Timbre, int]:
    longest: dict[Timbre, int] = {}
    for one in voices:
        length = one.end - one.start
        longest[one.voice.timbre] = max(longest.get(one.voice.timbre, 0), length)
    return longest


def _pour(mixed: NDArray[np.float64], frames: NDArray[np.float32], at: int, voice: Voice, level: float = 1.0) -> None:
    for row, gain in enumerate((voice.left, voice.right)):
        if gain > _SILENCE * 0.01:
            mixed[row, at : at + len(frames)] += frames * np.float32(gain * level)


def _controller_curves(controls: tuple[TimedControl, ...]) -> list[tuple[list[float], list[float]]]:
    """Volume and expression over time, each as samples and the gains there.

    A value counts (value / 127) squared, which is the 96 dB concave curve of the specification.
    """
    curves = []
    for number in (VOLUME, EXPRESSION):
        times, levels = [-1.0], [(CONTROLLER_DEFAULTS[number] / 127.0) ** 2]
        for one in controls:
            if one.number == number:
                at = max(float(one.at), times[-1])
                times += [at, at + (_CONTROL_RAMP if one.at > 0 else 0)]
                levels += [levels[-1], (one.value / 127.0) ** 2]
        curves.append((times, levels))
    return curves


def _controller_gain(
    curves: list[tuple[list[float], list[float]]], first: int, last: int
) -> NDArray[np.float64] | float:
    """The product of the curves from sample ``first`` to ``last``; one number where nothing moves."""
    gain: NDArray[np.float64] | float = 1.0
    for times, levels in curves:
        before, after = bisect_right(times, first), bisect_left(times, last)
        if len(set(levels[max(before - 1, 0) : after + 1])) == 1:
            gain = gain * levels[max(before - 1, 0)]
        else:
            gain = gain * np.interp(np.arange(first, last), times, levels)
    return gain
