"""The options of commands that make data sets."""

from __future__ import annotations

import argparse
from pathlib import Path

from hitpoint.plugin.option_types import WholeNumber


def add_prepare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``prepare``: a data set from music videos."""
    prepare = commands.add_parser(
        "prepare",
        help="make a data set to train on from music videos",
        description="Looks at each video and listens to it, and writes what was measured in MuVi-Sync's layout; sound and "
        "pictures stay where they are. An interrupted run resumes when it is given the same -o.",
        allow_abbrev=False,
    )
    prepare.add_argument("videos", type=Path, nargs="+", metavar="VIDEO", help="movies, or folders with movies")
    prepare.add_argument("-o", "--output", type=Path, required=True, metavar="DATASET", help="the folder to make")
    prepare.add_argument(
        "--features", choices=("picture", "clip"), default="picture", help="clip needs CLIP's weights; default: picture"
    )
    prepare.add_argument(
        "--workers", type=WholeNumber(0), default=0, metavar="N", help="processes; 0, the default, for one a core"
    )
    prepare.add_argument("--json", action="store_true", help="as JSON")
    prepare.add_argument("--quiet", action="store_true", help="no progress, no summary")
