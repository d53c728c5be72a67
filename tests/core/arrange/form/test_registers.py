"""Where the chords lie."""

from __future__ import annotations

from dataclasses import replace

from hitpoint.core.arrange.form.form import form_of
from hitpoint.core.arrange.form.registers import registers
from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.form.form_plan import FormPlan, plain_plan
from tests.core.arrange.conftest import cue_of

CHORDS = "C C F F G G C C A:min A:min F F G G C C " * 2
BARS = 16


def planned(tension: tuple[float, ...], theme: str) -> Cue:
    """A cue of two sections of eight bars: A, and another."""
    cue = cue_of(CHORDS)
    plan = plain_plan(len(cue.steps), cue.key)
    half = BARS // 2
    first = replace(plan.sections[0], bars=half, phrases=(4, 4), summit=True)
    second = replace(first, first_bar=half, theme=theme, summit=False)
    return altered(cue, plan=FormPlan(plan.metre, (first, second), tension, plan.bar_steps, plan.forces, BARS - 1))


def lifts(cue: Cue) -> tuple[int, ...]:
    return registers(cue, form_of(cue))


def test_tension_lifts_the_chords_and_a_phrase_has_one_register() -> None:
    found = lifts(planned((0.2, 0.3) * 4 + (0.8, 0.9) * 4, "A'"))
    assert max(found[:16]) < 0 < min(found[16:])
    assert all(len(set(found[first : first + 8])) == 1 for first in range(0, 32, 8))


def test_another_theme_lies_higher_where_it_is_lively_and_lower_where_it_is_not() -> None:
    for tension, sign in ((0.7, 1), (0.35, -1)):
        same, other = (lifts(planned((tension,) * BARS, theme))[16:] for theme in ("A'", "B"))
        assert all(sign * (b - a) > 0 for a, b in zip(same, other, strict=True))


def test_without_a_plan_chords_stay_at_home() -> None:
    assert set(lifts(cue_of(CHORDS))) == {0}
