"""``hitpoint reroll SCORED.otio``: compose again inside a range; locked chords and everything outside stay."""

from __future__ import annotations

import argparse

from hitpoint.core.errors import OptionError
from hitpoint.core.music.written_chord import is_degree, parse_written
from hitpoint.plugin.commands.score import engine_of, recordings_of, tell, theme_of
from hitpoint.plugin.console import progress_bar
from hitpoint.plugin.jobs.reroll import LockWish, RerollJob, reroll_edit
from hitpoint.plugin.report import check_report, report_document, write_report


def run(options: argparse.Namespace) -> None:
    """Compose again and say where the new version lies."""
    check_report(options.report)
    with progress_bar(quiet=options.quiet) as progress:
        scored = reroll_edit(job_of(options), progress)
    if options.report is not None:  # before anybody can stop reading
        write_report(report_document(scored), options.report)
    tell(scored, quiet=options.quiet, again=True)
    if not options.quiet:
        for sound in scored.kept_sounds:
            print(f"  {sound.line()}")


def job_of(options: argparse.Namespace) -> RerollJob:
    """The job that the options ask for."""
    return RerollJob(
        scored=options.edit,
        output=options.output,
        media_folders=tuple(options.media),
        span=tuple(options.range) if options.range else None,
        locks=tuple(_lock(text) for text in options.lock),
        unlocks=tuple(_times(text, "--unlock") for text in options.unlock),
        seed=options.seed,
        takes=options.takes,
        take=options.take,
        parts=tuple(text for text in options.part if "=" in text),
        section_markers=options.markers,
        engine=engine_of(options),
        cue=options.cue,
        anew=tuple(text for text in options.part if "=" not in text),
        theme=theme_of(options),
        recordings=recordings_of(options),
        search=options.search,
    )


def _lock(text: str) -> LockWish:
    """``A-B=CHORD``, or ``A-B`` for the chords that are there."""
    times, equals, symbol = text.partition("=")
    start, end = _times(times, "--lock")
    if equals and is_degree(symbol):
        raise OptionError(f"--lock {text}: {symbol} is a degree: write the chord itself, such as Am7 or D/F#")
    try:
        return LockWish(start, end, parse_written(symbol) if equals else None)
    except ValueError as error:
        raise OptionError(f"--lock {text}: {error}") from None


def _times(text: str, option: str) -> tuple[str, str]:
    start, dash, end = text.partition("-")
    if not (start and dash and end):
        raise OptionError(f"{option} {text!r}: write A-B with two times, such as 4-8 or 00:00:04:00-00:00:08:00")
    return start, end
