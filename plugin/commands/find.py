"""``hitpoint find EDIT TEXT``: moments that look like the words."""

from __future__ import annotations

import argparse
import json
from typing import Any

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.edit import Edit
from hitpoint.core.errors import printable
from hitpoint.core.timebase import format_timecode
from hitpoint.plugin.console import progress_bar
from hitpoint.plugin.jobs.pictures.find import find_moments


def run(options: argparse.Namespace) -> None:
    """Print the moments, the likest first."""
    edit = read_edit(options.edit, options.media, rate=options.rate)
    with progress_bar(quiet=options.json) as progress:
        found = find_moments(edit, options.text, options.top, progress, use_cache=not options.no_cache)
    told = [_moment(edit, moment) for moment in found]
    if options.json:
        from hitpoint.core.finding.finding import SCHEMA

        print(json.dumps({"schema": SCHEMA, "text": options.text, "moments": told}, indent=1))
        return
    for one in told:
        place = f"{one['timecode']}  {one['start']:9.2f} - {one['end']:.2f} s"
        line = f"{place}  {one['score']:.3f}  {one['stands_out']:+.1f}  {one['shot']}"
        print(printable(line))


def _moment(edit: Edit, moment: Any) -> dict[str, Any]:
    start, end, time = (
        float(edit.rate.seconds(frame)) for frame in (moment.start_frame, moment.end_frame, moment.frame)
    )
    frame = edit.start_timecode_frame + moment.frame
    return {
        "time": time,
        "timecode": format_timecode(frame, edit.rate, drop_frame=edit.drop_frame),
        "frame": moment.frame,
        "start": start,
        "end": end,
        "score": round(moment.score, 4),
        "stands_out": round(moment.stands_out, 2),
        "shot": moment.shot,
    }
