"""Is every part heard in its own mix? Parts, mono and range of a cue, delivered in each style.

::

    python tests/benchmarks/bench_balance.py [--board NAME] [--json FILE] [STYLE ...]

The cue is the storyboard "journey" of 162 seconds, or another. Printed are the range of the mix (EBU 3342, LU), what it
loses when both sides are summed (BS.1770-4, LU), and the integrated loudness of each stem as it lies in the mix.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from storyboards import STORYBOARDS, Storyboard, edit_of, features_of

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.arrange.styles.styles import style_names
from hitpoint.core.compose.compose import Models, compose
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.cue import altered
from hitpoint.core.perform.perform import performed
from hitpoint.core.render.choice import choose_synthesizer
from hitpoint.core.render.mix.loudness import HOP, KWeighting, gated_loudness, loudness_range
from hitpoint.core.render.mixdown.delivery import mix_settings
from hitpoint.core.render.mixdown.mixdown import render_score
from hitpoint.core.render.parts.synth import Synthesizer
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.launch import models_of

LEAST_PART, MOST_LOST, RANGE = -32.0, 1.5, (6.0, 15.0)
LONG = 120.0  # seconds from which a cue has a range to keep


def energies(sound: np.ndarray) -> np.ndarray:
    """Mean weighted energy of each 100 ms of (n, 2)."""
    weighted = KWeighting().heard(sound)
    whole = len(weighted) // HOP
    power = (weighted[: whole * HOP] ** 2).sum(axis=1)
    return np.asarray(power.reshape(whole, HOP).sum(axis=1) / HOP)


def measured(style: str, board: Storyboard, models: Models, synth: Synthesizer) -> dict[str, Any]:
    """One style."""
    edit = edit_of(board)
    cue = compose(edit, Wishes(seed=1, style=style), features_of(board, edit), models).cue
    cue = with_playing(altered(cue, style=style))
    score = performed(arrange(cue), cue)
    with tempfile.TemporaryDirectory() as folder:
        found = render_score(score, cue.samples, synth, Path(folder), "balance", settings=mix_settings(cue))
        mix, _ = soundfile.read(found.mix, dtype="float32")
        stems = [energies(soundfile.read(path, dtype="float32")[0]) for path in found.stems]
    whole = energies(mix)
    both = mix.mean(axis=1, keepdims=True).repeat(2, axis=1)
    return {
        "mix": round(gated_loudness(whole), 1),
        "range": round(loudness_range(whole), 1),
        "mono_loss": round(gated_loudness(whole) - gated_loudness(energies(both)), 2),
        "parts": {part.name: round(gated_loudness(stem), 1) for part, stem in zip(score.parts, stems, strict=True)},
    }


def main() -> int:
    """Measure and print; 1 if anything lies outside its bounds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("styles", nargs="*", default=style_names())
    parser.add_argument("--board", default="journey", choices=[board.name for board in STORYBOARDS])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    board = next(one for one in STORYBOARDS if one.name == options.board)
    models, synth = models_of(Engine()), choose_synthesizer("sampler")
    found = {}
    for style in options.styles:
        row = found[style] = measured(style, board, models, synth)
        outside = [name for name, level in row["parts"].items() if level < LEAST_PART]
        outside += ["mono"] * (row["mono_loss"] > MOST_LOST)
        outside += ["range"] * (board.seconds > LONG and not RANGE[0] <= row["range"] <= RANGE[1])
        row["outside"] = outside
        parts = ", ".join(f"{name} {level}" for name, level in row["parts"].items())
        print(
            f"{style}: {row['mix']} LUFS, range {row['range']}, mono {row['mono_loss']}: {parts}; off: {outside}",
            flush=True,
        )
        if options.json:
            options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return int(any(row["outside"] for row in found.values()))


if __name__ == "__main__":
    sys.exit(main())
