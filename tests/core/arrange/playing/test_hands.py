"""Hands hold no more than they can."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.arrange.playing.hands import silenced, within_reach, without_flams, without_overlaps
from hitpoint.core.music.score import Note

_SIXTEENTHS = st.integers(0, 32)
_NOTES = st.lists(
    st.builds(
        lambda start, length, pitch: Note(start / 4, (start + length) / 4, pitch, 80),
        _SIXTEENTHS,
        st.integers(1, 12),
        st.integers(40, 80),
    ),
    max_size=30,
)


def sounding(notes: tuple[Note, ...], beat: float) -> list[int]:
    return [note.pitch for note in notes if note.start <= beat < note.end]


@given(notes=_NOTES)
def test_no_pitch_sounds_twice_and_every_stroke_stays(notes: list[Note]) -> None:
    found = without_overlaps(notes)
    assert {(note.start, note.pitch) for note in found} == {(note.start, note.pitch) for note in notes}
    for pitch in {note.pitch for note in found}:
        assert all(a.end <= b.start for a, b in pairwise(note for note in found if note.pitch == pitch))


@given(notes=_NOTES, voices=st.integers(1, 6), reach=st.integers(0, 40))
def test_never_more_voices_or_wider_than_hands_allow(notes: list[Note], voices: int, reach: int) -> None:
    found = within_reach(without_overlaps(notes), voices, reach)
    for note in found:
        pitches = sounding(found, note.start)
        assert len(pitches) <= voices
        assert max(pitches) - min(pitches) <= reach
    assert {note.start for note in found} == {note.start for note in notes}


@given(notes=_NOTES, start=st.integers(0, 30))
def test_nothing_sounds_in_a_silence(notes: list[Note], start: int) -> None:
    found = silenced(without_overlaps(notes), [(start / 4, start / 4 + 0.5)])
    assert not any(note.start < start / 4 + 0.5 and note.end > start / 4 for note in found)


def test_a_note_struck_again_sounds_as_long_as_it_would_have() -> None:
    found = without_overlaps([Note(0, 4, 60, 80), Note(1, 2, 60, 90)])
    assert [(note.start, note.end) for note in found] == [(0, 1), (1, 4)]


def test_an_accent_stands_for_the_strokes_it_sounds_through() -> None:
    strokes = [Note(beat, beat + 1, 45, 70) for beat in (1.0, 2.0, 2.5)]
    accents = [Note(1.75, 2.75, 45, 95)]
    assert [note.start for note in without_flams(strokes, accents, (), is_unpitched=False)] == [1.0, 2.5]
    assert len(without_flams(strokes, accents, {2.0}, is_unpitched=False)) == 3


def test_a_drum_is_not_struck_just_before_an_accent() -> None:
    strokes = [Note(beat, beat + 0.5, 36, 70) for beat in (1.0, 1.5)]
    accents = [Note(1.25, 2.25, 36, 95)]
    assert without_flams(strokes, accents, (), is_unpitched=True) == ()
    assert [note.start for note in without_flams(strokes, accents, (), is_unpitched=False)] == [1.0]
