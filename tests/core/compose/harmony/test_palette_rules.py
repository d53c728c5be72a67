"""Rules that pull towards a mood's palette."""

from __future__ import annotations

import numpy as np
import pytest

from hitpoint.core.affect import Affect
from hitpoint.core.compose.harmony.palette_rules import Colours, Gestures, NearKey, Palette, mixed
from hitpoint.core.model.palette import palette_shares
from hitpoint.core.model.rules.decoding import FORBIDDEN
from hitpoint.core.model.vocabulary import CHORDS, token_named
from hitpoint.core.mood import VALENCE_AROUSAL, Mood

FLAT = np.zeros(CHORDS)
DIATONIC = np.where(
    [token in [token_named(s) for s in ["A:min", "D:min", "E", "F", "G", "C"]] for token in range(CHORDS)], 0.0, -12.0
)


def palette(mood: Mood, strength: float = 1.0, *, is_minor: bool = True) -> Palette:
    shares = palette_shares(Affect(*VALENCE_AROUSAL[mood]), mood)
    return Palette(np.stack([shares] * 3), np.full(3, strength), [is_minor] * 3)


def shares(logits: np.ndarray) -> np.ndarray:
    return np.asarray(np.exp(logits) / np.exp(logits).sum())


def test_mixing_is_a_share_and_never_allows_what_is_forbidden() -> None:
    logits, weights = FLAT.copy(), np.zeros(CHORDS)
    logits[5], weights[5], weights[7] = FORBIDDEN, 1.0, 1.0
    found = shares(mixed(logits, weights, 0.5))
    assert found[5] == 0 and found[7] == pytest.approx(0.5 + 0.5 / (CHORDS - 1))
    assert (mixed(logits, np.zeros(CHORDS), 0.5) == logits).all()


def test_a_gesture_that_was_begun_is_gone_on_with_on_a_bar_line() -> None:
    rule = Gestures(palette(Mood.FEARFUL), frozenset({1, 2}))
    found = shares(rule.apply(DIATONIC, [token_named("A:min")]))
    for symbol in ("Bb:min", "Eb:min", "F:min", "C#"):
        assert found[token_named(symbol)] > 0.01, symbol
    assert found[token_named("A:min")] > 0.05, "the model keeps its share"


def test_inside_a_bar_and_without_strength_nothing_is_pulled() -> None:
    begun = [token_named("A:min")]
    assert (Gestures(palette(Mood.FEARFUL), frozenset({2})).apply(DIATONIC, begun) == DIATONIC).all()
    assert (Gestures(palette(Mood.FEARFUL, 0.0), frozenset({1})).apply(DIATONIC, begun) == DIATONIC).all()


def test_more_strength_pulls_more_and_never_wholly() -> None:
    begun, target = [token_named("A:min")], token_named("Eb:min")
    found = [shares(Gestures(palette(Mood.FEARFUL, s), frozenset({1})).apply(DIATONIC, begun)) for s in (0.4, 1.0, 2.0)]
    assert found[0][target] < found[1][target] < found[2][target] < 0.5
    assert found[2][token_named("F")] > 0.02


def test_triads_take_on_the_colours_of_a_mood_when_a_chord_begins() -> None:
    found = shares(Colours(palette(Mood.TENSE)).apply(DIATONIC, [token_named("C")]))
    assert found[token_named("A:min7")] > 0.02 and found[token_named("E:7")] > 0.02
    assert found[token_named("C:maj7")] < 0.001, "the chord that sounds does not change its colour"


def test_chromatic_moods_mind_the_key_less() -> None:
    foreign = token_named("Bb")
    losses = [NearKey(palette(mood)).apply(FLAT, [])[foreign] for mood in (Mood.FEARFUL, Mood.NEUTRAL)]
    assert losses[0] > losses[1] == pytest.approx(-2.0, abs=0.3)
    assert NearKey(palette(Mood.NEUTRAL)).apply(FLAT, [])[token_named("E:7")] == 0


def test_after_much_outside_the_key_even_chromatic_moods_come_home() -> None:
    foreign, home = token_named("F#"), token_named("C")
    short = palette(Mood.FEARFUL)
    rule = NearKey(Palette(np.repeat(short.shares, 8, axis=0), np.ones(24), [True] * 24))
    strayed, at_home = (rule.apply(FLAT, [token] * 12)[foreign] for token in (foreign, home))
    assert strayed < at_home
