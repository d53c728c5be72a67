"""Videos of the same song, found by sound and by picture, so that no song lies on both sides of a split.

MuVi-Sync has one such pair across train and test (two videos of "Bleeding Love"), and four inside train. Two videos
are twins if their chroma agree, whatever the encoding, at the best of all delays up to :data:`LATEST` seconds, or if
their pictures do. Another key is another recording: a cover is no twin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.training.data.song_measures import SongMeasures

LATEST = 30  # seconds by which one may start later than the other
_OVERLAP = 0.75  # share of the shorter one that must lie under the other
_ALIKE = 0.9  # correlation above which two tables show the same

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Twins:
    """Two songs of a data set, by their places in it, and whether sound or picture tells that they are one."""

    first: int
    second: int
    by: Literal["sound", "picture"]
    likeness: float


def find_twins(songs: Sequence[SongMeasures]) -> tuple[Twins, ...]:
    """All pairs that are one song, in order; sound is asked first."""
    sounds = [_centred(song.chroma) for song in songs]
    pictures = [_centred(song.thumbnails) for song in songs]
    found = []
    for first, second in combinations(range(len(songs)), 2):
        for by, tables in (("sound", sounds), ("picture", pictures)):
            likeness = best_agreement(tables[first], tables[second])
            if likeness >= _ALIKE:
                found.append(Twins(first, second, "sound" if by == "sound" else "picture", round(likeness, 3)))
                break
    return tuple(found)


def groups_of(count: int, twins: Sequence[Twins]) -> tuple[int, ...]:
    """For each song the first song that it is one with, itself if there is none: (count,)."""
    group = list(range(count))
    for pair in twins:
        first, second = sorted((group[pair.first], group[pair.second]))
        group = [first if each == second else each for each in group]
    return tuple(group)


def best_agreement(first: Floats, second: Floats) -> float:
    """The highest correlation of two tables of one width over all delays; -1 where neither varies.

    Args:
        first: (T, n) with the mean of each column taken away.
        second: (U, n), likewise.
    """
    best = -1.0
    needed = max(int(_OVERLAP * min(len(first), len(second))), 1)
    for delay in range(-LATEST, LATEST + 1):
        one, other = first[max(delay, 0) :], second[max(-delay, 0) :]
        length = min(len(one), len(other))
        if length < needed:
            continue
        one, other = one[:length], other[:length]
        size = float(np.sqrt((one**2).sum() * (other**2).sum()))
        if size > 1e-9:
            best = max(best, float((one * other).sum()) / size)
    return best


def _centred(table: NDArray[np.floating]) -> Floats:
    rows = table.astype(np.float64)
    return np.asarray(rows - rows.mean(axis=0), dtype=np.float64)
