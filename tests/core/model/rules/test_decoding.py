import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.errors import OptionError
from hitpoint.core.model.rules.decoding import DecodingOptions, apply_rules, draw

LOGITS = np.log(np.array([0.1, 0.4, 0.2, 0.3]))  # likeliest first: 1, 3, 2, 0


class Only:
    """Forbids all but some tokens."""

    def __init__(self, *tokens: int) -> None:
        self.tokens = list(tokens)

    def apply(self, logits: np.ndarray, tokens: object) -> np.ndarray:
        changed = np.full_like(logits, -np.inf)
        changed[self.tokens] = logits[self.tokens]
        return changed


@pytest.mark.parametrize(
    "wrong",
    [
        {"temperature": -1},
        {"temperature": 5},
        {"temperature": float("nan")},
        {"top_p": 0},
        {"top_p": 1.1},
        {"top_k": -1},
    ],
)
def test_options_outside_their_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(OptionError):
        DecodingOptions(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("chance", "token"), [(0.0, 1), (0.39, 1), (0.41, 3), (0.69, 3), (0.71, 2), (0.89, 2), (0.91, 0), (0.9999, 0)]
)
def test_a_chance_falls_on_tokens_by_their_share(chance: float, token: int) -> None:
    assert draw(LOGITS, DecodingOptions(top_p=1.0), chance) == token


def test_without_temperature_the_likeliest_is_taken() -> None:
    assert draw(LOGITS, DecodingOptions(temperature=0.0), 0.99) == 1


def test_low_temperature_makes_the_likely_likelier() -> None:
    assert draw(LOGITS, DecodingOptions(temperature=0.1, top_p=1.0), 0.9) == 1


@pytest.mark.parametrize(("top_p", "drawn"), [(0.3, {1}), (0.5, {1, 3}), (0.8, {1, 2, 3}), (1.0, {0, 1, 2, 3})])
def test_top_p_keeps_the_likeliest_that_reach_it(top_p: float, drawn: set[int]) -> None:
    options = DecodingOptions(top_p=top_p)
    assert {draw(LOGITS, options, chance) for chance in np.linspace(0, 0.9999, 200)} == drawn


@pytest.mark.parametrize(("chance", "token"), [(0.56, 1), (0.58, 3), (0.99, 3)])
def test_what_top_p_keeps_shares_all_the_chance(chance: float, token: int) -> None:
    assert draw(LOGITS, DecodingOptions(top_p=0.5), chance) == token


def test_top_k_keeps_so_many() -> None:
    options = DecodingOptions(top_p=1.0, top_k=2)
    assert {draw(LOGITS, options, chance) for chance in np.linspace(0, 0.9999, 200)} == {1, 3}


@given(st.lists(st.floats(-30, 30), min_size=1, max_size=20), st.floats(0, 1, exclude_max=True), st.floats(0.01, 1))
def test_the_forbidden_is_never_drawn(logits: list[float], chance: float, top_p: float) -> None:
    mixed = np.array([value for logit in logits for value in (logit, -np.inf)])
    assert draw(mixed, DecodingOptions(top_p=top_p), chance) % 2 == 0


def test_draws_follow_the_shares_in_the_long_run() -> None:
    rng = np.random.default_rng(0)
    drawn = [draw(LOGITS, DecodingOptions(top_p=1.0), rng.random()) for _ in range(20_000)]
    np.testing.assert_allclose(np.bincount(drawn) / 20_000, np.exp(LOGITS), atol=0.015)


def test_end_and_pad_are_never_heard() -> None:
    assert apply_rules(np.zeros(159), [], ()).shape == (157,)


def test_an_earlier_rule_outranks_a_later_one() -> None:
    heard = apply_rules(np.zeros(159), [], (Only(1, 2), Only(3), Only(2, 3)))
    assert np.flatnonzero(np.isfinite(heard)).tolist() == [2]
