"""``hitpoint inspect EDIT``: what was read, and what could not be found."""

from __future__ import annotations

import argparse
import json
from typing import Any

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.bridge.sources.exchange import format_name
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.errors import printable
from hitpoint.core.timebase import format_timecode
from hitpoint.plugin.console import counted, warn

SCHEMA = "hitpoint.inspection.1"


def run(options: argparse.Namespace) -> None:
    """Print the edit as a table, or as JSON."""
    edit = read_edit(options.edit, options.media, rate=options.rate)
    if options.json:
        print(json.dumps(inspection(edit), indent=1))
        return
    print("\n".join(_lines(edit)))
    for warning in edit.warnings:
        warn(warning)


def inspection(edit: Edit) -> dict[str, Any]:
    """All that is known of an edit as plain JSON values; times in seconds from the start of the timeline."""
    return {
        "schema": SCHEMA,
        "name": edit.name,
        "path": str(edit.path),
        "host": edit.host,
        "format": format_name(edit.path),
        "rate": str(edit.rate),
        "start_timecode": _timecode(edit, 0),
        "frames": edit.frames,
        "seconds": float(edit.seconds),
        "cuts": [float(cut) for cut in edit.cuts],
        "shots": [_shot(edit, shot) for shot in edit.shots],
        "markers": [
            {"time": float(edit.rate.seconds(m.frame)), "frames": m.frames, "text": m.text} for m in edit.markers
        ],
        "media": {"found": [str(path) for path in edit.media_files], "missing": list(edit.missing)},
        "warnings": list(edit.warnings),
    }


def _shot(edit: Edit, shot: Shot) -> dict[str, Any]:
    return {
        "name": shot.name,
        "kind": shot.kind.value,
        "start": float(edit.rate.seconds(shot.start)),
        "end": float(edit.rate.seconds(shot.end)),
        "start_frame": shot.start,
        "end_frame": shot.end,
        "media": None if shot.media is None else str(shot.media),
        "media_name": shot.media_name,
        "source_start": float(shot.source_start),
        "speed": float(shot.speed),
    }


def _lines(edit: Edit) -> list[str]:
    markers = counted(len(edit.markers), "marker")
    lines = [
        f"{edit.name}  ({', '.join(_kinds(edit))})",
        (
            f"  {edit.rate} frames a second, {edit.frames} frames, {float(edit.seconds):.3f} s, "
            f"from {_timecode(edit, 0)} to {_timecode(edit, edit.frames)}"
        ),
        "  " + ", ".join([counted(len(edit.shots), "shot"), counted(len(edit.cuts), "cut"), markers]),
        f"  media: {len(edit.media_files)} found, {len(edit.missing)} missing",
        "",
    ]
    lines += [_shot_line(edit, shot) for shot in edit.shots]
    lines += [f"  {_timecode(edit, m.frame)}  marker     {m.text}" for m in edit.markers]
    lines += [f"  missing: {name} (give its folder with --media DIR)" for name in edit.missing]
    return [printable(line) for line in lines]


def _kinds(edit: Edit) -> list[str]:
    """The format of an edit, and the program that it came from where that is another word."""
    name = format_name(edit.path)
    return [name, f"from {edit.host}"] if edit.host and edit.host not in name.casefold() else [name]


def _shot_line(edit: Edit, shot: Shot) -> str:
    speed = "" if shot.speed == 1 else f"  at {float(shot.speed):.0%}"
    source = shot.media_name or shot.kind.value
    lost = "" if shot.media is not None or shot.media_name is None else "  [missing]"
    return f"  {_timecode(edit, shot.start)}  {shot.end - shot.start:6d} fr  {shot.name or '-'}  {source}{speed}{lost}"


def _timecode(edit: Edit, frame: int) -> str:
    return format_timecode(edit.start_timecode_frame + frame, edit.rate, drop_frame=edit.drop_frame)
