"""Chords pulled towards a wished share of minor and a wished harmonic rhythm, whatever the model thinks of wishes.

A model hears wishes as far as it has learnt to (:mod:`hitpoint.core.model.conditions`); steering makes sure. At each
row the probability of a change, and that of a minor-type chord among the changes, is moved towards what is wanted: the
wish itself, corrected by how far the last rows have missed it. Within each kind the model's own preferences stand.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hitpoint.core.errors import OptionError
from hitpoint.core.model.rules.decoding import Logits
from hitpoint.core.model.vocabulary import CHORDS, chord_of

STRONGEST = 2.0

_MINOR = np.array([chord_of(token).is_minor_type for token in range(CHORDS)])
_LOOK_BACK = 16  # rows over which a wish is held against what was written
_CORRECTION = 1.0  # of the next rows' aim, for each unit by which the last ones missed
_LEAST, _MOST = 0.02, 0.98  # shares beyond these are not aimed at


@dataclass(frozen=True)
class Steer:
    """A rule.

    Attributes:
        minor_share: wished share of minor-type chords of each row, 0..1; None where nothing is wished.
        change_rate: wished chord changes a row, 0..1; None where nothing is wished.
        strength: 0 has no effect, 1 goes half the way (in log-odds), 2 three quarters.
    """

    minor_share: Sequence[float | None]
    change_rate: Sequence[float | None]
    strength: float = 1.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.strength <= STRONGEST:
            raise OptionError(f"the strength of moods lies between 0 and {STRONGEST:g}, not {self.strength:g}")

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """Move the odds of changing, and of minor among the changes."""
        row = len(tokens)
        if row >= len(self.minor_share) or not tokens or self.strength == 0.0:
            return logits
        changes = np.arange(CHORDS) != tokens[-1]
        moved = logits
        minor = self.minor_share[row]
        if minor is not None:
            aim = _aim(minor, [bool(_MINOR[token]) for token in _last(tokens, self.minor_share)])
            moved = self._moved(moved, changes & _MINOR, changes & ~_MINOR, aim)
        rate = self.change_rate[row]
        if rate is not None:
            pairs = zip(_last(tokens, self.change_rate), _last(tokens[:-1], self.change_rate), strict=False)
            aim = _aim(rate, [now != before for now, before in pairs])
            moved = self._moved(moved, changes, ~changes, aim)
        return moved

    def _moved(self, logits: Logits, ours: np.ndarray, others: np.ndarray, aim: float) -> Logits:
        """Odds of ``ours`` against ``others`` moved towards the aim; the sum of both keeps its weight."""
        own, other = _log_sum(logits[ours]), _log_sum(logits[others])
        if not (math.isfinite(own) and math.isfinite(other)):
            return logits
        shift = (1 - 0.5**self.strength) * (math.log(aim / (1 - aim)) - (own - other))
        kept = np.logaddexp(own, other) - np.logaddexp(own + shift, other)
        return np.where(ours, logits + shift + kept, np.where(others, logits + kept, logits))


def _last(tokens: Sequence[int], wishes: Sequence[float | None]) -> list[int]:
    """The newest tokens first, back to where nothing was wished."""
    found: list[int] = []
    for row in range(len(tokens) - 1, max(len(tokens) - 1 - _LOOK_BACK, -1), -1):
        if wishes[row] is None:
            break
        found.append(tokens[row])
    return found


def _aim(wish: float, written: Sequence[bool]) -> float:
    missed = wish - sum(written) / len(written) if written else 0.0
    weight = len(written) / _LOOK_BACK
    return min(max(wish + _CORRECTION * weight * missed, _LEAST), _MOST)


def _log_sum(logits: Logits) -> float:
    top = float(logits.max(initial=-math.inf))
    return top + math.log(float(np.exp(logits - top).sum())) if math.isfinite(top) else top
