"""Density and loudness are followed, smoothly and never backwards."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.arrange.playing.dynamics import (
    HYSTERESIS,
    LEVEL_FLOORS,
    curve_at,
    expression,
    levels_of,
    played_velocity,
    smoothed,
    struck_velocity,
    velocity_curve,
)

DENSITIES = st.lists(st.tuples(st.floats(0, 42), st.floats(0, 20)), min_size=1, max_size=40)
LOUDNESSES = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.5)), min_size=1, max_size=40)


@given(DENSITIES)
def test_more_notes_never_give_a_lower_level(rows: list[tuple[float, float]]) -> None:
    thin, thick = levels_of([notes for notes, _ in rows]), levels_of([notes + more for notes, more in rows])
    assert all(a <= b for a, b in zip(thin, thick, strict=True))


@given(st.floats(0, 42))
def test_a_steady_density_keeps_its_level(notes: float) -> None:
    level = sum(notes >= floor for floor in LEVEL_FLOORS) - 1
    assert set(levels_of([notes] * 9)) <= {level, max(level - (round(notes, 6) < notes), 0)}


def test_a_density_that_trembles_on_a_floor_does_not_flicker() -> None:
    floor = LEVEL_FLOORS[4]
    notes = [floor + (HYSTERESIS - 0.01) * (-1) ** step for step in range(40)]
    assert len(set(levels_of(notes))) == 1


@given(DENSITIES, st.floats(0, 42))
def test_levels_that_were_heard_stay_whatever_comes_before_them(rows: list[tuple[float, float]], other: float) -> None:
    notes = [one for one, _ in rows]
    heard = levels_of(notes)
    assert levels_of(notes, heard) == heard
    assert levels_of([other, *notes], [None, *heard])[2:] == heard[1:]


@given(DENSITIES)
def test_a_level_that_was_heard_bends_to_a_density_that_forbids_it(rows: list[tuple[float, float]]) -> None:
    notes = [one for one, _ in rows]
    for level, count in zip(levels_of(notes, [8] * len(notes)), smoothed(notes), strict=True):
        assert level == sum(count + HYSTERESIS >= floor for floor in LEVEL_FLOORS) - 1


def test_quantiles_of_the_data_reach_from_the_lowest_level_to_the_highest() -> None:
    assert [levels_of([notes] * 3)[1] for notes in (1, 6, 10, 14, 20)] == [0, 2, 5, 6, 8]


@given(LOUDNESSES)
def test_louder_is_never_struck_softer(rows: list[tuple[float, float]]) -> None:
    soft = velocity_curve([value for value, _ in rows])
    loud = velocity_curve([min(value + more, 1.0) for value, more in rows])
    assert all(a <= b for a, b in zip(soft, loud, strict=True))


def test_a_steady_loudness_is_a_steady_velocity_that_grows_with_it() -> None:
    velocities = [velocity_curve([loudness] * 5) for loudness in (0.021, 0.099, 0.164, 0.246, 0.345)]
    assert all(len(set(curve)) == 1 for curve in velocities)
    assert all(b[0] - a[0] >= 8 for a, b in pairwise(velocities))


def test_a_crescendo_has_no_steps() -> None:
    curve = velocity_curve([0.05 + 0.03 * step for step in range(12)])
    values = [curve_at(curve, beat / 4) for beat in range(8, 80)]
    assert all(0 <= b - a < 2 for a, b in pairwise(values))


@given(st.lists(st.floats(0, 100), min_size=1), st.floats(0, 300))
def test_a_curve_stays_within_its_values(values: list[float], beat: float) -> None:
    assert min(values) - 1e-9 <= curve_at(values, beat) <= max(values) + 1e-9


@given(st.lists(st.floats(0, 100), max_size=20))
def test_smoothing_keeps_length_and_bounds(values: list[float]) -> None:
    found = smoothed(values)
    assert len(found) == len(values)
    assert all(min(values) - 1e-6 <= value <= max(values) + 1e-6 for value in found)


@given(
    st.floats(34, 118), st.floats(0, 50), st.sampled_from("bfotasd"), st.integers(-3, 3), st.booleans(), st.booleans()
)
def test_velocities_are_midis(base: float, beat: float, role: str, wander: int, accented: bool, passing: bool) -> None:
    assert 1 <= struck_velocity(base, beat, role, wander, accented=accented, passing=passing) <= 127


def test_the_beginning_is_gentle_and_accents_stand_out() -> None:
    first, later = (struck_velocity(80.0, beat, "s", 0, accented=False, passing=False) for beat in (0.0, 8.0))
    accent = struck_velocity(80.0, 8.0, "s", 0, accented=True, passing=False)
    assert first + 8 < later < accent - 5


def test_expression_opens_follows_and_gives_way() -> None:
    opening = [expression(80.0, beat, 30.0, 34.0) for beat in (0.0, 1.0, 2.0)]
    closing = [expression(80.0, beat, 30.0, 34.0) for beat in (30.0, 32.0, 34.0)]
    assert opening == sorted(set(opening)) and closing == sorted(set(closing), reverse=True)
    assert expression(50.0, 9.0, 30.0, 34.0) < expression(100.0, 9.0, 30.0, 34.0)


def test_no_note_of_a_played_bar_is_too_soft_to_be_heard() -> None:
    assert played_velocity(40.0, 8.0, -60, -5, accented=False) == 20
    assert played_velocity(80.0, 8.0, -60, 0, accented=False) == 55
