"""The words of ``restyle``. Nothing slow is imported here."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

from hitpoint.plugin.option_types import MOST_VARIATIONS, Number, WholeNumber
from hitpoint.plugin.options import add_cue, add_delivery
from hitpoint.plugin.style_options import add_styles

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # argparse has no public name for it


def add_restyle(commands: Commands) -> None:
    """``restyle``: the same cue, otherwise."""
    restyle = commands.add_parser(
        "restyle",
        help="the same cue otherwise, a little or a lot: other bars, another ensemble, other words",
        description="SCORED is an edit that 'hitpoint score' has written. Bars change in the order of how little they "
        "matter; plan, tempo, keys, moments that are met and locked chords stay.",
        allow_abbrev=False,
    )
    restyle.add_argument("edit", type=Path, metavar="SCORED", help="the scored edit, its .music folder beside it")
    restyle.add_argument("-o", "--output", type=Path, metavar="OUT.otio", help="where the new version goes")
    restyle.add_argument(
        "--strength", type=Number(0, 1), required=True, metavar="S",
        help="0 leaves everything as it is, 1 changes every bar that may change",
    )  # fmt: skip
    restyle.add_argument("--range", nargs=2, metavar=("A", "B"), help="change only from A to B (default: everything)")
    restyle.add_argument("--prompt", metavar="TEXT", help="what it is to become, in words; A-B=TEXT for a stretch")
    restyle.add_argument("--part", default="", metavar="NAME", help="change this part alone; chords stay")
    restyle.add_argument(
        "--variations",
        type=WholeNumber(1, MOST_VARIATIONS),
        default=1,
        metavar="N",
        help=f"write N different versions, at most {MOST_VARIATIONS} (default 1)",
    )
    restyle.add_argument("--seed", type=WholeNumber(0), metavar="N", help="of the changes (default: the next one)")
    restyle.add_argument(
        "--through", type=Path, metavar="DIR",
        help="leave the notes, and take the mix through the audio model in DIR: Riffusion, ACE-Step or Stable Audio "
        "(hitpoint[diffusion], GPU advised)",
    )  # fmt: skip
    add_styles(restyle, default="")
    add_cue(restyle)
    add_delivery(restyle)
