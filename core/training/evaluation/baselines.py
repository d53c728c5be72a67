"""Counting models of chords, the bars that a trained model must pass. None of them sees the picture.

Each answers :meth:`probabilities`: a distribution over the 157 chords for each second from 1 on, given the chords
before it. They know no END, so they miss that target. All are trained on whole songs.

* :class:`Copy` repeats the last chord.
* :class:`KneserNey` is interpolated modified Kneser-Ney smoothing (Chen & Goodman 1999, section 3), songs padded in
  front with a start symbol.
* :class:`SongCache` adds a hierarchical Dirichlet memory of the song's own past, the short-term model of PPM and IDyOM.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.model.vocabulary import CHORDS

Reals = NDArray[np.float64]
Tokens = NDArray[np.int64]
Context = tuple[int, ...]

_START = -1  # stands before a song


class Baseline(Protocol):
    """What predicts each chord of a song from those before it."""

    def probabilities(self, tokens: Tokens) -> Reals:
        """(T,) chord tokens to (T - 1, 157) probabilities of the chords from second 1 on; rows sum to 1."""


class Copy:
    """Repeats the last chord; further guesses, and the rest of the probability, follow overall frequency."""

    def __init__(self, songs: Sequence[Tokens]) -> None:
        counts = np.bincount(np.concatenate(songs), minlength=CHORDS).astype(np.float64) + 1.0
        self._unigram: Reals = counts / counts.sum()
        held = sum(int((song[1:] == song[:-1]).sum()) for song in songs)
        self._hold = held / sum(len(song) - 1 for song in songs)

    def probabilities(self, tokens: Tokens) -> Reals:
        """See :meth:`Baseline.probabilities`."""
        rows = np.tile(self._unigram, (len(tokens) - 1, 1))
        index = np.arange(len(rows))
        rows[index, tokens[:-1]] = 0.0
        rows *= (1.0 - self._hold) / rows.sum(axis=1, keepdims=True)
        rows[index, tokens[:-1]] = self._hold
        return rows


@dataclass(frozen=True, eq=False)
class _Continuations:
    """What followed one context: tokens, their discounted probabilities, and the mass left for shorter contexts."""

    tokens: Tokens
    probabilities: Reals
    backoff: float


class KneserNey:
    """Interpolated modified Kneser-Ney n-grams, with discounts by counts of counts for each order."""

    def __init__(self, songs: Sequence[Tokens], order: int) -> None:
        self.order = order
        counts = _ngram_counts(songs, order)
        self._levels: list[dict[Context, _Continuations]] = []
        for length in range(1, order + 1):
            table = counts[length] if length == order else _continuation_counts(counts[length + 1], counts[length])
            self._levels.append(_discounted(table))

    def probabilities(self, tokens: Tokens) -> Reals:
        """See :meth:`Baseline.probabilities`."""
        history = [_START] * (self.order - 1) + tokens.tolist()
        return np.stack([self._row(history[: self.order - 1 + at]) for at in range(1, len(tokens))])

    def _row(self, history: list[int]) -> Reals:
        """The distribution after a history of at least ``order - 1`` tokens."""
        row = np.full(CHORDS, 1.0 / CHORDS)
        for length, level in enumerate(self._levels):
            found = level.get(tuple(history[len(history) - length :]))
            if found is None:
                break
            row *= found.backoff
            row[found.tokens] += found.probabilities
        return row


class SongCache:
    """A song's own earlier n-grams over a prior: ``p_k = (c_k + a p_(k-1)) / (n_k + a)``, k = 1..order, p_0 the prior.

    ``c_k`` counts what followed the last k chords earlier in the song, ``n_k`` is its sum and a the ``strength``.
    """

    def __init__(self, prior: Baseline, order: int = 6, strength: float = 8.0) -> None:
        self.prior = prior
        self.order = order
        self.strength = strength

    def probabilities(self, tokens: Tokens) -> Reals:
        """See :meth:`Baseline.probabilities`."""
        rows = self.prior.probabilities(tokens)
        seen: defaultdict[Context, Reals] = defaultdict(lambda: np.zeros(CHORDS))
        history = tokens.tolist()
        for at in range(1, len(history)):
            _remember(seen, history, at - 1, self.order)
            row = rows[at - 1]
            for length in range(1, min(self.order, at) + 1):
                counts = seen.get(tuple(history[at - length : at]))
                if counts is None:
                    break
                row = (counts + self.strength * row) / (counts.sum() + self.strength)
            rows[at - 1] = row
        return rows


def _remember(seen: defaultdict[Context, Reals], history: list[int], at: int, order: int) -> None:
    """Count the chord at ``at`` after each of its contexts."""
    for length in range(1, min(order, at) + 1):
        seen[tuple(history[at - length : at])][history[at]] += 1.0


def _ngram_counts(songs: Sequence[Tokens], order: int) -> dict[int, Counter[Context]]:
    """Counts of the n-grams of each length 1..order, in songs padded with ``order - 1`` start symbols."""
    counts: dict[int, Counter[Context]] = {length: Counter() for length in range(1, order + 1)}
    for song in songs:
        padded = [_START] * (order - 1) + song.tolist()
        for length, table in counts.items():
            first = order - 1
            table.update(tuple(padded[at - length + 1 : at + 1]) for at in range(first, len(padded)))
    return counts


def _continuation_counts(longer: Counter[Context], own: Counter[Context]) -> Counter[Context]:
    """Of each n-gram, how many different tokens came before it; those at a song's start keep their counts."""
    table: Counter[Context] = Counter(ngram[1:] for ngram in longer)
    for ngram, count in own.items():
        if ngram[0] == _START:
            table[ngram] = count
    return table


