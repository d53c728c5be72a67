"""Measures how loud each preset of the font is and how long it takes to speak; writes both tables beside it.

Run it again whenever the font is cut anew::

    python resources/soundfonts/measure_font.py resources/soundfonts/hitpoint.sf3

``hitpoint.trims.json``: each preset plays a scale in its own range at velocity 90, one note a second; a kit plays a
plain beat. The trim is what brings its integrated loudness (BS.1770-4) to -37 LUFS.

``hitpoint.attacks.json``: for every pitch, and every sound of a kit, the milliseconds from the start of a note, played
softly, loudly and at its loudest, to half of its level, which is the root mean square of 10 ms at its highest within
half a second; within an eighth for what is struck or plucked. What only swells, a reversed cymbal, is left out.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.music.score import DRUM_CHANNEL, Control, Note, Part
from hitpoint.core.music.tempo import steady_tempo
from hitpoint.core.render.mix.loudness import LoudnessMeter
from hitpoint.core.render.parts.synth import render
from hitpoint.core.render.parts.trims import DRUM_BANK
from hitpoint.core.render.sampler.sampler import Sampler
from hitpoint.core.render.sampler.soundfont import SoundFont
from hitpoint.core.timebase import SAMPLE_RATE

TARGET_LUFS = -37.0
VELOCITY = 90
PITCHES = range(24, 104)
SOFT, LOUD, LOUDEST = 64, 92, 112
KIT = range(27, 88)
_BASS, _LOW, _MIDDLE, _HIGH = 28, 40, 55, 72  # where a scale of an octave and a half starts
_STEPS = (0, 2, 4, 5, 7, 9, 11, 12, 14, 16, 17, 19)
_BY_PROGRAM = {
    **dict.fromkeys((32, 33, 35, 38, 39, 43, 47, 58), _BASS),
    **dict.fromkeys((24, 25, 26, 27, 28, 29, 42, 57, 60, 70, 116, 117), _LOW),
    **dict.fromkeys((8, 9, 10, 13, 72, 78, 98), _HIGH),
}
_BY_BANK = {**dict.fromkeys((40, 41, 104), 38), **dict.fromkeys((50, 51), _BASS), **dict.fromkeys((30, 31, 94), 50)}
_BEAT = ((0.0, 36), (0.0, 42), (0.5, 42), (1.0, 38), (1.0, 42), (1.5, 42))
_BLOWN, _STRUCK = 0.5, 0.125  # seconds in which a note has come to its level
_STRUCK_PROGRAMS = {*range(16), *range(24, 40), 45, 46, 47, *range(104, 109), *range(112, 119)}
_SHORT_BANKS = {1, 21, 31, 41, 51, DRUM_BANK}
_REVERSED = (0, 119)
_EXPRESSION, _USUAL_EXPRESSION = 11, 100
_TURN_BANK = 64  # presets from there on take turns with those of the bank below
_TEMPO = steady_tempo(Fraction(1))


def part_of(bank: int, program: int, *notes: Note) -> Part:
    """A part that plays a preset."""
    channel = DRUM_CHANNEL if bank == DRUM_BANK else 0
    return Part("measured", program, channel, notes, bank=0 if bank == DRUM_BANK else bank)


def scale(bank: int, program: int) -> Part:
    """What a preset plays for its loudness to be measured."""
    if bank == DRUM_BANK:
        beats = [Note(2 * bar + at, 2 * bar + at + 0.4, key, VELOCITY) for bar in range(6) for at, key in _BEAT]
        return part_of(bank, program, *beats)
    start = _BY_BANK.get(bank, _BY_PROGRAM.get(program, _MIDDLE))
    return part_of(bank, program, *(Note(at, at + 1, start + step, VELOCITY) for at, step in enumerate(_STEPS)))


def trim(sampler: Sampler, bank: int, program: int) -> float:
    """Decibels for a preset, in steps of a tenth."""
    meter = LoudnessMeter()
    meter.add(render(sampler, scale(bank, program), _TEMPO, 13 * SAMPLE_RATE))
    return round(TARGET_LUFS - meter.integrated(), 1)


def attack(sampler: Sampler, bank: int, program: int) -> Iterator[tuple[int, ...]]:
    """Pitches of a preset, and milliseconds when played softly, loudly and at its loudest."""
    risen = _STRUCK if bank in _SHORT_BANKS or program in _STRUCK_PROGRAMS else _BLOWN
    for pitch in KIT if bank == DRUM_BANK else PITCHES:
        notes = (Note(0, 0.9, pitch, velocity) for velocity in (SOFT, LOUD, LOUDEST))
        parts = (_swelled(part_of(bank, program, note), is_blown=risen == _BLOWN) for note in notes)
        sounds = (render(sampler, part, _TEMPO, int(2.0 * risen * SAMPLE_RATE)) for part in parts)
        rises = [rise(sound, risen) for sound in sounds]
        heard = [one for one in rises if one is not None]
        if len(heard) == len(rises):
            yield pitch, *heard


def _swelled(part: Part, *, is_blown: bool) -> Part:
    """A part with the expression that it has on the mean: all of it for what is struck or plucked."""
    return replace(part, controls=(Control(0.0, _EXPRESSION, _USUAL_EXPRESSION),)) if is_blown else part


def rise(sound: NDArray[np.float32], risen: float) -> int | None:
    """Milliseconds to half of the level that a note has so many seconds after that; None for silence."""
    width, window = SAMPLE_RATE // 100, int(risen * SAMPLE_RATE)
    power = np.square(sound, dtype=np.float64).sum(axis=1)
    level = np.sqrt(np.convolve(power, np.full(width, 1.0 / width), "same"))
    if float(level[:window].max(initial=0.0)) < 1e-5:
        return None
    half, before = 0, -1
    while half != before:
        before, half = half, int(np.argmax(level >= level[: half + window].max() / 2))
    return round(1000 * half / SAMPLE_RATE)


def measured(font: Path, only: list[str]) -> tuple[dict[str, float], dict[str, list[tuple[int, ...]]]]:
    """The trims and the attacks of all presets, or of some, by their names in the tables."""
    trims, attacks = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(shutil.copy(font, folder))  # without the tables of before
        sampler = Sampler(bare)
        for bank, program in sorted(SoundFont(bare).presets):
            if only and f"{bank}:{program}" not in only:
                continue
            if not _TURN_BANK <= bank < DRUM_BANK:
                trims[f"{bank}:{program}"] = trim(sampler, bank, program)
            if not _TURN_BANK <= bank < DRUM_BANK and (bank, program) != _REVERSED:
                attacks[f"{bank}:{program}"] = list(attack(sampler, bank, program))
            sampler.forget()
    return trims, attacks


def _table(font: Path, suffix: str, name: str) -> dict[str, Any]:
    rows: dict[str, Any] = json.loads(font.with_suffix(suffix).read_text("utf-8"))[name]
    return rows


def write_table(path: Path, name: str, rows: dict[str, str]) -> None:
    """Write a table with one row a line."""
    lines = ",\n".join(f'  "{preset}": {row}' for preset, row in rows.items())
    path.write_text(f'{{"velocity": {VELOCITY}, "{name}": {{\n{lines}\n}}}}\n', "utf-8")


def main() -> None:
    """Measure the font named and write the tables beside it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("font", type=Path)
    parser.add_argument("only", nargs="*", metavar="BANK:PROGRAM", help="measure these, leave the others as they are")
    options = parser.parse_args()
    font = options.font
    trims, attacks = measured(font, options.only)
    if options.only:
        trims = _table(font, ".trims.json", "decibels") | trims
        attacks = _table(font, ".attacks.json", "milliseconds") | attacks
    write_table(font.with_suffix(".trims.json"), "decibels", {name: str(value) for name, value in trims.items()})
    write_table(font.with_suffix(".attacks.json"), "milliseconds", {name: json.dumps(v) for name, v in attacks.items()})


if __name__ == "__main__":
    main()
