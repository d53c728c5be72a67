"""The words of the commands about a timeline's cues, and of ``mcp``. Nothing slow is imported here."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

from hitpoint.plugin.option_types import Number, rate_option

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # argparse has no public name for it


def add_spot(commands: Commands) -> None:
    """``spot``: where music should be."""
    spot = commands.add_parser(
        "spot",
        help="where music should be, and why; composes nothing",
        description="Markers say it first (ranges, '1M1 in' and '1M1 out', 'MUS-003'), then temp music on a track "
        "called "
        "Music, Temp, Score or MX, else picture and speech.",
        allow_abbrev=False,
    )
    spot.add_argument("edit", type=Path, metavar="EDIT", help="the edit")
    spot.add_argument("-o", "--output", type=Path, metavar="CUES.toml", help="write the cues to change them by hand")
    spot.add_argument("--json", action="store_true", help="as JSON")
    spot.add_argument(
        "--share", type=Number(0, 1), default=0.6, metavar="X", help="of the edit that may have music (default 0.6)"
    )
    spot.add_argument(
        "--media", type=Path, action="append", default=[], metavar="DIR", help="look here for media that moved"
    )
    spot.add_argument("--rate", type=rate_option, metavar="FPS", help="of an edit that does not tell its rate (EDL)")
    spot.add_argument("--features", choices=("picture", "clip"), default="picture", help="how the picture is read")
    spot.add_argument("--no-cache", action="store_true", help="analyse the picture anew")
    spot.add_argument("--quiet", action="store_true", help="no progress, no table")


def add_cuesheet(commands: Commands) -> None:
    """``cuesheet``: what broadcasters and collecting societies ask for."""
    sheet = commands.add_parser(
        "cuesheet",
        help="the cue sheet of a scored edit, as CSV, tab-separated text or a page to print",
        allow_abbrev=False,
    )
    sheet.add_argument("edit", type=Path, metavar="SCORED", help="the scored edit")
    sheet.add_argument("--format", choices=("csv", "tsv", "html"), default="csv", help="default: csv")
    sheet.add_argument("--facts", type=Path, metavar="FILE.toml", help="titles, composers, society numbers, publishers")
    sheet.add_argument("-o", "--output", type=Path, metavar="F", help="write to a file")


def add_export(commands: Commands) -> None:
    """``export``: what is handed over."""
    export = commands.add_parser("export", help="cues as a DAWproject, MusicXML, MIDI or stems", allow_abbrev=False)
    export.add_argument("edit", type=Path, metavar="SCORED", help="the scored edit, or a cue.json")
    export.add_argument("--format", choices=("dawproject", "musicxml", "midi", "stems"), required=True)
    export.add_argument("--cue", metavar="NAME", help="that cue alone")
    export.add_argument("-o", "--output", type=Path, metavar="F", help="a file, or a folder for several cues")


def add_mcp(commands: Commands) -> None:
    """``mcp``: for assistants."""
    mcp = commands.add_parser(
        "mcp",
        help="the commands as tools for an assistant, over stdio (Model Context Protocol)",
        description="Reads and writes nothing outside of the folders; deletes and overwrites nothing.",
        allow_abbrev=False,
    )
    mcp.add_argument("folder", type=Path, nargs="*", metavar="FOLDER", help="where edits and media lie (default: here)")
