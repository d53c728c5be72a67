"""How long the command line takes to start, beside a bare interpreter in the same run.

``python tests/benchmarks/bench_startup.py [--runs N] [--json FILE]``; the best of N runs of each, peak memory of one.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmark import Row, Spent, show, spent_by_process

PYTHON = [sys.executable]
HITPOINT = [*PYTHON, "-m", "hitpoint.plugin"]
LIMITS = {"hitpoint --help": 0.150, "hitpoint inspect, 40 shots": 0.500}


def main() -> int:
    """Measure, print, and answer whether every limit was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7, metavar="N")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        bare = best([*PYTHON, "-c", "pass"], options.runs)
        rows = [Row("python -c pass", bare.seconds, peak_megabytes=bare.peak_megabytes)]
        for name, command in commands(Path(folder)).items():
            spent = best(command, options.runs)
            rows.append(row(name, spent, bare))
    show("start-up", rows, options.json)
    late = [row.name for row in rows if row.seconds > LIMITS.get(row.name, 1e9)]
    print("\n" + "\n".join(f"{row.name:44}{1000 * row.seconds:7.0f} ms" for row in rows))
    print(f"over their limit: {', '.join(late) or 'none'}")
    return len(late)


def commands(folder: Path) -> dict[str, list[str]]:
    """What is measured, by name."""
    short, long, broken = folder / "short.otio", folder / "long.otio", folder / "broken.otio"
    short.write_text(json.dumps(edit(40)))
    long.write_text(json.dumps(edit(1500)))
    broken.write_text('{"OTIO_SCHEMA"')
    window = (
        "import os; from hitpoint.plugin.panel.ports import panel_ports; from hitpoint.ui import app; "
        "a = app.make_application(); w = app.make_window(panel_ports(())); w.panel.show(); a.processEvents(); "
        "os._exit(0)"
    )
    unread = "import sys; from hitpoint.plugin.cli import main; sys.exit(main(sys.argv[1:]) != 1)"
    return {
        "hitpoint --help": [*HITPOINT, "--help"],
        "hitpoint inspect, 40 shots": [*HITPOINT, "inspect", str(short)],
        "hitpoint inspect, 1500 shots": [*HITPOINT, "inspect", str(long)],
        "hitpoint score, an unreadable edit": [*PYTHON, "-c", unread, "score", str(broken)],
        "hitpoint panel, until its window shows": [*PYTHON, "-c", window],
        "import torch": [*PYTHON, "-c", "import torch"],
        "all that hitpoint score loads": [*PYTHON, "-c", "import hitpoint.plugin.jobs.deliver"],
    }


def best(command: list[str], runs: int) -> Spent:
    """The quickest of some runs, after one that warms the disk."""
    spent_by_process(command)
    return min((spent_by_process(command) for _ in range(runs)), key=lambda spent: spent.seconds)


def row(name: str, spent: Spent, bare: Spent) -> Row:
    """One line of the table."""
    return Row(name, spent.seconds, "bare interpreter", bare.seconds, spent.cpu_seconds, spent.peak_megabytes)


def edit(shots: int) -> dict[str, Any]:
    """An edit of so many shots of two seconds each, whose media are missing."""

    def time(value: float) -> dict[str, Any]:
        return {"OTIO_SCHEMA": "RationalTime.1", "value": value, "rate": 25.0}

    def clip(number: int) -> dict[str, Any]:
        source = {"OTIO_SCHEMA": "TimeRange.1", "start_time": time(10 * number), "duration": time(50)}
        reference = {"OTIO_SCHEMA": "ExternalReference.1", "target_url": f"/lost/{number}.mov"}
        return {"OTIO_SCHEMA": "Clip.1", "name": str(number), "source_range": source, "media_reference": reference}

    track = {"OTIO_SCHEMA": "Track.1", "kind": "Video", "children": [clip(number) for number in range(shots)]}
    return {"OTIO_SCHEMA": "Timeline.1", "name": "long", "tracks": {"OTIO_SCHEMA": "Stack.1", "children": [track]}}


if __name__ == "__main__":
    sys.exit(main())
