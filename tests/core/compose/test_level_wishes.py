"""Stretches that are wished louder or quieter, from bar line to bar line."""

from __future__ import annotations

from collections.abc import Callable

from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.compose.level_wishes import LevelWish, levelled
from hitpoint.core.cue.cue import Cue


def test_a_level_goes_from_bar_line_to_bar_line(make_chord_cue: Callable[..., Cue]) -> None:
    cue = make_chord_cue("C C F F G G C C")  # bars of two steps, a second a step
    found = levelled(cue, [LevelWish(3.2, 5.9, -4.0)])
    changed = [index for index, step in enumerate(found.steps) if step.loudness_drawn]
    assert changed == [4, 5]
    assert found.steps[4].loudness < cue.steps[4].loudness / 2


def test_what_is_said_of_a_moment_takes_a_bar(make_chord_cue: Callable[..., Cue]) -> None:
    found = levelled(make_chord_cue("C C F F G G C C"), [LevelWish(7.8, 8.0, 4.0)])
    assert [index for index, step in enumerate(found.steps) if step.loudness_drawn] == [6, 7]


def test_a_wish_outside_the_cue_changes_nothing(make_chord_cue: Callable[..., Cue]) -> None:
    cue = make_chord_cue("C C F F G G C C")
    assert levelled(cue, [LevelWish(20.0, 30.0, -4.0)]) is cue


def test_a_quieter_stretch_is_played_softer_and_the_rest_is_not(make_chord_cue: Callable[..., Cue]) -> None:
    cue = make_chord_cue("C C C C F F F F G G G G C C C C")
    softer = levelled(cue, [LevelWish(8.0, 16.0, -4.0)])

    def loudest(one: Cue, first: float, end: float) -> float:
        return max(n.velocity for part in arrange(one).parts for n in part.notes if first <= n.start < end)

    assert loudest(softer, 20.0, 30.0) < loudest(cue, 20.0, 30.0)
    assert loudest(softer, 0.0, 12.0) == loudest(cue, 0.0, 12.0)
