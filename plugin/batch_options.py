"""The words of ``batch``. Nothing slow is imported here."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

from hitpoint.plugin.option_types import WholeNumber

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # argparse has no public name for it


def add_batch(commands: Commands) -> None:
    """``batch``: many edits."""
    batch = commands.add_parser(
        "batch",
        help="score many edits, as many at a time as there are cores, or on a Ray cluster",
        description="Each edit gets a folder of its own inside DIR. What is done already, with the same edit, media, "
        "options and "
        "version, is not done again, so a batch that was stopped goes on where it was.",
        allow_abbrev=False,
    )
    batch.add_argument("edits", type=Path, nargs="+", metavar="EDIT", help="the edits")
    batch.add_argument("-o", "--output", type=Path, default=Path("batch"), metavar="DIR", help="default: batch")
    batch.add_argument(
        "--cues", action="store_true", help="a cue for each place that 'hitpoint spot' finds, not one for all"
    )
    batch.add_argument("--style", metavar="NAME", help="how they are played")
    batch.add_argument("--seed", type=WholeNumber(0), metavar="N", help="another seed, other cues")
    batch.add_argument(
        "--media", type=Path, action="append", default=[], metavar="DIR", help="look here for media that moved"
    )
    add_place(batch)
    batch.add_argument(
        "--report", type=Path, metavar="F", help="a summary: F is a .json or .html, the other lies beside it"
    )
    batch.add_argument("--quiet", action="store_true", help="no progress, no lines")


def add_place(parser: argparse.ArgumentParser) -> None:
    """``--on``: where many things are worked on at once."""
    parser.add_argument(
        "--on",
        default="auto",
        metavar="WHERE",
        help="auto (processes here), ray, or ray://HOST:PORT (hitpoint[cluster])",
    )
