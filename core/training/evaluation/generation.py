"""How free composing compares with real songs: what ``hitpoint evaluate --generate N`` calls.

The model composes to the pictures of real songs, N takes each. What comes out is held against the train split, beside
what real songs do: distances of distributions with the floors that real songs have among themselves, tonal measures,
how different takes of one picture are, and whether anything long was copied from a training song.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hitpoint.core.model.chord_model import ChordModel
from hitpoint.core.model.generate import compose_takes
from hitpoint.core.model.rules.common_progressions import CommonProgressions
from hitpoint.core.model.rules.decoding import DecodingOptions
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.training.data.batches import song_video
from hitpoint.core.training.data.datasets import PUBLISHED_STEPS, Song, Tokens
from hitpoint.core.training.evaluation.music_metrics import (
    COLLAPSED_ALARM,
    SECONDS_ALARM,
    Mask,
    chord_coverage,
    collapsed,
    distance_floors,
    distances,
    distinct,
    hamming,
    histogram_entropy,
    is_copy,
    lock_violations,
    longest_shared,
    self_bleu,
    tonal_distance,
)

_TONAL: dict[str, Callable[[Tokens], float]] = {
    "chord_histogram_entropy": histogram_entropy,
    "chord_coverage": chord_coverage,
    "tonal_distance": tonal_distance,
}
_FLOOR_DRAWS = 20
_AS_IT_IS = DecodingOptions(temperature=1.0, top_p=1.0)  # the model's own distribution, nothing cut off


@dataclass(frozen=True, eq=False)
class Composed:
    """The takes for one picture: chord tokens of equal lengths, and what was locked."""

    takes: tuple[Tokens, ...]
    locks: Mapping[int, int]

    @property
    def is_free(self) -> Mask:
        """(T,) where nothing was locked."""
        free = np.ones(len(self.takes[0]), dtype=np.bool_)
        free[list(self.locks)] = False
        return free


def compose_songs(
    model: ChordModel[Any, Any],
    songs: Sequence[Song],
    takes: int,
    *,
    with_semantic: bool = True,
    options: DecodingOptions = _AS_IT_IS,
    seed: int = 0,
    progress: Progress = SILENT,
) -> list[Composed]:
    """Chords to each song's picture, in its mode, as long as the song or as the paper's 300 s, nothing locked.

    Of the rules of composing only that for common progressions is kept to: the others ask for what songs need not have.
    """
    found = []
    for at, song in enumerate(songs):
        progress.step(at / len(songs), f"composing to {song.name}")
        video = song_video(song, with_semantic=with_semantic)[: min(PUBLISHED_STEPS, model.max_steps)]
        rngs = [np.random.default_rng((seed, at, take)) for take in range(takes)]
        written = compose_takes(
            model, video, is_minor=song.is_minor, rngs=rngs, options=options, rules=(CommonProgressions(),)
        )
        found.append(Composed(tuple(np.array(tokens, dtype=np.int64) for tokens in written), {}))
    return found


def generation_metrics(
    composed: Sequence[Composed], training: Sequence[Tokens], real: Sequence[Tokens], seed: int = 0
) -> dict[str, Any]:
    """All figures as plain values.

    Args:
        composed: takes for some pictures; of distributions and copies the first take of each is measured, so that
            their number is that of the songs.
        training: chords of the train split.
        real: chords of real songs that were not trained on, the yardstick.
        seed: of the floors' draws.
    """
    firsts = [piece.takes[0] for piece in composed]
    count = min(len(firsts), len(training) // 2)
    floors = distance_floors(training, count, np.random.default_rng(seed), _FLOOR_DRAWS)
    found, usual = distances(firsts, training), distances(real, training)
    return {
        "pieces": len(composed),
        "takes": min(len(piece.takes) for piece in composed),
        "distance_bits": {name: _with_floor(found[name], usual[name], *floor) for name, floor in floors.items()},
        "tonal": {name: _beside(measure, firsts, real) for name, measure in _TONAL.items()},
        "diversity": _diversity(composed, real),
        "copies": _copies(firsts, training),
        "lock_violations": sum(lock_violations(take, dict(piece.locks)) for piece in composed for take in piece.takes),
    }


def _with_floor(found: float, real: float, mean: float, deviation: float) -> dict[str, Any]:
    """A distance, that of real songs, the floor, and whether it lies within the floor's spread."""
    bound = mean + 2 * deviation
    return {
        "value": round(found, 4),
        "real": round(real, 4),
        "floor": round(mean, 4),
        "bound": round(bound, 4),
        "within": found <= bound,
    }


def _beside(measure: Callable[[Tokens], float], ours: Sequence[Tokens], real: Sequence[Tokens]) -> dict[str, float]:
    """Mean and standard deviation of a measure, beside those of real songs."""
    report = {}
    for name, songs in (("", ours), ("real_", real)):
        values = np.array([measure(song) for song in songs], dtype=np.float64)
        known = values[~np.isnan(values)]
        report[f"{name}mean"] = round(float(known.mean()), 4) if len(known) else 0.0
        report[f"{name}sd"] = round(float(known.std()), 4) if len(known) else 0.0
    return report


def _diversity(composed: Sequence[Composed], real: Sequence[Tokens]) -> dict[str, float]:
    """How different takes of one picture are, and different real songs; empty with a single take."""
    several = [piece for piece in composed if len(piece.takes) > 1 and piece.is_free.any()]
    if not several or len(real) < 2:
        return {}
    shortest = min(len(song) for song in real)
    takes = [piece.takes for piece in several]
    size = len(takes[0])
    groups = [real[at : at + size] for at in range(0, max(1, len(real) - size + 1), size)]
    return {
        "self_bleu_4": _mean([self_bleu(own) for own in takes]),
        "real_self_bleu_4": _mean([self_bleu(group) for group in groups]),
        "distinct_2": _mean([distinct(own, 2) for own in takes]),
        "distinct_4": _mean([distinct(own, 4) for own in takes]),
        "hamming": _mean([hamming(piece.takes, piece.is_free) for piece in several]),
        "real_hamming": round(hamming([song[:shortest] for song in real[:20]]), 4),
    }


def _copies(pieces: Sequence[Tokens], training: Sequence[Tokens]) -> dict[str, Any]:
    """The longest stretches shared with any training song, in seconds and in chords, and how many are alarming."""
    lines = [collapsed(song) for song in training]
    report: dict[str, Any] = {}
    for name, own, songs, bound in (
        ("seconds", pieces, training, SECONDS_ALARM),
        ("chords", [collapsed(piece) for piece in pieces], lines, COLLAPSED_ALARM),
    ):
        shared = [longest_shared(piece, songs) for piece in own]
        lengths = [length for _, length in shared]
        report[f"longest_{name}"] = max(lengths)
        report[f"median_{name}"] = float(np.median(lengths))
        stretches = [piece[start : start + length] for piece, (start, length) in zip(own, shared, strict=True)]
        report[f"alarms_{name}"] = sum(is_copy(stretch, bound) for stretch in stretches)
    return report


def _mean(values: Sequence[float]) -> float:
    return round(float(np.nanmean(values)), 4)
