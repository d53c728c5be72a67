"""``hitpoint conform SCORED NEW_EDIT``: the cut changed, the cue follows; the old version stays."""

from __future__ import annotations

import argparse

from hitpoint.core.conform.change_document import changes_to_document
from hitpoint.core.errors import printable
from hitpoint.plugin.commands.score import engine_of, tell
from hitpoint.plugin.console import progress_bar, warn
from hitpoint.plugin.jobs.conform import ConformedEdit, ConformJob, conform_edit
from hitpoint.plugin.report import check_report, report_document, write_report


def run(options: argparse.Namespace) -> None:
    """Carry the cue over, say what changed and where the new version lies."""
    check_report(options.report)
    with progress_bar(quiet=options.quiet) as progress:
        done = conform_edit(job_of(options), progress)
    if options.report is not None:
        document = {**report_document(done.scored), "conform": changes_to_document(done.changes)}
        if done.others:
            document["conform_others"] = {name: changes_to_document(changes) for name, changes in done.others}
        write_report(document, options.report)
    tell_losses(done)
    tell(done.scored, quiet=options.quiet)
    if not options.quiet:
        for line in (*done.lines, *done.sounds):
            print(f"  {printable(line)}")


def job_of(options: argparse.Namespace) -> ConformJob:
    """The job that the options ask for."""
    return ConformJob(
        scored=options.scored,
        new_edit=options.edit,
        output=options.output,
        media_folders=tuple(options.media),
        rate=options.rate,
        hits=tuple(options.hit),
        seed=options.seed,
        section_markers=options.markers,
        engine=engine_of(options),
        cue=options.cue,
    )


def tell_losses(done: ConformedEdit) -> None:
    """A warning for each lock, hit and wished mood that is gone, however quiet the rest is."""
    for line in done.losses:
        warn(line)
