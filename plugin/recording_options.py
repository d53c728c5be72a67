"""The options about recordings: those of ``listen``, and those by which ``score`` follows one."""

from __future__ import annotations

import argparse
from pathlib import Path

from hitpoint.core.compose.like.follow import DEFAULT_CLOSENESS, Follow
from hitpoint.core.cue.dynamics import DYNAMICS
from hitpoint.plugin.option_types import Number, follow_option


def add_listen(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``listen``: what a recording plays."""
    listen = commands.add_parser(
        "listen",
        help="what a recording or a track of an edit plays: beats, key, chords, drums, sections",
        description="RECORDING is a sound file, a movie, or an edit; of an edit the track called Music, Temp, Score "
        "or MX "
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


def add_learn_style(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``learn-style``: a style of one's own, from recordings."""
    learn = commands.add_parser(
        "learn-style",
        help="learn a style from recordings, for --like NAME",
        description="REF is a sound file or a movie with music. What is kept, in this user's folder, is a row of "
        "numbers "
        "and the chords that were heard; nothing of the sound.",
        allow_abbrev=False,
    )
    learn.add_argument("references", type=Path, nargs="+", metavar="REF", help="a sound file or a movie")
    learn.add_argument("-o", "--output", required=True, metavar="NAME", help="what the style is to be called")
    learn.add_argument("--replace", action="store_true", help="a style of that name gives way")
    learn.add_argument(
        "--weights",
        choices=("open", "muvi"),
        help="the chord model to learn with, which cues in it need (default: muvi)",
    )
    learn.add_argument("--checkpoint", type=Path, metavar="FILE", help="other weights of the chord model to learn with")
    _add_level(learn)
    learn.add_argument("--no-cache", action="store_true", help="listen anew")
    learn.add_argument("--quiet", action="store_true", help="no progress")


def add_recordings(parser: argparse.ArgumentParser) -> None:
    """Music that exists, to be followed or to come after."""
    add_followed(parser)
    parser.add_argument(
        "--dynamics", choices=DYNAMICS, default="mean",
        help="density and loudness: what the picture wants in the mean (default), or drawn around it as music moves "
        "(flow)",
    )  # fmt: skip
    parser.add_argument("--after", metavar="FILE|track:NAME", help="take up key and tempo of music that stays")


def add_followed(parser: argparse.ArgumentParser) -> None:
    """A recording to follow."""
    parser.add_argument(
        "--like", metavar="FILE|track:NAME|STYLE",
        help="follow a recording, a file or a track of the edit (track:A3), or write in a style that learn-style made",
    )  # fmt: skip
    parser.add_argument(
        "--follow", type=follow_option, metavar="WHAT=W,...",
        help=f"how much of it, 0 to 1 (default {Follow()})",
    )  # fmt: skip
    _add_level(parser)
    _add_manner(parser)


def _add_manner(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--closeness", type=int, choices=range(1, 7), metavar="1..6",
        help=f"write chords in its manner, known in so much detail (default {DEFAULT_CLOSENESS} if --like-strength is "
        f"given)",
    )  # fmt: skip
    parser.add_argument(
        "--like-strength", type=Number(0, 3), metavar="X",
        help="how much its manner counts in the chords (default 0, or 1 if --closeness is given or for a learnt style)",
    )  # fmt: skip
    parser.add_argument(
        "--picture-strength", type=Number(0, 8), default=0.0, metavar="X",
        help="how much more the picture counts in the chords than in real music (default 0)",
    )  # fmt: skip


def _add_level(parser: argparse.ArgumentParser) -> None:
    level = parser.add_mutually_exclusive_group()
    level.add_argument(
        "--half", dest="tempo_factor", action="store_const", const=0.5, default=1.0, help="hear half as many beats"
    )
    level.add_argument(
        "--double", dest="tempo_factor", action="store_const", const=2.0, help="hear twice as many beats"
    )
