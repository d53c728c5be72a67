"""Colours that an arranger lays on a chord."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.mood import MOODS, Mood
from hitpoint.core.music.chord import Chord, Quality, parse_chord
from hitpoint.core.music.colour import ColourContext, ColouredChord, coloured, heard_colour, sounded_part, suspended
from hitpoint.core.music.key import Key
from hitpoint.core.music.voice_ranges import VoiceRanges
from hitpoint.core.music.voicing import voicings_of

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


@given(st.sampled_from(list(Quality)), st.integers(1, 11), st.none() | st.integers(0, 11))
def test_whatever_an_editor_adds_has_a_name(quality: Quality, tone: int, bass: int | None) -> None:
    chord = Chord(2, quality, (tone,), bass)
    assert ColouredChord(chord).symbol() == sounded_part(chord).symbol()


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


@pytest.mark.parametrize("mood", MOODS)
def test_what_was_voiced_is_heard_again_in_its_colour(mood: Mood) -> None:
    for quality in Quality:
        for number, root in enumerate((0, 2, 5, 8, 10)):
            chord = Chord(root, quality)
            found = coloured(chord, ColourContext(A_MINOR, mood, 0.5, number))
            for voicing in voicings_of(found, VoiceRanges())[::40]:
                heard = heard_colour(chord, voicing.pitches)
                assert heard is not None and (heard.chord, heard.added) == (found.chord, found.added)
                assert heard.bass == (None if voicing.bass % 12 == root else voicing.bass % 12)
            assert voicings_of(found, VoiceRanges())


def test_a_suspension_is_prepared_and_heard_as_one() -> None:
    dominant = Chord(4)
    sigh = suspended(dominant, Chord(9, Quality.MIN))
    assert sigh == ColouredChord(Chord(4, Quality.SUS4))
    assert suspended(dominant, Chord(0)) is None  # no A to hold over
    assert suspended(Chord(4, Quality.MIN), Chord(9, Quality.MIN)) == sigh  # iv - i: the fourth falls to a minor third
    assert suspended(Chord(4, Quality.DIM), Chord(9, Quality.MIN)) is None
    assert heard_colour(dominant, voicings_of(sigh, VoiceRanges())[0].pitches) == sigh


def test_pitches_of_another_chord_are_no_colour_of_this_one() -> None:
    for chord in (Chord(0), Chord(9, Quality.MIN), Chord(7, Quality.DOM7)):
        for voicing in voicings_of(Chord(6, Quality.DIM7), VoiceRanges())[::40]:
            assert heard_colour(chord, voicing.pitches) is None
