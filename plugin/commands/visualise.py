"""``hitpoint visualise SCORED``: a film in time with the music."""

from __future__ import annotations

import argparse

from hitpoint.core.errors import OptionError
from hitpoint.plugin.console import progress_bar
from hitpoint.plugin.jobs.pictures.visualise import VisualiseJob, visualise


def run(options: argparse.Namespace) -> None:
    """Make the film and say where it lies."""
    if options.sheet_only and options.contact_sheet is None:
        raise OptionError("--sheet-only needs --contact-sheet PNG")
    if options.sheet_only and (options.output is not None or options.into is not None):
        raise OptionError("--sheet-only makes no film: leave -o and --into out")
    job = VisualiseJob(
        scored=options.edit,
        output=options.output,
        sheet=options.contact_sheet,
        into=options.into,
        cue=options.cue,
        seed=options.seed,
        height=options.height,
        weights=options.weights,
        words=options.words,
        only_sheet=options.sheet_only,
    )
    with progress_bar(quiet=options.quiet) as progress:
        done = visualise(job, progress)
    if not options.quiet:
        for seconds, name in done.pictures if done.sheet is not None else ():
            print(f"{seconds:9.2f} s  {name}")
        for what, path in (("film", done.film), ("sheet", done.sheet), ("timeline", done.timeline)):
            if path is not None:
                print(f"  {what:<9} {path}")
