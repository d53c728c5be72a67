"""A share of what all songs do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.model.rules.approach import transitions
from hitpoint.core.model.rules.common_progressions import CommonProgressions
from hitpoint.core.model.rules.decoding import Logits
from hitpoint.core.model.vocabulary import CHORDS, token_named

LAST = token_named("G")


def shares(logits: Logits) -> Logits:
    found: Logits = np.exp(logits - np.logaddexp.reduce(logits))
    return found


def test_shares_go_by_the_counts() -> None:
    mixed = shares(CommonProgressions(0.2, 0.1).apply(np.zeros(CHORDS), [LAST]))
    counted = transitions()[LAST]
    holding = 0.9 / CHORDS + 0.1 * counted[LAST]
    assert mixed[LAST] == pytest.approx(holding)
    others = np.delete(np.arange(CHORDS), LAST)
    changes = 0.8 / (CHORDS - 1) + 0.2 * counted[others] / counted[others].sum()
    assert mixed[others] == pytest.approx((1 - holding) * changes)


@given(st.integers(0, 1000), st.floats(0.01, 1.0), st.floats(0.0, 1.0))
def test_what_is_forbidden_stays_so(seed: int, share: float, held: float) -> None:
    logits = np.random.default_rng(seed).normal(size=CHORDS) * 3
    logits[[7, LAST]] = -np.inf
    mixed = CommonProgressions(share, held).apply(logits, [LAST])
    assert np.flatnonzero(mixed == -np.inf).tolist() == sorted((7, LAST))
    assert shares(mixed).sum() == pytest.approx(1.0)


def test_where_there_is_nothing_to_mix_nothing_is_changed() -> None:
    only = np.full(CHORDS, -np.inf)
    only[LAST] = 0.0
    assert CommonProgressions().apply(only, [LAST]) is only
    assert CommonProgressions().apply(only, []) is only
    free = np.random.default_rng(0).normal(size=CHORDS)
    assert shares(CommonProgressions(0.0, 0.0).apply(free, [LAST])) == pytest.approx(shares(free))
