"""Colours that an arranger lays on a chord."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.mood import MOODS, Mood
from hitpoint.core.music.chord import Chord, Quality, parse_chord
from hitpoint.core.music.colour import ColourContext, ColouredChord, coloured
from hitpoint.core.music.key import Key

A_MINOR = Key(9, is_minor=True)


@pytest.mark.parametrize(
    ("chord", "symbol"),
    [
        (ColouredChord(Chord(9, Quality.MIN), (2,), 0), "A:min(9)/b3"), (ColouredChord(Chord(0)), "C"),
        (ColouredChord(Chord(0, Quality.MAJ7), (2,)), "C:maj9"), (ColouredChord(Chord(10), (), 0), "A#/2"),
        (ColouredChord(Chord(0), (6,)), "C:maj(#11)"), (ColouredChord(Chord(2, Quality.MIN), (11,)), "D:minmaj7"),
        (ColouredChord(Chord(None)), "N"),
    ],
)  # fmt: skip
def test_symbols_say_what_sounds(chord: ColouredChord, symbol: str) -> None:
    assert chord.symbol() == symbol


@given(
    st.integers(0, 11),
    st.sampled_from(list(Quality)),
    st.sampled_from([None, *MOODS]),
    st.floats(0, 1),
    st.integers(0, 99),
)
def test_a_colour_keeps_the_chord_and_its_name_is_read_as_its_root(
    root: int, quality: Quality, mood: Mood | None, tension: float, number: int
) -> None:
    chord = Chord(root, quality)
    found = coloured(chord, ColourContext(A_MINOR, mood, tension, number))
    assert found == coloured(chord, ColourContext(A_MINOR, mood, tension, number))
    assert found.chord == chord and set(chord.pitch_classes) <= set(found.pitch_classes)
    assert len(set(found.pitch_classes)) == len(found.pitch_classes)
    assert parse_chord(found.symbol()).root == root


def test_the_end_of_a_section_and_what_has_no_mood_stay_plain() -> None:
    for context in (ColourContext(A_MINOR, Mood.FEARFUL, closes=True), ColourContext(A_MINOR)):
        assert coloured(Chord(2, Quality.MIN), context) == ColouredChord(Chord(2, Quality.MIN))


def test_a_pedal_lies_under_dark_chords_but_not_under_the_dominant() -> None:
    context = ColourContext(A_MINOR, Mood.TENSE, tension=0.5)
    assert coloured(Chord(10), context).bass == 9
    assert coloured(Chord(4), context).bass is None and coloured(Chord(9, Quality.MIN), context).bass is None


def test_moods_colour_a_fair_share_of_their_triads() -> None:
    for mood in (Mood.FEARFUL, Mood.TENSE, Mood.RELAXING):
        found = [
            coloured(
                Chord(9, Quality.MIN7 if mood is Mood.RELAXING else Quality.MIN), ColourContext(A_MINOR, mood, number=n)
            )
            for n in range(8)
        ]
        assert 0.25 <= sum(bool(one.added) for one in found) / 8 <= 0.75
