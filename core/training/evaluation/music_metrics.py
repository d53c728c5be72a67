"""How music is made up, as pure functions on chords: what a good generator should match in real songs, not exceed.

A sequence is the chord tokens (0..156) of a song, one a second. *Collapsed* means without "N" and with neighbours that
are alike taken as one. Distances are Jensen-Shannon divergences in bits: 0 for the same shares, 1 for nothing in
common.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.model.vocabulary import SILENCE, chord_of

Tokens = NDArray[np.int64]
Reals = NDArray[np.float64]
Mask = NDArray[np.bool_]

LONGEST_DURATION = 12  # seconds; longer chords are counted as these
COLLAPSED_ALARM, SECONDS_ALARM = 30, 40  # what 95 % of unseen real songs stay below, shared with a training song

_MOST_ORDER = 4  # of BLEU
_MISSING = 0.1  # counted for an order without a match (Chen & Cherry 2014, method 1)
_PHASES = np.arange(12)[:, None] * np.pi * np.array([7 / 6, 7 / 6, 3 / 2, 3 / 2, 2 / 3, 2 / 3])
_CENTROIDS = np.where(np.arange(6) % 2 == 0, np.sin(_PHASES), np.cos(_PHASES)) * np.array([1, 1, 1, 1, 0.5, 0.5])


def collapsed(tokens: Tokens) -> Tokens:
    """The chords in order, however long they last; "N" is left out."""
    sounding = tokens[tokens != SILENCE]
    return np.asarray(sounding[np.append(True, sounding[1:] != sounding[:-1])[: len(sounding)]], dtype=np.int64)


def durations(tokens: Tokens) -> NDArray[np.int64]:
    """Seconds that each chord lasts, "N" left out, at most :data:`LONGEST_DURATION`."""
    starts = np.flatnonzero(np.append(True, tokens[1:] != tokens[:-1]))
    lengths = np.diff(np.append(starts, len(tokens)))
    return np.asarray(np.minimum(lengths[tokens[starts] != SILENCE], LONGEST_DURATION), dtype=np.int64)


def ngrams(tokens: Sequence[int], order: int) -> Counter[tuple[int, ...]]:
    """How often each run of ``order`` tokens occurs."""
    items = [int(token) for token in tokens]
    return Counter(tuple(items[at : at + order]) for at in range(len(items) - order + 1))


def jensen_shannon(first: Counter[Hashable], second: Counter[Hashable]) -> float:
    """Bits between the shares of two counts: 0..1.

    >>> jensen_shannon(Counter("aab"), Counter("aab")), jensen_shannon(Counter("a"), Counter("b"))
    (0.0, 1.0)
    """
    names = sorted({*first, *second}, key=repr)
    p, q = (np.array([counts[name] for name in names]) / max(1, counts.total()) for counts in (first, second))
    middle = (p + q) / 2
    return float((_relative_entropy(p, middle) + _relative_entropy(q, middle)) / 2)


def distributions(songs: Sequence[Tokens]) -> dict[str, Counter[Hashable]]:
    """Counts of seconds of each chord, of collapsed bigrams and trigrams, and of durations, over all songs."""
    found: dict[str, Counter[Hashable]] = {name: Counter() for name in ("unigram", "bigram", "trigram", "duration")}
    for song in songs:
        found["unigram"].update(song[song != SILENCE].tolist())
        found["bigram"].update(ngrams(collapsed(song).tolist(), 2))
        found["trigram"].update(ngrams(collapsed(song).tolist(), 3))
        found["duration"].update(durations(song).tolist())
    return found


def distances(songs: Sequence[Tokens], others: Sequence[Tokens]) -> dict[str, float]:
    """:func:`jensen_shannon` of each of :func:`distributions`."""
    first, second = distributions(songs), distributions(others)
    return {name: jensen_shannon(first[name], second[name]) for name in first}


def distance_floors(
    songs: Sequence[Tokens], count: int, rng: np.random.Generator, draws: int = 20
) -> dict[str, tuple[float, float]]:
    """What distances real songs have: mean and standard deviation between ``count`` drawn songs and the rest."""
    found = []
    for _ in range(draws):
        order = rng.permutation(len(songs))
        found.append(distances([songs[at] for at in order[:count]], [songs[at] for at in order[count:]]))
    rows = {name: np.array([draw[name] for draw in found]) for name in found[0]}
    return {name: (float(row.mean()), float(row.std())) for name, row in rows.items()}


def histogram_entropy(tokens: Tokens) -> float:
    """CHE: entropy of the chords' shares of the seconds that have one, in bits."""
    counts = np.unique(tokens[tokens != SILENCE], return_counts=True)[1]
    shares = counts / max(1, counts.sum())
    return float(-(shares * np.log2(shares)).sum()) + 0.0


