"""``hitpoint train DATASET -o DIR``: the shipped weights' recipe, or another."""

from __future__ import annotations

import argparse
from typing import Literal

from hitpoint.core.training.distributed import place
from hitpoint.core.training.recipe import options_of_recipe, shipped_recipe
from hitpoint.core.training.train import train
from hitpoint.plugin.console import progress_bar

_KINDS: dict[str, Literal["amt", "memory_amt", "regressor", "dynamics"]] = {
    "amt": "memory_amt",
    "paper-amt": "amt",
    "regressor": "dynamics",
    "paper-regressor": "regressor",
}


def run(options: argparse.Namespace) -> None:
    """Train, and say where the weights lie and how good they are; of several processes, the first one says it."""
    kind = _KINDS[options.model]
    given = ("seed", "updates", "max_seconds", "corpora", "initial")
    told = options_of_recipe(
        options.recipe or shipped_recipe(kind),
        options.dataset,
        options.output,
        kind=kind,
        resume=options.resume,
        **{name: getattr(options, name) for name in given if getattr(options, name) is not None},
    )
    with progress_bar(quiet=options.quiet or not place().is_first) as progress:
        result = train(told, progress)
    if not place().is_first:
        return
    print(f"{result.checkpoint}  {result.updates} updates, best after {result.best_update}: {result.best_score:.4f}")
    print(f"log         {options.output / 'log.jsonl'}")
