"""What an edit asks of its music, second by second.

Liveliness from cuts and motion, arousal and valence from its moods.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.compose.form.arc import liveliness
from hitpoint.core.edit import Edit
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.mood import MoodSpan

POINTS = 96  # that every curve is resampled to, whatever its length

Curve = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Asked:
    """Curves of ``POINTS`` values each.

    Attributes:
        lively: 0..1, how fast it is cut and how much it moves.
        arousal: -1..1.
        valence: -1..1.
    """

    lively: Curve
    arousal: Curve
    valence: Curve


def asked_by(edit: Edit, start: float, end: float, features: PictureFeatures, moods: Sequence[MoodSpan]) -> Asked:
    """What a stretch of an edit asks for.

    Args:
        edit: the cut.
        start: of the stretch, in seconds from the start of the timeline.
        end: likewise.
        features: row 0 is the second that starts with the stretch.
        moods: wished or proposed.
    """
    seconds = max(int(np.ceil(end - start)), 1)
    times = start + np.arange(seconds) + 0.5
    affects = [next((span.affect for span in reversed(moods) if span.start <= at < span.end), None) for at in times]
    return Asked(
        resampled(liveliness(edit, features, start, seconds)),
        resampled(np.array([0.0 if affect is None else affect.arousal for affect in affects])),
        resampled(np.array([0.0 if affect is None else affect.valence for affect in affects])),
    )


def resampled(values: Sequence[float] | Curve) -> Curve:
    """A curve at ``POINTS`` places from its first to its last value, on straight lines."""
    row = np.asarray(values, dtype=np.float64)
    if len(row) == 0:
        return np.zeros(POINTS)
    return np.interp(np.linspace(0, len(row) - 1, POINTS), np.arange(len(row)), row)
