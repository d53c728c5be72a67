"""Curves of density and loudness that move as real ones do, by conditional flow matching (Lipman et al. 2023).

A network learns the speed at which noise becomes curves along straight lines, ``x_t = (1 - t) x_0 + t x_1`` and ``x_1 - x_0``
(the optimal-transport path, as JASCO does, arXiv 2406.10970). What is drawn are the differences from what the regressor
expects, in standard deviations. The regressor stays the mean.

Each draw is ten Euler steps over windows that overlap. Everything is numpy in float64, the start is drawn from a seed, and what
comes out is rounded, so that a seed gives the same curves on every machine.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.model.conditions import conditions_of

SEEN = ("scene", "motion", "emotion", "clock")
SEEN_COLUMNS = 16

Reals = NDArray[np.float32]


def seen_rows(video: NDArray[np.float32]) -> Reals:
    """(rows, 16) of a video (rows, 776): cuts, motion, emotion and the clock; noughts where something is unknown."""
    groups = conditions_of(video).groups
    sizes = {"scene": 3, "motion": 1, "emotion": 8, "clock": 4}
    parts = [groups[name][: len(video)] if name in groups else np.zeros((len(video), sizes[name])) for name in SEEN]
    return np.concatenate(parts, axis=1).astype(np.float32)
