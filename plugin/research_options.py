"""The options of the commands for who measures, trains and makes data sets."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

from hitpoint.plugin.batch_options import add_place
from hitpoint.plugin.option_types import WholeNumber
from hitpoint.plugin.style_options import StyleAction

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_prepare(commands: Commands) -> None:
    """``prepare``: a data set from music videos."""
    prepare = commands.add_parser(
        "prepare",
        help="make a data set to train on from music videos",
        description="Looks at each video and listens to it, and writes what was measured in MuVi-Sync's layout; sound "
        "and "
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
    add_place(prepare)
    prepare.add_argument("--json", action="store_true", help="as JSON")
    prepare.add_argument("--quiet", action="store_true", help="no progress, no summary")


def add_evaluate(commands: Commands) -> None:
    """``evaluate``: the paper's metrics."""
    evaluate = commands.add_parser(
        "evaluate", help="the paper's metrics on a data set, baselines beside them", allow_abbrev=False
    )
    evaluate.add_argument("dataset", type=Path, nargs="?", metavar="DATASET", help="MuVi-Sync as published")
    evaluate.add_argument(
        "--fit", type=Path, nargs="+", metavar="EDIT",
        help="instead: compose these edits, and ask from the sound alone which edit each music belongs to",
    )  # fmt: skip
    evaluate.add_argument("--style", action=StyleAction, default="cinematic", metavar="NAME", help="of that music")
    evaluate.add_argument("--split", choices=("train", "val", "test"), default="val", help="default: val")
    evaluate.add_argument("--paper", action="store_true", help="the paper's exact protocol, END and all")
    evaluate.add_argument("--no-semantic", action="store_true", help="without CLIP, as with picture features")
    evaluate.add_argument("--checkpoint", type=Path, metavar="F", help="other weights for the chord model")
    evaluate.add_argument("--regressor", type=Path, metavar="F", help="other weights for density and loudness")
    evaluate.add_argument("--quick", action="store_true", help="leave out what the picture and locks are worth")
    evaluate.add_argument(
        "--generate", type=WholeNumber(0), default=0, metavar="N", help="also compose N takes to each song"
    )
    evaluate.add_argument("--json", action="store_true", help="as JSON")


def add_train(commands: Commands) -> None:
    """``train``: new weights."""
    train = commands.add_parser(
        "train",
        help="train the chord model or the regressor",
        description="On several processes: torchrun --nproc-per-node N -m hitpoint.plugin train ...",
        allow_abbrev=False,
    )
    train.add_argument(
        "dataset",
        type=Path,
        metavar="DATASET",
        help="MuVi-Sync as published; for a recipe without pictures the corpora",
    )
    train.add_argument("--corpora", type=Path, metavar="DIR", help="where Billboard and POP909 lie, as published")
    train.add_argument("--initial", type=Path, metavar="FILE", help="weights of a chord model to begin with")
    train.add_argument(
        "--model",
        choices=("amt", "paper-amt", "regressor", "paper-regressor"),
        default="amt",
        help="of chords ours or the paper's, of dynamics ours or the paper's; default: amt",
    )
    train.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="checkpoints, log and weights")
    train.add_argument("--recipe", type=Path, metavar="FILE", help="a recipe (TOML) instead of the shipped one")
    train.add_argument("--seed", type=WholeNumber(0), metavar="N", help="instead of the recipe's")
    train.add_argument("--updates", type=WholeNumber(1), metavar="N", help="instead of the recipe's")
    train.add_argument("--max-seconds", type=WholeNumber(1), metavar="N", help="then stop; --resume goes on")
    train.add_argument("--resume", action="store_true", help="go on where DIR stopped")
    train.add_argument("--quiet", action="store_true", help="no progress")
