"""``hitpoint evaluate``: the paper's metrics on a data set, or how music fits the edits it is written for."""

from __future__ import annotations

import argparse
import json

from hitpoint.core.errors import OptionError
from hitpoint.plugin.console import progress_bar
from hitpoint.plugin.jobs.engine import Engine

_SHUFFLES = 10  # other pictures that each song is shown, to find what its own is worth


def run(options: argparse.Namespace) -> None:
    """Measure, and print a table or JSON."""
    if options.fit:
        _fit(options)
    elif options.dataset is None:
        raise OptionError("evaluate what? give the folder of MuVi-Sync, or --fit and some edits")
    else:
        _evaluate(options)


def _fit(options: argparse.Namespace) -> None:
    from hitpoint.plugin.jobs.research.fit import measured_fit  # loads what composes, plays and listens

    with progress_bar(quiet=options.json) as progress:
        report = measured_fit(options.fit, Engine(checkpoint=options.checkpoint), options.style, progress)
    if options.json:
        print(json.dumps({"schema": "hitpoint.evaluation.1", "fit": report.json()}, indent=1))
        return
    print(f"{report.ours.edits} edits: the right one of two is told from the sound alone (chance .50)")
    for name, fit in (
        ("ours", report.ours),
        ("the reference's rendering", report.reference),
        ("one cue", report.one_cue),
    ):
        low, high = fit.interval
        print(f"  {name:28s} {fit.pairs_right:.3f} ({low:.3f} to {high:.3f}); by mood alone {fit.mood:.3f}")
    for name, share in report.ours.by.items():
        print(f"    {name:26s} {share:.3f}")


def _evaluate(options: argparse.Namespace) -> None:
    from hitpoint.core.training.evaluation.evaluate import evaluate  # loads torch and all that trains
    from hitpoint.core.training.evaluation.report import evaluation_table

    with progress_bar(quiet=options.json) as progress:
        measured = evaluate(
            options.dataset,
            options.split,
            "paper" if options.paper else "clean",
            options.checkpoint,
            options.regressor,
            with_semantic=not options.no_semantic,
            shuffles=0 if options.quick else _SHUFFLES,
            takes=options.generate,
            progress=progress,
        )
    print(json.dumps(measured.json(), indent=1) if options.json else evaluation_table(measured))
