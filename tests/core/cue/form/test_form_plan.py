"""Plans: what they hold together, and the way into cue.json and back."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.cue.documents.plan_file import plan_of, plan_to_document
from hitpoint.core.cue.form.form_plan import (
    Ending,
    FormPlan,
    FullHit,
    PlannedSection,
    Preparation,
    phrases_of,
    plain_plan,
)
from hitpoint.core.errors import CueFileError
from hitpoint.core.music.key import Key
from hitpoint.core.music.metre import Metre

A, B = Key(9, is_minor=True), Key(0)
PLAN = FormPlan(
    metre=Metre(6, 8),
    sections=(
        PlannedSection(0, 3, "Theme", "A", A, 0.4, False, (1, 2)),
        PlannedSection(3, 2, "Summit", "B", B, 0.8, True, (2,), locked=True),
    ),
    tension=(0.3, 0.4, 0.5, 1.0, 0.6),
    bar_steps=(2, 2, 1, 2, 1),
    forces=(0.01, 0.5, 0.0, 1.0, 1.0),
    final_bar=4,
    full_hits=(FullHit(40, 0.5, Preparation.QUIET),),
    ending=Ending.FADE,
)


def test_steps_know_their_bars_and_sections() -> None:
    assert PLAN.steps == 8
    assert [PLAN.bar_of(step) for step in range(8)] == [0, 0, 1, 1, 2, 3, 3, 4]
    assert [PLAN.place_in_bar(step) for step in range(8)] == [0, 1, 0, 1, 0, 0, 1, 0]
    assert [PLAN.section_at(step).theme for step in range(8)] == ["A"] * 5 + ["B"] * 3
    assert PLAN.steps_of(PLAN.sections[1]) == range(5, 8)
    assert PLAN.phrase_starts() == (0, 1, 3)
    assert (PLAN.final_step, PLAN.beats_per_step, PLAN.key_at(6)) == (7, Fraction(3, 2), B)


BROKEN: dict[str, dict[str, Any]] = {
    "hole": {"sections": (PLAN.sections[0], replace(PLAN.sections[1], first_bar=4, bars=1, phrases=(1,)))},
    "short": {"tension": (0.5,)},
    "no summit": {"sections": (PLAN.sections[0], replace(PLAN.sections[1], summit=False))},
    "two summits": {"sections": (replace(PLAN.sections[0], summit=True), PLAN.sections[1])},
    "phrases": {"sections": (replace(PLAN.sections[0], phrases=(1,)), PLAN.sections[1])},
    "end": {"final_bar": 5},
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_does_not_hold_together_is_no_plan(case: str) -> None:
    with pytest.raises(ValueError, match=r"plan|section"):
        replace(PLAN, **BROKEN[case])


def test_a_plan_is_read_as_it_was_written() -> None:
    assert plan_of(plan_to_document(PLAN), 8) == PLAN
    assert plan_of(None, 8) is None


@pytest.mark.parametrize("name", ["metre", "sections", "tension", "bar_steps", "forces", "final_bar", "full_hits"])
def test_a_damaged_plan_is_told(name: str) -> None:
    document = plan_to_document(PLAN)
    assert document is not None
    with pytest.raises(CueFileError, match="plan"):
        plan_of({**document, name: "?"}, 8)


def test_a_plan_of_another_cue_is_told() -> None:
    with pytest.raises(CueFileError, match="8 steps, the cue 9"):
        plan_of(plan_to_document(PLAN), 9)


@given(steps=st.integers(1, 300))
def test_a_plain_plan_covers_any_cue(steps: int) -> None:
    plan = plain_plan(steps, A)
    assert plan.steps == steps
    assert plan.tension.count(max(plan.tension)) == 1


@given(bars=st.integers(1, 60), is_sentence=st.booleans())
def test_phrases_add_up(bars: int, is_sentence: bool) -> None:
    phrases = phrases_of(bars, is_sentence=is_sentence)
    assert sum(phrases) == bars
    assert all(1 <= phrase <= 6 for phrase in phrases)
