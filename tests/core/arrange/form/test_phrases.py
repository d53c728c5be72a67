from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.arrange.form.phrases import Phrase, phrases_of, places_of, planned_phrases
from hitpoint.core.cue.cue import KeptPhrase, KeptSteps
from hitpoint.core.cue.form.form_plan import FormPlan, PlannedSection
from hitpoint.core.music.key import Key
from hitpoint.core.music.metre import COMMON_TIME


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


def _returning() -> FormPlan:
    themes = (("A", (2, 2, 4)), ("A'", (4, 4)), ("B", (4, 4)), ("A''", (4, 4)))
    sections = tuple(
        PlannedSection(8 * at, 8, "Theme", theme, Key(0), 0.5, theme == "A''", phrases)
        for at, (theme, phrases) in enumerate(themes)
    )
    return FormPlan(COMMON_TIME, sections, (0.5,) * 32, (2,) * 32, (1.0,) * 32, 31)


def test_a_theme_that_returns_before_the_summit_is_accompanied_as_it_was() -> None:
    openings = [phrase.opening for phrase in planned_phrases(_returning(), 64)]
    assert openings == [0, 0, 8, 0, 8, 32, 40, 48, 56]


def test_a_phrase_that_was_kept_keeps_its_own_opening() -> None:
    kept = KeptSteps(16, 32, 16, (KeptPhrase(16, 3, None, 16), KeptPhrase(24, 4, None, 24)))
    openings = [phrase.opening for phrase in planned_phrases(_returning(), 64, [kept])]
    assert openings[3:5] == [16, 24]
