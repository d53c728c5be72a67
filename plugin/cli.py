"""The command line: ``hitpoint COMMAND``.

Three steps, three functions: :func:`build_parser` knows the words, :func:`run` does what they ask (tests call it), and
:func:`main` turns errors into one line on stderr and an exit code: 0 done, 1 something the editor can mend, 2 wrong
usage. Results go to stdout, words about progress to stderr. Each command lives in ``plugin/commands`` and is imported
only when it is asked for, so that ``--help`` stays quick.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Sequence
from importlib import import_module, metadata
from pathlib import Path
from typing import Any, TypeAlias

from hitpoint.core.cue.sound import DEEPEST_DUCK, LONGEST_FADE, LOUDEST, QUIETEST
from hitpoint.core.errors import HitpointError, OptionError
from hitpoint.core.mood import MOODS, parse_mood
from hitpoint.core.music.key import Key, parse_key
from hitpoint.core.progress import Cancelled

EXIT_DONE, EXIT_ERROR, EXIT_USAGE, EXIT_INTERRUPTED = 0, 1, 2, 130

_MODULES = {
    "score": "hitpoint.plugin.commands.score",
    "demo": "hitpoint.plugin.commands.demo",
    "reroll": "hitpoint.plugin.commands.reroll",
    "render": "hitpoint.plugin.commands.render",
    "inspect": "hitpoint.plugin.commands.inspect",
    "evaluate": "hitpoint.plugin.commands.evaluate",
    "train": "hitpoint.plugin.commands.train",
    "doctor": "hitpoint.plugin.commands.doctor",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and answer the exit code of the process."""
    try:
        options = build_parser().parse_args(arguments)
        run(options)
    except (HitpointError, OSError) as error:
        print(f"hitpoint: {one_line(str(error))}", file=sys.stderr)
        return EXIT_ERROR
    except (KeyboardInterrupt, Cancelled):
        print("hitpoint: stopped; nothing was changed", file=sys.stderr)
        return EXIT_INTERRUPTED
    return EXIT_DONE


def run(options: argparse.Namespace) -> None:
    """Do what parsed options ask for.

    Raises:
        HitpointError: for anything the editor can mend.
    """
    import_module(_MODULES[options.command]).run(options)


