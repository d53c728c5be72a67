"""Does the summit sound like one, and the end like an end? Loudness and parts of each section, as rendered.

``python tests/benchmarks/bench_arc.py [--boards NAME...] [--styles NAME...] [--wav FOLDER]``. Printed are, for each
section, its mean loudness (LUFS, of windows of three seconds), the loudest of them, and how many parts sound in a bar
on the mean; for the last bars, the loudness of the two before the last chord and of the chord itself.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile
from bench_balance import energies
from storyboards import STORYBOARDS, Storyboard, edit_of, features_of

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.arrange.form.bar_lines import bar_beats
from hitpoint.core.compose.compose import Models, compose
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.cue import Cue
from hitpoint.core.music.score import Score
from hitpoint.core.perform.perform import performed
from hitpoint.core.render.choice import choose_synthesizer
from hitpoint.core.render.mixdown.delivery import mix_settings
from hitpoint.core.render.mixdown.mixdown import render_score
from hitpoint.core.render.parts.synth import Synthesizer
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.launch import models_of

STYLES = ("cinematic", "strings", "piano", "tension")
SHORT_TERM = 30  # hops of 100 ms


def main() -> int:
    """Measure and print; 1 if a summit is not the loudest section of its cue, or has fewer parts than another."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--boards", nargs="*", default=["journey"])
    parser.add_argument("--styles", nargs="*", default=STYLES)
    parser.add_argument("--wav", type=Path)
    options = parser.parse_args()
    models, synth = models_of(Engine()), choose_synthesizer("sampler")
    wrong = 0
    for board in (one for one in STORYBOARDS if one.name in options.boards):
        for style in options.styles:
            wrong += _row(board, style, models, synth, options.wav)
    return int(wrong > 0)


def _row(board: Storyboard, style: str, models: Models, synth: Synthesizer, wav: Path | None) -> bool:
    edit = edit_of(board)
    cue = with_playing(compose(edit, Wishes(seed=1, style=style), features_of(board, edit), models).cue)
    score = performed(arrange(cue), cue)
    with tempfile.TemporaryDirectory() as folder:
        found = render_score(score, cue.samples, synth, Path(folder), "arc", settings=mix_settings(cue))
        mix, rate = soundfile.read(found.mix, dtype="float32")
    if wav:
        wav.mkdir(parents=True, exist_ok=True)
        soundfile.write(wav / f"{board.name}_{style}.wav", mix, rate)
    energy = energies(mix)
    print(f"{board.name}, {style}, {cue.key}, {float(cue.seconds):.0f} s")
    rows = _sections(cue, score, energy)
    for name, start, mean, most, parts in rows:
        print(f"  {start:6.1f} s  {name:22s} {mean:6.1f} LUFS, at most {most:6.1f}, {parts:4.1f} parts")
    print("  last bars:", ", ".join(f"{one:.1f}" for one in _last(cue, energy)), flush=True)
    summit = next(row for row in rows if row[0].endswith("*"))
    others = [row for row in rows if row is not summit]
    is_wrong = any(row[2] > summit[2] or row[4] > summit[4] + 0.05 for row in others)
    print("  the summit is not the greatest" if is_wrong else "  the summit is the greatest")
    return is_wrong


def _sections(cue: Cue, score: Score, energy: np.ndarray) -> list[tuple[str, float, float, float, float]]:
    assert cue.plan is not None, "a composed cue has a plan"
    beats = [float(beat) for beat in bar_beats(cue)] + [float(cue.tempo.beat_at(cue.seconds))]
    counts = [
        sum(any(n.start < b - 0.05 and n.end > a + 0.05 for n in part.notes) for part in score.parts)
        for a, b in pairwise(beats)
    ]
    found = []
    for section in cue.plan.sections:
        first, end = (min(bar, len(beats) - 1) for bar in (section.first_bar, section.end_bar))
        a, b = (float(cue.tempo.seconds_at(beats[bar])) for bar in (first, end))
        inside = energy[int(10 * a) : max(int(10 * b), int(10 * a) + 1)]
        windows = [inside[at : at + SHORT_TERM].mean() for at in range(max(len(inside) - SHORT_TERM, 0) + 1)]
        name = f"{section.name} {section.theme}" + " *" * section.summit
        found.append((name, a, _lufs(inside.mean()), _lufs(max(windows)), float(np.mean(counts[first:end] or [0]))))
    return found


def _last(cue: Cue, energy: np.ndarray) -> list[float]:
    assert cue.plan is not None, "a composed cue has a plan"
    beats = [float(beat) for beat in bar_beats(cue)] + [float(cue.tempo.beat_at(cue.seconds))]
    final = min(cue.plan.final_bar, len(beats) - 2)
    edges = [float(cue.tempo.seconds_at(beats[bar])) for bar in range(max(final - 6, 0), final + 2)]
    return [_lufs(energy[int(10 * a) : int(10 * b)].mean()) for a, b in pairwise(edges)]


def _lufs(energy: float) -> float:
    return float(-0.691 + 10 * np.log10(max(energy, 1e-12)))


if __name__ == "__main__":
    sys.exit(main())
