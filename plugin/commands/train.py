"""``hitpoint train DATASET -o DIR``: the shipped weights' recipe, or another."""

from __future__ import annotations

import argparse

from hitpoint.core.training.recipe import options_of_recipe, shipped_recipe
from hitpoint.core.training.train import train
from hitpoint.plugin.console import progress_bar


def run(options: argparse.Namespace) -> None:
    """Train, and say where the weights lie and how good they are."""
    recipe = options.recipe or shipped_recipe(options.model)
    changes = {name: getattr(options, name) for name in ("seed", "updates") if getattr(options, name) is not None}
    told = options_of_recipe(
        recipe, options.dataset, options.output, kind=options.model, resume=options.resume, **changes
    )
    with progress_bar(quiet=options.quiet) as progress:
        result = train(told, progress)
    print(f"{result.checkpoint}  {result.updates} updates, best after {result.best_update}: {result.best_score:.4f}")
    print(f"log         {options.output / 'log.jsonl'}")
