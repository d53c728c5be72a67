from __future__ import annotations

import pytest

from hitpoint.core.melody.line import BAR
from hitpoint.core.melody.singing import singability, unmet

ONSETS = [bar * BAR + place for bar in range(4) for place in (0, 4, 8)]
MOVING = [60, 62, 64, 65, 64, 62, 60, 62, 64, 62, 60, 60]


@pytest.mark.parametrize("bar", [1, 2])
def test_a_theme_that_stands_for_a_bar_sings_less(bar: int) -> None:
    standing = [*MOVING[: 3 * bar], *[MOVING[3 * bar]] * 3, *MOVING[3 * bar + 3 :]]
    assert singability(ONSETS, standing, 4, -1.0) < singability(ONSETS, MOVING, 4, -1.0) - 1.4


def test_four_notes_of_one_pitch_are_one_too_many_wherever_they_lie() -> None:
    four = [60, 62, 64, 64, 64, 64, 62, 64, 62, 60, 62, 60]
    three = [60, 62, 64, 64, 64, 65, 62, 64, 62, 60, 62, 60]
    assert singability(ONSETS, four, 4, -1.0) < singability(ONSETS, three, 4, -1.0) - 0.9


def test_a_tune_across_the_strong_beats_sings_less() -> None:
    late = [onset - 2 if onset % BAR == 8 else onset for onset in ONSETS]
    strong = [bar * BAR + place for bar in range(4) for place in (0, 8)]
    assert singability(late, MOVING, 4, -1.0, strong) < singability(ONSETS, MOVING, 4, -1.0, strong) - 0.5


def test_a_long_note_from_strong_beat_to_strong_beat_meets_that_between() -> None:
    assert unmet([0, BAR], (0, 8, BAR, BAR + 8)) == 0
    assert unmet([0, 12, BAR], (0, 8, BAR)) > 0.3
    assert unmet([2, BAR], (0, 8, BAR)) > 0.6


def test_more_notes_than_a_bar_is_to_have_sing_less() -> None:
    few, many = [3.0] * 4, [1.0] * 4
    assert singability(ONSETS, MOVING, 4, -1.0, (), many) < singability(ONSETS, MOVING, 4, -1.0, (), few) - 0.5


def test_a_theme_of_few_pitches_sings_less() -> None:
    onsets = [*range(0, 64, 4)]
    wandering = [60, 62, 64, 65, 67, 65, 64, 62, 60, 62, 64, 65, 64, 62, 60, 60]
    standing = [60, 62, 60, 62, 64, 62, 60, 62, 60, 62, 60, 62, 64, 62, 60, 60]
    assert singability(onsets, wandering, 4, -1.0) > singability(onsets, standing, 4, -1.0)
