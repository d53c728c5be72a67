"""Pictures that fit: candidates are drawn small, judged, and the best ones varied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.visuals.generator import Latent, PictureGenerator, PictureJudge, Rgb, drawn, slerp
from hitpoint.core.visuals.pattern import View

CANDIDATES = 96
_SIZE = (54, 96)  # pixels of a candidate: rows, columns
_BATCH = 16
_PARENTS = 4
_ROUNDS = 2
_NEARNESS = 0.6  # what a find loses if it lies where an earlier one does
_STEP = 0.22  # of the way to a stranger, for a variation


@dataclass(frozen=True, eq=False)
class Find:
    """A picture that fits.

    Attributes:
        latent: where it lies.
        score: of its judge.
        first_score: the mean of all candidates, to compare with.
    """

    latent: Latent
    score: float
    first_score: float


def search(
    generator: PictureGenerator,
    judge: PictureJudge,
    rng: np.random.Generator,
    flow: float,
    *,
    others: Sequence[Latent] = (),
    candidates: int = CANDIDATES,
    progress: Progress = SILENT,
) -> Find:
    """The best picture among candidates and their variations.

    Args:
        generator: draws them.
        judge: says which fit.
        rng: draws latent vectors.
        flow: turns that waves run from one frame to the next, for the judge of motion.
        others: finds from which this one is to differ.
        candidates: how many are drawn at first.
        progress: stepped for each batch.

    Raises:
        Cancelled: if stopped.
    """
    pool = [rng.normal(0.0, 1.0, generator.latent_size) for _ in range(candidates)]
    scores = _scores(generator, judge, pool, flow, progress.part(0.0, 0.6))
    mean = float(np.mean(scores))
    for number in range(_ROUNDS):
        best = _ranked(pool, scores, others)[:_PARENTS]
        varied = [slerp(pool[place], rng.normal(0.0, 1.0, generator.latent_size), _STEP) for place in best * 3]
        part = progress.part(0.6, 1.0).share(number, _ROUNDS)
        pool, scores = [*pool, *varied], [*scores, *_scores(generator, judge, varied, flow, part)]
    place = _ranked(pool, scores, others)[0]
    return Find(pool[place], scores[place], mean)


def _ranked(pool: Sequence[Latent], scores: Sequence[float], others: Sequence[Latent]) -> list[int]:
    """Numbers of candidates, the best first."""
    worth = [score - _NEARNESS * _nearness(latent, others) for latent, score in zip(pool, scores, strict=True)]
    return sorted(range(len(pool)), key=lambda place: (-round(worth[place], 9), place))


def _nearness(latent: Latent, others: Sequence[Latent]) -> float:
    """The largest cosine to any of the others, 0 if there are none."""
    cosines = [
        float(np.sum(latent * other) / np.sqrt(np.sum(latent * latent) * np.sum(other * other))) for other in others
    ]
    return max([0.0, *cosines])


def _scores(
    generator: PictureGenerator, judge: PictureJudge, pool: Sequence[Latent], flow: float, progress: Progress
) -> list[float]:
    scores: list[float] = []
    for start in range(0, len(pool), _BATCH):
        progress.step(start / len(pool), "Looking for pictures")
        pairs: list[tuple[Rgb, Rgb]] = []
        for latent in pool[start : start + _BATCH]:
            first, second = (drawn(generator, latent, View(flow=at), *_SIZE) for at in (0.0, flow))
            pairs.append((first, second))
        scores += [float(score) for score in judge.scores(pairs)]
    return scores
