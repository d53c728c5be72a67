"""Beats and seconds, exactly, both ways."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.music.tempo import TempoMap, TempoPoint, steady_tempo

LENGTHS = st.fractions(min_value=Fraction(1, 5), max_value=2, max_denominator=1001)
BEATS = st.integers(1, 8) | st.fractions(min_value=Fraction(1, 4), max_value=5, max_denominator=4)
MAPS = st.lists(st.tuples(BEATS, LENGTHS), min_size=1, max_size=8).map(
    lambda rows: TempoMap(
        tuple(TempoPoint(Fraction(sum(beats for beats, _ in rows[:i])), rows[i][1]) for i in range(len(rows)))
    )
)
PLACES = st.fractions(min_value=0, max_value=100, max_denominator=960)


@given(MAPS, PLACES)
def test_a_beat_survives_the_way_to_seconds_and_back(tempo: TempoMap, beat: Fraction) -> None:
    assert tempo.beat_at(tempo.seconds_at(beat)) == beat


@given(MAPS, st.integers(1, 5), st.integers(0, 60))
def test_a_grid_of_beats_is_each_of_them(tempo: TempoMap, apart: int, count: int) -> None:
    assert tempo.seconds_of_grid(apart, count) == [tempo.seconds_at(apart * index) for index in range(count)]


@given(MAPS, PLACES, PLACES)
def test_later_beats_come_later(tempo: TempoMap, one: Fraction, other: Fraction) -> None:
    assert (one < other) == (tempo.seconds_at(one) < tempo.seconds_at(other))


def test_seconds_add_up_over_a_change_of_tempo() -> None:
    tempo = TempoMap((TempoPoint(Fraction(0), Fraction(1, 2)), TempoPoint(Fraction(4), Fraction(1))))
    assert [tempo.seconds_at(beat) for beat in (0, 2, 4, 6)] == [0, 1, 2, 4]
    assert tempo.beat_at(3) == 5


def test_a_steady_tempo_counts_120_a_minute() -> None:
    tempo = steady_tempo(Fraction(1, 2))
    assert (tempo.points[0].bpm, tempo.seconds_at(7), tempo.beats_per_bar) == (120.0, Fraction(7, 2), 4)


def test_a_map_with_ten_thousand_points_adds_up() -> None:
    tempo = TempoMap(tuple(TempoPoint(Fraction(beat), Fraction(1, 2)) for beat in range(10_000)))
    assert sum(tempo.seconds_at(beat) for beat in range(10_000)) == Fraction(10_000 * 9_999, 4)


@pytest.mark.parametrize(
    "points",
    [(), (TempoPoint(Fraction(1), Fraction(1)),), (TempoPoint(Fraction(0), Fraction(0)),),
     (TempoPoint(Fraction(0), Fraction(1)), TempoPoint(Fraction(0), Fraction(1)))],
)  # fmt: skip
def test_maps_without_order_are_refused(points: tuple[TempoPoint, ...]) -> None:
    with pytest.raises(ValueError, match=r"tempo map|beat"):
        TempoMap(points)
