"""How fast a cue of four parts is played and mixed, in seconds of processor time; run it on a quiet machine.

::

    OMP_NUM_THREADS=1 python tests/benchmarks/bench_render.py [seconds of cue] [sampler|fluidsynth]
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

import numpy as np

from hitpoint.core.music.score import DRUM_CHANNEL, Note, Part, Score
from hitpoint.core.music.tempo import steady_tempo
from hitpoint.core.render.mixdown import render_score
from hitpoint.core.render.synth import choose_synthesizer

RATE = 48_000


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


def main() -> None:
    """Print the ratio to real time of the playing alone and of the whole."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 180
    synth = choose_synthesizer(sys.argv[2] if len(sys.argv) > 2 else "auto")
    score = busy_score(seconds)
    begun = time.process_time()
    for part in score.parts:
        for _ in synth.blocks(part, score.tempo, seconds * RATE):
            pass
    played = time.process_time() - begun
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        render_score(score, seconds * RATE, synth, Path(folder), "bench")
        mixed = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{synth.name}: {seconds} s of four parts; playing {seconds / played:.1f}x, all {seconds / mixed:.1f}x, {memory:.0f} MiB"
    )


if __name__ == "__main__":
    main()
