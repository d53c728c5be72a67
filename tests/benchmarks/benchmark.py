"""What every benchmark prints.

Rows of seconds, each beside the baseline of the same run; as a table, and as JSON on request.

Ratios within one run are what counts; seconds tell of the machine.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Row:
    """One measurement.

    Attributes:
        name: what was done.
        seconds: it took, on the wall's clock.
        baseline: what one would do otherwise, if there is such a thing.
        baseline_seconds: that took in the same run.
        cpu_seconds: of all threads and child processes; None if not measured.
        peak_megabytes: most memory held at once, by the process that did it; None if not measured.
    """

    name: str
    seconds: float
    baseline: str = ""
    baseline_seconds: float | None = None
    cpu_seconds: float | None = None
    peak_megabytes: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the baseline's time it took; below 1 is faster."""
        return None if self.baseline_seconds is None else self.seconds / self.baseline_seconds


@dataclass(frozen=True)
class Spent:
    """What a task or a process took."""

    seconds: float
    cpu_seconds: float
    peak_megabytes: float | None = None


def spent_by(task: Callable[[], object]) -> Spent:
    """Run a task here."""
    begin, cpu = time.perf_counter(), time.process_time()
    task()
    return Spent(time.perf_counter() - begin, time.process_time() - cpu)


def spent_by_process(command: Sequence[str | Path], **environment: str) -> Spent:
    """Run a program to its end; peak memory is its own.

    Raises:
        RuntimeError: with what it said, if it fails.
    """
    begin = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{said.decode(errors='replace')}")
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return Spent(time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def show(title: str, rows: Sequence[Row], json_path: Path | None = None) -> None:
    """Print the table, and write it as JSON where asked."""
    print(f"\n{title}\n{'':44}{'seconds':>9}{'CPU':>8}{'MB':>7}{'ratio':>8}  of")
    for row in rows:
        cpu = "" if row.cpu_seconds is None else f"{row.cpu_seconds:.2f}"
        peak = "" if row.peak_megabytes is None else f"{row.peak_megabytes:.0f}"
        beside = "" if row.ratio is None else f"{row.ratio:8.3f}  {row.baseline} ({row.baseline_seconds:.2f} s)"
        print(f"{row.name:44}{row.seconds:9.2f}{cpu:>8}{peak:>7}{beside}", flush=True)
    if json_path is not None:
        json_path.write_text(json.dumps(_document(title, rows), indent=1) + "\n", encoding="utf-8")


def _document(title: str, rows: Sequence[Row]) -> dict[str, Any]:
    machine = {"cores": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version()}
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "title": title,
        "machine": {**machine, "load": os.getloadavg()[0], "own_cpu_seconds": usage.ru_utime + usage.ru_stime},
        "rows": [{**asdict(row), "ratio": row.ratio} for row in rows],
    }
