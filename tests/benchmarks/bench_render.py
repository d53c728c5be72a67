"""How fast music is played and mixed: one part beside four, every style, beside the length of the cue.

::

    OMP_NUM_THREADS=1 PYTHONPATH=tests/benchmarks python tests/benchmarks/bench_render.py [--seconds 180] [--synth
    sampler] [--json FILE]

Seconds are of this process's processor time: a busy machine changes them least. Helping processes are not used, as
one core's work is what is measured; a cue of every style is as long as ``style_table.py`` has it.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
from benchmark import Row, show, spent_by
from style_table import cue_in

from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.arrange.styles.styles import style_names
from hitpoint.core.music.score import DRUM_CHANNEL, Note, Part, Score
from hitpoint.core.music.tempo import steady_tempo
from hitpoint.core.render.choice import choose_synthesizer
from hitpoint.core.render.mixdown.mixdown import render_score
from hitpoint.core.render.parts.synth import Synthesizer
from hitpoint.core.timebase import SAMPLE_RATE


def busy_score(seconds: int) -> Score:
    """Piano, strings, bass and kit at 120 beats a minute: 1 320 notes a minute."""
    generator, beats = np.random.default_rng(1), 2 * seconds
    piano = [
        (b / 2, b / 2 + 1.9, int(p)) for b in range(beats * 2) for p in generator.choice(np.arange(48, 84), 2, False)
    ]
    strings = [(b * 2, b * 2 + 2, p) for b in range(beats // 2) for p in (55, 60, 64, 67 + b % 5)]
    bass = [(b, b + 0.9, int(36 + generator.integers(0, 12))) for b in range(beats)]
    kit = [(b / 2, b / 2 + 0.4, p) for b in range(beats * 2) for p in ((36, 42) if b % 2 == 0 else (42, 38))]
    players = (
        ("Piano", 0, 0, piano),
        ("Strings", 48, 1, strings),
        ("Bass", 32, 2, bass),
        ("Kit", 0, DRUM_CHANNEL, kit),
    )
    parts = tuple(
        Part(name, program, channel, tuple(Note(a, b, pitch, 90) for a, b, pitch in sorted(notes)))
        for name, program, channel, notes in players
    )
    return Score(parts, steady_tempo(Fraction(1, 2)))


def played(score: Score, seconds: int, synth: Synthesizer) -> float:
    """Processor seconds of playing alone."""

    def play() -> None:
        for part in score.parts:
            for _ in synth.blocks(part, score.tempo, seconds * SAMPLE_RATE):
                pass

    return spent_by(play).cpu_seconds


def rendered(score: Score, seconds: int, synth: Synthesizer) -> float:
    """Processor seconds of the whole mixdown, files written, by one process."""
    with tempfile.TemporaryDirectory() as folder:
        task = spent_by(lambda: render_score(score, seconds * SAMPLE_RATE, synth, Path(folder), "bench", players=()))
    return task.cpu_seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=180)
    parser.add_argument("--synth", default="auto")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    synth, seconds = choose_synthesizer(options.synth), options.seconds
    score = busy_score(seconds)
    one = replace(score, parts=score.parts[:1])
    rendered(replace(one, parts=(replace(one.parts[0], notes=one.parts[0].notes[:20]),)), 5, synth)
    alone = rendered(one, seconds, synth)
    rows = [
        Row(f"{synth.name}: four parts played", played(score, seconds, synth), "real time", seconds),
        Row("one part, played and mixed", alone, "real time", seconds),
        Row("four parts, played and mixed", whole := rendered(score, seconds, synth), "real time", seconds),
        Row("four parts, played and mixed", whole, "one part", alone),
    ]
    for style in style_names():
        cue = cue_in(style)
        rows.append(Row(style, rendered(arrange(cue), int(cue.seconds), synth), "real time", float(cue.seconds)))
    show("Rendering, processor seconds", rows, options.json)


if __name__ == "__main__":
    main()
