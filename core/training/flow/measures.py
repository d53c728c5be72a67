"""How good draws of curves are.

CRPS of each second, energy score of windows, and whether they can be told from real ones.

The baseline is strong and simple: what the regressor expects, plus differences from it that training songs had, in
blocks of 96 seconds (a block bootstrap). It knows nothing of the picture beyond the mean.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.model.curve_flow import CurveFlow, manner_of
from hitpoint.core.training.flow.songs import FlowSong

BLOCK = 96
_DRAWS = 6
_SCALE = np.array((4.84, 0.055))  # of density and loudness inside songs, in which windows are compared
_RESAMPLED = 2000

Curves = NDArray[np.float64]
Draw = Callable[[int, FlowSong, np.random.Generator], Curves]


@dataclass(frozen=True, eq=False)
class CurveScores:
    """Of each song: (songs,) CRPS of density and of loudness, energy score; and the AUC of a judge, .5 is real."""

    density: Curves
    loudness: Curves
    energy: Curves
    auc: float

    def line(self) -> str:
        """Means with 95 % intervals over songs."""
        parts = (("CRPS density", self.density), ("loudness", self.loudness), ("energy", self.energy))
        return ", ".join(f"{name} {interval(values)}" for name, values in parts) + f", AUC {self.auc:.3f}"


def interval(values: Curves) -> str:
    """A mean and its 95 % interval by resampling songs."""
    rng = np.random.default_rng(0)
    means = [values[rng.integers(len(values), size=len(values))].mean() for _ in range(_RESAMPLED)]
    low, high = np.quantile(means, (0.025, 0.975))
    return f"{values.mean():.4f} [{low:.4f}, {high:.4f}]"


def block_draw(training: Sequence[FlowSong]) -> Draw:
    """The baseline."""

    def draw(_: int, song: FlowSong, rng: np.random.Generator) -> Curves:
        """(n, 2) curves: what was expected, and blocks of other songs' differences from that."""
        blocks, rows = list[Curves](), 0
        while rows < len(song.seen):
            other = training[int(rng.integers(len(training)))]
            first = int(rng.integers(max(len(other.seen) - BLOCK, 0) + 1))
            block = (other.heard - other.expected)[first : first + BLOCK]
            blocks.append(np.asarray(block, np.float64))
            rows += len(block)
        return np.maximum(song.expected + np.concatenate(blocks)[: len(song.seen)], 0.0)

    return draw


def flow_draw(flow: CurveFlow, guidance: float = 1.0, *, referred: bool = False) -> Draw:
    """The flow; ``referred`` tells it how the song itself moves, as a reference in its manner would."""

    def draw(_: int, song: FlowSong, rng: np.random.Generator) -> Curves:
        """(n, 2) curves as the flow draws them for this song."""
        manner = manner_of(song.heard) if referred else None
        return flow.drawn(song.seen, song.expected.astype(np.float64), rng, manner, guidance)

    return draw


def wrong_draw(flow: CurveFlow, songs: Sequence[FlowSong]) -> Draw:
    """The flow that is shown the picture, and what is expected of it, of another song."""

    def draw(number: int, song: FlowSong, rng: np.random.Generator) -> Curves:
        """(n, 2) curves as the flow draws them for another song's pictures."""
        other = songs[(number + 7) % len(songs)]
        rows = np.arange(len(song.seen)) % len(other.seen)
        return flow.drawn(other.seen[rows], other.expected[rows].astype(np.float64), rng)

    return draw


def curve_scores(songs: Sequence[FlowSong], draw: Draw, seed: int = 1) -> CurveScores:
    """The scores of a way to draw."""
    crps, energies, drawn = [], [], []
    for number, song in enumerate(songs):
        rng = np.random.default_rng([seed, number])
        draws = np.stack([draw(number, song, rng) for _ in range(_DRAWS)])
        crps.append(_crps(draws, song.heard))
        energies.append(_energy(draws, song.heard))
        drawn.append(draws[0])
    both = np.array(crps)
    return CurveScores(both[:, 0], both[:, 1], np.array(energies), told_apart([song.heard for song in songs], drawn))


def _crps(draws: Curves, heard: NDArray[np.float32]) -> Curves:
    """(2,) means over seconds; the fair estimate, pairs of different draws only."""
    off = np.abs(draws - heard).mean(axis=(0, 1))
    apart = np.abs(draws[:, None] - draws[None]).mean(axis=2).sum(axis=(0, 1)) / (_DRAWS * (_DRAWS - 1))
    return np.asarray(off - 0.5 * apart)


def _energy(draws: Curves, heard: NDArray[np.float32]) -> float:
    """Mean over windows of the energy score, a deviation of one curve at one second being 1."""
    found = []
    for first in range(0, max(len(heard) - BLOCK, 0) + 1, BLOCK):
        window = slice(first, first + BLOCK)
        flat = (draws[:, window] / _SCALE).reshape(_DRAWS, -1)
        real = (heard[window] / _SCALE).ravel()
        off = np.linalg.norm(flat - real, axis=1).mean()
        apart = np.linalg.norm(flat[:, None] - flat[None], axis=2).sum() / (_DRAWS * (_DRAWS - 1))
        found.append((off - 0.5 * apart) / np.sqrt(len(real)))
    return float(np.mean(found))


def told_apart(real: Sequence[NDArray[np.floating]], drawn: Sequence[NDArray[np.floating]]) -> float:
    """Area under the curve of a logistic judge of windows, songs held out in five parts."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    rows, labels, groups = [], [], []
    for number, pair in enumerate(zip(real, drawn, strict=True)):
        for label, curves in enumerate(pair):
            for first in range(0, max(len(curves) - BLOCK, 0) + 1, BLOCK):
                rows.append(_features(np.asarray(curves[first : first + BLOCK], np.float64)))
                labels.append(label)
                groups.append(number % 5)
    table, wanted, part = np.array(rows), np.array(labels), np.array(groups)
    said = np.zeros(len(table))
    for held in range(5):
        judge = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))
        judge.fit(table[part != held], wanted[part != held])
        said[part == held] = judge.predict_proba(table[part == held])[:, 1]
    return float(roc_auc_score(wanted, said))


def _features(curves: Curves) -> Curves:
    """What a judge sees of a window: level, spread, extremes, likeness to itself, steps, and how both go together."""
    steps = np.abs(np.diff(curves, axis=0))
    parts = [
        curves.mean(0), curves.std(0), np.ptp(curves, axis=0), steps.mean(0), np.quantile(steps, 0.9, axis=0),
        (np.quantile(curves, 0.1, axis=0) - curves.mean(0)), manner_of(curves)[:4],
    ]  # fmt: skip
    together = np.asarray(np.corrcoef(curves.T))[0, 1] if curves.std(0).min() > 1e-9 else 0.0
    return np.concatenate([*parts, [together]])