def one_line(text: str) -> str:
    """A message with nothing in it that could start a line or steer a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


def build_parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    parser = argparse.ArgumentParser(prog="hitpoint", description="Music that belongs to the cut.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"hitpoint {metadata.version('hitpoint')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_score(commands)
    _add_demo(commands)
    _add_reroll(commands)
    _add_render(commands)
    _add_inspect(commands)
    _add_evaluate(commands)
    _add_train(commands)
    doctor = commands.add_parser("doctor", help="what this machine has", allow_abbrev=False)
    doctor.add_argument("--json", action="store_true", help="as JSON")
    return parser


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # argparse has no public name for it


def _add_score(commands: _Commands) -> None:
    score = commands.add_parser(
        "score",
        help="read an edit, compose, and write a copy of it with the music on a new track",
        description="EDIT is an .otio, .otioz, .otiod, a movie, or what an installed OpenTimelineIO adapter reads. "
        "Times are seconds from the start of the timeline, or timecode.",
        allow_abbrev=False,
    )
    score.add_argument("edit", type=Path, metavar="EDIT", help="the edit")
    score.add_argument("-o", "--output", type=Path, metavar="OUT.otio", help="where the scored edit goes")
    _add_wishes(score)
    score.add_argument("--range", nargs=2, metavar=("A", "B"), help="score only from A to B")
    _add_sound(score)
    _add_delivery(score)


def _add_wishes(parser: argparse.ArgumentParser) -> None:
    moods = " ".join(mood.value for mood in MOODS)
    parser.add_argument(
        "--seed", type=_WholeNumber(0), default=0, metavar="N", help="another seed, another cue (default 0)"
    )
    parser.add_argument("--key", type=_key, metavar="KEY", help='"A minor", "Eb" ... or auto (default)')
    parser.add_argument("--tempo", type=_tempo, metavar="BPM", help="quarter notes a minute, or auto (default)")
    parser.add_argument(
        "--mood",
        type=_mood,
        action="append",
        default=[],
        metavar="[A-B=]MOOD",
        help=f"{moods}, or VALENCE,AROUSAL from -1 to 1; may be repeated",
    )
    parser.add_argument(
        "--mood-strength",
        type=_Number(0, 2),
        default=1.0,
        metavar="S",
        help="0 ignores moods, 2 puts them first (default 1)",
    )
    parser.add_argument(
        "--changes", type=_Number(0.1, 1), metavar="RATE", help="wished chord changes a half bar (about 0.45 by itself)"
    )
    parser.add_argument(
        "--style", action=_StyleAction, default="piano", metavar="NAME", help="how it is played; 'list' shows them"
    )
    parser.add_argument("--takes", type=_WholeNumber(1), default=1, metavar="N", help="compose N, write the best")


def _add_sound(parser: argparse.ArgumentParser) -> None:
    """What the sound files are to be; the cue keeps it, so that ``render`` needs none of it."""
    parser.add_argument(
        "--loudness", type=_Number(QUIETEST, LOUDEST), default=-16.0, metavar="LUFS",
        help="integrated loudness of the mix, -23, -14 ... (default -16); its true peak stays below -1 dBTP",
    )  # fmt: skip
    parser.add_argument(
        "--fade-in", type=_Number(0, LONGEST_FADE), default=0.003, metavar="S", help="seconds (default 0.003)"
    )
    parser.add_argument(
        "--fade-out", type=_Number(0, LONGEST_FADE), default=0.040, metavar="S", help="seconds (default 0.04)"
    )
    parser.add_argument("--bext", action="store_true", help="Broadcast Wave files that tell their place in timecode")
    parser.add_argument(
        "--duck", type=_Number(0, DEEPEST_DUCK), default=0.0, metavar="DB",
        help="write a second mix that is so much lower where somebody speaks, and its curve into cue.json",
    )  # fmt: skip


def _add_engine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--features", choices=("picture", "clip"), default="picture", help="how the picture is read")
    parser.add_argument("--checkpoint", type=Path, metavar="FILE", help="other weights for the chord model")
    parser.add_argument("--regressor", type=Path, metavar="FILE", help="other weights for density and loudness")
    parser.add_argument("--synth", choices=("auto", "sampler", "fluidsynth"), default="auto", help="what plays it")
    parser.add_argument("--soundfont", type=Path, metavar="FILE", help="another .sf2 or .sf3")
    parser.add_argument("--no-cache", action="store_true", help="analyse the picture anew")


def _add_demo(commands: _Commands) -> None:
    demo = commands.add_parser(
        "demo", help="make a small edit with moving pictures and score it: start here", allow_abbrev=False
    )
    demo.add_argument("folder", type=Path, metavar="DIR", help="made if it is not there")
    demo.add_argument("--seed", type=_WholeNumber(0), default=0, metavar="N", help="another seed, another cue")
    demo.add_argument("--report", type=Path, metavar="FILE", help="write what was done as JSON")
    demo.add_argument("--quiet", action="store_true", help="no progress")


def _add_reroll(commands: _Commands) -> None:
    reroll = commands.add_parser(
        "reroll",
        help="compose again inside a range; everything outside and every locked chord stays",
        description="SCORED is an edit that 'hitpoint score' has written. Times are seconds from the start of the "
        "timeline, or timecode; CHORD is a symbol in the key that sounds, such as F, A:min7, Am7 or N.",
        allow_abbrev=False,
    )
    reroll.add_argument("edit", type=Path, metavar="SCORED", help="the scored edit, its .music folder beside it")
    reroll.add_argument("-o", "--output", type=Path, metavar="OUT.otio", help="where the new version goes")
    reroll.add_argument("--range", nargs=2, metavar=("A", "B"), help="compose only from A to B (default: everything)")
    reroll.add_argument(
        "--lock", action="append", default=[], metavar="A-B[=CHORD]",
        help="from A to B this chord and no other; without CHORD those that are there; may be repeated",
    )  # fmt: skip
    reroll.add_argument("--unlock", action="append", default=[], metavar="A-B", help="free these; may be repeated")
    reroll.add_argument("--seed", type=_WholeNumber(0), metavar="N", help="of the new chords (default: the next one)")
    reroll.add_argument("--takes", type=_WholeNumber(1), default=1, metavar="N", help="compose N, write the best")
    _add_delivery(reroll)


def _add_delivery(parser: argparse.ArgumentParser) -> None:
    """What every command that writes music can be told."""
    parser.add_argument(
        "--media", type=Path, action="append", default=[], metavar="DIR", help="look here for media that moved"
    )
    parser.add_argument("--markers", action="store_true", help="also write the sections as markers")
    _add_engine(parser)
    parser.add_argument("--report", type=Path, metavar="FILE", help="write what was done as JSON")
    parser.add_argument("--quiet", action="store_true", help="no progress, no summary")


def _add_render(commands: _Commands) -> None:
    render = commands.add_parser(
        "render", help="play a stored cue into sound and MIDI again, byte for byte", allow_abbrev=False
    )
    render.add_argument("cue", type=Path, metavar="CUE.json", help="the cue.json of a .music folder, or of a take")
    render.add_argument("-o", "--output", type=Path, metavar="DIR", help="made if it is not there")
    render.add_argument("--quiet", action="store_true", help="no progress, no summary")


def _add_inspect(commands: _Commands) -> None:
    inspect = commands.add_parser("inspect", help="what is read from an edit; composes nothing", allow_abbrev=False)
    inspect.add_argument("edit", type=Path, metavar="EDIT", help="the edit")
    inspect.add_argument(
        "--media", type=Path, action="append", default=[], metavar="DIR", help="look here for media that moved"
    )
    inspect.add_argument("--json", action="store_true", help="as JSON")


def _add_evaluate(commands: _Commands) -> None:
    evaluate = commands.add_parser(
        "evaluate", help="the paper's metrics on a data set, baselines beside them", allow_abbrev=False
    )
    evaluate.add_argument("dataset", type=Path, metavar="DATASET", help="MuVi-Sync as published")
    evaluate.add_argument("--split", choices=("train", "val", "test"), default="val", help="default: val")
    evaluate.add_argument("--paper", action="store_true", help="the paper's exact protocol, END and all")
    evaluate.add_argument("--no-semantic", action="store_true", help="without CLIP, as with picture features")
    evaluate.add_argument("--checkpoint", type=Path, metavar="F", help="other weights for the chord model")
    evaluate.add_argument("--regressor", type=Path, metavar="F", help="other weights for density and loudness")
    evaluate.add_argument("--quick", action="store_true", help="leave out what the picture and locks are worth")
    evaluate.add_argument(
        "--generate", type=_WholeNumber(0), default=0, metavar="N", help="also compose N takes to each song"
    )
    evaluate.add_argument("--json", action="store_true", help="as JSON")


def _add_train(commands: _Commands) -> None:
    train = commands.add_parser(
        "train",
        help="train the chord model or the regressor",
        description="On several processes: torchrun --nproc-per-node N -m hitpoint.plugin train ...",
        allow_abbrev=False,
    )
    train.add_argument("dataset", type=Path, metavar="DATASET", help="MuVi-Sync as published")
    train.add_argument("--corpora", type=Path, metavar="DIR", help="where Billboard and POP909 lie, as published")
    train.add_argument(
        "--model",
        choices=("amt", "paper-amt", "regressor"),
        default="amt",
        help="ours, the paper's, or the dynamics'; default: amt",
    )
    train.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="checkpoints, log and weights")
    train.add_argument("--recipe", type=Path, metavar="FILE", help="a recipe (TOML) instead of the shipped one")
    train.add_argument("--seed", type=_WholeNumber(0), metavar="N", help="instead of the recipe's")
    train.add_argument("--updates", type=_WholeNumber(1), metavar="N", help="instead of the recipe's")
    train.add_argument("--max-seconds", type=_WholeNumber(1), metavar="N", help="then stop; --resume goes on")
    train.add_argument("--resume", action="store_true", help="go on where DIR stopped")
    train.add_argument("--quiet", action="store_true", help="no progress")


class _StyleAction(argparse.Action):
    """Keeps the name of a style; ``list`` prints all styles and ends, so that no edit is needed for it."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        if values == "list":
            from hitpoint.plugin.commands.styles import style_lines  # loads the tables only when they are asked for

            print("\n".join(style_lines()))
            parser.exit()
        setattr(namespace, self.dest, values)


class _Number:
    """A number within bounds, for argparse."""

    def __init__(self, least: float, most: float) -> None:
        self.least, self.most = least, most

    def __call__(self, text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not self.least <= number <= self.most:
            raise argparse.ArgumentTypeError(f"{text!r} is no number from {self.least:g} to {self.most:g}")
        return number


class _WholeNumber:
    """A whole number, at least so large, for argparse."""

    def __init__(self, least: int) -> None:
        self.least = least

    def __call__(self, text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > 18 or int(text) < self.least:
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {self.least} on")
        return int(text)


def _key(text: str) -> Key | None:
    try:
        return None if text == "auto" else parse_key(text)
    except OptionError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _tempo(text: str) -> float | None:
    if text == "auto":
        return None
    try:
        bpm = float(text)
    except ValueError:
        bpm = 0.0
    if not 30 <= bpm <= 300:
        raise argparse.ArgumentTypeError(f"{text!r} is no tempo: write 30 to 300 quarter notes a minute, or auto")
    return bpm


def _mood(text: str) -> str:
    try:
        parse_mood(text.rpartition("=")[2])
    except OptionError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text
