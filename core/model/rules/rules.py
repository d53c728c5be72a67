"""Musical wishes as rules: each one small object that changes logits.

Rows count from 0 at the first row of the video, chords are tokens in the model's key (C major, A minor). The order in
which rules are given is their rank, see :func:`~hitpoint.core.model.rules.decoding.apply_rules`; a good order is
``LockedChords, Cadence, NoSilence, NoLongRepeat, ChangeOnHits, InKey, MoodColour``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from hitpoint.core.model.rules.decoding import FORBIDDEN, Logits
from hitpoint.core.model.vocabulary import CHORDS, SILENCE, chord_of, model_key, token_named
from hitpoint.core.mood import Mood
from hitpoint.core.music.chord import Quality

# Mode -> (tonic, chords that lead to it: dominants and subdominants).
_CADENCES = {
    False: ("C", ("G", "G:7", "G:sus4", "F", "F:maj7", "F:maj6", "F:min")),
    True: ("A:min", ("E", "E:7", "E:min", "E:min7", "D:min", "D:min7", "G")),
}

# Mood -> logits added to a quality at strength 1. Which qualities follows Kang et al. 2023, table 2, and the usual
# findings on mode and dissonance; how much is judgement. dim, dim7, hdim7 and aug are .13 % of MuVi-Sync, so that
# what wants them must ask loudly.
_COLOURS: dict[Mood, dict[Quality, float]] = {
    Mood.EXCITING: {Quality.MAJ: 0.8, Quality.SUS4: 0.8, Quality.DOM7: 1.0, Quality.MIN: -0.6, Quality.MIN7: -0.6},
    Mood.FEARFUL: {
        Quality.DIM: 4.0, Quality.DIM7: 4.5, Quality.HDIM7: 4.0, Quality.AUG: 3.0, Quality.MIN: 1.0,
        Quality.MIN6: 1.5, Quality.MAJ: -1.0, Quality.MAJ7: -1.5,
    },
    Mood.TENSE: {
        Quality.SUS4: 2.0, Quality.DOM7: 1.5, Quality.MIN: 0.5, Quality.MIN7: 0.5, Quality.DIM: 2.5,
        Quality.HDIM7: 2.5, Quality.MAJ: -0.6, Quality.MAJ7: -1.0,
    },
    Mood.SAD: {Quality.MIN: 1.2, Quality.MIN7: 1.5, Quality.MIN6: 1.0, Quality.MAJ: -0.8, Quality.DOM7: -0.8},
    Mood.RELAXING: {
        Quality.MAJ7: 2.0, Quality.SUS2: 1.8, Quality.MAJ6: 1.8, Quality.MIN7: 0.8, Quality.MAJ: 0.2,
        Quality.MIN: -0.8, Quality.DOM7: -1.0,
    },
    Mood.NEUTRAL: {},
}  # fmt: skip


@dataclass(frozen=True)
class LockedChords:
    """At these rows (row -> token) only this chord."""

    locks: Mapping[int, int]

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """Forbid all but the locked chord; where the model forbids that too, it is allowed again."""
        token = self.locks.get(len(tokens))
        if token is None:
            return logits
        locked = np.full_like(logits, FORBIDDEN)
        locked[token] = 0.0
        return locked


@dataclass(frozen=True)
class InKey:
    """Chords with notes outside the key lose ``penalty`` (natural logarithms; ``inf`` forbids them).

    In minor the raised seventh is at home too, for the major dominant; "N" is in every key.
    """

    is_minor: bool
    penalty: float = 2.0

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """Push away what is foreign to the key."""
        return np.where(_foreign(self.is_minor), logits - self.penalty, logits)


@dataclass(frozen=True)
class NoLongRepeat:
    """No chord sounds for more than ``max_hold`` rows (1 or more) on end."""

    max_hold: int = 4

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """Forbid the last chord when it has been held long enough."""
        held = tuple(tokens[-self.max_hold :])
        if len(held) < self.max_hold or len(set(held)) > 1:
            return logits
        return _without(logits, held[:1])


@dataclass(frozen=True)
class NoSilence:
    """There is always a chord."""

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """Forbid "N"."""
        return _without(logits, (SILENCE,))


@dataclass(frozen=True)
class Cadence:
    """The piece ends: on the tonic for the last ``hold`` of its ``rows``, with a chord before it that leads there."""

    rows: int
    is_minor: bool
    hold: int = 1

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """Near the end, forbid all that is not the ending."""
        tonic, leading = _CADENCES[self.is_minor]
        left = self.rows - len(tokens)
        if 1 <= left <= self.hold:
            return _only(logits, (token_named(tonic),))
        if left == self.hold + 1:
            return _only(logits, tuple(token_named(symbol) for symbol in leading))
        return logits


def is_cadence(tokens: Sequence[int], *, is_minor: bool) -> bool:
    """Whether two last chords close a piece: the tonic, after a chord that leads there or held; of one, the tonic."""
    tonic, leading = _CADENCES[is_minor]
    return tokens[-1] == token_named(tonic) and tokens[0] in {token_named(symbol) for symbol in (tonic, *leading)}


@dataclass(frozen=True)
class ChangeOnHits:
    """The harmony changes where the picture is met: easily at these rows, less easily at their neighbours.

    Attributes:
        rows: that start on a hit.
        strength: logits that staying on the last chord loses there; a model that stays nine times in ten changes with
            .86 at 4, .98 at 6.
        neighbours: logits that every other chord loses in the row before a hit and the row after, so that the change
            stands out.
    """

    rows: Collection[int]
    strength: float = 6.0
    neighbours: float = 0.7

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """Make the last chord less likely on a hit, and more likely beside one."""
        row = len(tokens)
        if not tokens or not any(near in self.rows for near in (row - 1, row, row + 1)):
            return logits
        changed = logits.copy()
        changed[tokens[-1]] += -self.strength if row in self.rows else self.neighbours
        return changed


@dataclass(frozen=True)
class MoodColour:
    """Qualities that suit a row's mood come easier.

    Attributes:
        moods: of each row; None where none is wished, and after the last.
        strength: 0 has no effect, 1 is clear, 2 is thick.
    """

    moods: Sequence[Mood | None]
    strength: float = 1.0

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """Add the mood's colours."""
        row = len(tokens)
        mood = self.moods[row] if row < len(self.moods) else None
        return logits if mood is None else logits + self.strength * _colours(mood)


def _without(logits: Logits, tokens: Collection[int]) -> Logits:
    changed = logits.copy()
    changed[list(tokens)] = FORBIDDEN
    return changed


def _only(logits: Logits, tokens: Collection[int]) -> Logits:
    changed = np.full_like(logits, FORBIDDEN)
    changed[list(tokens)] = logits[list(tokens)]
    return changed


@lru_cache(maxsize=2)
def _foreign(is_minor: bool) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """(157,) True for chords with a note outside the model's key."""
    scale = {*model_key(is_minor=is_minor).scale, *((8,) if is_minor else ())}
    return np.array([not scale.issuperset(chord_of(token).pitch_classes) for token in range(CHORDS)])


@lru_cache(maxsize=len(Mood))
def _colours(mood: Mood) -> Logits:
    """(157,) what a mood adds to each chord."""
    bonus = [_COLOURS[mood].get(chord_of(token).quality, 0.0) if token else 0.0 for token in range(CHORDS)]
    return np.array(bonus)
