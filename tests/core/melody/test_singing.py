from __future__ import annotations

import pytest

from hitpoint.core.melody.line import BAR
from hitpoint.core.melody.singing import singability

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
