"""Curves of density and loudness that move as real ones do, by conditional flow matching (Lipman et al. 2023).

A network learns the speed at which noise becomes curves along straight lines, ``x_t = (1 - t) x_0 + t x_1`` and
``x_1 - x_0`` (the optimal-transport path, as JASCO does, arXiv 2406.10970). What is drawn are the differences from what
the regressor expects, in standard deviations; the regressor stays the mean. It sees the picture and how restless a
reference is, each of which it was also trained without, so that guidance can weigh them.

A draw is ten Euler steps. Everything is numpy in float64, the start is drawn from a seed, and what comes out is
rounded, so that a seed gives the same curves on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.model.conditions import conditions_of

SEEN = ("scene", "motion", "emotion", "clock")
SEEN_COLUMNS = 16
MANNER_COLUMNS = 5  # of a reference: four correlations, and whether there is one
CHANNELS = 64
SHIFTS = (1, 4, 16, 1, 4, 16)  # rows between what a layer compares
STEPS = 10
_TIMES = 4  # waves by which the time of the flow is told
_LAGS = (1, 8)
_DIGITS = 4
_FILE = "curve_flow.safetensors"

Reals = NDArray[np.float32]
Curves = NDArray[np.float64]


def seen_rows(video: NDArray[np.float32]) -> Reals:
    """(rows, 16) of a video (rows, 776): cuts, motion, emotion and the clock; noughts where something is unknown."""
    groups = conditions_of(video).groups
    sizes = {"scene": 3, "motion": 1, "emotion": 8, "clock": 4}
    parts = [groups[name][: len(video)] if name in groups else np.zeros((len(video), sizes[name])) for name in SEEN]
    return np.concatenate(parts, axis=1).astype(np.float32)


def manner_of(curves: NDArray[np.floating]) -> Reals:
    """(5,) how curves (rows, 2) move, whatever their scale: their likeness to themselves 1 and 8 rows later, and 1."""
    found = np.zeros(MANNER_COLUMNS, np.float32)
    if len(curves) < 4 * _LAGS[-1]:
        return found
    for column in (0, 1):
        values = np.asarray(curves[:, column], np.float64)
        centred, spread = values - values.mean(), float(values.std())
        for number, lag in enumerate(_LAGS):
            alike = float(np.mean(centred[lag:] * centred[:-lag])) / spread**2 if spread > 1e-9 else 1.0
            found[2 * column + number] = round(alike, _DIGITS)
    found[-1] = 1.0
    return found


def time_waves(time: NDArray[np.floating]) -> NDArray[np.floating]:
    """(..., 9) a time of the flow, 0..1, and waves of it."""
    angles = np.pi * time[..., None] * 2.0 ** np.arange(_TIMES)
    return np.concatenate((time[..., None], np.sin(angles), np.cos(angles)), axis=-1)


INPUTS = 2 + 2 + SEEN_COLUMNS + 1 + MANNER_COLUMNS + 1 + 2 * _TIMES


@dataclass(frozen=True, eq=False)
class CurveFlow:
    """The network as composing calls it.

    Attributes:
        weights: by name, float64: ``first``, ``first_bias``, of each layer ``shift.N`` (3, channels, channels),
            ``shift_bias.N``, ``mix.N``, and ``last``, ``last_bias``.
        scale: (4,) mean and deviation of expected density and loudness, then deviations of what is drawn.
    """

    weights: Mapping[str, Curves]
    scale: Curves

    def drawn(
        self,
        seen: Reals,
        expected: Curves,
        rng: np.random.Generator,
        manner: Reals | None = None,
        guidance: float = 1.0,
    ) -> Curves:
        """One draw: (rows, 2) density and loudness, not below 0.

        Args:
            seen: (rows, 16) from :func:`seen_rows`; rows are seconds, or steps of about one.
            expected: (rows, 2) by the regressor.
            rng: of the start.
            manner: of a reference, from :func:`manner_of`; None for none.
            guidance: how much picture and reference count: 1 as trained, 0 not at all.
        """
        state = rng.standard_normal((len(seen), 2))
        scaled = (expected - self.scale[:2]) / self.scale[2:4]
        full, bare = (self._told(seen, scaled, manner, shown=shown) for shown in (True, False))
        for step in range(STEPS):
            waves = np.broadcast_to(time_waves(np.array(step / STEPS)), (len(seen), 1 + 2 * _TIMES))
            speed = self._speed(np.concatenate((state, full, waves), axis=1))
            if guidance != 1.0:
                plain = self._speed(np.concatenate((state, bare, waves), axis=1))
                speed = plain + guidance * (speed - plain)
            state = state + speed / STEPS
        return np.maximum(np.round(expected + state * self.scale[4:], _DIGITS), 0.0)

    def _told(self, seen: Reals, scaled: Curves, manner: Reals | None, *, shown: bool) -> Curves:
        rows = len(seen)
        known = np.zeros(MANNER_COLUMNS) if manner is None or not shown else manner
        picture = seen if shown else np.zeros_like(seen)
        flag = np.full((rows, 1), float(shown))
        return np.concatenate((scaled, picture, flag, np.broadcast_to(known, (rows, MANNER_COLUMNS))), axis=1)

    def _speed(self, inputs: Curves) -> Curves:
        """(rows, 2) of (rows, 35): layers that compare each row with those some way before and after it."""
        weights = self.weights
        x = np.maximum(inputs @ weights["first"] + weights["first_bias"], 0.0)
        for number, shift in enumerate(SHIFTS):
            taps = weights[f"shift.{number}"]
            inner = x @ taps[1] + weights[f"shift_bias.{number}"]
            if len(x) > shift:
                inner[shift:] += x[:-shift] @ taps[0]
                inner[:-shift] += x[shift:] @ taps[2]
            x = x + np.maximum(inner, 0.0) @ weights[f"mix.{number}"]
        return np.asarray(x @ weights["last"] + weights["last_bias"])


@cache
def shipped_curve_flow() -> CurveFlow:
    """The network that comes with Hitpoint."""
    return read_curve_flow(Path(str(resources.files("hitpoint.resources").joinpath("checkpoints", _FILE))))


def read_curve_flow(path: Path) -> CurveFlow:
    """From a safetensors file of ours."""
    from safetensors.numpy import load_file

    tensors = {name: np.asarray(value, np.float64) for name, value in load_file(path).items()}
    return CurveFlow(tensors, tensors.pop("scale"))


def drawn_dynamics(
    video: NDArray[np.float32],
    expected: tuple[Curves, Curves],
    rng: np.random.Generator,
    reference: NDArray[np.floating] | None = None,
    guidance: float = 1.0,
) -> Curves:
    """(rows, 2) density and loudness drawn around what the regressor expects, by the network that ships.

    Args:
        video: (rows, 776).
        expected: density and loudness of each row.
        rng: of the draw.
        reference: (seconds, 2) density and loudness of a recording, on any scale; None for none.
        guidance: as in :meth:`CurveFlow.drawn`.
    """
    manner = None if reference is None else manner_of(reference)
    both = np.stack(expected, axis=1)
    return shipped_curve_flow().drawn(seen_rows(video), both, rng, manner, guidance)
