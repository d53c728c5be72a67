"""Piano rolls of six cues, one a picture: parts in colours, bar lines, sections with themes, tension, hits.

``python tests/benchmarks/piano_rolls.py FOLDER [--boards NAME...]``; matplotlib draws them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from storyboards import STORYBOARDS, Storyboard, edit_of, features_of

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.arrange.form.bar_lines import bar_beats
from hitpoint.core.compose.compose import Models, compose
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.cue import Cue
from hitpoint.core.music.score import DRUM_CHANNEL, Score
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.launch import models_of

STYLES = ("cinematic", "piano", "tension", "strings", "documentary", "electronic")
WIDEST = 120.0  # seconds that are drawn
SIZE = (22, 11)


def draw(board: Storyboard, style: str, models: Models, folder: Path) -> Path:
    """Compose a storyboard with its own moods, and draw it."""
    edit = edit_of(board)
    cue = with_playing(compose(edit, Wishes(style=style), features_of(board, edit), models).cue)
    score = arrange(cue)
    figure, (roll, curve) = plt.subplots(2, 1, figsize=SIZE, height_ratios=(5, 1), sharex=True)
    _notes(roll, score)
    _bars_and_hits(roll, cue)
    _sections(roll, curve, cue)
    roll.set_title(f"{board.name}: {style}, {cue.key}, {cue.plan.metre if cue.plan else '4/4'}")
    roll.legend(loc="upper right", ncols=6, fontsize=8)
    roll.set_xlim(0, min(float(cue.seconds), WIDEST))
    path = folder / f"{board.name}_{style}.png"
    figure.tight_layout()
    figure.savefig(path, dpi=60)
    plt.close(figure)
    return path


def _notes(axes: plt.Axes, score: Score) -> None:
    colours = plt.get_cmap("tab10")
    for index, part in enumerate(score.parts):
        starts = [float(score.tempo.seconds_at(note.start)) for note in part.notes]
        widths = [float(score.tempo.seconds_at(note.end)) - at for note, at in zip(part.notes, starts, strict=True)]
        rows = [12 + note.pitch / 8 if part.channel == DRUM_CHANNEL else note.pitch for note in part.notes]
        shades = [(*colours(index % 10)[:3], 0.25 + 0.75 * note.velocity / 127) for note in part.notes]
        axes.barh(rows, widths, left=starts, height=0.85, color=shades or None, label=part.name)


def _bars_and_hits(axes: plt.Axes, cue: Cue) -> None:
    for beat in bar_beats(cue):
        axes.axvline(float(cue.tempo.seconds_at(beat)), color="#cccccc", linewidth=0.6, zorder=0)
    for point in cue.hit_points:
        at = float(cue.edit.rate.seconds(point.frame) - cue.start)
        axes.axvline(at, color="red" if point.wanted else "#ffc0c0", linewidth=1.4 if point.wanted else 0.6, zorder=0)


def _sections(roll: plt.Axes, curve: plt.Axes, cue: Cue) -> None:
    if cue.plan is None:
        return
    times = [float(cue.tempo.seconds_at(cue.beats_per_step * start)) for start in cue.plan.bar_starts[:-1]]
    curve.step(times, cue.plan.tension, where="post", label="tension")
    curve.step(times, cue.plan.forces, where="post", label="players", alpha=0.5)
    curve.legend(loc="lower right", fontsize=8)
    for section in cue.plan.sections:
        at = times[section.first_bar]
        roll.axvline(at, color="black", linewidth=1.2)
        roll.text(at + 0.2, 97, f"{section.name} {section.theme}\n{section.key}", fontsize=9, va="top")
    for index, step in enumerate(cue.steps):
        if index == 0 or step.chord != cue.steps[index - 1].chord:
            at = float(cue.step_start(index) - cue.start)
            roll.text(at + 0.05, 8, step.chord.symbol(), fontsize=7, rotation=60, va="bottom")


def main() -> int:
    """Draw them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--boards", nargs="*", default=[board.name for board in STORYBOARDS])
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    models = models_of(Engine())
    for board, style in zip(STORYBOARDS, STYLES, strict=True):
        if board.name in options.boards:
            print(draw(board, style, models, options.folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
