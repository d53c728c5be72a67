"""The fit of the ranking of takes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.model.memory_config import MemoryConfig
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.model.vocabulary import token_named
from hitpoint.core.training.data.metre_songs import MetreSong, Section
from hitpoint.core.training.data.metre_steps import stepped
from hitpoint.core.training.data.segments import TimedChords
from hitpoint.core.training.evaluation.ranking_fit import SPOILINGS, TERMS, UNSEEN, fitted

LOOP = ("F F F F", "G G G G", "A:min A:min A:min A:min", "C C C C")


def song(number: int) -> TimedChords:
    rng = np.random.default_rng(number)
    lines = [LOOP[index] for index in rng.permutation(3)] + [LOOP[3]]
    bars = tuple(tuple(token_named(symbol) for symbol in line.split()) for line in lines * 5)
    sections = tuple(Section(first, letter, (first,)) for first, letter in zip(range(0, 20, 4), "AABAA", strict=True))
    timed = stepped(MetreSong(str(number), "billboard", str(number), False, 4, bars, sections), "half")
    assert timed is not None
    return timed


@pytest.mark.parametrize("name", [*SPOILINGS, *UNSEEN])
@given(seed=st.integers(0, 999), is_minor=st.booleans())
def test_spoiling_keeps_the_length_and_changes_something(name: str, seed: int, is_minor: bool) -> None:
    spoil = {**SPOILINGS, **UNSEEN}[name]
    rng = np.random.default_rng(seed)
    tokens = rng.permutation(np.arange(1, 81))
    spoilt = spoil(tokens, rng, is_minor)
    assert len(spoilt) == 80 and (spoilt != tokens).any()


def test_the_fit_finds_weights_and_counts_wins_of_every_kind() -> None:
    config = MemoryConfig(
        d_model=24, n_heads=2, n_layers=1, encoder_layers=1, biased_layers=(0,), n_pointers=1, dropout=0.0
    )
    fit = fitted(MemoryAMT(config).eval(), [song(number) for number in range(10)])
    assert set(fit.weights) == set(TERMS)
    assert set(fit.wins) == set(fit.plain) == {*SPOILINGS, *UNSEEN}
    assert fit.wins["half-bar shift"] == 1.0 > fit.plain["half-bar shift"], "only the bar line tells an untrained model"
