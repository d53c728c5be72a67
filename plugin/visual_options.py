"""The words of the commands about pictures, and of ``licences``. Nothing slow is imported here."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

from hitpoint.plugin.option_types import WholeNumber, rate_option

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # argparse has no public name for it

HEIGHTS = (360, 720, 1080, 2160)


def add_visualise(commands: Commands) -> None:
    """``visualise``: a film for a cue."""
    visualise = commands.add_parser(
        "visualise",
        help="a film of drawn pictures that fit each section, in time with the music",
        description="Pictures are searched for that fit the mood of each section, and the film walks from one to the "
        "next: it "
        "arrives on section starts, hits, bars and chords, and its brightness follows the loudness. Nothing is "
        "downloaded.",
        allow_abbrev=False,
    )
    visualise.add_argument("edit", type=Path, metavar="SCORED", help="the scored edit, or a cue.json")
    visualise.add_argument(
        "-o", "--output", type=Path, metavar="FILM.mp4", help=".mp4 or .mov (default: SCORED_film.mp4)"
    )
    visualise.add_argument("--contact-sheet", type=Path, metavar="PNG", help="write its main pictures on one sheet")
    visualise.add_argument("--sheet-only", action="store_true", help="the contact sheet and no film")
    visualise.add_argument(
        "--into", type=Path, metavar="OUT.otio", help="a copy of SCORED with the film on a video track"
    )
    visualise.add_argument("--cue", metavar="NAME", help="that cue, of an edit that has several")
    visualise.add_argument(
        "--seed", type=WholeNumber(0), metavar="N", help="another seed, another film (default: the cue's)"
    )
    visualise.add_argument("--height", type=int, choices=HEIGHTS, default=1080, help="of the frames (default 1080)")
    visualise.add_argument(
        "--words", default="", metavar="TEXT", help="what pictures should look like, judged by CLIP (hitpoint[clip])"
    )
    visualise.add_argument(
        "--weights",
        type=Path,
        metavar="DIR",
        help="draw with the Stable Diffusion pipeline in DIR (hitpoint[diffusion], GPU advised)",
    )
    visualise.add_argument("--quiet", action="store_true", help="no progress, no list of pictures")


def add_find(commands: Commands) -> None:
    """``find``: moments that look like words."""
    find = commands.add_parser(
        "find",
        help="moments of an edit that look like some words (needs local CLIP weights)",
        description="Prints timecode, stretch, CLIP's score and by how many standard deviations the moment stands "
        "out. What is "
        'found can be asked for at once: --hit "find:a door opens", --mood "find:rain=sad".',
        allow_abbrev=False,
    )
    find.add_argument("edit", type=Path, metavar="EDIT", help="the edit")
    find.add_argument("text", metavar="TEXT", help='what to look for, "a door opens"')
    find.add_argument("--top", type=WholeNumber(1), default=5, metavar="N", help="so many moments (default 5)")
    find.add_argument("--json", action="store_true", help="as JSON")
    find.add_argument(
        "--media", type=Path, action="append", default=[], metavar="DIR", help="look here for media that moved"
    )
    find.add_argument("--rate", type=rate_option, metavar="FPS", help="of an edit that does not tell its rate (EDL)")
    find.add_argument("--no-cache", action="store_true", help="look anew")


def add_licences(commands: Commands) -> None:
    """``licences``: whose work is in Hitpoint."""
    licences = commands.add_parser(
        "licences", help="whose work is in it, and what its weights were trained on", allow_abbrev=False
    )
    licences.add_argument("--notices", action="store_true", help="also the licences' own words")
    licences.add_argument("--json", action="store_true", help="as JSON")
