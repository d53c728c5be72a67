"""A cue that was cropped follows its shots like any other: what sounds of it, and what is only kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hitpoint.core.conform.conforming import conformed
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.heard import cropped, heard_range, heard_samples
from hitpoint.core.edit import Edit
from hitpoint.core.errors import OptionError

SHOTS = (("a", 0, 100), ("b", 0, 100), ("c", 0, 100))


@pytest.mark.parametrize(
    ("new", "heard"),
    [
        (SHOTS, (100, 300)),
        ((("new", 0, 40), *SHOTS), (140, 340)),
        ((SHOTS[0], SHOTS[1]), (100, 200)),
        ((SHOTS[1], SHOTS[2]), None),
    ],
)
def test_what_is_heard_goes_with_its_shots(
    make_edit: Callable[..., Edit], make_cue: Callable[..., Cue], new: tuple, heard: tuple[int, int] | None
) -> None:
    cue = cropped(make_cue(make_edit(SHOTS)), 100, 300)
    assert conformed(cue, make_edit(new)).cue.heard == heard


def test_halves_of_a_split_cue_tell_only_what_is_heard_of_each(
    make_edit: Callable[..., Edit], make_cue: Callable[..., Cue]
) -> None:
    whole, new = make_cue(make_edit(SHOTS), locks=(9,)), make_edit((("new", 0, 40), *SHOTS[:2], ("c", 0, 60)))
    lines = [conformed(cropped(whole, *span), new).changes.lines() for span in ((0, 100), (100, 300))]
    assert [any("lock" in line for line in half) for half in lines] == [False, True]
    assert "the music goes 0.000-5.600 s; before 0.000-4.000 s" in lines[0]
    assert [any("shot 'c'" in line for line in half) for half in lines] == [False, True]


def test_a_cue_whose_heard_shots_are_gone_does_not_sound_over_others(
    make_edit: Callable[..., Edit], make_cue: Callable[..., Cue]
) -> None:
    cue = cropped(make_cue(make_edit(SHOTS)), 100, 300)
    with pytest.raises(OptionError, match="none of the shots"):
        conformed(cue, make_edit((SHOTS[0],)))


def test_a_range_can_be_asked_for_and_its_music_is_kept(
    make_edit: Callable[..., Edit], make_cue: Callable[..., Cue]
) -> None:
    edit = make_edit(SHOTS)
    cue = make_cue(edit, first=0, end=200)
    plan = conformed(cue, edit, span=(0, 300))
    assert heard_range(plan.cue) == (0, 300) and plan.fresh
    kept = plan.fresh[0].start
    assert kept >= len(cue.steps) - 4 and plan.cue.steps[:kept] == cue.steps[:kept]
    assert [plan.cue.step_start(index) for index in range(kept)] == [cue.step_start(index) for index in range(kept)]


def test_samples_of_neighbours_meet(make_edit: Callable[..., Edit], make_cue: Callable[..., Cue]) -> None:
    cue = make_cue(make_edit(SHOTS))
    first, second = cropped(cue, 0, 77), cropped(cue, 77, 300)
    assert heard_samples(first)[1] == heard_samples(second)[0]
    assert heard_samples(second)[1] == cue.samples
