"""What an editor can do to a plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.form.form_plan import FormPlan, PlannedSection
from hitpoint.core.cue.plan_changes import border_moved, section_locked, section_named, summit_set, theme_named
from hitpoint.core.errors import OptionError
from hitpoint.core.music.key import Key
from hitpoint.core.music.metre import COMMON_TIME

HOME = Key(0)
BARS = 12


@pytest.fixture
def cue(make_chord_cue: Callable[..., Cue]) -> Cue:
    sections = (
        PlannedSection(0, 4, "Theme", "A", HOME, 0.4, False, (4,)),
        PlannedSection(4, 4, "Summit", "B", HOME, 0.7, True, (4,)),
        PlannedSection(8, 4, "Release", "A'", HOME, 0.4, False, (4,)),
    )
    tension = (0.3, 0.4, 0.4, 0.5, 1.0, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.3)
    plan = FormPlan(COMMON_TIME, sections, tension, (2,) * BARS, (1.0,) * BARS, BARS - 1)
    return replace(make_chord_cue("C F " * BARS), plan=plan)


def plan_of(cue: Cue) -> FormPlan:
    assert cue.plan is not None
    return cue.plan


def test_a_border_moves_and_the_neighbours_give_way(cue: Cue) -> None:
    moved = plan_of(border_moved(cue, 1, 6))
    assert [(s.first_bar, s.bars, sum(s.phrases)) for s in moved.sections] == [(0, 6, 6), (6, 2, 2), (8, 4, 4)]


def test_the_summit_stays_in_its_bar_when_a_border_passes_it(cue: Cue) -> None:
    moved = plan_of(border_moved(cue, 1, 6))
    assert moved.summit.first_bar == 0
    assert moved.tension == plan_of(cue).tension


@pytest.mark.parametrize(("index", "bar"), [(0, 2), (3, 9), (1, 0), (1, 8), (2, 4)])
def test_a_border_that_cannot_be_is_refused(cue: Cue, index: int, bar: int) -> None:
    with pytest.raises(OptionError):
        border_moved(cue, index, bar)


def test_the_border_of_a_locked_section_stays(cue: Cue) -> None:
    with pytest.raises(OptionError, match="locked"):
        border_moved(section_locked(cue, 0, locked=True), 1, 3)
    assert border_moved(section_locked(cue, 0, locked=True), 2, 9) != cue


def test_names_and_themes_are_the_editors(cue: Cue) -> None:
    changed = plan_of(theme_named(section_named(cue, 2, " Home "), 2, "c'"))
    assert (changed.sections[2].name, changed.sections[2].theme, changed.sections[2].letter) == ("Home", "C'", "C")


@pytest.mark.parametrize("theme", ["AB", "1", "A" * 50])
def test_what_is_no_theme_is_refused(cue: Cue, theme: str) -> None:
    with pytest.raises(OptionError, match="no theme"):
        theme_named(cue, 0, theme)


@pytest.mark.parametrize("bar", range(BARS))
def test_there_is_one_summit_wherever_it_is_set(cue: Cue, bar: int) -> None:
    changed = plan_of(summit_set(cue, bar))
    assert [at for at, value in enumerate(changed.tension) if value == max(changed.tension)] == [bar]
    assert changed.summit.first_bar <= bar < changed.summit.end_bar
    assert sum(section.name == "Summit" for section in changed.sections) == 1


def test_where_a_summit_has_been_leaves_no_trace(cue: Cue) -> None:
    own = plan_of(cue).tension
    back = cue
    for bar in (8, 2, 10, 4):
        back = summit_set(back, bar)
    assert sum(abs(a - b) for a, b in zip(plan_of(back).tension, own, strict=True)) / BARS < 0.06


@pytest.mark.parametrize("bar", [0, 3, BARS - 1])
def test_the_music_rises_to_a_summit_and_falls_after_it(cue: Cue, bar: int) -> None:
    tension = plan_of(summit_set(cue, bar)).tension
    assert list(tension[: bar + 1]) == sorted(tension[: bar + 1])
    assert list(tension[bar:]) == sorted(tension[bar:], reverse=True)


def test_the_names_follow_the_new_summit(cue: Cue) -> None:
    last = plan_of(summit_set(cue, 10))
    assert [section.name for section in last.sections] == ["Theme", "Build", "Summit"]
    first = plan_of(summit_set(summit_set(cue, 10), 0))
    assert [section.name for section in first.sections] == ["Summit", "Release", "Release"]


def test_a_name_of_the_editor_stays_under_a_new_summit(cue: Cue) -> None:
    changed = plan_of(summit_set(section_named(cue, 2, "Home"), 10))
    assert [section.name for section in changed.sections] == ["Theme", "Build", "Home"]


def test_a_summit_is_louder_at_once(cue: Cue) -> None:
    changed = summit_set(cue, 10)
    assert changed.steps[20].loudness > 1.3 * cue.steps[20].loudness
    assert changed.steps[20].density > 1.2 * cue.steps[20].density
    assert changed.steps[8].loudness < cue.steps[8].loudness


def test_what_the_editor_drew_stays_under_a_summit(cue: Cue) -> None:
    drawn = replace(cue, steps=tuple(replace(step, drawn=True, loudness_drawn=True) for step in cue.steps))
    assert summit_set(drawn, 10).steps == drawn.steps


def test_a_cue_without_a_plan_has_nothing_to_move(make_chord_cue: Callable[..., Cue]) -> None:
    with pytest.raises(OptionError, match="no plan"):
        summit_set(make_chord_cue("C F"), 0)
