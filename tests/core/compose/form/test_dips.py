"""Nothing stays equally full for long."""

from __future__ import annotations

from itertools import pairwise

import pytest

from hitpoint.core.compose.form.dips import DIP, with_dips
from hitpoint.core.cue.form.form_plan import PlannedSection
from hitpoint.core.music.key import Key

BAR_SECONDS = 2.0
BARS = 24
TIMES = [BAR_SECONDS * bar for bar in range(BARS + 1)]
SECTIONS = [
    PlannedSection(0, 8, "Theme", "A", Key(0), 0.5, phrases=(4, 4)),
    PlannedSection(8, 8, "Summit", "A'", Key(0), 0.9, summit=True, phrases=(4, 4)),
    PlannedSection(16, 8, "Release", "A''", Key(0), 0.5, phrases=(4, 4)),
]


@pytest.mark.parametrize("busy", [frozenset[int](), frozenset({4, 5, 12, 13, 20})])
def test_no_plateau_lasts_longer_than_twelve_seconds(busy: frozenset[int]) -> None:
    found = with_dips([0.8] * BARS, SECTIONS, TIMES, busy)
    thinner = [bar for bar, force in enumerate(found) if force == pytest.approx(0.8 * DIP, abs=0.001)]
    assert set(found) - {found[bar] for bar in thinner} == {0.8}
    assert not busy & set(thinner)
    edges = [-1, *thinner, BARS]
    assert all(BAR_SECONDS * (after - before - 1) <= 14.0 for before, after in pairwise(edges))


def test_the_summit_and_new_sections_begin_with_all() -> None:
    found = with_dips([0.8] * BARS, SECTIONS, TIMES, frozenset())
    assert found[:2] == [0.8] * 2 and found[8:12] == [0.8] * 4 and found[16:18] == [0.8] * 2


def test_what_changes_by_itself_stays() -> None:
    forces = [0.4] * 5 + [0.7] * 5 + [0.4] * 5 + [0.9] * 5 + [0.0] * 4
    assert with_dips(forces, [PlannedSection(0, BARS, "Theme", "A", Key(0), 0.5, True)], TIMES, frozenset()) == forces
