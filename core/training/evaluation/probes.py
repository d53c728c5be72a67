"""What a chord model makes of the picture, of locks, and of its own certainty, by teacher forcing.

* **Video gain**, bits a second: how much likelier chords become by the song's own picture, against the pictures of
  other songs of about the same length ("song") and against its own picture moved in time ("moment"). 0 or less says
  that the picture is ignored.
* **Infill gain**, nats a second: how much likelier the chords of a gap become if all around it is locked, against the
  past alone. A model that does not read locks has 0. **Refill gain**: the same heard in the order in which gaps are
  composed, what follows first (:mod:`hitpoint.core.model.infill`).
* **Calibration**: how far the probability of a change lies from how often the chord changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.model.conditions import FREE
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.model.vocabulary import CHORDS
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.training.data.datasets import Song
from hitpoint.core.training.data.memory_windows import MemoryWindow, turned_window, whole_window
from hitpoint.core.training.data.segments import timed_chords
from hitpoint.core.training.evaluation.metrics import (
    BOOTSTRAP_DRAWS,
    PerSong,
    calibration_error,
    negative_log_likelihoods,
    per_song_mean,
)
from hitpoint.core.training.evaluation.teacher_forcing import (
    ChordReader,
    Guesses,
    chord_guesses,
    hold_probabilities,
    memory_guesses,
)

SPANS = (4, 8, 16, 32)  # seconds of a gap

_BITS = 1.0 / np.log(2.0)

Mask = NDArray[np.bool_]
Reals = NDArray[np.float64]


def probe(
    model: ChordReader,
    songs: Sequence[Song],
    guesses: Sequence[Guesses],
    shuffles: int,
    progress: Progress = SILENT,
    seed: int = 0,
) -> dict[str, Any]:
    """All of the module, each figure with its 95 % interval under ``NAME_ci``.

    Args:
        model: asked again, with other pictures and with locks.
        songs: with their pictures.
        guesses: what the model said of the songs.
        shuffles: how many other pictures each song is shown.
        progress: a step a pass over the songs.
        seed: of pictures moved and gaps made.
    """
    rng = np.random.default_rng(seed)
    own = song_losses(guesses)
    report = calibration(guesses)
    changes: dict[str, Callable[[int], list[Song]]] = {
        "song": lambda turn: with_pictures_of_others(songs, turn + 1),
        "moment": lambda _: with_pictures_moved(songs, rng),
    }
    for at, (name, changed) in enumerate(changes.items()):
        losses = []
        for turn in range(shuffles):
            progress.step((at + turn / shuffles) / 3, f"with other pictures, {name} {turn + 1}")
            losses.append(song_losses(chord_guesses(model, changed(turn))))
        report.update(_gain(f"video_gain_{name}_bits", own, _mean_of(losses), _BITS))
    if isinstance(model, MemoryAMT):
        for at, span in enumerate(SPANS):
            progress.step((2 + at / len(SPANS)) / 3, f"with a gap of {span} s among locks")
            turned, locked, free = infill_losses(model, songs, span, rng)
            report.update(_gain(f"infill_gain_{span}s_nats", locked, free))
            report.update(_gain(f"refill_gain_{span}s_nats", turned, free))
    return report


def song_losses(guesses: Sequence[Guesses], asked: Sequence[Mask] | None = None) -> PerSong:
    """Nats of each song's chords, END left out; with ``asked``, of those only."""
    rows = []
    for at, song in enumerate(guesses):
        kept = song.targets < CHORDS if asked is None else (song.targets < CHORDS) & asked[at]
        rows.append(negative_log_likelihoods(song.log_probabilities[kept], song.targets[kept]))
    return per_song_mean(rows, is_pooled=True)


def with_pictures_of_others(songs: Sequence[Song], turn: int) -> list[Song]:
    """Each song with the picture of the ``turn``-th next longer one; the longest begin with the shortest again."""
    order = sorted(range(len(songs)), key=lambda at: (len(songs[at]), at))
    found = list(songs)
    for place, at in enumerate(order):
        other = songs[order[(place + turn) % len(order)]]
        found[at] = replace(songs[at], features=_fitted(other.features, len(songs[at].features)))
    return found


