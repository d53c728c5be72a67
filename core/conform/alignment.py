"""The heaviest common subsequence of two sequences, and the heaviest increasing one of one.

Both are the textbook dynamic programmes, the first a row at a time in numpy, so that 1 500 times 1 500 shots take some
hundredths of a second: along a row, what is best is a running maximum.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def heaviest_common(rows: int, columns: int, weights_of: Callable[[int], Floats]) -> list[tuple[int, int]]:
    """Pairs (row, column), both rising, with the greatest sum of weights; earlier columns of equals.

    Args:
        rows: how many there are.
        columns: likewise.
        weights_of: (columns,) for a row: what each pair with it is worth, 0 for one that may not be.
    """
    best = np.zeros(columns + 1)
    is_pair, is_above = [], []
    for row in range(rows):
        weights = weights_of(row)
        paired = np.where(weights > 0, best[:-1] + weights, -1.0)
        here = best.copy()
        here[1:] = np.maximum(here[1:], paired)
        here = np.maximum.accumulate(here)
        is_above.append(np.packbits(here == best))
        is_pair.append(np.packbits((paired == here[1:]) & (here[1:] > here[:-1])))
        best = here
    return _traced(rows, columns, is_pair, is_above)


def heaviest_rising(values: Sequence[int], weights: Sequence[float]) -> set[int]:
    """Places whose values rise strictly, with the greatest sum of weights; N log N (a Fenwick tree of maxima)."""
    ranks = {value: rank for rank, value in enumerate(sorted(set(values)), start=1)}
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(ranks) + 1)
    before: list[int] = []
    best = (0.0, -1)
    for place, (value, weight) in enumerate(zip(values, weights, strict=True)):
        reached, last = _largest_below(tree, ranks[value])
        before.append(last)
        mine = (reached + weight, place)
        _raise(tree, ranks[value], mine)
        best = max(best, mine, key=lambda entry: entry[0])
    found: set[int] = set()
    place = best[1]
    while place >= 0:
        found.add(place)
        place = before[place]
    return found


def _traced(
    rows: int, columns: int, is_pair: list[NDArray[np.uint8]], is_above: list[NDArray[np.uint8]]
) -> list[tuple[int, int]]:
    pairs = []
    column = columns
    for row in range(rows - 1, -1, -1):
        if _bit(is_above[row], column):
            continue
        while column > 0 and not _bit(is_pair[row], column - 1):
            column -= 1
        if column == 0:
            break
        column -= 1
        pairs.append((row, column))
    return pairs[::-1]


def _bit(packed: NDArray[np.uint8], place: int) -> bool:
    return bool(packed[place >> 3] & (128 >> (place & 7)))


def _largest_below(tree: list[tuple[float, int]], rank: int) -> tuple[float, int]:
    found = (0.0, -1)
    rank -= 1
    while rank > 0:
        if tree[rank][0] > found[0]:
            found = tree[rank]
        rank -= rank & -rank
    return found


def _raise(tree: list[tuple[float, int]], rank: int, entry: tuple[float, int]) -> None:
    while rank < len(tree):
        if entry[0] > tree[rank][0]:
            tree[rank] = entry
        rank += rank & -rank
