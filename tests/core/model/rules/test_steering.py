import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.errors import OptionError
from hitpoint.core.model.rules.decoding import DecodingOptions, draw
from hitpoint.core.model.rules.steering import Steer
from hitpoint.core.model.vocabulary import CHORDS, chord_of, token_named

C = token_named("C")
MINOR = np.array([chord_of(token).is_minor_type for token in range(CHORDS)])


def written(rule: Steer, rows: int, seed: int = 0) -> list[int]:
    """Chords drawn from nothing but chance and the rule, holding being as likely as changing."""
    rng, tokens = np.random.default_rng(seed), [C]
    while len(tokens) < rows:
        logits = np.zeros(CHORDS)
        logits[tokens[-1]] = np.log(CHORDS - 1)
        tokens.append(draw(rule.apply(logits, tokens), DecodingOptions(top_p=1.0), rng.random()))
    return tokens


@pytest.mark.parametrize("share", [0.1, 0.35, 0.75])
def test_the_share_of_minor_comes_near_the_wish(share):
    tokens = written(Steer([share] * 400, [None] * 400), 400)
    assert MINOR[tokens].mean() == pytest.approx(share, abs=0.08)


@pytest.mark.parametrize("rate", [0.25, 0.45, 0.65])
def test_the_rate_of_change_comes_near_the_wish(rate):
    tokens = np.array(written(Steer([None] * 400, [rate] * 400, strength=2.0), 400))
    assert np.mean(tokens[1:] != tokens[:-1]) == pytest.approx(rate, abs=0.08)


@given(strength=st.floats(0, 2), seed=st.integers(0, 99))
def test_without_a_wish_nothing_is_moved(strength, seed):
    logits = np.random.default_rng(seed).normal(size=CHORDS)
    assert np.array_equal(Steer([None], [None], strength).apply(logits, [C]), logits)


@given(seed=st.integers(0, 99), share=st.floats(0, 1), rate=st.floats(0, 1))
def test_within_each_kind_the_model_keeps_its_preferences(seed, share, rate):
    logits = np.random.default_rng(seed).normal(size=CHORDS)
    moved = Steer([None, share], [None, rate], 1.5).apply(logits, [C])
    for kind in (MINOR, ~MINOR & (np.arange(CHORDS) != C)):
        assert np.allclose(np.diff(moved[kind]), np.diff(logits[kind]), atol=1e-9)


@given(seed=st.integers(0, 99), share=st.floats(0, 1))
def test_a_wish_for_minor_leaves_the_odds_of_holding(seed, share):
    logits = np.random.default_rng(seed).normal(size=CHORDS)
    moved = Steer([None, share], [None, None]).apply(logits, [C])
    held = [np.exp(one[C]) / np.exp(one).sum() for one in (logits, moved)]
    assert held[0] == pytest.approx(held[1])


def test_what_is_forbidden_stays_forbidden():
    logits = np.where(MINOR, -np.inf, 0.0)
    assert not np.isfinite(Steer([None, 0.9], [None, 0.5]).apply(logits, [C])[MINOR]).any()


def test_a_strength_outside_its_bounds_is_refused():
    with pytest.raises(OptionError):
        Steer([], [], 3.0)
