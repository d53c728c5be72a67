"""Training the regressor of several networks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from hitpoint.core.model.dynamics_rows import COLUMNS, GROUPS
from hitpoint.core.training.data.datasets import read_split
from hitpoint.core.training.dynamics_task import DynamicsTask, new_dynamics
from hitpoint.core.training.options import TrainingOptions

TINY = {"kind": "dynamics", "channels": 6, "convolutions": 1, "hidden": 4, "components": 3, "batch_size": 2}


def _options(muvi: Path, **changes: object) -> TrainingOptions:
    return TrainingOptions(muvi, muvi / "run", **{**TINY, **changes})  # type: ignore[arg-type]


def test_an_untrained_one_answers_nearly_what_any_song_has(muvi: Path) -> None:
    songs = read_split(muvi, "train")
    model = new_dynamics(_options(muvi), songs)
    assert model.level.tolist() == pytest.approx(np.concatenate(
        [np.stack((song.density, song.loudness), axis=1) for song in songs]).mean(axis=0).tolist(), rel=0.5)  # fmt: skip
    assert torch.isfinite(model.clip_basis).all() and (model.seen_scale > 0).all()


def test_what_is_hidden_is_noughts_but_for_the_clock(muvi: Path) -> None:
    songs = read_split(muvi, "train")
    task = DynamicsTask(_options(muvi, video_dropout=1.0), songs, songs[:1])
    rows = task._drawn(task._lessons[0], np.random.default_rng(0)).rows
    assert not rows[:, COLUMNS:].any() and not rows[:, GROUPS["scene_mean"]].any()
    assert rows[:, GROUPS["clock"]].any()
    shown = DynamicsTask(_options(muvi, video_dropout=0.0, semantic_dropout=0.0, mean_noise=0.0), songs, songs[:1])
    assert shown._drawn(shown._lessons[0], np.random.default_rng(0)).rows.equal(shown._lessons[0].rows)


def test_an_update_makes_the_loss_smaller(muvi: Path) -> None:
    songs = read_split(muvi, "train")
    task = DynamicsTask(_options(muvi, dropout=0.0), songs, songs[:1])
    optimiser = torch.optim.Adam(task.model.parameters(), lr=1e-2)
    losses = []
    for _ in range(12):
        loss = task.loss(0, np.random.default_rng(1), torch.device("cpu"))
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < losses[0]
