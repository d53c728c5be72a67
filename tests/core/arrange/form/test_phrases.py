from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.arrange.form.phrases import Phrase, phrases_of, places_of
from hitpoint.core.cue.cue import KeptPhrase, KeptSteps


def test_phrases_are_four_bars_give_or_take_one_for_a_hit() -> None:
    assert [phrase.first for phrase in phrases_of(40, frozenset({10}))] == [0, 10, 18, 26, 34]
    assert [phrase.number for phrase in phrases_of(40, frozenset())] == [0, 1, 2, 3, 4]


def test_kept_steps_keep_their_phrases_and_numbers() -> None:
    kept = KeptSteps(12, 30, 20, (KeptPhrase(10, 2, "Build", 18), KeptPhrase(20, 3, "Peak", 28)))
    phrases = phrases_of(44, frozenset(), [kept])
    assert Phrase(10, 2, 18, "Build") in phrases and Phrase(20, 3, 28, "Peak") in phrases
    assert not [phrase for phrase in phrases if 20 < phrase.first < 30]
    assert places_of(44, [kept])[11:31] == [11, *range(20, 38), 30]


def test_a_phrase_whose_beginning_is_gone_begins_with_what_is_kept() -> None:
    kept = KeptSteps(5, 20, 41, (KeptPhrase(-3, 4, None, 33), KeptPhrase(7, 5, None, 43)))
    assert [phrase.first for phrase in phrases_of(24, frozenset(), [kept])][:3] == [0, 6, 7]


@given(st.integers(1, 90), st.lists(st.integers(-5, 95), max_size=12), st.sets(st.integers(0, 90)))
def test_any_phrases_lie_in_order_and_inside(count: int, firsts: list[int], hits: set[int]) -> None:
    edges = sorted(set(firsts))
    phrases = tuple(KeptPhrase(first, number, None, number) for number, first in enumerate(edges))
    kept = [KeptSteps(edges[0] % count, count, 7, phrases)] if edges else []
    found = [phrase.first for phrase in phrases_of(count, frozenset(hits), kept)]
    assert found[0] == 0
    assert found == sorted(set(found)) and found[-1] < count
