"""The flow of curves, taught: what is trained is what is served, and the measures know good from bad."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from hitpoint.core.model.curve_flow import INPUTS, read_curve_flow, time_waves
from hitpoint.core.training.flow.learning import FlowSchedule, batch_of, save_flow, scale_of, train_flow
from hitpoint.core.training.flow.measures import block_draw, curve_scores
from hitpoint.core.training.flow.songs import FlowSong, load_songs, save_songs


def songs(count: int = 6, rows: int = 130) -> list[FlowSong]:
    rng = np.random.default_rng(0)
    found = []
    for _ in range(count):
        arc = np.sin(np.arange(rows) / 9 + rng.uniform(0, 6))
        heard = np.stack((10 + 4 * arc, 0.2 + 0.05 * arc), axis=1) + rng.normal(0, (0.5, 0.01), (rows, 2))
        mean = np.tile((10.0, 0.2), (rows, 1))
        found.append(FlowSong(*(part.astype(np.float32) for part in (rng.normal(size=(rows, 16)), mean, heard))))
    return found


def test_what_is_trained_is_what_is_served(tmp_path: Path) -> None:
    net, scale = train_flow(songs(), FlowSchedule(steps=2))
    save_flow(net, scale, tmp_path / "flow.safetensors")
    flow = read_curve_flow(tmp_path / "flow.safetensors")
    inputs = np.random.default_rng(1).normal(size=(50, INPUTS)).astype(np.float32)
    with torch.inference_mode():
        wanted = net(torch.from_numpy(inputs)[None])[0].numpy()
    np.testing.assert_allclose(flow._speed(inputs.astype(np.float64)), wanted, atol=0.02)


def test_songs_are_read_as_they_were_written(tmp_path: Path) -> None:
    made = songs(2)
    save_songs(made, tmp_path / "songs.npz")
    read = load_songs(tmp_path / "songs.npz")
    assert all(
        np.array_equal(a.heard, b.heard) and np.array_equal(a.seen, b.seen) for a, b in zip(made, read, strict=True)
    )


def test_speeds_lead_from_noise_to_curves() -> None:
    made = songs()
    scale = scale_of(made)
    inputs, wanted = batch_of(made, scale, np.random.default_rng(2))
    time_of = inputs[:, 0, -9]
    start = inputs[..., :2] - time_of[:, None, None] * wanted
    assert abs(float(start.std()) - 1.0) < 0.1
    assert np.allclose(inputs[0, 0, -9:], time_waves(np.array(float(time_of[0]))), atol=1e-6)


def test_draws_like_the_songs_score_better_than_the_bare_mean() -> None:
    made = songs(10)
    blocks = curve_scores(made, block_draw(made))
    bare = curve_scores(made, lambda _, song, rng: song.expected.astype(np.float64))
    assert blocks.density.mean() < bare.density.mean()
    assert blocks.energy.mean() < bare.energy.mean()
    assert blocks.auc < bare.auc
