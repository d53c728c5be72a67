"""Rules that carry out a blueprint."""

from __future__ import annotations

import numpy as np
import pytest

from hitpoint.core.compose.harmony.blueprint import Blueprint, Role
from hitpoint.core.compose.harmony.form_rules import FormCadences, FormEnding, HarmonicRhythm, NoStandstill, ThemeReturn
from hitpoint.core.model.vocabulary import CHORDS, symbol_of, token_named
from hitpoint.core.mood import Mood
from hitpoint.core.music.key import Key

FLAT = np.zeros(CHORDS)
C, D_MAJOR = Key(0), Key(2)


def tokens(symbols: str) -> list[int]:
    return [token_named(symbol) for symbol in symbols.split()]


def blueprint(steps: int, sources: dict[int, int] | None = None, leans: dict[int, int] | None = None) -> Blueprint:
    rows = [np.full(steps, -1), np.full(steps, -1)]
    for row, known in zip(rows, (sources or {}, leans or {}), strict=True):
        for at, source in known.items():
            row[at] = source
    return Blueprint(*rows, np.zeros(steps), np.zeros(steps, np.int64))


def left(logits: np.ndarray) -> list[str]:
    return [symbol_of(int(token)) for token in np.flatnonzero(np.isfinite(logits))]


def test_a_theme_comes_back_chord_by_chord() -> None:
    rule = ThemeReturn(blueprint(4, {2: 0, 3: 1}), [False] * 4)
    assert left(rule.apply(FLAT, tokens("F G"))) == ["F"]
    assert left(rule.apply(FLAT, tokens("F G F"))) == ["G"]


def test_a_theme_comes_back_in_the_mode_that_holds_there() -> None:
    rule = ThemeReturn(blueprint(2, {1: 0}), [False, True])
    assert left(rule.apply(FLAT, tokens("C"))) == ["A:min"]


def test_where_it_is_varied_the_old_chord_is_avoided_and_the_way_back_smooth() -> None:
    rule = ThemeReturn(blueprint(4, {3: 1}, {2: 0}), [False] * 4)
    found = rule.apply(FLAT, tokens("F C"))
    assert found[token_named("F")] < found[token_named("G")] - 1.5
    assert found[token_named("C")] == found.max() == 0, "from there the next chord that comes back is nearest"


@pytest.mark.parametrize(
    ("role", "likelier"),
    [
        (Role.OPEN, "G"),
        (Role.OPEN_SOON, "G:7"),
        (Role.PREPARE, "F"),
        (Role.CLOSE, "C"),
        (Role.ARRIVE, "C"),
        (Role.LEAVE, "A:7"),
    ],
)
def test_each_role_has_its_chords(role: Role, likelier: str) -> None:
    rule = FormCadences(np.array([0, role, 0]), (C, C, D_MAJOR))
    found = rule.apply(FLAT, tokens("C"))
    assert found[token_named(likelier)] == found.max() > 0 == found[token_named("Eb:min")]
    assert (rule.apply(FLAT, []) == FLAT).all()


def leading(mood: Mood | None, *, key: Key = C, new: Key = C, source: int = -1) -> list[str]:
    """The chords that are by far the likeliest before what is led to in a new key, sounding in the first."""
    rule = FormCadences(np.array([0, Role.LEAD, 0]), (key, key, new), (mood,) * 3, (-1, -1, source))
    found = rule.apply(FLAT - 8.0 * np.isin(np.arange(CHORDS), tokens("G G:7 A A:7")), tokens("G"))
    return sorted(symbol_of(int(token)) for token in np.flatnonzero(found > found.max() - 2.0))


def test_the_summit_is_led_to_by_a_dominant_of_its_key() -> None:
    assert leading(None) == ["G", "G:7"]
    assert leading(None, new=D_MAJOR) == ["A", "A:7"]
    assert leading(None, source=0) == ["D", "D:7"], "where it begins on the dominant, by that of the dominant"
    assert "C#" in leading(Mood.FEARFUL) and "A#" in leading(Mood.EXCITING)


def test_nothing_that_is_forbidden_leads_there() -> None:
    rule = FormCadences(np.array([0, Role.LEAD, 0]), (C,) * 3)
    locked = np.where(np.arange(CHORDS) == token_named("F"), 0.0, -np.inf)
    assert left(rule.apply(locked, tokens("C"))) == ["F"]


def test_the_end_is_the_tonic_after_a_chord_that_leads_there() -> None:
    rule = FormEnding(2, (C,) * 4)
    assert (rule.apply(FLAT, []) == FLAT).all()
    assert {"G", "F", "D:min"} <= set(left(rule.apply(FLAT, tokens("C")))) <= {
        symbol_of(token) for token in range(CHORDS)
    } - {"C"}  # fmt: skip
    assert left(rule.apply(FLAT, tokens("C G"))) == ["C"] == left(rule.apply(FLAT, tokens("C G C")))


def test_holding_is_easier_inside_a_bar_than_on_its_line() -> None:
    rule = HarmonicRhythm(np.array([-1.0, 2.5]))
    assert rule.apply(FLAT, tokens("C"))[token_named("C")] == 2.5
    assert (rule.apply(FLAT, []) == FLAT).all() and (rule.apply(FLAT, tokens("C C")) == FLAT).all()


def test_after_long_enough_on_two_chords_a_third_must_come() -> None:
    rule = NoStandstill((C,) * 99, 1.0, is_firm=True)
    turning = tokens("C C G G " * 5)
    assert {"C", "G"}.isdisjoint(left(rule.apply(FLAT, turning)))
    assert (rule.apply(FLAT, turning[:18]) == FLAT).all()
    assert (rule.apply(FLAT, [*turning[:12], *tokens("F"), *turning[:8]]) == FLAT).all()


def test_returns_cost_and_turning_back_and_forth_costs_more() -> None:
    rule = NoStandstill((C,) * 99, 1.0, is_firm=False)
    once, twice = rule.apply(FLAT, tokens("C G")), rule.apply(FLAT, tokens("C G C G"))
    assert twice[token_named("C")] < once[token_named("C")] < 0 == once[token_named("F")]


def test_what_sounds_alike_in_two_keys_is_alike() -> None:
    rule = NoStandstill((C, D_MAJOR, D_MAJOR), 1.0, is_firm=False)
    assert rule.apply(FLAT, tokens("D F"))[token_named("C")] < 0, "D in C major is the tonic of D major"
