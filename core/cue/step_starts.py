"""Where steps start: on the grid of half bars, except that a wanted moment off the grid draws a step's start to itself.

The tempo map puts what it can on the grid; this does the rest, so that the harmony can change on a hit wherever it
lies.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from fractions import Fraction

_FARTHEST = Fraction(13, 20)  # of a step, by which its start may be drawn
_SHORTEST = Fraction(3, 10)  # seconds that a step lasts at least when its neighbour is drawn


def drawn_starts(
    grid: Sequence[Fraction], end: Fraction, wanted: Mapping[Fraction, float], half_frame: Fraction
) -> tuple[tuple[Fraction, ...], frozenset[int]]:
    """The starts of the steps, and which of them are hits.

    A moment takes the nearest start that is free: first those less than half a frame away, then by priority, then those
    that are nearer, then in order of time. The first step is never drawn.

    Args:
        grid: seconds at which each step would start by the tempo map; all below ``end``.
        end: of the music.
        wanted: seconds of each wanted moment and its priority.
        half_frame: seconds.
    """
    starts = list(grid)
    taken: set[int] = set()
    for *_, time, order in sorted(_claims(grid, time, p, half_frame) for time, p in wanted.items()):
        for place in order:
            if place not in taken and _may_start(starts, place, time, end, grid):
                starts[place] = time
                taken.add(place)
                break
    return tuple(starts), frozenset(taken)


def _claims(
    grid: Sequence[Fraction], time: Fraction, priority: float, half_frame: Fraction
) -> tuple[bool, float, Fraction, Fraction, list[int]]:
    """How a moment ranks, and the starts it may take, the nearest first."""
    after = bisect_left(grid, time)
    places = sorted((abs(grid[place] - time), place) for place in (after - 1, after) if 0 < place < len(grid))
    distance = places[0][0] if places else time
    return distance > half_frame, -priority, distance, time, [place for _, place in places]


def _may_start(starts: list[Fraction], place: int, time: Fraction, end: Fraction, grid: Sequence[Fraction]) -> bool:
    if time == starts[place]:
        return True
    following = starts[place + 1] if place + 1 < len(starts) else end
    is_near = abs(time - grid[place]) <= _FARTHEST * (grid[place] - grid[place - 1])
    return is_near and time - starts[place - 1] >= _SHORTEST and following - time >= _SHORTEST
