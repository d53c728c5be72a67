"""The key and its changes, from the chords: a hidden Markov model over the 24 keys.

How likely each chord is in a key was counted in the songs the networks were trained on and lies with their weights.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.listening.chord_tracking import HeardChord
from hitpoint.core.listening.listening import HeardKey
from hitpoint.core.model.vocabulary import CHORDS, QUALITIES, SILENCE
from hitpoint.core.music.key import Key

_SLICE = 2.0  # seconds that count as one observation
_CHANGE = 0.0015  # chance of another key from one to the next
_DIGITS = 6

Floats = NDArray[np.float64]


def find_keys(chords: Sequence[HeardChord], profile: Floats) -> tuple[HeardKey, ...]:
    """The keys that a row of chords goes through; empty if no chord sounds.

    Args:
        chords: in order, without gaps.
        profile: (2, 157) logarithms of the chance of each chord in C major and in C minor.
    """
    if all(chord.token == SILENCE for chord in chords):
        return ()
    seconds = chords[-1].end
    borders = np.linspace(0.0, seconds, max(int(seconds / _SLICE), 1) + 1)
    rows = np.round(_observed(chords, borders, profile), _DIGITS)
    path, chances = _decoded(rows)
    first = np.flatnonzero(np.append(True, path[1:] != path[:-1]))
    last = np.append(first[1:], len(path))
    return tuple(
        HeardKey(
            float(borders[a]), float(borders[b]),
            Key(int(path[a]) % 12, path[a] >= 12), float(chances[a:b, path[a]].mean())
        )
        for a, b in zip(first, last, strict=True)
    )  # fmt: skip


def profile_in_all_keys(profile: Floats) -> Floats:
    """(24, 157): the profile moved to every tonic, the majors first."""
    tokens = np.arange(1, CHORDS)
    root, quality = np.divmod(tokens - 1, len(QUALITIES))
    keys = np.zeros((24, CHORDS))
    for mode in (0, 1):
        for tonic in range(12):
            home = 1 + (root - tonic) % 12 * len(QUALITIES) + quality
            keys[12 * mode + tonic, 1:] = profile[mode, home]
    return keys


def _observed(chords: Sequence[HeardChord], borders: Floats, profile: Floats) -> Floats:
    """(slices, 24): how well each slice fits each key, its chords weighted by their time and how sure they are."""
    keys = profile_in_all_keys(profile)
    rows = np.zeros((len(borders) - 1, 24))
    for chord in chords:
        if chord.token != SILENCE:
            inside = np.minimum(chord.end, borders[1:]) - np.maximum(chord.start, borders[:-1])
            rows += np.maximum(inside, 0.0)[:, None] * (0.3 + 0.7 * chord.confidence) * keys[:, chord.token]
    return rows / _SLICE


def _decoded(rows: Floats) -> tuple[NDArray[np.int64], Floats]:
    """The best path and the chance of each key in each slice given all of them."""
    stay, move = np.log(1 - _CHANGE), np.log(_CHANGE / 23)
    worth, origins = rows[0], []
    forward, backward = np.zeros_like(rows), np.zeros_like(rows)
    forward[0] = rows[0]
    for row in range(1, len(rows)):
        best = int(worth.argmax())
        stayed, moved = worth + stay, worth[best] + move
        origins.append(np.where(stayed >= moved, np.arange(24), best))
        worth = np.maximum(stayed, moved) + rows[row]
        forward[row] = np.logaddexp(forward[row - 1] + stay, np.logaddexp.reduce(forward[row - 1]) + move) + rows[row]
    path = [int(worth.argmax())]
    for origin in reversed(origins):
        path.append(int(origin[path[-1]]))
    for row in range(len(rows) - 2, -1, -1):
        later = backward[row + 1] + rows[row + 1]
        backward[row] = np.logaddexp(later + stay, np.logaddexp.reduce(later) + move)
    logs = forward + backward
    return np.array(path[::-1]), np.asarray(np.exp(logs - np.logaddexp.reduce(logs, axis=1)[:, None]))
