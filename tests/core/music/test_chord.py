"""Chord symbols are read and written again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.music.chord import NO_CHORD, Chord, Quality, parse_chord

CHORDS = st.builds(Chord, st.integers(0, 11), st.sampled_from(Quality))


@given(CHORDS, st.booleans())
def test_a_written_chord_is_read_as_itself(chord: Chord, flats: bool) -> None:
    assert parse_chord(chord.symbol(flats=flats)) == chord


@pytest.mark.parametrize(
    ("lead", "harte"),
    [("Am", "A:min"), ("Am7", "A:min7"), ("G7", "G:7"), ("Bb", "Bb:maj"), ("F#dim", "F#:dim"), ("C/E", "C:maj/3")],
)
def test_lead_sheet_and_harte_mean_the_same(lead: str, harte: str) -> None:
    assert parse_chord(lead) == parse_chord(harte)


@pytest.mark.parametrize("symbol", ["N", "X", "NC", "N.C."])
def test_no_chord_is_silent(symbol: str) -> None:
    assert parse_chord(symbol) is NO_CHORD
    assert (NO_CHORD.is_silent, NO_CHORD.pitch_classes, NO_CHORD.symbol()) == (True, (), "N")


@pytest.mark.parametrize("symbol", ["", "H", "C:foo", "hello", "7", "c:min"])
def test_what_is_no_chord_is_refused(symbol: str) -> None:
    with pytest.raises(ValueError, match="chord"):
        parse_chord(symbol)


def test_flats_are_written_on_request() -> None:
    assert (Chord(10).symbol(), Chord(10).symbol(flats=True)) == ("A#", "Bb")


@given(CHORDS, st.integers(-30, 30))
def test_transposing_there_and_back_changes_nothing(chord: Chord, semitones: int) -> None:
    assert chord.transposed(semitones).transposed(-semitones) == chord


@given(CHORDS)
def test_pitch_classes_start_at_the_root_and_differ(chord: Chord) -> None:
    assert chord.pitch_classes[0] == chord.root
    assert len(set(chord.pitch_classes)) == len(chord.pitch_classes) in (3, 4)
