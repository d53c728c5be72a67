from __future__ import annotations

from collections.abc import Callable

import pytest

from hitpoint.core.cue.changes import chord_locked, seed_changed
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.history import MOST_STEPS, History
from hitpoint.core.cue.session import Session


@pytest.fixture
def cue(make_chord_cue: Callable[..., Cue]) -> Cue:
    return make_chord_cue("C G A:min F")


def test_undo_and_redo_walk_through_what_was_done(cue: Cue) -> None:
    locked = chord_locked(cue, 1)
    history = History.of(cue).committed("Lock Chord", locked)
    assert (history.undo_label, history.redo_label) == ("Lock Chord", None)
    back = history.undone()
    assert (back.value, back.undo_label, back.redo_label) == (cue, None, "Lock Chord")
    assert back.redone() == history


def test_the_ends_of_history_are_walls(cue: Cue) -> None:
    history = History.of(cue)
    assert history.undone() == history.redone() == history


def test_something_new_forgets_what_was_undone(cue: Cue) -> None:
    history = History.of(cue).committed("Lock", chord_locked(cue, 0)).undone().committed("Seed", seed_changed(cue, 9))
    assert [label for label, _ in history.entries] == ["", "Seed"]


def test_history_forgets_its_oldest(cue: Cue) -> None:
    history = History.of(cue)
    for seed in range(MOST_STEPS + 5):
        history = history.committed("Seed", seed_changed(cue, seed))
    assert len(history.entries) == MOST_STEPS
    assert history.value.seed == MOST_STEPS + 4


def test_the_listener_hears_each_new_cue_once(cue: Cue) -> None:
    heard: list[Cue] = []
    session = Session(cue, heard.append)
    locked = chord_locked(cue, 0)
    session.commit(locked, "Lock Chord")
    session.commit(locked, "Lock Chord")
    session.undo()
    session.undo()
    session.redo()
    assert heard == [locked, cue, locked]


def test_a_cue_is_saved_until_it_changes_and_again_after_undo(cue: Cue) -> None:
    session = Session(cue, is_saved=True)
    session.commit(chord_locked(cue, 0), "Lock Chord")
    assert not session.is_saved
    session.undo()
    assert session.is_saved
    session.redo()
    session.mark_saved()
    assert session.is_saved


def test_a_new_cue_is_not_saved(cue: Cue) -> None:
    assert not Session(cue).is_saved


def test_choices_of_one_kind_are_taken_back_at_once(cue: Cue) -> None:
    session = Session(cue)
    for seed in (7, 8, 9):
        session.amend(seed_changed(cue, seed), "Choose Take")
    assert (session.cue.seed, session.undo_label) == (9, "Choose Take")
    session.undo()
    assert (session.cue, session.undo_label) == (cue, None)


def test_a_file_may_hold_an_earlier_cue_than_the_current_one(cue: Cue) -> None:
    session = Session(cue)
    session.commit(chord_locked(cue, 0), "Lock Chord")
    session.mark_saved(cue)
    assert not session.is_saved
    session.undo()
    assert session.is_saved
