from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.music.chord import Chord, Quality, parse_chord
from hitpoint.ui.lanes.drawing.labels import MINUS, chord_label, decibels


@pytest.mark.parametrize(
    ("symbol", "flats", "label"),
    [
        ("C", False, "C"),
        ("A:min7", False, "Am7"),
        ("A#:maj7", True, "B♭maj7"),
        ("F#:hdim7", False, "F♯m7♭5"),
        ("N", False, "N.C."),
    ],
)
def test_chords_are_written_as_on_a_lead_sheet(symbol: str, flats: bool, label: str) -> None:
    assert chord_label(parse_chord(symbol), flats=flats) == label


@given(root=st.integers(0, 11), quality=st.sampled_from(Quality), flats=st.booleans())
def test_what_is_shown_can_be_typed_again(root: int, quality: Quality, flats: bool) -> None:
    chord = Chord(root, quality)
    typed = chord_label(chord, flats=flats).replace("♭", "b").replace("♯", "#")
    typed = typed.replace("dim7", ":dim7") if quality is Quality.DIM7 else typed
    typed = typed.replace("dim", ":dim") if quality is Quality.DIM else typed
    assert parse_chord(typed.replace("aug", ":aug")) == chord


@pytest.mark.parametrize(("loudness", "text"), [(1.0, "0 dB"), (0.1, f"{MINUS}20 dB"), (0.0, f"{MINUS}∞ dB")])
def test_loudness_is_told_in_decibels(loudness: float, text: str) -> None:
    assert decibels(loudness) == text
