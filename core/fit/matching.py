"""Which edit does music belong to? Each edit is played its own music and another's, over all ordered pairs.

Loudness, onsets and brightness are judged by how their curve goes with the picture's liveliness (Pearson's r); what
bears the mood (tempo, mode, dissonance, timbre, harmonic rhythm) by how far it lies, second by second, from the arousal
or valence that is asked for, both in standard deviations over all edits. The interval is a bootstrap's over edits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.fit.asked import Asked, Curve
from hitpoint.core.fit.heard import LIVELY, MOODS

_ROUNDS, _SEED = 2000, 20260
_LEVELS = (2.5, 97.5)
_DIGITS = 9

Scores = NDArray[np.float64]  # (music, edit): how well the music fits the edit


@dataclass(frozen=True)
class Fit:
    """How often an edit's own music fits it better than another's.

    Attributes:
        edits: how many there are.
        pairs_right: share of ordered pairs, by all measures together.
        interval: 95 %, by bootstrap over edits.
        by: the same share for each measure alone.
        mood: for the measures that bear the mood, together.
        mood_interval: of that.
    """

    edits: int
    pairs_right: float
    interval: tuple[float, float]
    by: Mapping[str, float]
    mood: float
    mood_interval: tuple[float, float]

    def json(self) -> dict[str, object]:
        """As the evaluation writes it."""
        return {
            "edits": self.edits,
            "pairs_right": round(self.pairs_right, 4),
            "ci": [round(edge, 4) for edge in self.interval],
            "by": {name: round(share, 4) for name, share in self.by.items()},
            "mood": {"pairs_right": round(self.mood, 4), "ci": [round(edge, 4) for edge in self.mood_interval]},
        }


def fit_of(asked: Sequence[Asked], heard: Sequence[Mapping[str, Curve]]) -> Fit:
    """How music fits.

    Args:
        asked: what each edit asks for, at least two.
        heard: what the music of each edit has, in the same order.
    """
    scores = {name: _lively_scores(asked, [one[name] for one in heard]) for name in LIVELY}
    scores |= {
        name: _mood_scores([getattr(one, of) * sign for one in asked], [one[name] for one in heard])
        for name, (of, sign) in MOODS.items()
    }
    whole = _together(list(scores.values()))
    mood = _together([scores[name] for name in MOODS])
    return Fit(
        len(asked),
        _share(_right(whole)),
        _interval(_right(whole)),
        {name: _share(_right(one)) for name, one in scores.items()},
        _share(_right(mood)),
        _interval(_right(mood)),
    )


def _lively_scores(asked: Sequence[Asked], curves: Sequence[Curve]) -> Scores:
    return np.array([[_correlation(curve, one.lively) for one in asked] for curve in curves])


def _mood_scores(asked: Sequence[Curve], curves: Sequence[Curve]) -> Scores:
    wished, played = _standardised(asked), _standardised(curves)
    return np.array([[-float(np.mean((curve - wish) ** 2)) for wish in wished] for curve in played])


def _standardised(curves: Sequence[Curve]) -> list[Curve]:
    every = np.concatenate(list(curves))
    spread = float(every.std())
    return [(curve - float(every.mean())) / spread if spread > 1e-9 else np.zeros_like(curve) for curve in curves]


def _together(scores: Sequence[Scores]) -> Scores:
    """The sum, each in its own standard deviations."""
    total = np.zeros_like(scores[0])
    for one in scores:
        spread = float(one.std())
        total += one / spread if spread > 1e-9 else 0.0
    return total


def _right(scores: Scores) -> Scores:
    """(edit, other): 1 where the edit's own music fits it better than the other's, one half where as well."""
    rounded = np.round(scores, _DIGITS)
    own = np.diag(rounded)[:, None]
    others = rounded.T  # (edit, music)
    right = np.where(own > others, 1.0, np.where(own == others, 0.5, 0.0))
    np.fill_diagonal(right, np.nan)
    return right


def _share(right: Scores) -> float:
    return float(np.nanmean(right))


def _interval(right: Scores) -> tuple[float, float]:
    """Over edits drawn with replacement; a pair of an edit with itself does not count."""
    rng = np.random.Generator(np.random.PCG64(_SEED))
    shares = []
    for _ in range(_ROUNDS):
        drawn = rng.integers(0, len(right), len(right))
        sample = right[np.ix_(drawn, drawn)]
        if not np.isnan(sample).all():
            shares.append(float(np.nanmean(sample)))
    low, high = np.percentile(shares, _LEVELS)
    return float(low), float(high)


def _correlation(one: Curve, other: Curve) -> float:
    a, b = one - one.mean(), other - other.mean()
    size = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return float((a * b).sum()) / size if size > 1e-12 else 0.0
