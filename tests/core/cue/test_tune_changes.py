from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.cue.changes import chord_set, seed_changed, style_changed, tempo_changed, transposed
from hitpoint.core.cue.cue import Cue, Played
from hitpoint.core.cue.documents.cue_file import cue_from_document, cue_to_document
from hitpoint.core.cue.tune import TuneNote
from hitpoint.core.cue.tune_changes import (
    note_added,
    note_deleted,
    note_locked,
    note_moved,
    tune_locked,
    tune_of,
    tune_released,
)
from hitpoint.core.errors import CueFileError, OptionError
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.tempo import steady_tempo
from hitpoint.core.music.theme import Theme, ThemeNote

HALF = Fraction(1, 2)


def with_notes(cue: Cue, *notes: tuple[int, Fraction, int, bool]) -> Cue:
    """The cue with notes as step, length, pitch and lock, each on the beat of its step; all steps written."""
    tunes = {step: (TuneNote(Fraction(0), length, pitch, 0.5, locked),) for step, length, pitch, locked in notes}
    return replace(cue, playing=tuple(Played(1, None, None, tunes.get(at, ()), True) for at in range(len(cue.steps))))


@pytest.fixture
def cue(make_chord_cue: Callable[..., Cue]) -> Cue:
    free = make_chord_cue("C F G C A:min F G C")
    return with_notes(free, (0, Fraction(2), 60, False), (2, Fraction(4), 64, True), (5, Fraction(1), 67, False))


def starts(cue: Cue) -> list[Fraction]:
    return [one.start for one in tune_of(cue)]


def test_notes_lie_where_their_steps_do(cue: Cue) -> None:
    assert starts(cue) == [0, 4, 10]
    assert [one.end for one in tune_of(cue)] == [2, 8, 11]


def test_an_added_note_is_locked_and_cuts_the_one_that_sounds(cue: Cue) -> None:
    changed = note_added(cue, Fraction(5), Fraction(1), 72)
    assert [(one.start, one.end, one.note.locked) for one in tune_of(changed)][1:3] == [(4, 5, True), (5, 6, True)]


def test_a_note_is_moved_in_time_and_pitch(cue: Cue) -> None:
    moved = note_moved(cue, Fraction(10), Fraction(21, 2), 69)
    assert tune_of(moved)[-1].start == Fraction(21, 2)
    assert (tune_of(moved)[-1].note.pitch, tune_of(moved)[-1].note.locked) == (69, True)


def test_a_note_is_deleted(cue: Cue) -> None:
    assert starts(note_deleted(cue, Fraction(4))) == [0, 10]


def test_a_note_is_locked_and_freed(cue: Cue) -> None:
    assert note_locked(note_locked(cue, Fraction(0), locked=True), Fraction(0), locked=False) == cue


def test_a_stretch_is_locked(cue: Cue) -> None:
    assert [one.note.locked for one in tune_of(tune_locked(cue, range(8), locked=True))] == [True, True, True]


def test_releasing_keeps_locked_notes(cue: Cue) -> None:
    released = tune_released(cue, range(8))
    assert starts(released) == [4]
    assert not any(one.is_written for one in released.playing if one)


@pytest.mark.parametrize(
    "change",
    [
        lambda cue: note_added(cue, Fraction(99), Fraction(1), 60),
        lambda cue: note_added(cue, Fraction(1), Fraction(0), 60),
        lambda cue: note_added(cue, Fraction(1), Fraction(1), 200),
        lambda cue: note_deleted(cue, Fraction(1)),
        lambda cue: note_moved(cue, Fraction(1), Fraction(2), 60),
    ],
)
def test_what_cannot_be_is_refused(cue: Cue, change: Callable[[Cue], Cue]) -> None:
    with pytest.raises(OptionError):
        change(cue)


@given(
    notes=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.integers(48, 84)), min_size=1, max_size=8),
)
def test_one_note_at_a_time_whatever_is_added(
    make_chord_cue: Callable[..., Cue], notes: list[tuple[int, int, int]]
) -> None:
    changed = make_chord_cue("C F G C A:min F G C")
    for start, length, pitch in notes:
        changed = note_added(changed, Fraction(start, 4), Fraction(length, 4), pitch)
    tune = tune_of(changed)
    assert all(a.end <= b.start for a, b in pairwise(tune))
    assert {one.start for one in tune} == {Fraction(start, 4) for start, *_ in notes}


def test_another_chord_asks_for_its_notes_again_in_their_rhythm(cue: Cue) -> None:
    changed = chord_set(cue, range(5, 6), parse_chord("D"))
    assert [one.is_written for one in changed.playing if one] == [True] * 5 + [False] + [True] * 2
    assert starts(changed) == starts(cue)


def test_a_transposed_cue_has_its_tune_transposed(cue: Cue) -> None:
    assert [one.note.pitch for one in tune_of(transposed(cue, 2))] == [62, 66, 69]
    assert [one.note.pitch for one in tune_of(transposed(cue, 10))] == [58, 62, 65]


def test_another_style_has_the_same_tune(cue: Cue) -> None:
    assert tune_of(style_changed(cue, "strings")) == tune_of(cue)


def test_another_seed_keeps_locked_notes_only(cue: Cue) -> None:
    assert starts(seed_changed(cue, 77)) == [4]


def test_another_tempo_keeps_locked_notes_once(cue: Cue) -> None:
    slower = tempo_changed(cue, steady_tempo(Fraction(1, 4)))
    assert len(slower.steps) == 2 * len(cue.steps)
    assert [one.note.pitch for one in tune_of(slower)] == [64]


def test_the_tune_is_written_and_read(cue: Cue) -> None:
    theme = Theme((ThemeNote(0, 4, 2), ThemeNote(4, 12, 0, 1)), 16, 1, True)
    known = replace(cue, theme=theme, tune_seed=5, part_seeds=(("Piano", 9),))
    assert cue_from_document(cue_to_document(known)) == known


def test_cues_from_before_open(cue: Cue) -> None:
    document = cue_to_document(cue)
    for name in ("tune", "theme", "tune_seed", "part_seeds"):
        del document[name]
    old = cue_from_document(document)
    assert tune_of(old) == ()
    assert old.theme is None


@pytest.mark.parametrize(
    "tune", [3, [[True]], [[]] * 8, [[True, [0, 1, 2]]] * 8, [[True, ["0", "999", 60, 0.5, False]]] * 8]
)
def test_damaged_tunes_are_errors(cue: Cue, tune: object) -> None:
    with pytest.raises(CueFileError):
        cue_from_document({**cue_to_document(cue), "tune": tune})
