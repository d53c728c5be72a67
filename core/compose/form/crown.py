"""The crown: of all moments that are met in full the greatest, on whose downbeat the cue culminates.

A marker that says so is it. Else it is what weighs most among the moments of the middle and later part of the cue, the
more so the livelier the picture is from there on, and the nearer it lies to the golden section. No other moment
outweighs it then, so that the summit of the form, the loudest bar and the greatest hit are one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.cue.form.form_plan import FullHit
from hitpoint.core.edit import Edit

GOLDEN = 0.618
FROM, TO = 0.33, 0.88  # shares of the cue between which the picture may set the summit
_WORDS = re.compile(r"\b(climax|peak|summit|höhepunkt|hoehepunkt)\b", re.IGNORECASE)
_LIVELY, _LIVELIER, _OFF_GOLDEN = 0.5, 0.25, 0.45  # beside the weight of a moment, which is about one half
_AFTER = 10  # seconds from a moment on in which the picture is looked at
_BELOW = 0.95  # of the crown's weight, the most that another moment has


def marked_summit(edit: Edit, start: int, end: int) -> int | None:
    """The frame of the first marker between two frames that says the cue culminates there."""
    inside = (marker for marker in edit.markers if start <= marker.frame < end)
    return next((marker.frame for marker in inside if _WORDS.search(marker.text)), None)


def crown_of(
    edit: Edit, span: tuple[int, int], weights: Mapping[int, float], lively: NDArray[np.float64], *, latest: int
) -> int | None:
    """The frame of the moment on which a cue culminates; None if there is none to choose.

    Args:
        edit: gives the markers and the rate.
        span: first frame of the music and first after it.
        weights: of the moments that may be met in full, 0..1.
        lively: how lively the picture is in each second of the music, 0..1.
        latest: last frame on which it may lie, unless a marker says so.
    """
    start, end = span
    marked = marked_summit(edit, start, end)
    if marked in weights:
        return marked
    length = end - start
    free = [frame for frame in weights if FROM * length <= frame - start <= TO * length and frame <= latest]
    mean = float(lively.mean()) if len(lively) else 0.0

    def worth(frame: int) -> tuple[float, int]:
        """How well the summit would lie on a frame, the more the better, and that it is early where two are equal."""
        second = int(edit.rate.seconds(frame - start))
        after = _mean(lively, second, second + _AFTER)
        before = _mean(lively, second - _AFTER, second)
        off = abs((frame - start) / length - GOLDEN)
        found = weights[frame] + _LIVELY * (after - mean) + _LIVELIER * (after - before) - _OFF_GOLDEN * off
        return round(found, 6), -frame

    return max(free, key=worth, default=None)


def crowned(weights: Mapping[int, float], crown: int | None) -> dict[int, float]:
    """The weights with none as great as the crown's."""
    if crown is None:
        return dict(weights)
    top = max(weights.values())
    most = round(_BELOW * top, 3)
    return {frame: top if frame == crown else min(weight, most) for frame, weight in weights.items()}


def greatest(edit: Edit, hits: Sequence[FullHit], span: tuple[int, int]) -> FullHit | None:
    """The hit that a plan culminates on.

    Where a marker says so, else the heaviest, of equal ones that nearest the golden section.
    """
    marked = marked_summit(edit, *span)
    start, end = span
    golden = start + GOLDEN * (end - start)
    return max(hits, key=lambda hit: (hit.frame == marked, hit.weight, -abs(hit.frame - golden)), default=None)


def _mean(values: NDArray[np.float64], first: int, end: int) -> float:
    first = min(max(first, 0), len(values) - 1)
    return float(values[first : max(end, first + 1)].mean())
