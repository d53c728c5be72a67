"""From how much each frame sounds like each chord to a row of chords.

One a beat, with rare changes off the beat's start.

A hidden Markov model over the 157 chords, a row a beat: staying costs little, a change costs more inside a bar than at
its line. A chord's confidence is the mean posterior of its beats.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.listening.spectra import CHORD_POOL, FRAMES_PER_SECOND
from hitpoint.core.model.vocabulary import CHORDS

_CHANGE_AT_BAR, _CHANGE_ON_BEAT = 0.5, 0.12
_SHARPNESS = 2.5  # how many independent frames the mean of a beat counts for
_DIGITS = 4

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class HeardChord:
    """A chord from ``start`` to ``end`` seconds: a vocabulary token as it sounds, and 0..1 how sure it is."""

    start: float
    end: float
    token: int
    confidence: float


def track_chords(
    log_chances: Floats, beats: Floats, is_bar: NDArray[np.bool_], seconds: float, prior: Floats | None = None
) -> tuple[HeardChord, ...]:
    """The chords, without gaps from 0 to the end.

    Args:
        log_chances: (frames, 157) logarithms of the network's chances, 10.8 a second.
        beats: (n,) seconds of the beats; between two of them there is one chord.
        is_bar: (n,) whether each begins a bar.
        seconds: of the recording.
        prior: (157,) logarithms by which chords are likelier beforehand, of a key for example.
    """
    borders = np.unique(np.concatenate([[0.0], beats[(beats > 0.02) & (beats < seconds - 0.02)], [seconds]]))
    rows = _beat_rows(log_chances, borders) + (0.0 if prior is None else prior)
    at_bar = np.isin(borders[:-1], beats[is_bar])
    path, posterior = _decoded(np.round(_SHARPNESS * rows, _DIGITS), at_bar)
    return _joined(borders, path, posterior)


def _beat_rows(log_chances: Floats, borders: Floats) -> Floats:
    """(stretches, 157) the mean logarithm between each two borders, at least one frame."""
    frames = np.clip(np.round(borders * FRAMES_PER_SECOND / CHORD_POOL).astype(np.intp), 0, len(log_chances))
    sums = np.concatenate([np.zeros((1, CHORDS)), np.cumsum(log_chances, axis=0, dtype=np.float64)])
    low = np.minimum(frames[:-1], len(log_chances) - 1)
    high = np.maximum(np.minimum(frames[1:], len(log_chances)), low + 1)
    return np.asarray((sums[high] - sums[low]) / (high - low)[:, None])


def _decoded(rows: Floats, at_bar: NDArray[np.bool_]) -> tuple[NDArray[np.int64], Floats]:
    """The best path, and the posterior (stretches, 157) by the forward-backward algorithm."""
    changing = np.where(at_bar, _CHANGE_AT_BAR, _CHANGE_ON_BEAT)
    stay, move = np.log(1 - changing), np.log(changing / (CHORDS - 1))
    worth, origins = rows[0], []
    for row in range(1, len(rows)):
        best = int(worth.argmax())
        moved, stayed = worth[best] + move[row], worth + stay[row]
        origins.append(np.where(stayed >= moved, np.arange(CHORDS), best))
        worth = np.maximum(stayed, moved) + rows[row]
    path = [int(worth.argmax())]
    for origin in reversed(origins):
        path.append(int(origin[path[-1]]))
    return np.array(path[::-1]), _posterior(rows, stay, move)


def _posterior(rows: Floats, stay: Floats, move: Floats) -> Floats:
    """Chances of each chord in each stretch, given all of them."""
    forward, backward = np.zeros_like(rows), np.zeros_like(rows)
    forward[0] = rows[0]
    for row in range(1, len(rows)):
        total = np.logaddexp.reduce(forward[row - 1])
        forward[row] = np.logaddexp(forward[row - 1] + stay[row], total + move[row]) + rows[row]
    for row in range(len(rows) - 2, -1, -1):
        later = backward[row + 1] + rows[row + 1]
        backward[row] = np.logaddexp(later + stay[row + 1], np.logaddexp.reduce(later) + move[row + 1])
    logs = forward + backward
    return np.asarray(np.exp(logs - np.logaddexp.reduce(logs, axis=1)[:, None]))


def _joined(borders: Floats, path: NDArray[np.int64], posterior: Floats) -> tuple[HeardChord, ...]:
    """Neighbours that are alike as one chord."""
    first = np.flatnonzero(np.append(True, path[1:] != path[:-1]))
    last = np.append(first[1:], len(path))
    return tuple(
        HeardChord(
            float(borders[a]), float(borders[b]), int(path[a]), float(np.clip(posterior[a:b, path[a]].mean(), 0, 1))
        )
        for a, b in zip(first, last, strict=True)
    )
