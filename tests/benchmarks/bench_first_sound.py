"""How soon music is heard, through the functions that the panel calls.

A new cue, thirty seconds composed again, a chord changed.

Run: ``python tests/benchmarks/bench_first_sound.py [--seconds 180] [--style piano] [--json FILE]``. The pictures are
    not there, so that
looking at them is not measured; the models are loaded, as they are when an editor has listened once. Heard means that
the second at the playhead is ready to play; the device's own delay comes on top.

With ``--never-seen EDIT ...`` (``demo`` for the demo edit, which is made before) each edit is opened in a window of its
own, in a process of its own, with empty caches, once the welcome page has stood for ``--welcome`` seconds: from opening
until it is heard, until its music has seen the picture, and the most memory until all is played in.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
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


def never_seen(edit: str, welcome: float) -> list[Row]:
    """An edit that no cache knows, opened in a process of its own."""
    command = [sys.executable, __file__, "--window", edit, "--welcome", str(welcome)]
    with tempfile.TemporaryDirectory() as folder:
        named = {
            "HITPOINT_CACHE": f"{folder}/cache",
            "HITPOINT_STATE": f"{folder}/state",
            "QT_QPA_PLATFORM": "offscreen",
        }
        said = subprocess.run(command, env={**os.environ, **named}, check=True, stdout=subprocess.PIPE).stdout
    return [Row(**row) for row in json.loads(said.splitlines()[-1])]


def in_window(edit: str, welcome: float) -> None:
    """Open an edit in a window of this process, and print the rows."""
    from bench_panel_long import Trial, megabytes  # brings the window

    from hitpoint.bridge.demo import make_demo_edit
    from hitpoint.ui.app import SWITCH_SECONDS, start
    from hitpoint.ui.presenter.desk import COMPOSE, DRAW_MUSIC, MEASURE, PICTURE, SOUND, TAKES

    state = Path(os.environ["HITPOINT_STATE"])
    if edit == "demo":
        made = (
            f"from pathlib import Path; from {make_demo_edit.__module__} import *; from hitpoint.core.progress import *"
        )
        subprocess.run([sys.executable, "-c", f"{made}; make_demo_edit(Path({str(state)!r}), SILENT)"], check=True)
    path = state / "demo.otio" if edit == "demo" else Path(edit)
    sys.setswitchinterval(SWITCH_SECONDS)
    trial = Trial(state)
    desk, files = trial.window.presenter.desk, trial.window.presenter.files
    start(trial.window, None, finds_device=False)
    shown = time.perf_counter()
    trial.until(lambda: time.perf_counter() - shown > welcome)
    rows = []

    def note(name: str, is_so: Callable[[], bool]) -> None:
        trial.until(is_so)
        seconds, spent = time.perf_counter() - begin, time.process_time() - cpu
        rows.append(Row(f"{path.stem}: {name}", seconds, cpu_seconds=spent, peak_megabytes=megabytes()).__dict__)

    begin, cpu = time.perf_counter(), time.process_time()
    trial.pulse.restart()
    files.open(path)
    note("opened, to the first sound, from the cuts", trial.heard)
    note("to the first sound with the picture", lambda: desk.session.undo_label is not None and trial.heard())
    lanes = (COMPOSE, TAKES, PICTURE, SOUND, DRAW_MUSIC, MEASURE)
    note("until all is played in, with all takes", lambda: not any(map(trial.window.runner.is_busy, lanes)))
    print(json.dumps(rows), flush=True)
    os._exit(0)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=180)
    parser.add_argument("--style", action="append")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--never-seen", nargs="+", metavar="EDIT", help="edits to open in windows of their own")
    parser.add_argument("--window", metavar="EDIT", help="likewise, in this process; used by --never-seen")
    parser.add_argument("--welcome", type=float, default=4.0, help="seconds that the welcome page stands before")
    options = parser.parse_args()
    if options.window is not None:
        in_window(options.window, options.welcome)
    if options.never_seen:
        rows = [row for edit in options.never_seen for row in never_seen(edit, options.welcome)]
        show("First sound of edits that were never seen", rows, options.json)
        return
    with tempfile.TemporaryDirectory() as folder:
        edit = write_edit(Path(folder) / "none.mp4", options.seconds, Path(folder) / "edit.otio")
        rows = [row for style in options.style or ["piano", "strings"] for row in rows_of(edit, style)]
    show(f"First sound in a cue of {options.seconds} s", rows, options.json)


if __name__ == "__main__":
    main()
