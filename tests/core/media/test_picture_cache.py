from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.media.picture_cache import Key, PictureCache


def key(number: int) -> Key:
    return Path("a.mov"), Fraction(number), 8


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 40)), max_size=40), st.integers(1, 300))
def test_it_never_keeps_more_than_its_limit_but_always_the_last(puts: list[tuple[int, int]], limit: int) -> None:
    cache = PictureCache(limit)
    for number, size in puts:
        cache.put(key(number), np.zeros((size, 1, 3), np.uint8))
        assert cache.get(key(number)) is not None
        kept = [cache.get(key(each)) for each in range(10)]
        total = sum(each.nbytes for each in kept if each is not None)
        assert cache.bytes == total and (total <= limit or sum(each is not None for each in kept) == 1)


def test_what_was_used_lately_stays() -> None:
    cache = PictureCache(30)
    for number in (1, 2):
        cache.put(key(number), np.zeros((5, 1, 3), np.uint8))
    cache.get(key(1))
    cache.put(key(3), np.zeros((5, 1, 3), np.uint8))
    assert cache.get(key(1)) is not None and cache.get(key(2)) is None
