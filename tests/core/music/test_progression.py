"""Chords that last, and tones that lead."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.music.chord import NO_CHORD, Chord, parse_chord
from hitpoint.core.music.key import Key, parse_key
from hitpoint.core.music.progression import ChordRun, chord_runs, passing_tone

CHORDS = st.lists(st.sampled_from([NO_CHORD, Chord(0), Chord(5)]))


def test_equal_neighbours_are_joined() -> None:
    c, g = parse_chord("C"), parse_chord("G")
    assert chord_runs([c, c, g, c]) == (ChordRun(0, 2, c), ChordRun(2, 3, g), ChordRun(3, 4, c))


@given(CHORDS)
def test_runs_tell_the_chords_again(chords: list[Chord]) -> None:
    assert [run.chord for run in chord_runs(chords) for _ in range(run.first, run.end)] == chords


def test_a_third_is_filled_with_a_tone_of_the_scale() -> None:
    key = parse_key("C major")
    assert [passing_tone(60, 64, key), passing_tone(64, 67, key), passing_tone(69, 65, key)] == [62, 65, 67]


def test_nothing_passes_where_there_is_no_third() -> None:
    assert [passing_tone(60, target, Key(0)) for target in (60, 61, 62, 65, 67, 72)] == [None] * 6


@given(st.integers(36, 84), st.integers(-12, 12), st.integers(0, 11), st.booleans())
def test_a_passing_tone_lies_between_and_in_the_key(pitch: int, leap: int, tonic: int, is_minor: bool) -> None:
    key = Key(tonic, is_minor)
    tone = passing_tone(pitch, pitch + leap, key)
    if tone is not None:
        assert min(pitch, pitch + leap) < tone < max(pitch, pitch + leap)
        assert tone % 12 in key.scale
