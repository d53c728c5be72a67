"""Density and loudness of a recording on the scales that cues are written in.

A cue's density and loudness are those of MuVi-Sync: notes sounding in a second (mean 10.3, deviation 4.8) and RMS (mean
.17, deviation .055 within a song). What was heard is brought there by its own mean and deviation, so that a quiet temp
and a loud one with the same arc ask for the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.compose.like.temp import Temp

_DENSITY = (10.3, 4.8)
_LOUDNESS = (0.17, 0.065)
_MOST_DENSITY, _MOST_LOUDNESS = 42.0, 0.6
_LEAST_DENSITY, _LEAST_LOUDNESS = 1.0, 0.02
_FAR = 2.5  # deviations beyond which nothing is asked for
_SMOOTH = 3  # seconds
_DIGITS = 6

Floats = NDArray[np.float64]


def followed_curves(
    temp: Temp,
    times: Sequence[float],
    density: Floats,
    loudness: Floats,
    weights: tuple[float, float],
    drums: float = 0.0,
) -> tuple[Floats, Floats]:
    """A cue's curves with the recording's laid over them.

    Args:
        temp: what was heard.
        times: (S,) at which the steps start, seconds from the start of the cue.
        density: (S,) as composed.
        loudness: (S,) as composed.
        weights: how much of the recording's density and of its loudness counts, 0..1; 0 changes nothing.
        drums: how much more than other onsets drum strokes count in the density, 0..1.
    """
    seconds = int(max(times, default=0.0)) + 2
    wanted = (
        _on_scale(_onsets(temp, seconds, drums), *_DENSITY, _LEAST_DENSITY, _MOST_DENSITY),
        _on_scale(_amplitude(smoothed_curve(temp, "loudness", seconds)), *_LOUDNESS, _LEAST_LOUDNESS, _MOST_LOUDNESS),
    )
    own = (density, loudness)
    mixed = [_mixed(mine, _at(curve, times), weight) for mine, curve, weight in zip(own, wanted, weights, strict=True)]
    return mixed[0], mixed[1]


def stroked_density(temp: Temp, times: Sequence[float], density: Floats, weight: float) -> Floats:
    """A cue's density, busiest where the recording's kit is, for a cue that follows its drums and not its density.

    Args:
        temp: what was heard; one without strokes changes nothing.
        times: (S,) at which the steps start, seconds from the start of the cue.
        density: (S,) as composed.
        weight: 0..1; 0 changes nothing.
    """
    if weight <= 0 or not temp.heard.drums:
        return density
    seconds = int(max(times, default=0.0)) + 2
    strokes = np.convolve(temp.strokes(seconds), np.ones(_SMOOTH) / _SMOOTH, mode="same")
    known = np.where(np.isnan(temp.curve("density", seconds)), np.nan, strokes)
    return _mixed(density, _at(_on_scale(known, *_DENSITY, _LEAST_DENSITY, _MOST_DENSITY), times), weight)


def intensity(temp: Temp, seconds: int) -> Floats:
    """0..1 by the second.

    How much is going on, from loudness, density and brightness; the middle where nothing is heard.
    """
    parts = [_ranked(smoothed_curve(temp, name, seconds)) for name in ("loudness", "density", "brightness")]
    total = 0.6 * parts[0] + 0.25 * parts[1] + 0.15 * parts[2]
    return np.asarray(np.round(np.nan_to_num(total, nan=0.5), _DIGITS))


def _onsets(temp: Temp, seconds: int, drums: float) -> Floats:
    """Onsets a second, drum strokes counted again by their weight."""
    onsets = smoothed_curve(temp, "density", seconds)
    if drums <= 0:
        return onsets
    return np.asarray(onsets + drums * np.convolve(temp.strokes(seconds), np.ones(_SMOOTH) / _SMOOTH, mode="same"))


def smoothed_curve(temp: Temp, name: str, seconds: int) -> Floats:
    """A curve, smoothed over three seconds."""
    values = temp.curve(name, seconds)
    known = ~np.isnan(values)
    kernel = np.ones(_SMOOTH)
    sums = np.convolve(np.where(known, values, 0.0), kernel, mode="same")
    counts = np.convolve(known.astype(np.float64), kernel, mode="same")
    return np.asarray(np.where(known, sums / np.maximum(counts, 1.0), np.nan))


def _amplitude(decibels: Floats) -> Floats:
    return np.asarray(10.0 ** (decibels / 20.0))


def _on_scale(values: Floats, mean: float, deviation: float, least: float, most: float) -> Floats:
    """With another mean and deviation; a curve that hardly moves stays at the mean."""
    known = values[~np.isnan(values)]
    if not len(known):
        return values
    spread = float(known.std())
    far = (values - known.mean()) / spread if spread > 1e-3 * max(abs(float(known.mean())), 1e-6) else 0.0 * values
    return np.asarray(np.clip(mean + deviation * np.clip(far, -_FAR, _FAR), least, most))


def _ranked(values: Floats) -> Floats:
    """The share of seconds that have less: 0..1, not a number where nothing is known."""
    known = ~np.isnan(values)
    found = np.full(len(values), np.nan)
    if known.any():
        inside = np.round(values[known], _DIGITS)
        order = np.searchsorted(np.sort(inside), inside, side="left") + np.searchsorted(
            np.sort(inside), inside, side="right"
        )
        found[known] = order / (2 * len(inside))
    return found


def _at(curve: Floats, times: Sequence[float]) -> Floats:
    return np.array([curve[min(int(time), len(curve) - 1)] for time in times])


def _mixed(own: Floats, wanted: Floats, weight: float) -> Floats:
    """Own where nothing is wanted; exactly own at weight 0."""
    if weight <= 0:
        return own
    mixed = (1 - weight) * own + weight * wanted
    return np.asarray(np.where(np.isnan(wanted), own, np.round(mixed, _DIGITS)))
