"""Curves drawn by a flow: a seed repeats, guidance and references are heard, windows and rounding hold."""

from __future__ import annotations

import numpy as np
import pytest

from hitpoint.core.model.curve_flow import (
    CHANNELS,
    INPUTS,
    SHIFTS,
    CurveFlow,
    drawn_dynamics,
    manner_of,
    seen_rows,
)

ROWS = 40
EXPECTED = np.stack((np.linspace(5, 15, ROWS), np.full(ROWS, 0.2)), axis=1)


def rng(seed: int = 3) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


@pytest.fixture
def flow() -> CurveFlow:
    made = np.random.default_rng(0)
    weights = {"first": made.normal(0, 0.3, (INPUTS, CHANNELS)), "first_bias": np.zeros(CHANNELS)}
    for number in range(len(SHIFTS)):
        weights[f"shift.{number}"] = made.normal(0, 0.07, (3, CHANNELS, CHANNELS))
        weights[f"shift_bias.{number}"] = np.zeros(CHANNELS)
        weights[f"mix.{number}"] = made.normal(0, 0.05, (CHANNELS, CHANNELS))
    weights |= {"last": made.normal(0, 0.1, (CHANNELS, 2)), "last_bias": np.zeros(2)}
    return CurveFlow(weights, np.array((10.0, 0.17, 4.0, 0.05, 3.0, 0.04)))


@pytest.fixture
def seen() -> np.ndarray:
    return np.random.default_rng(1).normal(size=(ROWS, 16)).astype(np.float32)


def test_a_seed_repeats_and_another_differs(flow: CurveFlow, seen: np.ndarray) -> None:
    drawn = flow.drawn(seen, EXPECTED, rng())
    assert np.array_equal(drawn, flow.drawn(seen, EXPECTED, rng()))
    assert not np.array_equal(drawn, flow.drawn(seen, EXPECTED, rng(4)))
    assert drawn.shape == (ROWS, 2) and drawn.min() >= 0
    assert np.array_equal(drawn, np.round(drawn, 4))


def test_guidance_nought_sees_neither_picture_nor_reference(flow: CurveFlow, seen: np.ndarray) -> None:
    manner = manner_of(np.random.default_rng(2).normal(size=(60, 2)))
    blind = flow.drawn(seen, EXPECTED, rng(), manner, guidance=0.0)
    assert np.array_equal(blind, flow.drawn(-seen, EXPECTED, rng(), None, guidance=0.0))
    assert not np.array_equal(blind, flow.drawn(seen, EXPECTED, rng(), manner))
    assert not np.array_equal(flow.drawn(seen, EXPECTED, rng()), flow.drawn(seen, EXPECTED, rng(), manner))


def test_a_manner_does_not_hang_on_scale_and_tells_restless_from_calm() -> None:
    calm = np.stack((np.sin(np.arange(100) / 20), np.cos(np.arange(100) / 20)), axis=1)
    restless = np.random.default_rng(0).normal(size=(100, 2))
    np.testing.assert_allclose(manner_of(calm), manner_of(7 * calm + 3), atol=1e-3)
    assert manner_of(calm)[0] > manner_of(restless)[0] + 0.5
    assert not manner_of(calm[:10]).any()


def test_one_row_is_drawn_too(flow: CurveFlow, seen: np.ndarray) -> None:
    assert flow.drawn(seen[:1], EXPECTED[:1], rng()).shape == (1, 2)


def test_an_unknown_picture_is_noughts() -> None:
    rows = seen_rows(np.full((5, 776), np.nan, np.float32))
    assert rows.shape == (5, 16) and not rows[:, :12].any()


def test_the_network_that_ships_draws_around_the_mean() -> None:
    video = np.full((120, 776), np.nan, np.float32)
    expected = np.full(120, 10.0), np.full(120, 0.17)
    draws = np.stack([drawn_dynamics(video, expected, rng(seed)) for seed in range(6)])
    assert np.abs(draws.mean(axis=(0, 1)) - (10.0, 0.17)).max() < 6
    assert draws.std(axis=1).mean(axis=0)[0] > 1.0
