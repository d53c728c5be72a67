"""``python -m hitpoint.core.training.listening CORPORA -o FOLDER``: render, train, measure; each step resumes.

CORPORA holds the three unpacked chord corpora; sound fonts and ``fluidsynth``, ``espeak-ng`` come from the system.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from hitpoint.core.listening.networks import BeatNet, ChordNet
from hitpoint.core.training.listening import corpus, evaluation
from hitpoint.core.training.listening.hearing import Heard
from hitpoint.core.training.listening.key_profile import counted_profile
from hitpoint.core.training.listening.learning import Schedule, save_weights, train_beats, train_chords
from hitpoint.core.training.listening.pieces import pop909_names, read_pop909_piece
from hitpoint.core.training.progress_lines import progress_lines

_SEED = 1
_SPEECH_MINUTES = 12
_PROFILED = 250  # songs whose keys are counted


def main() -> None:
    """Do the steps that were asked for."""
    options = _options()
    torch.set_num_threads(1)
    for name in ("read_pop909_piece", "pop909_names", "chart_names", "read_chart"):
        setattr(corpus, name, cache(getattr(corpus, name)))  # each song is read once
    steps: dict[str, Callable[[argparse.Namespace], None]] = {
        "render": _render, "beats": _beats, "chords": _chords, "gather": _gather, "test": _test
    }  # fmt: skip
    for step in options.steps:
        steps[step](options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="hitpoint.core.training.listening")
    parser.add_argument("corpora", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--steps", nargs="+", default=["render", "beats", "chords", "gather", "test"])
    parser.add_argument("--fonts", nargs="+", type=Path, default=[], help="for training; one named twice counts twice")
    parser.add_argument("--test-fonts", nargs="+", type=Path, default=[])
    parser.add_argument("--speech", type=Path, help="a folder of recordings of people, for the test")
    parser.add_argument("--examples", type=int, default=320)
    parser.add_argument("--trials", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=600.0, help="the most that each network is trained")
    parser.add_argument("--train-steps", type=int, default=1200)
    parser.add_argument("--rate", type=float, default=3e-3)
    return parser.parse_args()


def _render(options: argparse.Namespace) -> None:
    corpus.render_speech(options.output / "speech", _SPEECH_MINUTES, 5)
    corpus.render_examples(
        options.corpora, options.fonts, options.output / "train", options.examples, _SEED, progress_lines()
    )


def _beats(options: argparse.Namespace) -> None:
    path = options.output / "beats.pt"
    torch.save(train_beats(_heard(options), _schedule(options), _resumed(path), progress_lines()).state_dict(), path)


def _chords(options: argparse.Namespace) -> None:
    path = options.output / "chords.pt"
    torch.save(train_chords(_heard(options), _schedule(options), _resumed(path), progress_lines()).state_dict(), path)


def _resumed(path: Path) -> dict[str, torch.Tensor] | None:
    """Weights of an earlier run to go on from."""
    return torch.load(path) if path.exists() else None


def _gather(options: argparse.Namespace) -> None:
    """Both networks and the profile of the keys into one file."""
    beats, chords = BeatNet(), ChordNet()
    beats.load_state_dict(torch.load(options.output / "beats.pt"))
    chords.load_state_dict(torch.load(options.output / "chords.pt"))
    path = options.output / "listening.safetensors"
    save_weights(beats, chords, path)
    names = corpus.split(pop909_names(options.corpora), tested=False)[:_PROFILED]
    pieces = (read_pop909_piece(options.corpora, name) for name in names)
    profile = counted_profile(piece for piece in pieces if piece is not None)
    save_file({**load_file(path), "keys.profile": torch.from_numpy(profile)}, path)


def _test(options: argparse.Namespace) -> None:
    """Measure the weights that the project ships, and print the table."""
    tried = evaluation.trials(options.corpora, options.test_fonts, options.trials, progress_lines())
    results = {
        "librosa": evaluation.measured(tried, [evaluation.heard_by_librosa(trial.samples) for trial in tried]),
        "ours": evaluation.measured(tried, [evaluation.heard_by_us(trial.samples) for trial in tried]),
    }
    speech = sorted(options.speech.rglob("*.wav")) if options.speech else []
    for decibels in (-6.0, 6.0) if speech else ():
        spoken = [evaluation.under_speech(trial, speech, decibels, n) for n, trial in enumerate(tried)]
        results[f"speech {decibels:+.0f} dB"] = evaluation.measured(tried, [evaluation.heard_by_us(s) for s in spoken])
    (options.output / "listening_metrics.json").write_text(json.dumps(results, indent=1), encoding="utf-8")
    print(evaluation.table(results))


def _heard(options: argparse.Namespace) -> Heard:
    return Heard.read(options.output / "train", options.output / "speech")


def _schedule(options: argparse.Namespace) -> Schedule:
    return Schedule(options.train_steps, options.rate, options.seconds)


if __name__ == "__main__":
    main()
