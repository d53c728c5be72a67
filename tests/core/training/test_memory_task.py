from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from torch.nn import functional

from hitpoint.core.model.checkpoint import read_metadata
from hitpoint.core.training.data.corpora import read_corpora
from hitpoint.core.training.data.datasets import read_split
from hitpoint.core.training.losses import mixture_loss
from hitpoint.core.training.memory_task import MemoryTask
from hitpoint.core.training.optimisers import optimisers_for, rate_share_at
from hitpoint.core.training.options import TrainingOptions
from hitpoint.core.training.train import train

TINY: dict[str, Any] = {
    "kind": "memory_amt", "updates": 10, "batch_size": 6, "warmup": 2, "n_layers": 1, "encoder_layers": 1,
    "n_heads": 2, "d_model": 8, "pointers": 1, "pointer_width": 4, "pair_hidden": 4, "validate_every": 10,
    "device": "cpu", "threads": 1, "window": 64, "muon_rate": 0.02, "decay": 0.5,
}  # fmt: skip


def _options(muvi: Path, **changes: Any) -> TrainingOptions:
    return TrainingOptions(muvi, muvi.parent / "run", **{**TINY, **changes})


def _task(muvi: Path, corpora: Path, **changes: Any) -> MemoryTask:
    songs = read_split(muvi, "train")
    return MemoryTask(_options(muvi, **changes), songs, songs, read_corpora(corpora, songs))


def test_the_share_of_the_corpora_falls(muvi: Path, corpora: Path) -> None:
    task = _task(muvi, corpora, corpora_share=0.4, corpora_share_end=0.1, updates=100)
    assert [round(task.corpora_share(update), 3) for update in (0, 35, 70, 99)] == [0.4, 0.25, 0.1, 0.1]


@pytest.mark.parametrize(("share", "sources"), [(1.0, {1, 2}), (0.0, {0})])
def test_windows_come_from_the_corpora_as_often_as_asked(
    muvi: Path, corpora: Path, share: float, sources: set[int]
) -> None:
    task = _task(muvi, corpora, corpora_share=share, corpora_share_end=share, batch_size=16)
    batch = task.batch(0, np.random.default_rng(0), torch.device("cpu"))
    assert set(batch.source.tolist()) == sources


def test_a_run_with_corpora_says_so_and_one_without_says_that(muvi: Path, corpora: Path) -> None:
    for folder, share in ((corpora, 0.35), (None, 0.0)):
        result = train(_options(muvi, corpora=folder, updates=2))
        assert read_metadata(result.checkpoint)["recipe"]["corpora_share"] == share


def test_the_matrices_of_the_layers_are_muons_and_the_encoder_has_its_own_rate(muvi: Path, corpora: Path) -> None:
    options = _options(muvi, learning_rate=1e-3, encoder_rate=4e-3)
    model = _task(muvi, corpora).model
    states = optimisers_for(model, options).state_dict()
    assert [group["lr"] for state in states for group in state["param_groups"]] == [1e-3, 1e-3, 4e-3, 0.02]
    counts = [len(group["params"]) for state in states for group in state["param_groups"]]
    assert sum(counts) == len(list(model.parameters())) and counts[3] == 8


def test_the_learning_rate_stays_level_and_then_falls_straight(muvi: Path) -> None:
    options = _options(muvi, updates=100, warmup=10, decay=0.5)
    shares = [rate_share_at(update, options) for update in (0, 9, 49, 75, 100)]
    assert shares == pytest.approx([0.1, 1.0, 1.0, 0.51, 0.02])


def test_the_loss_asks_where_something_is_asked() -> None:
    torch.manual_seed(0)
    said, alone = torch.randn(1, 3, 158).log_softmax(-1), torch.randn(1, 3, 158).log_softmax(-1)
    affect, targets = torch.randn(1, 3, 4, 8), torch.tensor([[5, 158, 9]])
    levels = torch.full((1, 3, 4), -1)
    levels[0, 1, 2] = 6
    found = mixture_loss(said, alone, affect, targets, levels, 0.1, 0.5)
    nats = -(said[0, 0, 5] + said[0, 2, 9]) / 2 - 0.1 * (alone[0, 0, 5] + alone[0, 2, 9]) / 2
    felt = functional.cross_entropy(affect[0, 1, 2][None], torch.tensor([6]))
    assert found == pytest.approx(float(nats + 0.5 * felt), rel=1e-5)


def test_targets_may_weigh_less() -> None:
    said, affect = torch.randn(1, 3, 158).log_softmax(-1), torch.zeros(1, 3, 4, 8)
    targets, levels = torch.tensor([[5, 158, 9]]), torch.full((1, 3, 4), -1)
    found = mixture_loss(said, said, affect, targets, levels, 0.0, 0.0, torch.tensor([[1.0, 1.0, 0.1]]))
    assert found == pytest.approx(float(-(said[0, 0, 5] + 0.1 * said[0, 2, 9]) / 1.1), rel=1e-5)


@pytest.mark.slow
def test_the_memory_model_learns_a_loop(muvi: Path) -> None:
    options = _options(muvi, updates=40, d_model=16, learning_rate=0.01, warmup=5, validate_every=40, stretch=1.0)
    train(options)
    lines = [json.loads(line) for line in (options.output / "log.jsonl").read_text().splitlines()]
    losses = [line["loss"] for line in lines if "loss" in line]
    assert losses[-1] < 0.7 * losses[0]


def test_half_precision_trains_to_about_the_same(muvi: Path) -> None:
    weights = []
    for precision in ("float32", "bfloat16"):
        result = train(_options(muvi, updates=2, precision=precision))
        weights.append(load_file(result.checkpoint)["head.weight"].float())
    assert torch.allclose(*weights, atol=0.01)
