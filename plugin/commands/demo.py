"""``hitpoint demo DIR``: a small edit with moving pictures of its own, scored."""

from __future__ import annotations

import argparse

from hitpoint.bridge.demo import make_demo_edit
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.errors import EditWriteError, PlaceError
from hitpoint.core.files.places import make_folder
from hitpoint.plugin.commands.score import tell
from hitpoint.plugin.console import progress_bar
from hitpoint.plugin.jobs.job import Job
from hitpoint.plugin.jobs.score import score_edit
from hitpoint.plugin.report import check_report, report_document, write_report


def run(options: argparse.Namespace) -> None:
    """Make the edit (once), score it, say where everything lies."""
    try:
        make_folder(options.folder)  # in which the report may lie
        check_report(options.report)
        _run(options)
    except PlaceError as error:
        raise EditWriteError(f"{error} (DIR names the place)") from None


def _run(options: argparse.Namespace) -> None:
    with progress_bar(quiet=options.quiet) as progress:
        edit = make_demo_edit(options.folder, progress.part(0.0, 0.3))
        job = Job(edit, wishes=lambda _: (Wishes(seed=options.seed),), section_markers=True)
        scored = score_edit(job, progress.part(0.3, 1.0))
    if options.report is not None:  # before anybody can stop reading
        write_report(report_document(scored), options.report)
    if not options.quiet:
        print(f"the edit    {edit}")
    tell(scored, quiet=options.quiet)
