"""``hitpoint watch EDIT``: score it, then carry its music over whenever the file changes.

Ctrl-C ends it, and that is no error.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from hitpoint.core.conform.change_document import changes_to_document
from hitpoint.core.conform.summary import summary
from hitpoint.core.errors import printable
from hitpoint.plugin.commands.conform import tell_losses
from hitpoint.plugin.commands.score import job_of, tell
from hitpoint.plugin.console import progress_bar, warn
from hitpoint.plugin.jobs.job import Scored
from hitpoint.plugin.jobs.watch import Followed, Watch, WatchJob
from hitpoint.plugin.report import check_report, report_document, write_report


def run(options: argparse.Namespace) -> None:
    """Watch until interrupted, or until what is to be done now is done."""
    check_report(options.report)
    job = WatchJob(job_of(options), options.every, options.once)
    with progress_bar(quiet=options.quiet) as progress:
        watch = Watch(job, lambda done: _told(done, options), warn, progress=progress)
        try:
            watch.run()
        except KeyboardInterrupt:
            if not options.quiet:
                print(f"no longer watching {printable(options.edit.name)}")


def _told(done: Followed, options: argparse.Namespace) -> None:
    """One line for each change, and a warning for everything that was lost with it."""
    if done.scored is None:
        _say(f"{options.edit.name}: nothing changed under the music", options)
        return
    _report(done, done.scored, options.report)
    if done.conformed is None:
        tell(done.scored, quiet=options.quiet)
        _say(f"watching {options.edit.name}; Ctrl-C ends it", options)
        return
    tell_losses(done.conformed)
    for warning in done.scored.told:
        warn(warning)
    _say(f"{summary(done.conformed.changes)}: {done.scored.timeline}", options)


def _say(line: str, options: argparse.Namespace) -> None:
    if not options.quiet:
        print(printable(line), flush=True)


def _report(done: Followed, scored: Scored, path: Path | None) -> None:
    if path is not None:
        conform = {} if done.conformed is None else {"conform": changes_to_document(done.conformed.changes)}
        write_report({**report_document(scored), **conform}, path)
