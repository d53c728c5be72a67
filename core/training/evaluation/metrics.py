"""Figures of merit, as pure functions on arrays.

Conventions: one row of scores per predicted chord, one column per token; a higher score is a better guess, equal scores
rank by token. Targets are the chords from second 1 on, then END where the song is shorter than the published length.
Hits are taken per song and averaged over songs, as the paper does; likelihoods and change points over all tokens.
A :class:`PerSong` keeps what each song adds, so that songs can be drawn again for confidence intervals.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Tokens = NDArray[np.int64]
Mask = NDArray[np.bool_]

BOOTSTRAP_DRAWS = 2000
SMALLEST_PROBABILITY = 1e-12  # so that a logarithm exists
LABEL_ARTEFACT_SECONDS = 10  # the chord recogniser's chunk: boundaries snap to its edges


@dataclass(frozen=True, eq=False)
class PerSong:
    """A mean that can be taken again over other songs.

    Attributes:
        sums: (songs,) what each song adds.
        counts: (songs,) over how many positions; 0 leaves a song out.
        is_pooled: the mean over all positions; otherwise the mean of the songs' own means.
    """

    sums: Reals
    counts: Reals
    is_pooled: bool = False

    @property
    def mean(self) -> float:
        """Over all songs; NaN if there is nothing to average."""
        return float(self._means(np.arange(len(self.sums))[None])[0])

    def interval(self, seed: int = 0, draws: int = BOOTSTRAP_DRAWS) -> tuple[float, float]:
        """The 95 % confidence interval, by the percentile bootstrap over songs."""
        low, high = np.nanquantile(self._means(_drawn_songs(len(self.sums), seed, draws)), (0.025, 0.975))
        return float(low), float(high)

    def interval_of_gain_over(self, other: PerSong, seed: int = 0, draws: int = BOOTSTRAP_DRAWS) -> tuple[float, float]:
        """The 95 % interval of ``self - other`` on the same songs, by the paired bootstrap."""
        songs = _drawn_songs(len(self.sums), seed, draws)
        low, high = np.nanquantile(self._means(songs) - other._means(songs), (0.025, 0.975))
        return float(low), float(high)

    def _means(self, songs: NDArray[np.intp]) -> Reals:
        """One mean for each row of song indices, shape (draws,)."""
        sums, counts = self.sums[songs], self.counts[songs]
        if self.is_pooled:
            return _ratio(sums.sum(axis=1), counts.sum(axis=1))
        own = _ratio(sums, counts)
        return _ratio(np.nansum(own, axis=1), (~np.isnan(own)).sum(axis=1).astype(np.float64))


def per_song_mean(values: list[Reals], *, is_pooled: bool = False) -> PerSong:
    """The mean of values that were taken at each position of each song."""
    sums = np.array([float(np.sum(row)) for row in values])
    counts = np.array([float(len(row)) for row in values])
    return PerSong(sums, counts, is_pooled)


def ranks(scores: Reals, targets: Tokens) -> Tokens:
    """How many tokens are scored before each target: 0 is a first guess. (n, V), (n,) -> (n,).

    A target without a column (END for a model that has none) ranks behind every token.
    """
    size = scores.shape[1]
    inside = np.minimum(targets, size - 1)
    own = np.take_along_axis(scores, inside[:, None], axis=1)
    earlier_ties = (scores == own) & (np.arange(size) < inside[:, None])
    behind: Tokens = (scores > own).sum(axis=1) + earlier_ties.sum(axis=1)
    return np.where(targets < size, behind, np.int64(size))


def hits_at(found_ranks: Tokens, k: int) -> Reals:
    """1 where the target is among the first k guesses, else 0."""
    return (found_ranks < k).astype(np.float64)


def change_ranks(scores: Reals, previous: Tokens, targets: Tokens) -> Tokens:
    """Ranks where the chord changes, among the chords that are a change (all but the previous one). (changes,)."""
    changes = np.flatnonzero(previous != targets)
    others = scores[changes].copy()
    others[np.arange(len(changes)), previous[changes]] = -np.inf
    return ranks(others, targets[changes])


def negative_log_likelihoods(log_probabilities: Reals, targets: Tokens) -> Reals:
    """Nats for each target; (n, V), (n,) -> (n,)."""
    return -np.take_along_axis(log_probabilities, targets[:, None], axis=1)[:, 0]


def area_under_curve(scores: Reals, labels: Mask) -> float:
    """Chance that a True label has a higher score than a False one (ties count half); NaN if one kind is missing."""
    positives, negatives = int(labels.sum()), int((~labels).sum())
    if not positives or not negatives:
        return float("nan")
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    mean_rank = np.cumsum(counts) - (counts - 1) / 2.0
    wins = mean_rank[inverse][labels].sum() - positives * (positives + 1) / 2.0
    return float(wins / (positives * negatives))


def log_losses(probabilities: Reals, happened: Mask) -> Reals:
    """Nats lost on each yes or no that was given a probability; (n,), (n,) -> (n,)."""
    said = np.where(happened, probabilities, 1.0 - probabilities)
    return -np.log(np.maximum(said, SMALLEST_PROBABILITY))


def calibration_error(probabilities: Reals, happened: Mask, bins: int = 15) -> float:
    """ECE: how far probabilities lie from how often it happened, in equal bins, weighted by their size; 0..1."""
    index = np.minimum((probabilities * bins).astype(np.int64), bins - 1)
    off = np.bincount(index, weights=probabilities - happened, minlength=bins)
    return float(np.abs(off).sum() / max(1, len(probabilities)))


def away_from_label_artefact(seconds: NDArray[np.int64]) -> Mask:
    """The positions of the "clean" protocol: those where t mod 10 is neither 0 nor 1.

    The data set's labels change on multiples of 10 s far too often, for its chord recogniser works in such chunks.
    """
    return seconds % LABEL_ARTEFACT_SECONDS >= 2


def padded_rmse(predicted: Reals, target: Reals, length: int) -> float:
    """Root mean square error of a song padded with zeros, or cut, to ``length``: the reference's measure."""
    error = np.zeros(length)
    rows = min(len(target), length)
    error[:rows] = predicted[:rows] - target[:rows]
    return float(np.sqrt(np.mean(error**2)))


def rmse(predicted: Reals, target: Reals) -> float:
    """Root mean square error over a song's own seconds."""
    return float(np.sqrt(np.mean((predicted - target) ** 2)))


def correlation(predicted: Reals, target: Reals) -> float:
    """Pearson's r within a song; 0 where the prediction stands still, NaN where the target does."""
    if np.ptp(target) == 0:
        return float("nan")
    if np.ptp(predicted) == 0:
        return 0.0
    first, second = predicted - predicted.mean(), target - target.mean()
    return float((first * second).sum() / np.sqrt((first**2).sum() * (second**2).sum()))


def _drawn_songs(songs: int, seed: int, draws: int) -> NDArray[np.intp]:
    return np.random.default_rng(seed).integers(0, songs, size=(draws, songs))


def _ratio(numerator: Reals, denominator: Reals) -> Reals:
    """Division that gives NaN for nothing over nothing, without a warning."""
    empty = np.full(np.shape(numerator), np.nan)
    return np.asarray(np.divide(numerator, denominator, out=empty, where=denominator > 0))