def _discounted(table: Counter[Context]) -> dict[Context, _Continuations]:
    """Contexts with their discounted continuations."""
    discounts = _discounts(table)
    by_context: defaultdict[Context, list[tuple[int, int]]] = defaultdict(list)
    for ngram, count in table.items():
        by_context[ngram[:-1]].append((ngram[-1], count))
    level = {}
    for context, pairs in by_context.items():
        tokens, counts = (np.array(column) for column in zip(*pairs, strict=True))
        taken = discounts[np.minimum(counts, 3)]
        total = counts.sum()
        level[context] = _Continuations(tokens, (counts - taken) / total, float(taken.sum() / total))
    return level


def _discounts(table: Counter[Context]) -> Reals:
    """D(0), D(1), D(2), D(3+): what is taken from a count (Chen & Goodman 1999, equation 26)."""
    n1, n2, n3, n4 = (sum(count == size for count in table.values()) for size in (1, 2, 3, 4))
    if not (n1 and n2 and n3):
        return np.array([0.0, 0.5, 0.5, 0.5])  # too little data for counts of counts
    y = n1 / (n1 + 2 * n2)
    found = np.array([0.0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3])
    return np.asarray(np.clip(found, (0.0, 0.05, 0.05, 0.05), (0.0, 0.95, 1.95, 2.95)))


class FadeCurve:
    """Note density and loudness without a picture: what songs have on average, with their fade-in and fade-out.

    Args:
        songs: (T, 2) note density and loudness of each training song.
        fade: seconds at either end that have a mean of their own; 0 for a constant. Fewer if every song is shorter.
    """

    def __init__(self, songs: Sequence[Reals], fade: int = 20) -> None:
        fade = min(fade, (max(len(song) for song in songs) - 1) // 2)
        long_enough = [song for song in songs if len(song) > 2 * fade]
        self._fade = fade
        self._middle: Reals = np.concatenate([song[fade : len(song) - fade] for song in long_enough]).mean(axis=0)
        self._start: Reals = np.mean([song[:fade] for song in long_enough], axis=0)
        self._end: Reals = np.mean([song[len(song) - fade :] for song in long_enough], axis=0)

    def curve(self, seconds: int) -> Reals:
        """(seconds, 2) note density and loudness."""
        curve = np.tile(self._middle, (seconds, 1))
        fade = min(self._fade, seconds // 2)
        curve[:fade] = self._start[:fade]
        curve[seconds - fade :] = self._end[self._fade - fade :]
        return curve
