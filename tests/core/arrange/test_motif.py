"""A motif is short, fits the harmony, and is recognised when it comes again."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.arrange.motif import fitted, motif_of
from hitpoint.core.music.chord import Chord, Quality, parse_chord
from hitpoint.core.music.key import Key

_CHORDS = st.builds(Chord, st.integers(0, 11), st.sampled_from(Quality))
_KEYS = st.builds(Key, st.integers(0, 11), st.booleans())


@given(seed=st.integers(0, 2**64), phrase=st.integers(0, 40))
def test_a_motif_has_three_to_six_notes_in_both_halves_of_a_bar(seed: int, phrase: int) -> None:
    motif = motif_of(seed, phrase)
    assert 3 <= len(motif) <= 6
    assert {note.slot // 8 for note in motif} == {0, 1}
    assert all(a.slot + a.length == b.slot for a, b in pairwise(motif))
    assert all(note.slot % 8 >= 4 for note in motif if note.is_ornament)


@given(seed=st.integers(0, 1000), phrase=st.integers(0, 9), chords=st.tuples(_CHORDS, _CHORDS), key=_KEYS)
def test_struck_notes_are_chord_tones_and_ornaments_walk_on_the_scale(
    seed: int, phrase: int, chords: tuple[Chord, Chord], key: Key
) -> None:
    motif = motif_of(seed, phrase)
    under = [chords[note.slot // 8] for note in motif]
    pitches = fitted(motif, under, 72, key, 60, 84)
    for note, chord, pitch in zip(motif, under, pitches, strict=True):
        assert pitch % 12 in (*chord.pitch_classes, *(key.scale if note.is_ornament else ()))
    assert all(60 <= pitch <= 84 for pitch in pitches)
    assert all(abs(b - a) <= 12 for a, b in pairwise(pitches))


@given(seed=st.integers(0, 2**32))
def test_a_motif_comes_back_plain_and_later_varied(seed: int) -> None:
    assert motif_of(seed, 0) == motif_of(seed, 1)
    assert len({motif_of(seed, phrase) for phrase in range(2, 6)}) == 4
    assert len({len(motif_of(seed, phrase)) for phrase in range(6)}) == 1


def test_a_motif_is_transposed_with_the_harmony() -> None:
    motif = motif_of(3, 0)
    here, there = (
        fitted(motif, [parse_chord(root)] * len(motif), a, Key(a % 12), 50, 90) for root, a in (("C", 60), ("F", 65))
    )
    assert [pitch - here[0] for pitch in here] == [pitch - there[0] for pitch in there]
