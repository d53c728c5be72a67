"""The options about recordings: those of ``listen``, and those by which ``score`` follows one."""

from __future__ import annotations

import argparse
from pathlib import Path

from hitpoint.core.compose.like.follow import DEFAULT_CLOSENESS, Follow
from hitpoint.plugin.option_types import Number, follow_option


def add_listen(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``listen``: what a recording plays."""
    listen = commands.add_parser(
        "listen",
        help="what a recording or a track of an edit plays: beats, key, chords, drums, sections",
        description="RECORDING is a sound file, a movie, or an edit; of an edit the track called Music, Temp, Score or MX "
        "is heard unless --track names another. What is kept of it is numbers only, in this user's cache.",
        allow_abbrev=False,
    )
    listen.add_argument("recording", type=Path, metavar="RECORDING", help="a sound file, a movie, or an edit")
    listen.add_argument("--track", metavar="NAME", help="of an edit: A3, or what a track or its clips are called")
    listen.add_argument(
        "--media", type=Path, action="append", default=[], metavar="DIR", help="look here for media that moved"
    )
    _add_level(listen)
    listen.add_argument("--json", action="store_true", help="as JSON")
    listen.add_argument("--plot", type=Path, metavar="PNG", help="draw what was heard")
    listen.add_argument("--midi", type=Path, metavar="OUT.mid", help="write beats, chords and drums as MIDI")
    listen.add_argument("--no-cache", action="store_true", help="listen anew")
    listen.add_argument("--quiet", action="store_true", help="no progress")


def add_recordings(parser: argparse.ArgumentParser) -> None:
    """Music that exists, to be followed or to come after."""
    add_followed(parser)
    _add_manner(parser)
    parser.add_argument("--after", metavar="FILE|track:NAME", help="take up key and tempo of music that stays")


def add_followed(parser: argparse.ArgumentParser) -> None:
    """A recording to follow."""
    parser.add_argument(
        "--like", metavar="FILE|track:NAME", help="follow a recording: a file, or a track of the edit (track:A3)"
    )
    parser.add_argument(
        "--follow", type=follow_option, default=Follow(), metavar="WHAT=W,...",
        help=f"how much of it, 0 to 1 (default {Follow()})",
    )  # fmt: skip
    _add_level(parser)


def _add_manner(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--closeness", type=int, choices=range(1, 7), metavar="1..6",
        help=f"write chords in its manner, known in so much detail (default {DEFAULT_CLOSENESS} if --like-strength is given)",
    )  # fmt: skip
    parser.add_argument(
        "--like-strength", type=Number(0, 3), metavar="X",
        help="how much its manner counts in the chords (default 0, or 1 if --closeness is given)",
    )  # fmt: skip


def _add_level(parser: argparse.ArgumentParser) -> None:
    level = parser.add_mutually_exclusive_group()
    level.add_argument(
        "--half", dest="tempo_factor", action="store_const", const=0.5, default=1.0, help="hear half as many beats"
    )
    level.add_argument(
        "--double", dest="tempo_factor", action="store_const", const=2.0, help="hear twice as many beats"
    )