def chord_coverage(tokens: Tokens) -> int:
    """CC: how many different chords there are."""
    return len(np.unique(tokens[tokens != SILENCE]))


def tonal_distance(tokens: Tokens) -> float:
    """CTD: mean distance of successive chords' tonal centroids (Harte, Sandler & Gasser 2006); NaN without a change."""
    chords = collapsed(tokens)
    places = np.array([_CENTROIDS[list(chord_of(int(token)).pitch_classes)].mean(axis=0) for token in chords])
    return float(np.linalg.norm(np.diff(places, axis=0), axis=1).mean()) if len(chords) > 1 else float("nan")


def distinct(sequences: Sequence[Tokens], order: int) -> float:
    """Distinct-n (Li et al. 2016): different collapsed n-grams over all of them; NaN if there are none."""
    counts: Counter[tuple[int, ...]] = Counter()
    for sequence in sequences:
        counts.update(ngrams(collapsed(sequence).tolist(), order))
    return len(counts) / counts.total() if counts else float("nan")


def self_bleu(sequences: Sequence[Tokens]) -> float:
    """Self-BLEU-4 (Zhu et al. 2018) of collapsed sequences: how much each is made of pieces of the others, 0..1."""
    chords = [collapsed(sequence).tolist() for sequence in sequences]
    scores = [_bleu(own, chords[:at] + chords[at + 1 :]) for at, own in enumerate(chords)]
    return float(np.mean(scores))


def hamming(sequences: Sequence[Tokens], is_free: Mask | None = None) -> float:
    """Mean share of the free seconds in which two of the sequences differ; all lengths are equal."""
    rows = np.stack(sequences)
    rows = rows if is_free is None else rows[:, is_free]
    return float(np.mean([(rows[a] != rows[b]).mean() for a, b in combinations(range(len(rows)), 2)]))


def longest_shared(tokens: Tokens, songs: Sequence[Tokens], fewest: int = 3) -> tuple[int, int]:
    """The longest stretch that also occurs in one of the songs, of at least ``fewest`` different chords.

    Returns:
        Its first place and its length; (0, 0) if there is none.
    """
    divided = np.concatenate([np.append(song, -1) for song in songs])
    run = np.zeros(len(divided) + 1, dtype=np.int64)
    best = (0, 0)
    for place, token in enumerate(tokens.tolist()):
        run[1:] = np.where(divided == token, run[:-1] + 1, 0)
        length = int(run.max())
        start = place + 1 - length
        if length > best[1] and len(np.unique(tokens[start : place + 1])) >= fewest:
            best = (start, length)
    return best


def is_copy(stretch: Tokens, bound: int) -> bool:
    """Whether a shared stretch says "memorised": above the bound, and more than a loop that all songs may have.

    More is five different chords, or more than two turns of its shortest loop.
    """
    if len(stretch) <= bound:
        return False
    periods = (size for size in range(1, len(stretch) + 1) if (stretch[size:] == stretch[:-size]).all())
    return len(np.unique(stretch)) >= 5 or len(stretch) > 2 * next(periods)


def lock_violations(tokens: Tokens, locks: dict[int, int]) -> int:
    """How many locked seconds hold another chord than the one they were locked to."""
    return sum(int(tokens[second]) != chord for second, chord in locks.items())


def _relative_entropy(p: Reals, q: Reals) -> float:
    inside = p > 0
    return float((p[inside] * np.log2(p[inside] / q[inside])).sum())


def _bleu(own: list[int], others: Sequence[list[int]]) -> float:
    """BLEU-4 (Papineni et al. 2002) of one sequence against several."""
    if not own or not others:
        return 0.0
    logarithms = []
    for order in range(1, min(_MOST_ORDER, len(own)) + 1):
        counts = ngrams(own, order)
        seen: Counter[tuple[int, ...]] = Counter()
        for other in others:
            seen |= ngrams(other, order)
        matched = (counts & seen).total()
        logarithms.append(math.log((matched or _MISSING) / counts.total()))
    nearest = min((abs(len(other) - len(own)), len(other)) for other in others)[1]
    return math.exp(sum(logarithms) / len(logarithms) + min(0.0, 1.0 - nearest / len(own)))
