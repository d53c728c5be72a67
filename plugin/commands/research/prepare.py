"""``hitpoint prepare VIDEOS… -o DATASET``: a data set from music videos."""

from __future__ import annotations

import argparse
import json

from hitpoint.core.errors import printable
from hitpoint.plugin.console import progress_bar, warn
from hitpoint.plugin.jobs.research.prepare import Prepared, PrepareJob, prepare_dataset


def run(options: argparse.Namespace) -> None:
    """Make it, then print what is in it."""
    job = PrepareJob(tuple(options.videos), options.output, options.features, options.workers, options.on)
    with progress_bar(quiet=options.json or options.quiet) as progress:
        prepared = prepare_dataset(job, progress)
    for each in prepared.left_out:
        warn(f"{each.name} is left out: {each.reason}")
    if options.json:
        print(json.dumps(_document(prepared), indent=1))
    elif not options.quiet:
        resumed = f", {prepared.resumed} of them measured before" if prepared.resumed else ""
        print(f"  written   {printable(str(prepared.folder))}")
        print(f"  videos    {len(prepared.songs)} ({prepared.seconds} s{resumed}); {len(prepared.left_out)} left out")
        print(f"  one song  {len(prepared.twins)} pairs, kept together")


def _document(prepared: Prepared) -> dict[str, object]:
    return {
        "schema": "hitpoint.dataset.1",
        "folder": str(prepared.folder),
        "songs": list(prepared.songs),
        "seconds": prepared.seconds,
        "twins": [{"songs": [t.first + 1, t.second + 1], "by": t.by, "likeness": t.likeness} for t in prepared.twins],
        "left_out": [{"name": each.name, "reason": each.reason} for each in prepared.left_out],
        "resumed": prepared.resumed,
    }
