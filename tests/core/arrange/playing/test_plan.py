"""Who plays in the bars of a phrase: entries one after the other, and thinner bars through which drums go on."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from hitpoint.core.arrange.playing.plan import Plan, _is_rising


@pytest.mark.parametrize(
    ("phrase", "rises"),
    [([0.6, 0.65, 0.7, 0.75], True), ([0.7, 0.7, 0.75, 0.75], False), ([0.55, 0.55, 1.0, 1.0], False), ([0.9, 0.6], False)],
)  # fmt: skip
def test_a_phrase_rises_where_one_after_the_other_comes_in(phrase: list[float], rises: bool) -> None:
    assert _is_rising(phrase) is rises


def test_drums_go_on_in_thinner_bars_but_not_in_rests() -> None:
    phrases = ([0.4, 0.6], [1.0, 0.55, 1.0, 0.0], [0.6, 0.65, 0.7, 0.75])
    shares = Plan._commons.func(SimpleNamespace(_phrases=phrases))
    assert shares == (0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0)
