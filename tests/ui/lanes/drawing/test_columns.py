from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.ui.lanes.drawing.columns import extents, moments_in_pixels, runs_of, share_of_pixels, visible_range

spans = st.lists(st.floats(-20.0, 70.0), min_size=2, max_size=30, unique=True).map(lambda all_: np.array(sorted(all_)))


@given(edges=spans, start=st.floats(-30, 80), length=st.floats(0, 40))
def test_all_that_touches_the_view_is_visible(edges: np.ndarray, start: float, length: float) -> None:
    seen = visible_range(edges, start, start + length)
    touching = [i for i in range(len(edges) - 1) if edges[i + 1] > start and edges[i] < start + length]
    assert set(touching) <= set(seen)
    assert len(seen) <= len(touching) + 2


@given(edges=spans)
def test_shares_add_up_to_what_lies_in_view(edges: np.ndarray) -> None:
    shares = share_of_pixels(edges[:-1:2], edges[1::2][: len(edges[:-1:2])], 50)
    inside = np.clip(edges, 0, 50)
    left, right = inside[:-1:2], inside[1::2][: len(inside[:-1:2])]
    assert shares.sum() == pytest.approx((right - left).sum(), abs=1e-6)


@given(edges=spans, seed=st.integers(0, 99))
def test_extents_are_those_of_the_values_in_a_pixel(edges: np.ndarray, seed: int) -> None:
    values = np.random.default_rng(seed).random(len(edges) - 1)
    low, high = extents(edges, values, 50)
    for pixel in range(50):
        inside = [v for i, v in enumerate(values) if edges[i] < pixel + 1 and edges[i + 1] > pixel]
        if inside:
            assert (low[pixel], high[pixel]) == (min(inside), max(inside))
        else:
            assert np.isnan(high[pixel])


def test_nothing_has_no_extents() -> None:
    low, high = extents(np.zeros(0), np.zeros(0), 3)
    assert np.isnan(low).all() and np.isnan(high).all()


def test_moments_are_counted_in_their_pixel() -> None:
    assert moments_in_pixels(np.array([-1.0, 0.0, 0.9, 2.5, 3.0]), 3).tolist() == [2, 0, 1]


@pytest.mark.parametrize(("keys", "starts"), [("", []), ("a", [0, 1]), ("aabccc", [0, 2, 3, 6])])
def test_runs_begin_where_a_key_changes(keys: str, starts: list[int]) -> None:
    assert runs_of(keys) == starts
