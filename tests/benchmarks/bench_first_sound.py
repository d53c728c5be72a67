"""How soon music is heard, through the functions that the panel calls.

A new cue, thirty seconds composed again, a chord changed.

Run: ``python tests/benchmarks/bench_first_sound.py [--seconds 180] [--style piano] [--json FILE]``. The pictures are
    not there, so that
looking at them is not measured; the models are loaded, as they are when an editor has listened once. Heard means that
the second at the playhead is ready to play; the device's own delay comes on top.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bench_score import write_edit
from benchmark import Row, Spent, show, spent_by

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.changes import chord_set
from hitpoint.core.cue.cue import Cue
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.progress import SILENT
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.panel.playing import PanelPerformer
from hitpoint.plugin.panel.ports import panel_ports

TAKES = 4  # as many as the panel offers


def heard(performer: PanelPerformer, cue: Cue, at: float, *, whole: bool = False) -> None:
    """Perform a cue until the playhead's second can be played, or until all of it can."""
    for _ in performer.perform(cue, at, SILENT):
        if not whole:
            return


def least(task: Callable[[], object], times: int = 3) -> Spent:
    """The quickest of a few runs."""
    return min((spent_by(task) for _ in range(times)), key=lambda spent: spent.seconds)


def rows_of(edit_file: Path, style: str) -> list[Row]:
    """Everything measured on one edit."""
    edit = read_edit(edit_file)
    composer, performer = panel_ports().composer, PanelPerformer(Engine(use_cache=False))
    composer.compose(edit, Wishes(end_frame=250), 1, SILENT)  # loads the models
    new = spent_by(lambda: heard(performer, composer.compose(edit, Wishes(style=style), 1, SILENT).takes[0].cue, 0.0))
    cue = composer.compose(edit, Wishes(style=style), 1, SILENT).takes[0].cue
    whole = spent_by(lambda: heard(performer, cue, 0.0, whole=True))
    middle = len(cue.steps) // 2
    span, at = range(middle, min(middle + 30, len(cue.steps))), float(cue.step_start(middle))
    rerolled = iter([replace(cue, seed=cue.seed), cue, cue])

    def again() -> None:
        heard(performer, composer.regenerate(next(rerolled), span, 1, SILENT).takes[0].cue, at)

    composing = least(lambda: composer.regenerate(cue, span, TAKES, SILENT))
    reroll = least(again)
    changed = chord_set(cue, range(middle, middle + 2), parse_chord("Ab:min7"))
    heard(performer, cue, 0.0, whole=True)
    chord = spent_by(lambda: heard(performer, changed, at))
    base = "the whole cue performed", whole.seconds
    return [
        Row(f"{style}: a new cue, its first take, to the first sound", new.seconds, *base, new.cpu_seconds),
        Row(f"{style}: 30 steps again, {TAKES} takes, composing", composing.seconds, *base, composing.cpu_seconds),
        Row(f"{style}: 30 steps again, first take, to the first sound", reroll.seconds, *base, reroll.cpu_seconds),
        Row(f"{style}: a chord changed, to the first sound", chord.seconds, *base, chord.cpu_seconds),
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=180)
    parser.add_argument("--style", action="append")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        edit = write_edit(Path(folder) / "none.mp4", options.seconds, Path(folder) / "edit.otio")
        rows = [row for style in options.style or ["piano", "strings"] for row in rows_of(edit, style)]
    show(f"First sound in a cue of {options.seconds} s", rows, options.json)


if __name__ == "__main__":
    main()
