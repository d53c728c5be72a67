from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from safetensors.torch import load_file

from hitpoint.core.errors import CheckpointError, OptionError
from hitpoint.core.model.checkpoint import load_chord_model, load_regressor, read_metadata
from hitpoint.core.progress import Cancelled, Progress
from hitpoint.core.training.optimisers import learning_rate_at
from hitpoint.core.training.options import TrainingOptions
from hitpoint.core.training.train import train

SMALL: dict[str, Any] = {
    "updates": 6, "batch_size": 2, "warmup": 2, "n_layers": 1, "n_heads": 2, "d_model": 8, "dim_feedforward": 8,
    "hidden": 4, "validate_every": 3, "device": "cpu", "threads": 1, "encoder_layers": 1, "pointers": 1,
    "pointer_width": 4, "pair_hidden": 4, "muon_rate": 0.02, "window": 64,
}  # fmt: skip


def _options(muvi: Path, output: str = "run", **changes: Any) -> TrainingOptions:
    return TrainingOptions(muvi, muvi.parent / output, **{**SMALL, **changes})


def _stopping_at(update: int) -> Progress:
    """A progress whose caller asks for an end when that update is about to begin."""
    said: list[str] = []
    return Progress(lambda _, words: said.append(words), lambda: any(f"update {update} " in words for words in said))


def _log(options: TrainingOptions) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (options.output / "log.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("kind", ["amt", "memory_amt", "regressor", "dynamics"])
def test_a_run_leaves_weights_that_say_how_they_were_made(muvi: Path, kind: Any) -> None:
    options = _options(muvi, kind=kind)
    result = train(options)
    about = read_metadata(result.checkpoint)
    assert about["recipe"]["seed"] == 0 and about["update"] == result.best_update
    assert (load_regressor if kind in ("regressor", "dynamics") else load_chord_model)(result.checkpoint) is not None
    assert result.updates == 6 and result.reason == "finished"


def test_the_same_seed_gives_the_same_weights_and_another_others(muvi: Path) -> None:
    runs = [train(_options(muvi, name, seed=seed)) for name, seed in (("a", 1), ("b", 1), ("c", 2))]
    first, second, third = (load_file(run.checkpoint)["output.weight"] for run in runs)
    assert first.equal(second) and not first.equal(third)


@pytest.mark.parametrize("kind", ["amt", "memory_amt", "regressor", "dynamics"])
def test_a_run_that_was_stopped_goes_on_as_if_it_had_not_been(muvi: Path, kind: Any) -> None:
    whole = train(_options(muvi, "whole", kind=kind))
    with pytest.raises(Cancelled):
        train(_options(muvi, "parts", kind=kind), _stopping_at(5))
    rest = train(_options(muvi, "parts", kind=kind, resume=True))
    assert rest.updates == 6 and rest.best_score == whole.best_score
    first, second = load_file(whole.checkpoint), load_file(rest.checkpoint)
    assert all(first[name].equal(second[name]) for name in first)


def test_the_log_has_losses_and_validations_once_each(muvi: Path) -> None:
    options = _options(muvi, updates=20, validate_every=5)
    with pytest.raises(Cancelled):
        train(options, _stopping_at(18))
    train(_options(muvi, updates=20, validate_every=5, resume=True))
    lines = _log(options)
    assert [line["update"] for line in lines if "loss" in line] == [10, 20]
    assert [line["update"] for line in lines if "validation" in line] == [5, 10, 15, 20]


def test_a_run_ends_when_its_time_is_up_and_can_go_on(muvi: Path) -> None:
    first = train(_options(muvi, max_seconds=1e-6))
    assert (first.updates, first.reason) == (1, "time")
    assert train(_options(muvi, resume=True)).updates == 6


def test_a_run_ends_when_it_gets_no_better(muvi: Path) -> None:
    result = train(
        _options(muvi, updates=100, learning_rate=0.5, warmup=0, validate_every=1, patience=2, averaging=0.0)
    )
    assert result.reason == "no longer better" and result.updates < 100


def test_a_state_of_another_recipe_is_refused(muvi: Path) -> None:
    train(_options(muvi))
    with pytest.raises(CheckpointError, match="another recipe"):
        train(_options(muvi, seed=9, resume=True))


def test_a_damaged_state_is_refused(muvi: Path) -> None:
    options = _options(muvi, resume=True)
    options.output.mkdir()
    (options.output / "state.pt").write_bytes(b"no state")
    with pytest.raises(CheckpointError, match="start anew"):
        train(options)


def test_learning_makes_the_loss_smaller(muvi: Path) -> None:
    options = _options(
        muvi, updates=60, d_model=32, n_heads=4, learning_rate=0.01, validate_every=60, transposition=0.0
    )
    train(options)
    losses = [line["loss"] for line in _log(options) if "loss" in line]
    assert losses[-1] < 0.6 * losses[0]


def test_the_learning_rate_rises_and_falls(muvi: Path) -> None:
    options = _options(muvi, updates=110, warmup=10, learning_rate=1.0)
    assert [round(learning_rate_at(update, options), 3) for update in (0, 9, 10, 60, 110)] == [
        0.1,
        1.0,
        1.0,
        0.525,
        0.05,
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [("kind", "gan"), ("updates", 0), ("dropout", 1.5), ("stretch", 0.5), ("max_seconds", 0.0), ("device", "abacus")],
)
def test_an_option_that_makes_no_sense_is_refused_by_name(muvi: Path, name: str, value: Any) -> None:
    with pytest.raises(OptionError, match=name):
        _options(muvi, **{name: value})
