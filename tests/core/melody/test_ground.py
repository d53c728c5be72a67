from __future__ import annotations

from collections.abc import Callable

import pytest

from hitpoint.core.melody.ground import staff_of
from hitpoint.core.melody.line import BAR
from hitpoint.core.melody.sheet import LeadSheet

SheetMaker = Callable[..., LeadSheet]


@pytest.mark.parametrize(("tension", "places"), [(0.4, 8), (0.9, 16)])
def test_only_a_tense_tune_runs_in_sixteenths_however_slow_they_are(
    make_sheet: SheetMaker, tension: float, places: int
) -> None:
    sheet = make_sheet((("A", 4),), seconds_per_beat=0.9, tension=(tension,) * 4)
    assert staff_of(sheet).allowed[:BAR].sum() == places


def test_two_dotted_beats_are_the_strong_ones_of_six_eight(make_sheet: SheetMaker) -> None:
    staff = staff_of(make_sheet((("A", 2),), beats=3, is_compound=True))
    assert staff.strong_places(range(2)) == (0, 8, BAR, BAR + 8)
