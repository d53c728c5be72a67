"""How soon a changed cue is heard, in seconds of processor time: half a minute of chords in a cue of three minutes.

::

    OMP_NUM_THREADS=1 PYTHONPATH=tests/benchmarks python tests/benchmarks/bench_audition.py [STYLE ...]

For each style: the arrangement alone, the first tile of a cue never heard before, and after the change its first tile,
all of its notes, and the settled gain; how much was rendered again.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace

from style_table import cue_in

from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.arrange.styles.styles import style_names
from hitpoint.core.cue.cue import Cue
from hitpoint.core.edit import Shot
from hitpoint.core.render.audition.audition import AuditionRenderer
from hitpoint.core.render.choice import choose_synthesizer

_TIMES = 5  # that the cue of forty seconds is played one after the other, less twenty seconds
_CHANGED = range(60, 90)  # steps, a second each


def long_cue(style: str) -> Cue:
    """Three minutes of the cue that all styles play."""
    cue = cue_in(style)
    steps = (cue.steps * _TIMES)[:180]
    rest = Shot("rest", cue.edit.frames, 25 * 180)
    edit = replace(cue.edit, frames=25 * 180, shots=(*cue.edit.shots, rest))
    return replace(cue, edit=edit, end_frame=25 * 180, steps=steps)


def with_other_chords(cue: Cue) -> Cue:
    """The same with a stretch of chords a fourth higher."""
    steps = list(cue.steps)
    for index in _CHANGED:
        steps[index] = replace(steps[index], chord=steps[index].chord.transposed(5))
    return replace(cue, steps=tuple(steps))


def row(style: str) -> str:
    """A line of the table."""
    cue = long_cue(style)
    changed = with_other_chords(cue)
    arrange(cue)
    begun = time.process_time()
    score = arrange(changed)
    arranging = time.process_time() - begun
    renderer = AuditionRenderer(choose_synthesizer())
    begun = time.process_time()
    sounds = renderer.updates(arrange(cue), cue.samples)
    next(sounds)
    cold = time.process_time() - begun
    for _ in sounds:
        pass
    begun = time.process_time()
    times, seconds = [], 0.0
    for sound in renderer.updates(score, cue.samples, heard_from=60 * 48_000):
        times.append(time.process_time() - begun)
        seconds += sum(last - first for first, last in sound.changed) / 48_000
    return f"| {style} | {arranging:.3f} | {cold:.2f} | {times[0]:.3f} | {times[-2]:.2f} | {times[-1]:.2f} | {seconds:.0f} |"


def main() -> None:
    """Print the table."""
    print("| style | arrange | first sound, cold | first sound, changed | all notes | settled | seconds rendered |")
    print("|---|---|---|---|---|---|---|")
    for style in sys.argv[1:] or style_names():
        print(row(style), flush=True)


if __name__ == "__main__":
    main()
