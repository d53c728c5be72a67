"""``hitpoint cuesheet SCORED``: what broadcasters and collecting societies ask for."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hitpoint.core.cue.film.cue_sheet import SheetFacts, read_facts, sheet_as_csv, sheet_as_html
from hitpoint.core.files.output import write_safely
from hitpoint.plugin.jobs.standing import list_of, lost_cues, tell_losses, whole_cues


def run(options: argparse.Namespace) -> None:
    """Print the sheet, or write it to a file.

    Raises:
        CueFileError: if a cue is not in it because its file is lost.
    """
    standing = whole_cues(options.edit)
    edit = next(one.cue.edit for one in standing if one.cue is not None)
    facts = read_facts(options.facts) if options.facts is not None else SheetFacts()
    cues = list_of(options.edit, standing)
    if options.format == "html":
        text = sheet_as_html(cues, edit, facts)
    else:
        text = sheet_as_csv(cues, edit, facts, separator="\t" if options.format == "tsv" else ",")
    if options.output is None:
        sys.stdout.write(text)
    else:
        print(write_safely(options.output, lambda temporary: _write(temporary, text)))
    sys.stdout.flush()
    tell_losses(options.edit, lost_cues(options.edit))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
