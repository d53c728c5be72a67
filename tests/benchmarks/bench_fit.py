"""Does music fit its own picture? Twelve edits cut from the demo's three films, and ``hitpoint evaluate --fit`` of
them.

``python tests/benchmarks/bench_fit.py [--edits N] [--seconds S] [--style NAME] [--json FILE]``; each edit has scenes of
its own in another order, from a calm sea to a race, each cut at its own rate.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import opentimelineio as otio

from hitpoint.bridge.demo import FILM_SECONDS, RATE, make_demo_edit
from hitpoint.plugin.console import progress_bar
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.research.fit import measured_fit

FILMS = {"sea": 5.0, "night": 3.5, "race": 1.4}  # mean seconds of a shot
LEAST = 12  # frames of a shot


def write_edits(folder: Path, count: int, seconds: float) -> list[Path]:
    """So many edits, each with two to four scenes."""
    make_demo_edit(folder)
    found = []
    for number in range(count):
        rng = np.random.default_rng([17, number])
        scenes = [str(name) for name in rng.choice(list(FILMS), size=int(rng.integers(2, 5)))]
        shares = rng.dirichlet(np.full(len(scenes), 6.0))
        timeline = otio.schema.Timeline(f"edit {number}")
        track = otio.schema.Track("V1", kind=otio.schema.TrackKind.Video)
        for scene, share in zip(scenes, shares, strict=True):
            _add_scene(track, folder / "media" / f"{scene}.mp4", float(share) * seconds, FILMS[scene], rng)
        timeline.tracks.append(track)
        path = folder / f"edit{number:02d}.otio"
        otio.adapters.write_to_file(timeline, str(path))
        found.append(path)
    return found


def _add_scene(track: otio.schema.Track, film: Path, seconds: float, shot: float, rng: np.random.Generator) -> None:
    left = round(seconds * RATE)
    while left > 0:
        frames = min(max(round(float(rng.gamma(4.0, shot / 4.0)) * RATE), LEAST), left, (FILM_SECONDS - 1) * RATE)
        first = int(rng.integers(0, FILM_SECONDS * RATE - frames))
        whole = otio.opentime.TimeRange(otio.opentime.RationalTime(0, RATE), otio.opentime.RationalTime(250, RATE))
        used = otio.opentime.TimeRange(
            otio.opentime.RationalTime(first, RATE), otio.opentime.RationalTime(frames, RATE)
        )
        track.append(otio.schema.Clip(film.stem, otio.schema.ExternalReference(str(film), whole), used))
        left -= frames


def main() -> int:
    """Make edits, compose, listen, show."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--style", default="cinematic")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, progress_bar(quiet=True) as progress:
        edits = write_edits(Path(folder), options.edits, options.seconds)
        report = measured_fit(edits, Engine(), options.style, progress)
    text = json.dumps(report.json(), indent=1)
    print(text)
    if options.json:
        options.json.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
