"""Measures how loud each preset of the font is and writes the table that makes them equal, ``hitpoint.trims.json``.

Run it again whenever the font is cut anew::

    python resources/soundfonts/measure_trims.py resources/soundfonts/hitpoint.sf3

Each preset plays a scale in its own range at velocity 90, one note a second; the kit plays a plain beat. The trim is what
brings its integrated loudness (BS.1770-4) to -37 LUFS.
"""

from __future__ import annotations

import argparse
import json
from fractions import Fraction
from pathlib import Path

from hitpoint.core.music.score import DRUM_CHANNEL, Note, Part
from hitpoint.core.music.tempo import steady_tempo
from hitpoint.core.render.mix.loudness import LoudnessMeter
from hitpoint.core.render.parts.trims import read_trims
from hitpoint.core.render.sampler.sampler import Sampler
from hitpoint.core.render.sampler.soundfont import SoundFont
from hitpoint.core.timebase import SAMPLE_RATE

TARGET_LUFS = -37.0
VELOCITY = 90
_BASS, _HIGH, _MIDDLE = 31, 72, 55  # where a scale of two octaves starts
_STARTS = {8: _HIGH, 11: _MIDDLE, 32: _BASS, 33: _BASS, 42: 40, 60: 46}
_STEPS = (0, 2, 4, 5, 7, 9, 11, 12, 14, 16, 17, 19)
_BEAT = ((0.0, 36), (0.0, 42), (0.5, 42), (1.0, 38), (1.0, 42), (1.5, 42))


def part_of(bank: int, program: int) -> Part:
    """What a preset plays to be measured."""
    if bank == 128:
        notes = [Note(2 * bar + at, 2 * bar + at + 0.4, key, VELOCITY) for bar in range(6) for at, key in _BEAT]
        return Part("drums", program, DRUM_CHANNEL, tuple(notes))
    start = _STARTS.get(program, _MIDDLE)
    return Part("scale", program, 0, tuple(Note(i, i + 1, start + step, VELOCITY) for i, step in enumerate(_STEPS)))


def trims(path: Path) -> dict[str, float]:
    """Decibels by preset, in steps of a tenth."""
    sampler, before, found = Sampler(path), read_trims(path), {}
    for bank, program in sorted(SoundFont(path).presets):
        name = "drums" if bank == 128 else str(program)
        meter = LoudnessMeter()
        for block in sampler.blocks(part_of(bank, program), steady_tempo(Fraction(1)), 13 * SAMPLE_RATE):
            meter.add(block)
        found[name] = round(TARGET_LUFS - meter.integrated() + before.get(name, 0.0), 1)
    return found


def main() -> None:
    """Measure the font named and write the table beside it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("font", type=Path)
    font = parser.parse_args().font
    table = {"target_lufs": TARGET_LUFS, "velocity": VELOCITY, "decibels": trims(font)}
    font.with_suffix(".trims.json").write_text(json.dumps(table, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
