"""``hitpoint evaluate DATASET``: the paper's metrics, and the baselines beside them."""

from __future__ import annotations

import argparse
import json

from hitpoint.core.training.evaluation.evaluate import evaluate
from hitpoint.core.training.evaluation.report import evaluation_table
from hitpoint.plugin.console import progress_bar

_SHUFFLES = 10  # other pictures that each song is shown, to find what its own is worth


def run(options: argparse.Namespace) -> None:
    """Measure, and print a table or JSON."""
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
