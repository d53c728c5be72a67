"""One curve of tension for the whole cue, with one summit.

The summit is the section that begins on the greatest moment (:mod:`crown`); where none is met, the one where the
picture is liveliest if it clearly is, else the one nearest the golden section. The curve rises to it and falls after
it, moved by how lively the picture is and by the feeling.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.compose.form.crown import GOLDEN
from hitpoint.core.edit import Edit
from hitpoint.core.features.features import PictureFeatures

_NEAR = 1.5  # seconds from the greatest moment within which the summit begins with its section
_SMOOTH = 9  # seconds over which the picture's liveliness is averaged
_CUT_SHARE = 0.55  # of liveliness that is cutting; the rest is motion
_FROM, _TO = 0.35, 0.92  # shares of the cue between which the picture alone may set the summit
_CLEAR = 1.25  # times the mean liveliness that make a summit clear
_START, _AFTER = 0.2, 0.35  # tension at the start and at the end
_ARC, _PICTURE, _FEELING = 0.3, 0.48, 0.22  # an arc that leaves the picture its say from scene to scene
_ENDING_BARS, _KEPT = 4, 1.0  # bars of an ending, and the share of the tension before that it keeps
_BELOW = 0.93  # the most that any bar but the summit has
_ARRIVAL_BARS, _ARRIVAL_SECONDS = 4, 10.0  # of a summit that leads into a calmer picture, at most
_CALM_BARS = 4  # that follow it, at least
_CALMER = 0.85  # of the tension of the section that leads to it, the most of a calmer picture
_KNEE = 0.35  # tension before the summit that stays; what is higher is held back to leave a rise
_GROWS = 0.9  # times the liveliness of the picture that leads to the summit, the least that it has then
_LED_SECONDS, _THEN_SECONDS = 20, 12  # of the picture that are compared for that
RISE_SECONDS = 24.0  # of the rise that leads to the summit
_FREE_SECONDS = 50.0  # before the summit, from which back nothing is held back
_RISE_FROM = (0.32, 0.5)  # the least and the most tension at the start of the rise
_RISE_TO = (0.72, 0.83)  # likewise at its end
_DIGITS = 3


def liveliness(edit: Edit, features: PictureFeatures, start: float, seconds: int) -> NDArray[np.float64]:
    """How lively the picture is in each second of the music, 0..1: how fast it is cut, and how much it moves.

    Args:
        edit: gives the cuts.
        features: row 0 is the second that starts with the music.
        start: seconds from the start of the timeline to the music.
        seconds: of the music.
    """
    cuts = np.zeros(seconds)
    for cut in edit.cuts:
        place = int(float(cut) - start)
        if 0 <= float(cut) - start < seconds:
            cuts[place] += 1
    rows = features.motion[np.minimum(np.arange(seconds), len(features) - 1)].astype(np.float64)
    cutting, motion = _smoothed(cuts), _smoothed(np.log1p(rows))
    return _CUT_SHARE * _ranged(cutting) + (1 - _CUT_SHARE) * _ranged(motion)


def summit_section(
    starts: Sequence[float], lively: NDArray[np.float64], hits: Sequence[float], crown: float | None
) -> tuple[int, float | None]:
    """The number of the section in which the cue culminates, and the second at which it does, if not where that begins.

    Args:
        starts: of the sections, and the end of the music, in seconds from the start of the timeline.
        lively: a second of the music, see :func:`liveliness`.
        hits: 0..1 for each section, how great the moment is that it begins on.
        crown: second of the timeline of the greatest moment; None if nothing is met in full.
    """
    if crown is not None and starts[0] <= crown < starts[-1]:
        near = min(range(len(starts) - 1), key=lambda index: (round(abs(starts[index] - crown), 6), index))
        if abs(starts[near] - crown) <= _NEAR:
            return near, None
        return max(index for index in range(len(starts) - 1) if starts[index] <= crown), crown
    length = starts[-1] - starts[0]
    means = [_mean(lively, a - starts[0], b - starts[0]) for a, b in pairwise(starts)]
    shares = [(start - starts[0]) / length for start in starts[:-1]]
    free = [index for index, share in enumerate(shares) if _FROM <= share <= _TO]
    if free:
        best = max(free, key=lambda index: (round(means[index], 6), -index))
        if means[best] >= _CLEAR * max(float(lively.mean()), 1e-6):
            return best, None
    off = [abs(share - GOLDEN) - 0.08 * hit for share, hit in zip(shares, hits, strict=True)]
    return min(range(len(off)), key=lambda index: (round(off[index], 6), index)), None


def tension_curve(
    times: Sequence[float], summit: int, lively: NDArray[np.float64], arousals: Sequence[float], *, stops: bool
) -> tuple[float, ...]:
    """Tension of each bar, 0..1; the summit alone has 1.

    Args:
        times: at which each bar starts, and the end of the music, in seconds from its start.
        summit: number of the bar that has the most.
        lively: a second of the music.
        arousals: -1..1, of each bar's feeling.
        stops: whether the cue ends at full strength.
    """
    bars = len(times) - 1
    top, whole = times[summit], max(times[-1], 1e-6)
    after = 0.75 if stops else _AFTER
    values = []
    for bar in range(bars):
        at = times[bar]
        arc = (
            _START + (1 - _START) * (at / top) ** 1.3
            if at < top
            else 1 - (1 - after) * ((at - top) / max(whole - top, 1e-6)) ** 0.8
        )
        picture = _mean(lively, at, times[bar + 1])
        values.append(_ARC * arc + _PICTURE * picture + _FEELING * (arousals[bar] + 1) / 2)
    end = bars - _ENDING_BARS
    if end - _ENDING_BARS > summit:  # the last phrase leads to the last chord instead of ebbing away
        before = sum(values[end - _ENDING_BARS : end]) / _ENDING_BARS
        values[end:] = [max(value, _KEPT * before) for value in values[end:]]
    others = [value for bar, value in enumerate(values) if bar != summit]
    most = max([*others, 1e-6])
    scale = min(1.0, _BELOW / most)
    values = [min(value * scale, _BELOW) for value in values]
    if grows(lively, top):
        values[:summit] = _rising(values[:summit], [top - time for time in times[:summit]])
    return tuple(1.0 if bar == summit else round(value, _DIGITS) for bar, value in enumerate(values))


def grows(lively: NDArray[np.float64], top: float) -> bool:
    """Whether the picture is about as lively at the summit, ``top`` seconds from the start, as before, or livelier."""
    led, then = _mean(lively, top - _LED_SECONDS, top), _mean(lively, top, top + _THEN_SECONDS)
    return then >= _GROWS * led


def _rising(values: Sequence[float], left: Sequence[float]) -> list[float]:
    """Bars before the summit led up to it: held back at the start of the rise, nearly as tense as it at the end.

    What is above a knee is brought down with its shape. ``left`` are the seconds to the summit.
    """
    found = []
    for value, seconds in zip(values, left, strict=True):
        share = 1.0 - seconds / RISE_SECONDS
        free = min(max((seconds - RISE_SECONDS) / (_FREE_SECONDS - RISE_SECONDS), 0.0), 1.0)
        most = _RISE_FROM[1] + max(share, 0.0) * (_RISE_TO[1] - _RISE_FROM[1]) + free * (_BELOW - _RISE_FROM[1])
        least = _RISE_FROM[0] + share * (_RISE_TO[0] - _RISE_FROM[0]) if share >= 0.0 else 0.0
        held = _KNEE + max(value - _KNEE, 0.0) * (most - _KNEE) / (_BELOW - _KNEE)
        found.append(max(min(value, held), least))
    return found


def bars_of_arrival(tension: Sequence[float], times: Sequence[float], first: int, end: int, before: int) -> int | None:
    """Bars after which a summit that arrives in a calmer picture is over; None where it goes on as tense as it came.

    Args:
        tension: a bar.
        times: at which each bar starts, and the end of the music, in seconds from its start.
        first: of the summit's section.
        end: bar after its last one.
        before: first bar of the section that leads to it.
    """
    bars = _ARRIVAL_BARS
    if end - first < bars + _CALM_BARS or times[first + bars] - times[first] > _ARRIVAL_SECONDS:
        bars //= 2
    if first <= before or end - first < bars + _CALM_BARS:
        return None
    led = sum(tension[before:first]) / (first - before)
    calm = tension[first + bars : end]
    return bars if sum(calm) / len(calm) <= _CALMER * led else None


def _mean(values: NDArray[np.float64], start: float, end: float) -> float:
    first = min(max(int(start), 0), len(values) - 1)
    last = min(max(int(np.ceil(end)), first + 1), len(values))
    return float(values[first:last].mean())


def _smoothed(values: NDArray[np.float64]) -> NDArray[np.float64]:
    width = min(_SMOOTH, len(values))
    padded = np.pad(values, (width // 2, width - 1 - width // 2), mode="edge")
    sums = np.concatenate(([0.0], np.cumsum(padded)))
    return (sums[width:] - sums[:-width]) / width


def _ranged(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The values from 0, the least, to 1, the most; all in the middle if they hardly differ."""
    low, high = float(values.min()), float(values.max())
    if high - low < 1e-6:
        return np.full(len(values), 0.5)
    ranged: NDArray[np.float64] = np.round((values - low) / (high - low), 6)
    return ranged
