"""Figures of a take's harmony."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.compose.harmony.judging import (
    alternation,
    cadences,
    harmonic_tension,
    on_bars,
    standstill,
    tension_fit,
)
from hitpoint.core.model.vocabulary import token_named


def named(symbols: str) -> list[int]:
    return [token_named(symbol) for symbol in symbols.split()]


@pytest.mark.parametrize(
    ("chords", "seconds", "excess"),
    [
        ("AB" * 12, 1.0, 0.0), ("AB" * 24, 1.0, 1.0), ("AAAABBBB" * 6, 1.0, 1.0), ("AB" * 12 + "C" + "AB" * 13, 1.0, 1 / 12),
        ("AB" * 99, 1.0, 3.0), ("A", 1.0, 0.0), ("", 1.0, 0.0), ("ABC" * 30, 1.0, 0.0), ("AB" * 12, 2.0, 1.0),
    ],
)  # fmt: skip
def test_standstill_counts_the_longest_stretch_on_two_chords(chords: str, seconds: float, excess: float) -> None:
    assert standstill(chords, [seconds] * len(chords)) == pytest.approx(excess)


@given(st.text("ABC", max_size=60))
def test_standstill_is_what_trying_all_stretches_finds(chords: str) -> None:
    longest = max(
        (stop - start for start in range(len(chords)) for stop in range(start + 1, len(chords) + 1)
         if len(set(chords[start:stop])) <= 2), default=0,
    )  # fmt: skip
    assert standstill(chords, [1.0] * len(chords)) == pytest.approx(min(max(longest - 24, 0) / 24, 3))


def test_turns_and_bar_lines_count_changes_only() -> None:
    assert alternation("AABBAACC") == 1 / 8 and alternation("AB") == 0.0
    assert alternation("C" + "AAB" * 5 + "C") == 1.0 and alternation("AB" * 99) == 3.0
    assert on_bars("AABBBC", [True, False] * 3) == 0.5 and on_bars("AAAA", [True] * 4) == 0.5


def test_sections_end_open_on_a_dominant_or_closed_by_one() -> None:
    tokens = named("C G G:7 C C F C")
    assert cadences(tokens, [2], [False] * 7) == 1.0 == cadences(tokens, [4], [False] * 7)
    assert cadences(tokens, [0, 4, 6], [False] * 7) == pytest.approx(1 / 3)
    assert cadences(named("E:7 A:min"), [1], [True] * 2) == 1.0 and cadences(tokens, [], []) == 0.5


def test_chords_strain_more_the_farther_they_are_from_rest() -> None:
    strain = [harmonic_tension(token, is_minor=False) for token in named("N C F G Bb:min G:7 Bb:dim7")]
    assert strain == sorted(strain) and strain[0] == 0 and strain[-1] <= 1


def test_the_fit_of_tension_follows_the_plan() -> None:
    rising = named("C C C C F F F F G:7 G:7 G:7 G:7 B:dim7 B:dim7 B:dim7 B:dim7")
    wanted = [step / 15 for step in range(16)]
    assert tension_fit(rising, [False] * 16, wanted) > 0.9 > -0.9 > tension_fit(rising[::-1], [False] * 16, wanted)
    assert tension_fit(rising, [False] * 16, [0.5] * 16) == 0.0 == tension_fit(rising[:4], [False] * 4, wanted[:4])
