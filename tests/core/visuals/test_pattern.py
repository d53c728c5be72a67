from __future__ import annotations

import hashlib
from itertools import pairwise

import numpy as np
import pytest

from hitpoint.core.visuals import pattern
from hitpoint.core.visuals.generator import drawn, slerp
from hitpoint.core.visuals.pattern import LATENT_SIZE, PatternNetwork, View


def latent(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=LATENT_SIZE)


def test_levels_lie_between_black_and_white() -> None:
    for seed in range(5):
        for plane in PatternNetwork(seed).planes(latent(seed), View(light=1.3, glow=1.0), 18, 32):
            assert plane.shape == (18, 32)
            assert plane.min() >= 0.0 and plane.max() <= 1.0


def test_rows_computed_together_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    network = PatternNetwork(1)
    whole = network.planes(latent(1), View(), 36, 64)
    monkeypatch.setattr(pattern, "_ROWS", 5)
    for one, other in zip(whole, network.planes(latent(1), View(), 36, 64), strict=True):
        assert np.array_equal(one, other)


@pytest.mark.determinism
def test_a_picture_has_the_same_bits_everywhere() -> None:
    picture = PatternNetwork(2).picture(latent(2), View(turn=0.1, zoom=1.1, flow=0.3), 54, 96)
    assert hashlib.sha256(picture.tobytes()).hexdigest()[:16] == "d370c17f63bf1a14"


def test_near_places_have_pictures_that_are_alike() -> None:
    network, here, there = PatternNetwork(3), latent(3), latent(4)
    pictures = [drawn(network, slerp(here, there, share), View(), 27, 48).astype(float) for share in (0, 0.01, 0.3)]
    near, far = (np.abs(pictures[0] - picture).mean() for picture in pictures[1:])
    assert near < far / 4


def test_waves_run_without_a_jump() -> None:
    network = PatternNetwork(3)
    frames = [network.picture(latent(3), View(flow=0.004 * step), 27, 48).astype(float) for step in range(8)]
    steps = [np.abs(a - b).mean() for a, b in pairwise(frames)]
    assert max(steps) < 3 * min(steps)


def test_another_seed_is_another_picture() -> None:
    assert not np.array_equal(*(PatternNetwork(seed).picture(latent(1), View(), 18, 32) for seed in (1, 2)))


def test_slerp_keeps_the_length() -> None:
    here = latent(1)
    there = latent(2)
    there *= np.linalg.norm(here) / np.linalg.norm(there)
    lengths = [np.linalg.norm(slerp(here, there, share)) for share in np.linspace(0, 1, 11)]
    assert np.allclose(lengths, np.linalg.norm(here))
    assert np.allclose(slerp(here, there, 0.0), here) and np.allclose(slerp(here, there, 1.0), there)