def with_pictures_moved(songs: Sequence[Song], rng: np.random.Generator) -> list[Song]:
    """Each song with its picture begun between a tenth and nine tenths of it, the beginning put at the end."""
    found = []
    for song in songs:
        rows = len(song.features)
        offset = int(rng.integers(rows // 10, max(rows // 10 + 1, 9 * rows // 10)))
        found.append(replace(song, features=song.features.rows_at((np.arange(rows) + offset) % rows)))
    return found


def infill_losses(
    model: MemoryAMT, songs: Sequence[Song], span: int, rng: np.random.Generator
) -> tuple[PerSong, PerSong, PerSong]:
    """Nats of a gap of ``span`` seconds in each song.

    Heard after all around it, among locks, and with nothing locked.
    """
    free = [whole_window(timed_chords(song), model.max_steps) for song in songs]
    gaps = [_gap(window, span, rng) for window in free]
    locked = [_locked(window, ~gap) for window, gap in zip(free, gaps, strict=True)]
    turned = [_turned(window, gap, model.max_steps) for window, gap in zip(free, gaps, strict=True)]
    asked = [gap[1:] for gap in gaps]
    asked_turned = [(window.conditions.locks == FREE)[1 : len(window.targets)] for window in turned]
    return (
        song_losses(memory_guesses(model, turned), asked_turned),
        song_losses(memory_guesses(model, locked), asked),
        song_losses(memory_guesses(model, free), asked),
    )


def calibration(guesses: Sequence[Guesses], seed: int = 0) -> dict[str, Any]:
    """``change_ece`` over all songs, with its interval by drawing songs again."""
    pairs = []
    for song in guesses:
        kept = song.targets < CHORDS
        pairs.append(((1.0 - hold_probabilities(song))[kept], (song.previous != song.targets)[kept]))

    def error(picks: Sequence[int]) -> float:
        """The calibration error of a draw of songs, 0..1."""
        drawn = [pairs[pick] for pick in picks]
        return calibration_error(np.concatenate([pair[0] for pair in drawn]), np.concatenate([p[1] for p in drawn]))

    picks = np.random.default_rng(seed).integers(0, len(pairs), size=(BOOTSTRAP_DRAWS // 10, len(pairs)))
    low, high = np.quantile([error(row) for row in picks.tolist()], (0.025, 0.975))
    found = error(range(len(pairs)))
    return {"change_ece": round(found, 4), "change_ece_ci": [round(float(low), 4), round(float(high), 4)]}


def _fitted(features: PictureFeatures, rows: int) -> PictureFeatures:
    """As many rows as asked for; a picture that is too short begins again."""
    return features.rows_at(np.arange(rows) % len(features))


def _gap(window: MemoryWindow, span: int, rng: np.random.Generator) -> Mask:
    """(T,) True in a stretch of ``span`` targets that are chords, not the first."""
    chords = int((window.targets < CHORDS).sum())
    start = int(rng.integers(1, max(2, chords - span + 1)))
    index = np.arange(len(window.targets))
    return np.asarray((index >= start) & (index < start + span))


def _turned(window: MemoryWindow, gap: Mask, longest: int) -> MemoryWindow:
    """The window in the order in which its gap is composed."""
    first, last = np.flatnonzero(gap)[[0, -1]].tolist()
    return turned_window(window, range(first, last + 1), longest)


def _locked(window: MemoryWindow, locked: Mask) -> MemoryWindow:
    """The window with those of its chords locked."""
    locks = window.conditions.locks.copy()
    there = np.flatnonzero(locked & (window.targets < CHORDS))
    locks[there] = window.targets[there]
    assert (locks != FREE).any() or not len(there)
    return replace(window, conditions=replace(window.conditions, locks=locks))


def _mean_of(losses: Sequence[PerSong]) -> PerSong:
    """The mean of several measurements of the same positions."""
    sums: Reals = np.mean([found.sums for found in losses], axis=0)
    return PerSong(sums, losses[0].counts, is_pooled=True)


def _gain(name: str, better: PerSong, worse: PerSong, unit: float = 1.0) -> dict[str, Any]:
    low, high = worse.interval_of_gain_over(better)
    return {
        name: round(unit * (worse.mean - better.mean), 4),
        f"{name}_ci": [round(unit * low, 4), round(unit * high, 4)],
    }
