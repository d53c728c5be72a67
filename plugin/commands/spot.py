"""``hitpoint spot EDIT``: where music should be, and why. Nothing is composed."""

from __future__ import annotations

import argparse
import json
from typing import Any

from hitpoint.core.cue.documents.cue_list_file import list_to_toml
from hitpoint.core.cue.film.cue_list import CueEntry
from hitpoint.core.errors import printable
from hitpoint.core.files.output import write_safely
from hitpoint.core.files.places import check_place
from hitpoint.core.timebase import format_timecode
from hitpoint.plugin.console import counted, progress_bar, warn
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.spot import SpotJob, Spotted, spot_edit

SCHEMA = "hitpoint.spotting.1"


def run(options: argparse.Namespace) -> None:
    """Say where music should be, as a table or JSON, and write the list if asked."""
    if options.output is not None:
        check_place(options.output.absolute())
    engine = Engine(features=options.features, use_cache=not options.no_cache)
    job = SpotJob(options.edit, tuple(options.media), options.rate, options.share, engine)
    with progress_bar(quiet=options.json or options.quiet) as progress:
        spotted = spot_edit(job, progress)
    for warning in spotted.warnings:
        warn(warning)
    place = None
    if options.output is not None:  # before anybody can stop reading
        text = list_to_toml(spotted.cues, spotted.edit)
        place = write_safely(options.output, lambda temporary: _write(temporary, text))
    if options.json:
        print(json.dumps(document(spotted), indent=1))
    elif not options.quiet:
        print(table(spotted))
        if place is not None:
            print(f"written to {place}: change it as you like, then 'hitpoint score {options.edit} --cues {place}'")


def document(spotted: Spotted) -> dict[str, Any]:
    """The cues as JSON values; times are seconds from the start of the timeline."""
    edit = spotted.edit
    return {
        "schema": SCHEMA,
        "edit": edit.name,
        "rate": str(edit.rate),
        "seconds": float(edit.seconds),
        "cues": [
            {
                "name": cue.name,
                "start": float(edit.rate.seconds(cue.start_frame)),
                "end": float(edit.rate.seconds(cue.end_frame)),
                "seconds": float(edit.rate.seconds(cue.end_frame - cue.start_frame)),
                "in": _timecode(spotted, cue.start_frame),
                "out": _timecode(spotted, cue.end_frame),
                "reason": cue.reason,
            }
            for cue in spotted.cues.entries
        ],
    }


def table(spotted: Spotted) -> str:
    """The cues for reading, and how much of the film has music."""
    edit, cues = spotted.edit, spotted.cues.entries
    if not cues:
        return "no music is proposed: nobody has marked any, and there is no stretch without talk that is long enough"
    rows = [("cue", "in", "out", "length", "why"), *(_row(spotted, cue) for cue in cues)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join([*(cell.ljust(w) for cell, w in zip(row, widths, strict=False)), row[4]]) for row in rows]
    frames = sum(cue.end_frame - cue.start_frame for cue in cues)
    return "\n".join([*lines, f"{counted(len(cues), 'cue')}, {100 * frames / edit.frames:.0f} % of the edit"])


def _row(spotted: Spotted, cue: CueEntry) -> tuple[str, str, str, str, str]:
    seconds = float(spotted.edit.rate.seconds(cue.end_frame - cue.start_frame))
    length = f"{int(seconds // 60)}:{seconds % 60:04.1f}"
    edges = _timecode(spotted, cue.start_frame), _timecode(spotted, cue.end_frame)
    return printable(cue.name), *edges, length, printable(cue.reason)


def _timecode(spotted: Spotted, frame: int) -> str:
    edit = spotted.edit
    return format_timecode(edit.start_timecode_frame + frame, edit.rate, drop_frame=edit.drop_frame)


def _write(path: Any, text: str) -> None:
    path.write_text(text, encoding="utf-8")
