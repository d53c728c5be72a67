"""A share of what all songs do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.model.approach import transitions
from hitpoint.core.model.common_progressions import CommonProgressions
from hitpoint.core.model.decoding import Logits
from hitpoint.core.model.vocabulary import CHORDS, token_named

LAST = token_named("G")


def shares(logits: Logits) -> Logits:
    found: Logits = np.exp(logits - np.logaddexp.reduce(logits))
    return found


def test_a_share_goes_by_the_counts() -> None:
    mixed = shares(CommonProgressions(0.2).apply(np.zeros(CHORDS), [LAST]))
    assert mixed == pytest.approx(0.8 / CHORDS + 0.2 * transitions()[LAST])


@given(st.integers(0, 1000), st.floats(0.01, 1.0))
def test_what_is_forbidden_stays_so(seed: int, share: float) -> None:
    logits = np.random.default_rng(seed).normal(size=CHORDS) * 3
    logits[[7, LAST]] = -np.inf
    mixed = CommonProgressions(share).apply(logits, [LAST])
    assert np.flatnonzero(mixed == -np.inf).tolist() == sorted((7, LAST))
    assert shares(mixed).sum() == pytest.approx(1.0)


def test_without_a_chord_before_or_a_share_nothing_is_changed() -> None:
    logits = np.zeros(CHORDS)
    assert CommonProgressions().apply(logits, []) is logits
    assert CommonProgressions(0.0).apply(logits, [LAST]) is logits
