"""The whole job on a 1080p edit, cold and warm, beside one plain full decode of the same film in the same run.

Run: ``python tests/benchmarks/bench_score.py [--seconds 180] [--codec "H.264 GOP 12"] [--films DIR] [--json FILE]``.
Each job is a process of its own, as an editor starts it, so starting Python and loading the weights count.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmark import Row, Spent, show, spent_by, spent_by_process
from films import CODECS, RATE, SHOT_SECONDS, decode_all, write_film

HITPOINT = (sys.executable, "-m", "hitpoint.plugin")


def write_edit(film: Path, seconds: int, path: Path) -> Path:
    """An edit that shows the whole film, a shot for each of its pictures, in its order."""

    def span(start: int, frames: int) -> dict[str, Any]:
        time = {"OTIO_SCHEMA": "RationalTime.1", "rate": RATE}
        return {
            "OTIO_SCHEMA": "TimeRange.1",
            "start_time": {**time, "value": start},
            "duration": {**time, "value": frames},
        }

    media = {"OTIO_SCHEMA": "ExternalReference.1", "target_url": str(film), "available_range": span(0, seconds * RATE)}
    clips = [
        {
            "OTIO_SCHEMA": "Clip.2",
            "name": f"shot {start}",
            "source_range": span(start, min(SHOT_SECONDS * RATE, seconds * RATE - start)),
            "media_references": {"DEFAULT_MEDIA": media},
            "active_media_reference_key": "DEFAULT_MEDIA",
        }
        for start in range(0, seconds * RATE, SHOT_SECONDS * RATE)
    ]
    track = {"OTIO_SCHEMA": "Track.1", "name": "V1", "kind": "Video", "children": clips}
    stack = {"OTIO_SCHEMA": "Stack.1", "name": "tracks", "children": [track]}
    path.write_text(json.dumps({"OTIO_SCHEMA": "Timeline.1", "name": "bench", "tracks": stack}), encoding="utf-8")
    return path


def measure(film: Path, seconds: int, folder: Path) -> list[Row]:
    """Score cold, score warm, score two thirds warm, and reroll thirty seconds."""
    edit = write_edit(film, seconds, folder / "edit.otio")
    cache = str(folder / "cache")

    def run(*words: str | Path) -> Spent:
        return spent_by_process([*HITPOINT, *words, "--quiet"], HITPOINT_CACHE=cache)

    plain = spent_by(lambda: decode_all(film)).seconds
    report = folder / "report.json"
    cold = run("score", edit, "-o", folder / "cold.otio", "--report", report)
    warm = run("score", edit, "-o", folder / "warm.otio")
    middle = f"{max(seconds // 2 - 15, 0)}", f"{min(seconds // 2 + 15, seconds)}"
    reroll = run("reroll", folder / "warm.otio", "--range", *middle, "-o", folder / "again.otio")
    phases = json.loads(report.read_text(encoding="utf-8"))["seconds"]
    print("of the cold run:", ", ".join(f"{name} {value:.2f}" for name, value in phases.items()))
    base = "one full decode", plain
    return [
        Row("score, nothing known", cold.seconds, *base, cold.cpu_seconds, cold.peak_megabytes),
        Row("score, pictures known", warm.seconds, *base, warm.cpu_seconds, warm.peak_megabytes),
        Row("reroll 30 s, all files written", reroll.seconds, *base, reroll.cpu_seconds, reroll.peak_megabytes),
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=180)
    parser.add_argument("--codec", choices=CODECS, action="append")
    parser.add_argument("--films", type=Path, help="where the films are kept for the next run")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rows: list[Row] = []
    for codec in options.codec or ["H.264 GOP 250", "H.264 GOP 12"]:
        with tempfile.TemporaryDirectory() as scratch:
            films = options.films or Path(scratch)
            films.mkdir(parents=True, exist_ok=True)
            found = measure(write_film(CODECS[codec], films, options.seconds), options.seconds, Path(scratch))
        rows += [Row(f"{codec}: {row.name}", *list(vars(row).values())[1:]) for row in found]
    show(f"Scoring {options.seconds} s of 1080p", rows, options.json)


if __name__ == "__main__":
    main()
