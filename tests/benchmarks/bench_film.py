"""How fast the film of ``hitpoint visualise`` is drawn and encoded, beside its length.

::

    OMP_NUM_THREADS=1 PYTHONPATH=tests/benchmarks python tests/benchmarks/bench_film.py [--frames 100] [--json FILE]

Frames a second are those of the wall's clock; divide the frames by the processor's seconds and multiply by the cores
for what a machine without other work would reach.
"""

from __future__ import annotations

import argparse
import tempfile
from fractions import Fraction
from pathlib import Path

import numpy as np
from benchmark import Row, show, spent_by

from hitpoint.core.timebase import FrameRate
from hitpoint.core.visuals.film import write_film
from hitpoint.core.visuals.pattern import LATENT_SIZE, PatternNetwork
from hitpoint.core.visuals.walk import Arrival, Kind, Walk

RATE = FrameRate(Fraction(25))


def main() -> None:
    """Draw films of some heights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=100)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    frames = options.frames
    places = [np.random.default_rng(seed).normal(size=LATENT_SIZE) for seed in (5, 6)]
    arrivals = (Arrival(0, Kind.SECTION, 0, places[0]), Arrival(frames - 10, Kind.BAR, 0, places[1]))
    walk = Walk(arrivals, frames, np.arange(frames) * 0.003, np.ones(frames), np.zeros(frames))
    sound = np.zeros((RATE.samples(frames), 2), np.float32)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for height in (360, 720, 1080):
            path = Path(folder) / f"{height}.mp4"
            spent = spent_by(
                lambda path=path, height=height: write_film(path, PatternNetwork(3), walk, sound, RATE, height=height)
            )  # type: ignore[misc]
            rows.append(
                Row(f"{frames} frames of {height} lines", spent.seconds, "to watch it", frames / 25, spent.cpu_seconds)
            )
    show("Films of visualise", rows, options.json)


if __name__ == "__main__":
    main()
