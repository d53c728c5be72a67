from __future__ import annotations

from typing import Any

import pytest

Room = Any  # tests/ui/conftest.py


def test_an_edit_without_music_is_composed_when_it_is_opened(composed: Room) -> None:
    assert len(composed.cue.steps) == 8
    assert [take.letter for take in composed.window.takes] == ["A", "B", "C", "D"]
    assert composed.window.menus.undo is None
    assert not composed.window.menus.is_saved


def test_only_the_selection_is_composed_again(composed: Room) -> None:
    before = composed.symbols
    composed.presenter.changes.toggle_lock(3, 4)
    composed.presenter.changes.select(2, 5)
    composed.presenter.takes.regenerate_selection()
    assert composed.symbols[:2] == before[:2]
    assert composed.symbols[5:] == before[5:]
    assert composed.symbols[3] == before[3]
    assert composed.symbols != before
    assert composed.window.menus.undo == "Regenerate Selection"


def test_takes_are_compared_with_one_key(composed: Room) -> None:
    composed.presenter.changes.select(2, 5)
    composed.presenter.takes.regenerate_selection()
    first = composed.symbols
    composed.presenter.takes.choose(2)
    third = composed.symbols
    composed.presenter.takes.compare()
    assert (composed.symbols, composed.window.chosen) == (first, 0)
    composed.presenter.takes.compare()
    assert (composed.symbols, composed.window.chosen) == (third, 2)


def test_the_first_take_is_heard_before_others_are_composed(composed: Room) -> None:
    composed.presenter.changes.select(2, 5)
    composed.presenter.takes.regenerate_selection()
    assert composed.ports.counts == [1, 4]
    assert [take.letter for take in composed.window.takes] == ["A", "B", "C", "D"]


def test_more_takes_of_what_is_no_longer_offered_are_dropped(composed: Room) -> None:
    composed.presenter.changes.select(2, 5)
    composed.runner.holds = True
    composed.presenter.takes.regenerate_selection()
    composed.runner.waiting.pop("compose")()
    late = composed.runner.waiting["takes"]
    composed.presenter.takes.clear()
    late()
    assert composed.window.takes == ()
    assert "takes" not in composed.runner.waiting


def test_comparing_is_one_undo_step_however_often(composed: Room) -> None:
    composed.presenter.changes.select(2, 5)
    composed.presenter.takes.regenerate_selection()
    first = composed.cue
    for _ in range(5):
        composed.presenter.takes.compare()
    assert composed.window.menus.undo == "Choose Take"
    composed.presenter.changes.undo()
    assert composed.cue == first


def test_a_take_leaves_what_was_locked_since(composed: Room) -> None:
    composed.presenter.changes.select(2, 5)
    composed.presenter.takes.regenerate_selection()
    composed.presenter.changes.set_chord(3, 4, "B:dim")
    composed.presenter.takes.choose(1)
    assert composed.symbols[3] == "B:dim"
    assert composed.cue.steps[3].locked


def test_a_take_comes_in_the_key_of_today(composed: Room) -> None:
    composed.presenter.takes.regenerate_all()
    composed.presenter.takes.choose(1)
    plain = [step.chord for step in composed.cue.steps]
    composed.presenter.takes.choose(0)
    composed.presenter.changes.transpose(3)
    composed.presenter.takes.choose(1)
    assert [step.chord for step in composed.cue.steps] == [chord.transposed(3) for chord in plain]


def test_takes_of_another_tempo_are_dropped_with_a_word(composed: Room) -> None:
    composed.presenter.takes.regenerate_all()
    composed.presenter.changes.change_tempo(100.0)
    composed.presenter.takes.choose(1)
    assert composed.window.takes == ()
    assert "no longer fit" in composed.window.notes[0]


def test_new_chords_for_a_tempo_that_is_gone_are_dropped(composed: Room) -> None:
    composed.presenter.changes.select(2, 5)
    composed.runner.holds = True
    composed.presenter.takes.regenerate_selection()
    composed.presenter.desk.session.commit(composed.presenter.desk.session.cue, "nothing")
    waiting = composed.runner.waiting.pop("compose")
    composed.runner.holds = False
    composed.presenter.changes.change_tempo(100.0)
    before = composed.cue
    waiting()
    assert composed.cue == before
    assert "dropped" in composed.window.notes[0]


def test_a_lock_set_while_composing_is_kept(composed: Room) -> None:
    composed.presenter.changes.select(2, 5)
    composed.runner.holds = True
    composed.presenter.takes.regenerate_selection()
    composed.presenter.changes.set_chord(3, 4, "B:dim")
    composed.runner.release()
    assert composed.symbols[3] == "B:dim"
    assert composed.window.menus.undo == "Regenerate Selection"


def test_starting_over_keeps_locks_moods_and_hits(composed: Room) -> None:
    composed.presenter.changes.set_chord(1, 3, "B:dim")
    composed.presenter.changes.set_mood(1.0, 2.0, "tense")
    composed.presenter.changes.add_hit(90)
    composed.presenter.takes.compose()
    assert composed.symbols[1:3] == ["B:dim", "B:dim"]
    assert [wish.frame for wish in composed.ports.wishes[-1].hits] == [90]
    assert [span.mood.value for span in composed.ports.wishes[-1].moods] == ["tense"]
    assert composed.window.menus.undo == "Start Over"


def test_all_locked_is_told_instead_of_composed(composed: Room) -> None:
    composed.presenter.changes.toggle_lock(0, 8)
    before = composed.cue
    composed.presenter.takes.regenerate_all()
    assert "unlock" in composed.window.notes[0]
    assert composed.cue is before


def test_composing_can_be_cancelled(composed: Room) -> None:
    composed.runner.holds = True
    composed.presenter.takes.regenerate_all()
    assert composed.window.menus.is_composing
    composed.presenter.cancel()
    assert not composed.window.menus.is_composing
    assert composed.runner.waiting == {}


@pytest.mark.parametrize("index", [-1, 0, 4, 99])
def test_a_take_that_is_not_there_is_not_chosen(composed: Room, index: int) -> None:
    before = composed.cue
    composed.presenter.takes.choose(index)
    assert composed.cue is before


def test_a_take_that_changes_nothing_comes_last(composed: Room) -> None:
    composed.presenter.changes.select(2, 3)
    composed.presenter.takes.set_count(8)
    for _ in range(3):
        before = composed.symbols
        composed.presenter.takes.regenerate_selection()
        assert composed.symbols != before
