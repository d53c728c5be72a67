"""Who plays when: somebody waits for the summit, and one is alone only where the music lets go."""

from __future__ import annotations

import numpy as np
import pytest

from hitpoint.core.compose.form.forces import SOLO, forces_of, thinned
from hitpoint.core.cue.form.form_plan import PlannedSection
from hitpoint.core.cue.form.section_names import RELEASE
from hitpoint.core.music.key import Key

HOME = Key(0)
BAR_SECONDS = 2.0


@pytest.mark.parametrize(("after", "is_alone"), [(0.3, True), (0.84, False)])
def test_one_plays_alone_after_the_summit_only_if_the_tension_lets_go(after: float, is_alone: bool) -> None:
    sections = [
        PlannedSection(0, 8, "Build", "A", HOME, 0.5, phrases=(4, 4)),
        PlannedSection(8, 8, "Summit", "A'", HOME, 0.9, summit=True, phrases=(4, 4)),
        PlannedSection(16, 16, RELEASE, "A''", HOME, after, phrases=(4, 4, 4, 4)),
    ]
    tension = [*[0.5] * 8, 1.0, *[0.85] * 7, *[after] * 16]
    times = [BAR_SECONDS * bar for bar in range(33)]
    forces = forces_of(sections, tension, times, 31, np.random.default_rng(0))
    assert (set(forces[16:18]) == {SOLO}) is is_alone


@pytest.mark.parametrize(("tension", "share"), [(0.1, 0.625), (0.3, 0.775), (0.7, 0.975)])
def test_a_calm_ending_is_led_to_by_fewer(tension: float, share: float) -> None:
    sections = [
        PlannedSection(0, 4, "Build", "A", HOME, tension, phrases=(4,)),
        PlannedSection(4, 4, "Summit", "A'", HOME, tension, summit=True, phrases=(4,)),
        PlannedSection(8, 8, RELEASE, "A''", HOME, tension, phrases=(4, 4)),
    ]
    times = [BAR_SECONDS * bar for bar in range(17)]
    curve = [*[tension] * 4, 1.0, *[tension] * 11]
    forces = forces_of(sections, curve, times, 15, np.random.default_rng(0), frozenset(range(16)))
    assert forces[11:15] == (share,) * 4
    assert forces[15] == 1.0


@pytest.mark.parametrize("tension", [0.1, 0.5, 0.83])
def test_one_after_the_other_comes_in_before_the_summit(tension: float) -> None:
    sections = [
        PlannedSection(0, 16, "Build", "A", HOME, tension, phrases=(4, 4, 4, 4)),
        PlannedSection(16, 8, "Summit", "A'", HOME, 0.9, summit=True, phrases=(4, 4)),
    ]
    times = [BAR_SECONDS * bar for bar in range(25)]
    forces = forces_of(sections, [tension] * 16 + [1.0] + [0.9] * 7, times, 23, np.random.default_rng(0), rises=True)
    rise = forces[4:16]
    assert list(rise) == sorted(rise) and rise[0] <= 0.6 and 0.75 <= rise[-1] < 1.0
    assert forces[16:20] == (1.0,) * 4


def test_nobody_waits_for_a_summit_at_which_the_picture_calms_down() -> None:
    sections = [
        PlannedSection(0, 16, "Build", "A", HOME, 0.9, phrases=(4, 4, 4, 4)),
        PlannedSection(16, 8, "Summit", "A'", HOME, 0.9, summit=True, phrases=(4, 4)),
    ]
    times = [BAR_SECONDS * bar for bar in range(25)]
    forces = forces_of(sections, [0.9] * 16 + [1.0] + [0.3] * 7, times, 23, np.random.default_rng(0))
    assert max(forces[8:16]) == 1.0


def test_where_calm_is_wished_for_fewer_play() -> None:
    assert thinned([1.0, 0.8, SOLO, 0.0, 1.0, 1.0], [-1.0, -0.5, -1.0, -1.0, None, 0.9]) == (
        0.5, 0.6, SOLO, 0.0, 1.0, 1.0,
    )  # fmt: skip


@pytest.mark.parametrize(("arousal", "force"), [(0.6, 0.0), (-0.4, SOLO)])
def test_before_the_summit_lively_music_rests_and_calm_music_is_left_to_one(arousal: float, force: float) -> None:
    sections = [
        PlannedSection(0, 32, "Build", "A", HOME, 0.5, phrases=(4,) * 8),
        PlannedSection(32, 24, "Summit", "A'", HOME, 0.9, summit=True, phrases=(4,) * 6),
    ]
    times = [BAR_SECONDS * bar for bar in range(57)]
    curve = [0.5] * 32 + [1.0] + [0.9] * 23
    for seed in range(3):
        forces = forces_of(sections, curve, times, 54, np.random.default_rng(seed), arousals=[arousal] * 56)
        assert forces[31] == force


def test_in_a_long_cue_one_is_alone_between_sections_now_and_then() -> None:
    """Also where the tension nowhere lets go; no bar that leads to a moment met in full."""
    firsts = range(0, 300, 20)
    sections = [PlannedSection(a, 20, "Theme", "A", HOME, 0.6, summit=a == 100, phrases=(4,) * 5) for a in firsts]
    times = [BAR_SECONDS * bar for bar in range(301)]
    curve = [1.0 if bar == 100 else 0.6 for bar in range(300)]
    busy = frozenset({179, 180})
    forces = forces_of(sections, curve, times, 298, np.random.default_rng(0), busy)
    alone = [bar for bar in range(101, 298) if forces[bar] <= SOLO]
    assert len(alone) == 2 and not busy & set(alone)
    assert all((bar + 1) % 20 == 0 for bar in alone)


@pytest.mark.parametrize(("phrases", "thin"), [((4, 4, 4), [20, 21, 22, 23]), ((4, 4), [])])
def test_a_long_summit_is_no_plateau(phrases: tuple[int, ...], thin: list[int]) -> None:
    bars = 16 + sum(phrases)
    sections = [
        PlannedSection(0, 16, "Build", "A", HOME, 0.5, phrases=(4, 4, 4, 4)),
        PlannedSection(16, sum(phrases), "Summit", "A'", HOME, 0.9, summit=True, phrases=phrases),
    ]
    times = [BAR_SECONDS * bar for bar in range(bars + 1)]
    forces = forces_of(sections, [0.5] * 16 + [1.0] + [0.9] * (bars - 17), times, bars, np.random.default_rng(0))
    assert [bar for bar in range(16, bars) if forces[bar] == 0.65] == thin
    assert forces[16:20] == (1.0,) * 4
