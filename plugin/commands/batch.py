"""``hitpoint batch EDITS…``: many edits at once."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from hitpoint.core.errors import HitpointError, printable
from hitpoint.core.progress import Cancelled
from hitpoint.plugin.console import progress_bar
from hitpoint.plugin.scale.batch import COLUMNS, BatchJob, row, run_batch


def run(options: argparse.Namespace) -> None:
    """Score them, a line for each as it ends.

    Raises:
        HitpointError: if any could not be done, once all others are.
        Cancelled: if stopped, with words on what is done by then.
    """
    words = [word for folder in options.media for word in ("--media", str(folder.absolute()))]
    for name in ("style", "seed"):
        if getattr(options, name) is not None:
            words += [f"--{name}", str(getattr(options, name))]
    job = BatchJob(tuple(options.edits), options.output, tuple(words), options.cues, options.on, options.report)

    done: set[str] = set()
    failed: list[str] = []
    told: list[Sequence[str]] = []

    def ended(result: dict[str, Any]) -> None:
        """Note an edit that has ended, and print its line."""
        if result["state"] == "done":
            done.add(result["edit"])
        else:
            failed.append(result["message"])
        if not options.quiet:
            tell(row(result))

    width = max((len(edit.name) for edit in job.edits), default=0)

    def tell(cells: Sequence[str]) -> None:
        """Print a line of the table, under its head."""
        if not told:
            told.append(COLUMNS)
            tell(COLUMNS)
        name, state, cues, music, seconds, missing, more = cells
        line = f"{name:<{width}}  {state:<6}  {cues:>4}  {music:>7}  {seconds:>7}  {missing or '-':<7}  {more}"
        print(printable(line.rstrip()))
        sys.stdout.flush()

    try:
        with progress_bar(quiet=options.quiet) as progress:
            batch = run_batch(job, progress, ended)
    except (KeyboardInterrupt, Cancelled):
        count = len({edit.absolute() for edit in job.edits})
        raise Cancelled(
            f"stopped; {len(done)} of {count} edits are done, in {job.folder}; the same command goes on with the rest"
        ) from None
    if not options.quiet:
        for path in batch.reports:
            print(f"  report    {path}")
    if batch.failed:
        why = f": {failed[0]}" if options.quiet and failed else "; the lines above say why"
        raise HitpointError(f"{batch.failed} of {len(batch.results)} edits could not be done{why}")
