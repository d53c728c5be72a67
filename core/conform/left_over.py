"""Matching what is left over when the shots that stand in line have found each other.

Of one medium, each rest of a new shot takes the old rest that shows most of the same, the nearest of equals; first only
what still stands in line (the parts of a shot that was split, or of two that became one), then anything (what was
moved).
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.conform.sources import Identity, Source

_LEAST_MOVED = 0.5  # of the shorter shot, that must be there for a shot to count as moved
_FAR = 1 << 60

Rest = tuple[int, Fraction, Fraction]  # a shot, and the part of its source that is not spoken for
Bounds = tuple[list[int], list[int]]  # for each old shot the first and the last new one that would stand in line


@dataclass(frozen=True)
class Overlap:
    """What an old and a new shot both show: seconds of source."""

    old_shot: int
    new_shot: int
    start: Fraction
    end: Fraction


def remains(sources: tuple[Source, ...], taken: Sequence[Rest], frame: Fraction) -> dict[Identity, list[Rest]]:
    """What is not spoken for, by what it shows; half a frame or less is nothing."""
    spoken = {shot: (start, end) for shot, start, end in taken}
    rests: dict[Identity, list[Rest]] = defaultdict(list)
    for shot, source in enumerate(sources):
        start, end = spoken.get(shot, (source.end, source.end))
        for low, high in ((source.start, start), (end, source.end)):
            if high - low > frame * source.speed / 2:
                rests[source.identity].append((shot, low, high))
    return rests


def bounds_of(line: Sequence[tuple[int, int]], shots: int) -> Bounds:
    """Between which new shots each old one would stand in line with these pairs, its neighbours' partners included."""
    low, high = [-1] * shots, [_FAR] * shots
    partners = dict(line)
    last, following = -1, _FAR
    for shot in range(shots):
        low[shot] = last = partners.get(shot, last)
    for shot in range(shots - 1, -1, -1):
        high[shot] = following = partners.get(shot, following)
    return low, high


def shared(news: Sequence[Rest], pool: Pool, after: tuple[Source, ...], frame: Fraction) -> list[Overlap]:
    """The overlaps of what is left of one medium."""
    found: list[Overlap] = []
    waiting = deque((rest, True) for rest in news)
    while waiting:
        rest, in_line = waiting.popleft()
        shot, start, end = rest
        least = frame * after[shot].speed / 2
        taken = pool.take(rest, float(after[shot].end - after[shot].start), least, in_line=in_line)
        if taken is not None:
            found.append(taken)
            waiting.extend(
                ((shot, a, b), in_line) for a, b in ((start, taken.start), (taken.end, end)) if b - a > least
            )
        elif in_line:
            waiting.append((rest, False))
    return found


class Pool:
    """The old rests of one medium, from which new ones take their parts.

    Args:
        rests: of old shots.
        before: what the old shots show.
        bounds: of each old shot.
    """

    def __init__(self, rests: Sequence[Rest], before: tuple[Source, ...], bounds: Bounds) -> None:
        self._before, self._bounds = before, bounds
        self._rests: list[Rest] = []
        self._table = np.empty((6, 0))
        self._add(rests)

    def take(self, rest: Rest, length: float, least: Fraction, *, in_line: bool) -> Overlap | None:
        """What a new rest shares with the best old one; what is left of that one stays.

        Args:
            rest: of the new shot.
            length: of the whole new shot, in seconds of source.
            least: seconds of source that count.
            in_line: whether the pair must stand in line with the others.
        """
        choice = self._best(rest, length, float(least), in_line=in_line)
        if choice is None:
            return None
        shot, (old_shot, old_start, old_end) = rest[0], self._rests[choice]
        low, high = max(old_start, rest[1]), min(old_end, rest[2])
        self._table[1, choice] = self._table[0, choice] = -np.inf  # spoken for
        self._add([(old_shot, a, b) for a, b in ((old_start, low), (high, old_end)) if b - a > least])
        return Overlap(old_shot, shot, low, high)

    def _best(self, rest: Rest, length: float, least: float, *, in_line: bool) -> int | None:
        shot, start, end = rest[0], float(rest[1]), float(rest[2])
        starts, ends, lengths, numbers, low, high = self._table
        worth = np.minimum(ends, end) - np.maximum(starts, start)
        may = (low <= shot) & (shot <= high) if in_line else worth >= _LEAST_MOVED * np.minimum(lengths, length)
        worth = np.where(may & (worth > least), np.round(worth, 9), -np.inf)
        if not worth.size or worth.max() == -np.inf:
            return None
        equals = np.flatnonzero(worth == worth.max())
        return int(equals[np.abs(numbers[equals] - shot).argmin()])

    def _add(self, rests: Sequence[Rest]) -> None:
        if rests:
            self._rests.extend(rests)
            self._table = np.concatenate((self._table, self._columns(rests)), axis=1)

    def _columns(self, rests: Sequence[Rest]) -> NDArray[np.float64]:
        """(6, rests) start, end, length of the whole shot, its number, and its bounds."""
        rows = [
            (float(a), float(b), float(self._before[shot].end - self._before[shot].start), shot, *self._bound(shot))
            for shot, a, b in rests
        ]
        return np.array(rows, dtype=np.float64).T

    def _bound(self, shot: int) -> tuple[int, int]:
        return self._bounds[0][shot], self._bounds[1][shot]
