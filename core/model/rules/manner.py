"""Chords in the manner of other music, heard through a bottleneck so that its habits pass and its progressions do not.

What is known of the other music is cut into six books, from coarse to fine, of which the first few are opened, as a
residual quantiser's are (arXiv 2407.12563): kinds of chord (major, minor, seventh, other), qualities, degrees, chords,
steps from root to root, and pairs of chords. A book says how much likelier something is there than in all songs; the
logarithms are added to the model's. That is guidance: the model's logits without the other music, plus a strength times
what the other music adds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.model.rules.approach import transitions
from hitpoint.core.model.rules.decoding import Logits
from hitpoint.core.model.vocabulary import CHORDS, SILENCE, chord_of
from hitpoint.core.music.chord import INTERVALS

BOOKS = 6
STRONGEST = 3.0
_PRIOR = 8.0  # chords of all songs that are counted with the other music's own
_MOST = 1.5  # by which one book moves a logit at most
_SHARE = 0.6  # of a book's own say, since the books overlap
_DIGITS = 6

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class InManner:
    """A rule.

    Attributes:
        tokens: the chords of the other music in the model's key, each once however long it is held.
        books: how many are opened, 1..6; none that is finer.
        strength: 0 has no effect.
    """

    tokens: tuple[int, ...]
    books: int = 3
    strength: float = 1.0

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """Move the odds among the chords that would be new; holding the last one keeps its own."""
        if self.strength == 0.0 or len(self.tokens) < 2:
            return logits
        last = tokens[-1] if tokens else SILENCE
        added = self.strength * said(self.tokens, self.books, last)
        moved: Logits = logits + added
        if tokens:
            moved[last] = logits[last]
        return moved


@lru_cache(maxsize=1024)
def said(tokens: tuple[int, ...], books: int, last: int) -> Floats:
    """(157,) what the opened books add to each chord after ``last``."""
    total = np.zeros(CHORDS)
    common = transitions()[last] if last != SILENCE else transitions().mean(axis=0)
    for number, kind_of in enumerate(_BOOKS[:books]):
        kinds = np.array([kind_of(last, token) for token in range(CHORDS)])
        heard = [kind_of(before, token) for before, token in zip((SILENCE, *tokens), tokens, strict=False)]
        if number >= _FIRST_OF_PAIRS:
            heard = [kind_of(before, token) for before, token in pairwise(tokens)]
            if number > _FIRST_OF_PAIRS:
                heard = [kind_of(before, token) for before, token in pairwise(tokens) if before == last]
        size = int(kinds.max()) + 1
        counted = np.asarray(np.bincount(kinds, weights=common, minlength=size), dtype=np.float64)
        expected = counted / max(float(counted.sum()), 1e-12)
        found = np.bincount(np.array(heard, dtype=np.int64), minlength=size)[:size] + _PRIOR * expected
        ratio = np.log((found / found.sum() + 1e-4) / (expected + 1e-4))
        total += _SHARE * np.clip(ratio, -_MOST, _MOST)[kinds]
    total[SILENCE] = 0.0
    return np.asarray(np.round(total, _DIGITS))


def _family(_: int, token: int) -> int:
    """Major, minor, with a seventh or sixth, anything else."""
    chord = chord_of(token)
    if token == SILENCE:
        return 4
    intervals = INTERVALS[chord.quality]
    if len(intervals) > 3:
        return 2
    return 0 if intervals == (0, 4, 7) else 1 if intervals == (0, 3, 7) else 3


def _quality(_: int, token: int) -> int:
    return 13 if token == SILENCE else (token - 1) % 13


def _degree(_: int, token: int) -> int:
    return 12 if token == SILENCE else (token - 1) // 13


def _chord(_: int, token: int) -> int:
    return token


def _step(last: int, token: int) -> int:
    """Semitones from root to root."""
    return 12 if SILENCE in (last, token) else ((token - 1) // 13 - (last - 1) // 13) % 12


_BOOKS: tuple[Callable[[int, int], int], ...] = (_family, _quality, _degree, _chord, _step, _chord)
_FIRST_OF_PAIRS = 4  # the number of the first book that looks at what comes after what
