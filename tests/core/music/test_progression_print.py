"""Fingerprints of progressions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.music.chord import NO_CHORD, Chord, Quality
from hitpoint.core.music.progression_print import progression_print

CHORDS = st.builds(Chord, st.integers(0, 11), st.sampled_from([q for q in Quality if not Chord(0, q).is_silent]))
ROWS = st.lists(CHORDS | st.just(NO_CHORD), min_size=2, max_size=8)


@given(row=ROWS, semitones=st.integers(0, 11))
def test_it_is_the_same_in_every_key(row: list[Chord], semitones: int) -> None:
    moved = [chord if chord.is_silent else chord.transposed(semitones) for chord in row]
    assert progression_print(moved) == progression_print(row)


@given(row=ROWS, place=st.integers(1, 7), other=CHORDS)
def test_another_chord_is_another_print(row: list[Chord], place: int, other: Chord) -> None:
    changed = [other if index == place else chord for index, chord in enumerate(row)]
    if row[0].is_silent or changed == row:
        return
    assert progression_print(changed) != progression_print(row)
