"""The default synthesiser: a sampler of our own for sound fonts, the same samples on every machine.

What a font says of a note becomes voices (``voice.py``), these get their times (``sounding.py``), and a part is their
sum (``sampled_part.py``). Signals are computed once a key and kept from one call to the next (``signals.py``). Notes
that speak slowly begin early (``attacks.py``), and a pitch that is repeated is played in turn by two recordings, or a
little out of tune where there is one. Nothing is random.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.music.score import Part
from hitpoint.core.music.tempo import TempoMap
from hitpoint.core.render.parts.attacks import read_attacks, samples_early
from hitpoint.core.render.parts.events import TimedControl, pedalled, timed_bends, timed_controls, timed_notes
from hitpoint.core.render.parts.synth import BLOCK
from hitpoint.core.render.parts.trims import DRUM_BANK, Preset, presets_for, read_trims, trim_of
from hitpoint.core.render.sampler.modulators import CONTROLLER_DEFAULTS
from hitpoint.core.render.sampler.resampling import Source
from hitpoint.core.render.sampler.sampled_part import SampledPart
from hitpoint.core.render.sampler.signals import Fades, Signals
from hitpoint.core.render.sampler.soundfont import SoundFont, Zone
from hitpoint.core.render.sampler.sounding import Sounding, bent, cut_off, sounding
from hitpoint.core.render.sampler.timbre import Timbre
from hitpoint.core.render.sampler.voice import Voice, timbre_source, voice_of
from hitpoint.core.timebase import SAMPLE_RATE

_VOICES_KEPT = 100_000
_TURN_BANK = 64  # added to a bank: the second recording of each note, to be played in turn with the first
_TURN_CENTS = 3.0  # by which a note is played otherwise in its turn where there is no second recording
_TURN_WITHIN = SAMPLE_RATE  # samples between strokes of one pitch that are heard as a repetition


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
        self._trims, self._attacks = read_trims(path), read_attacks(path)
        self._sources: dict[Zone, Source | None] = {}
        self._struck: dict[tuple[object, ...], list[Voice]] = {}
        self._voices: dict[Voice, Voice] = {}
        self._timbres: dict[Timbre, Timbre] = {}
        self._signals, self._fades = Signals(), Fades()

    @property
    def name(self) -> str:
        """What the report calls it, with its version."""
        return "hitpoint sampler 4"

    def blocks(self, part: Part, tempo: TempoMap, samples: int) -> Iterator[NDArray[np.float32]]:
        """The part's sound, see :class:`~hitpoint.core.render.parts.synth.Synthesizer`."""
        played = self.perform(part, tempo, samples)
        for first in range(0, samples, BLOCK):
            yield np.ascontiguousarray(played.sound(first, min(first + BLOCK, samples)).T)

    def perform(self, part: Part, tempo: TempoMap, samples: int) -> SampledPart:
        """The part ready to be played from anywhere, see :mod:`hitpoint.core.render.parts.performance`."""
        controls = timed_controls(part, tempo)
        gain = 10.0 ** (trim_of(self._trims, part) / 20.0)
        voices = self._sounding(part, tempo, controls, samples)
        return SampledPart(voices, controls, gain, self._signals, self._fades)

    def forget(self) -> None:
        """Let go of the signals that were computed: hundreds of megabytes, which come again when they are asked for."""
        self._signals, self._fades = Signals(), Fades()

    def _sounding(
        self, part: Part, tempo: TempoMap, controls: tuple[TimedControl, ...], samples: int
    ) -> list[Sounding]:
        """All voices of a part in order of their notes, each early by its attack; equal voices are the same object."""
        preset, bends = self._preset(part), timed_bends(part, tempo)
        standing, position = dict(CONTROLLER_DEFAULTS), 0
        found: list[Sounding] = []
        last_of_class: dict[int, list[int]] = {}
        turns: dict[int, tuple[int, int]] = {}  # by pitch: when it was struck last, and in which of two turns
        for note in pedalled(timed_notes(part, tempo, samples), controls, samples):
            while position < len(controls) and controls[position].at <= note.start:
                standing[controls[position].number] = controls[position].value
                position += 1
            before = turns.get(note.pitch)
            turn = 1 - before[1] if before and note.start - before[0] < _TURN_WITHIN else 0
            turns[note.pitch] = note.start, turn
            struck = self._voices_of(preset, turn, note.pitch, note.velocity, standing)
            start = note.start - samples_early(self._attacks, preset, note.pitch, note.velocity)
            cut_off(found, struck, start, last_of_class)
            found.extend(bent(sounding(voice, start, note.end), bends) for voice in struck)
        return [self._known(one) for one in found]

    def _preset(self, part: Part) -> Preset:
        """The part's preset, else the nearest thing the font has, as General MIDI players do."""
        choices = (*presets_for(part), *sorted(self._font.presets))
        return next((preset for preset in choices if self._font.zones(*preset)), (0, 0))

    def _voices_of(self, preset: Preset, turn: int, pitch: int, velocity: int, standing: dict[int, int]) -> list[Voice]:
        key = (preset, turn, pitch, velocity, tuple(sorted(standing.items())))
        if key not in self._struck:
            if len(self._struck) > _VOICES_KEPT:
                self._struck.clear()
            struck = self._strike(preset, turn, pitch, velocity, standing)
            self._struck[key] = [self._interned(voice) for voice in struck]
        return self._struck[key]

    def _strike(
        self, preset: Preset, turn: int, pitch: int, velocity: int, standing: dict[int, int]
    ) -> Iterator[Voice]:
        bank, program = preset
        second = self._font.zones(bank + _TURN_BANK, program) if turn and bank != DRUM_BANK else ()
        cents = _TURN_CENTS if turn and not second else 0.0
        for zone in second or self._font.zones(bank, program):
            if not zone.sounds(pitch, velocity):
                continue
            if zone not in self._sources:
                self._sources[zone] = timbre_source(self._font, zone)
            source = self._sources[zone]
            if source is not None:
                yield voice_of(zone, source, pitch, velocity, standing, cents)

    def _known(self, one: Sounding) -> Sounding:
        """The same with the voice that was met before, if an equal one was."""
        voice = self._interned(one.voice)
        return one if voice is one.voice else replace(one, voice=voice)

    def _interned(self, voice: Voice) -> Voice:
        known = self._voices.get(voice)
        if known is None:
            if len(self._voices) > _VOICES_KEPT:
                self._voices.clear()
                self._timbres.clear()
            timbre = self._timbres.setdefault(voice.timbre, voice.timbre)
            known = replace(voice, timbre=timbre)
            self._voices[known] = known
        return known
