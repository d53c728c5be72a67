"""Composing to a plan: what the plan says is in the cue, and a plan that is kept is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hitpoint.core.compose.compose import Models, compose, regenerate
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.form.form_plan import Ending
from hitpoint.core.cue.form.tension import section_steps
from hitpoint.core.cue.plan_changes import section_locked, summit_set
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.mood import Mood, MoodSpan
from hitpoint.core.music.metre import Metre

MakeCue = Callable[..., Cue]
MakeFeatures = Callable[[int], PictureFeatures]
SECONDS = 30


@pytest.fixture
def composed(make_chord_cue: MakeCue, grey_features: MakeFeatures, dice_models: Models) -> Callable[..., Cue]:
    """Composes half a minute of cuts to wishes."""
    edit = make_chord_cue("C " * SECONDS, cuts=(100, 190, 300, 420, 505, 640)).edit

    def make(**wishes: object) -> Cue:
        return compose(edit, Wishes(**wishes), grey_features(SECONDS), dice_models).cue  # type: ignore[arg-type]

    return make


@pytest.mark.parametrize("metre", [Metre(3, 4), Metre(6, 8), Metre(4, 4)])
def test_a_cue_has_the_steps_of_its_plan(composed: Callable[..., Cue], metre: Metre) -> None:
    cue = composed(metre=metre)
    assert cue.plan is not None and cue.plan.metre == metre
    assert len(cue.steps) == cue.plan.steps


def test_the_summit_is_the_loudest_and_fullest_section(composed: Callable[..., Cue]) -> None:
    cue = composed(seed=3)
    assert cue.plan is not None and len(cue.plan.sections) > 1
    loud, full = [], []
    for steps in section_steps(cue.plan):
        loud.append(sum(cue.steps[step].loudness for step in steps) / len(steps))
        full.append(sum(cue.steps[step].density for step in steps) / len(steps))
    summit = cue.plan.sections.index(cue.plan.summit)
    assert loud.index(max(loud)) == summit
    assert full[summit] == max(full)
    assert set(cue.plan.forces[cue.plan.summit.first_bar : cue.plan.summit.end_bar]) == {1.0}


def test_the_last_chord_is_held_to_the_end(composed: Callable[..., Cue]) -> None:
    cue = composed(seed=3)
    assert cue.plan is not None
    assert len({step.chord for step in cue.steps[cue.plan.final_step :]}) == 1


def test_ending_and_tail_are_the_editors(composed: Callable[..., Cue]) -> None:
    cue = composed(ending=Ending.FADE, tail_frames=50)
    assert cue.plan is not None
    assert (cue.plan.ending, cue.tail, cue.samples) == (Ending.FADE, 2, 48_000 * (SECONDS + 2))


def test_fear_in_the_second_half_is_in_minor(composed: Callable[..., Cue]) -> None:
    moods = (MoodSpan(0, 15, Mood.RELAXING, wished=True), MoodSpan(15, SECONDS, Mood.FEARFUL, wished=True))
    cue = composed(moods=moods)
    half = next(index for index in range(len(cue.steps)) if cue.step_start(index) > 16)
    assert not cue.key_at(0).is_minor and cue.key_at(half).is_minor


def test_a_kept_form_stays_with_other_chords(composed: Callable[..., Cue]) -> None:
    cue = summit_set(section_locked(composed(seed=1), 0, locked=True), 2)
    again = composed(seed=2, form=(cue.tempo, cue.plan), key=cue.key)
    assert (again.tempo, again.plan) == (cue.tempo, cue.plan)
    assert [step.chord for step in again.steps] != [step.chord for step in cue.steps]


def test_composing_a_range_again_keeps_the_plan(
    composed: Callable[..., Cue], grey_features: MakeFeatures, dice_models: Models
) -> None:
    cue = summit_set(composed(seed=1), 2)
    assert regenerate(cue, range(2, 8), grey_features(SECONDS), dice_models).cue.plan == cue.plan
