from itertools import combinations, pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hitpoint.core.conform.alignment import heaviest_common, heaviest_rising

weights = st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=1, max_size=4)


def best_by_search(table: list[list[int]]) -> int:
    """The greatest sum of any pairs that rise in both, all of them tried."""
    rows, columns = len(table), len(table[0])
    return max(
        sum(table[r][c] for r, c in zip(chosen_rows, chosen_columns, strict=True))
        for size in range(min(rows, columns) + 1)
        for chosen_rows in combinations(range(rows), size)
        for chosen_columns in combinations(range(columns), size)
    )


@settings(deadline=None)
@given(weights)
def test_no_other_pairs_weigh_more(table: list[list[int]]) -> None:
    pairs = heaviest_common(len(table), 4, lambda row: np.array(table[row], np.float64))
    assert sum(table[row][column] for row, column in pairs) == best_by_search(table)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))
    assert all(table[row][column] > 0 for row, column in pairs)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 5)), max_size=8))
def test_no_other_rising_values_weigh_more(pairs: list[tuple[int, int]]) -> None:
    values, heavy = [value for value, _ in pairs], [float(weight) for _, weight in pairs]
    found = sorted(heaviest_rising(values, heavy))
    assert all(values[a] < values[b] for a, b in pairwise(found))
    others = (
        places
        for size in range(len(pairs) + 1)
        for places in combinations(range(len(pairs)), size)
        if all(values[a] < values[b] for a, b in pairwise(places))
    )
    assert sum(heavy[place] for place in found) == max(sum(heavy[place] for place in places) for places in others)
