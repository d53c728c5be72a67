import numpy as np
import pytest

from hitpoint.core.model.rules.decoding import Logits, Rule, apply_rules
from hitpoint.core.model.rules.rules import (
    Cadence,
    ChangeOnHits,
    InKey,
    LockedChords,
    MoodColour,
    NoLongRepeat,
    NoSilence,
)
from hitpoint.core.model.vocabulary import CHORDS, symbol_of, token_named
from hitpoint.core.mood import Mood

EVEN: Logits = np.zeros(CHORDS)


def allowed(rule: Rule, *symbols: str) -> set[str]:
    """Chords that may follow these."""
    logits = rule.apply(EVEN, [token_named(symbol) for symbol in symbols])
    return {symbol_of(int(token)) for token in np.flatnonzero(np.isfinite(logits))}


def test_a_locked_row_has_only_its_chord() -> None:
    rule = LockedChords({1: token_named("A:min")})
    assert allowed(rule, "C") == {"A:min"}
    assert len(allowed(rule)) == len(allowed(rule, "C", "C")) == CHORDS


def test_a_lock_holds_even_where_the_model_would_forbid_it() -> None:
    logits = np.full(159, -np.inf)
    heard = apply_rules(logits, [], (LockedChords({0: 5}), NoSilence()))
    assert np.flatnonzero(np.isfinite(heard)).tolist() == [5]


def test_silence_can_be_locked_although_it_is_forbidden() -> None:
    heard = apply_rules(np.zeros(159), [], (LockedChords({0: 0}), NoSilence()))
    assert np.flatnonzero(np.isfinite(heard)).tolist() == [0]


def test_the_chord_changes_on_a_hit_and_rather_stays_beside_it() -> None:
    rule, last = ChangeOnHits({3}, strength=6.0, neighbours=1.0), token_named("F")
    bonus = [rule.apply(EVEN, [last] * row)[last] for row in range(6)]
    assert bonus == [0.0, 0.0, 1.0, -6.0, 1.0, 0.0]
    assert np.flatnonzero(rule.apply(EVEN, [0, 0, last])).tolist() == [last]


def test_a_lock_outranks_the_change_on_a_hit() -> None:
    heard = apply_rules(EVEN, [5], (LockedChords({1: 5}), ChangeOnHits({1})))
    assert np.flatnonzero(np.isfinite(heard)).tolist() == [5]


def test_in_key_keeps_chords_of_the_scale() -> None:
    kept = allowed(InKey(is_minor=False, penalty=float("inf")))
    assert {"C", "D:min", "E:min", "F:maj7", "G:7", "A:min7", "B:hdim7", "N"} <= kept
    assert not {"D", "E", "C:min", "C:7", "F#"} & kept


def test_in_minor_the_major_dominant_is_at_home() -> None:
    assert {"E:7", "E", "G", "A:min"} <= allowed(InKey(is_minor=True, penalty=float("inf")))
    assert "E:7" not in allowed(InKey(is_minor=False, penalty=float("inf")))


def test_a_soft_penalty_only_pushes() -> None:
    logits = InKey(is_minor=False, penalty=2.0).apply(EVEN, [])
    assert logits[token_named("F#")] == -2.0
    assert logits[token_named("C")] == 0.0


@pytest.mark.parametrize(
    ("past", "free"), [((), True), (("C", "C"), True), (("C", "C", "C"), False), (("C", "G", "C", "C"), True)]
)
def test_no_chord_is_held_for_too_long(past: tuple[str, ...], free: bool) -> None:
    assert ("C" in allowed(NoLongRepeat(max_hold=3), *past)) is free


def test_there_is_always_a_chord() -> None:
    assert "N" not in allowed(NoSilence())
    assert len(allowed(NoSilence())) == CHORDS - 1


@pytest.mark.parametrize(("is_minor", "tonic", "dominant"), [(False, "C", "G:7"), (True, "A:min", "E:7")])
def test_a_piece_ends_on_its_tonic_by_way_of_a_dominant(is_minor: bool, tonic: str, dominant: str) -> None:
    rule = Cadence(rows=4, is_minor=is_minor, hold=2)
    assert len(allowed(rule)) == CHORDS
    leading = allowed(rule, "F")
    assert dominant in leading
    assert tonic not in leading
    assert allowed(rule, "F", dominant) == allowed(rule, "F", dominant, tonic) == {tonic}
    assert len(allowed(rule, *["C"] * 4)) == CHORDS


@pytest.mark.parametrize(
    ("mood", "more", "less"),
    [
        (Mood.SAD, "A:min", "C"),
        (Mood.FEARFUL, "B:dim7", "C"),
        (Mood.TENSE, "G:sus4", "C"),
        (Mood.RELAXING, "C:maj7", "A:min"),
        (Mood.EXCITING, "G:7", "A:min"),
    ],
)
def test_a_mood_brings_its_qualities_nearer(mood: Mood, more: str, less: str) -> None:
    logits = MoodColour((None, mood)).apply(EVEN, [1])
    assert logits[token_named(more)] > 0 > logits[token_named(less)]


def test_a_mood_colours_only_its_own_rows() -> None:
    rule = MoodColour((Mood.SAD,))
    assert rule.apply(EVEN, [1]) is EVEN
    assert not MoodColour((Mood.NEUTRAL,)).apply(EVEN, []).any()


def test_strength_scales_a_mood() -> None:
    once, twice = (MoodColour((Mood.SAD,), strength).apply(EVEN, []) for strength in (1.0, 2.0))
    np.testing.assert_allclose(2 * once, twice)
