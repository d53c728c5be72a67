from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hitpoint.core.arrange.arranger import with_any_playing
from hitpoint.core.compose.kept_takes import read_takes, write_take
from hitpoint.core.ports import Delivered
from hitpoint.ui.presenter.taking.take_shelf import READ

Room = Any  # tests/ui/conftest.py


def test_an_edit_without_music_is_composed_when_it_is_opened(composed: Room) -> None:
    assert len(composed.cue.steps) == 8
    assert [take.letter for take in composed.window.takes] == ["A", "B", "C", "D"]
    assert composed.window.menus.undo is None
    assert not composed.window.menus.is_saved


def test_the_first_take_waits_for_no_other(composed: Room) -> None:
    first, more = composed.ports.wishes
    assert more == replace(first, seed=first.seed + 1)
    assert [take.seed for take in composed.window.takes] == [first.seed + number for number in range(4)]


def test_takes_of_the_whole_that_come_later_keep_the_locked_chords(composed: Room) -> None:
    composed.presenter.changes.toggle_lock(3, 4)
    kept = composed.symbols[3]
    composed.presenter.takes.compose()
    newest = [kept for kept in composed.presenter.takes.shelf.takes if kept.round == 2 and not kept.is_before]
    assert len(newest) == 4 and all(take.is_whole for take in newest)
    assert {take.cue.steps[3].chord.symbol() for take in newest} == {kept}


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
    assert [take.letter for take in composed.window.takes[:4]] == ["A", "B", "C", "D"]


def test_more_takes_of_what_is_no_longer_offered_are_dropped(composed: Room) -> None:
    composed.presenter.changes.select(2, 5)
    composed.runner.holds = True
    composed.presenter.takes.regenerate_selection()
    composed.runner.waiting.pop("compose")()
    late = composed.runner.waiting["takes"]
    composed.presenter.takes.clear()
    offered = composed.window.takes
    late()
    assert composed.window.takes == offered
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


def test_takes_of_another_tempo_are_refused_with_a_word_and_kept(composed: Room) -> None:
    composed.presenter.takes.regenerate_all()
    composed.presenter.changes.change_tempo(100.0)
    there, music = len(composed.window.takes), composed.cue
    composed.presenter.takes.choose(1)
    assert (len(composed.window.takes), composed.cue) == (there, music)
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


def test_takes_of_earlier_composings_and_what_was_before_are_kept(composed: Room) -> None:
    composed.presenter.changes.select(2, 5)
    for _ in range(2):
        composed.presenter.takes.regenerate_selection()
    rows = [f"{take.round}{take.letter}" for take in composed.window.takes]
    assert rows == ["3A", "3B", "3C", "3D", "3", "2A", "2B", "2C", "2D", "2", "1A", "1B", "1C", "1D"]
    assert [take.words for take in composed.window.takes if take.is_before] == ["as it was before"] * 2


def test_the_comparing_key_goes_to_what_was_before_and_back(composed: Room) -> None:
    composed.presenter.changes.set_chord(3, 4, "D:min")
    composed.presenter.changes.toggle_lock(3, 4)
    old = with_any_playing(composed.cue)
    composed.presenter.changes.select(2, 5)
    composed.presenter.takes.regenerate_selection()
    new = composed.cue
    composed.presenter.takes.compare()
    assert composed.cue == old
    composed.presenter.takes.compare()
    assert composed.cue == new


def test_what_was_before_starting_over_comes_back_whole(composed: Room) -> None:
    old = composed.cue
    composed.presenter.takes.compose()
    assert composed.cue != old
    composed.presenter.takes.compare()
    assert composed.cue == old


def test_takes_are_there_again_when_the_edit_is_opened_again(composed: Room) -> None:
    path = composed.presenter.desk.opened.path
    composed.presenter.changes.select(2, 5)
    composed.presenter.takes.regenerate_selection()
    composed.presenter.takes.pin(1)
    composed.presenter.takes.name(2, "the bright one")
    before, third = composed.window.takes, composed.cue
    composed.presenter.takes.choose(2)
    chosen = composed.symbols
    again = type(composed)(composed.folder)
    again.ports.scored[path] = third
    again.presenter.files.open(path)
    assert again.window.takes == before
    assert [(take.is_pinned, take.name) for take in before[1:3]] == [(True, ""), (False, "the bright one")]
    assert again.window.chosen == 0
    again.presenter.takes.choose(2)
    assert again.symbols == chosen


def test_takes_go_into_the_folder_of_the_cue_when_it_is_written(composed: Room, tmp_path: Path) -> None:
    folder = tmp_path / "cut_hitpoint.music"
    composed.presenter.takes.shelf._follow(Delivered(tmp_path / "a.otio", tmp_path / "a.wav", folder, ""))
    assert len(read_takes([folder / "takes"])[0]) == 4
    composed.presenter.takes.regenerate_all()
    assert len(read_takes([folder / "takes"])[0]) == len(composed.window.takes)


def test_a_deleted_take_stays_deleted(composed: Room) -> None:
    composed.presenter.takes.delete(3)
    assert [take.letter for take in composed.window.takes] == ["A", "B", "C"]
    composed.presenter.takes.name(1, "kept")
    composed.presenter.takes.delete_unpinned()
    assert [take.letter for take in composed.window.takes] == ["A", "B"]
    assert composed.window.notes == ["One take is deleted; those with a pin or a name, and the one heard, are kept."]
    places = composed.presenter.takes.shelf._places
    assert len(read_takes(places)[0]) == 2


def test_a_take_of_another_cut_is_refused_and_kept(composed: Room) -> None:
    composed.presenter.files.conform(composed.edit_file("new.otio"))
    music = composed.cue
    composed.presenter.takes.choose(2)
    assert composed.cue == music
    assert len(composed.window.takes) == 4
    assert "another cut" in composed.window.notes[-1]


def test_takes_that_the_disk_refuses_are_told_once(composed: Room) -> None:
    shelf = composed.presenter.takes.shelf
    shelf._places = (composed.edit_file("a file, no folder.txt"),)
    composed.presenter.takes.regenerate_all()
    composed.presenter.takes.regenerate_all()
    assert len([note for note in composed.window.notes if "cannot be kept" in note]) == 1
    assert len(composed.window.takes) == 4 + 2 * 5


def test_takes_that_lie_with_one_of_several_cues_are_found_and_can_be_deleted(composed: Room, tmp_path: Path) -> None:
    shelf, music = composed.presenter.takes.shelf, tmp_path / "cut_hitpoint.music"
    path = write_take(music / "cut_1M1" / "takes", replace(shelf.takes[2], round=7))
    shelf.open(replace(composed.presenter.desk.opened, music=music))
    assert [take.letter for take in composed.window.takes] == ["C", "A", "B", "C", "D"]
    composed.presenter.takes.delete(0)
    assert not path.exists() and len(composed.window.takes) == 4


def test_an_undo_marks_what_is_heard_then(composed: Room) -> None:
    composed.presenter.takes.regenerate_all()
    assert composed.window.chosen == 0
    composed.presenter.changes.undo()
    assert composed.window.takes[composed.window.chosen].letter in ("", "A") and composed.window.chosen != 0
    composed.presenter.changes.redo()
    assert composed.window.chosen == 0


def _read_late(room: Room) -> Any:
    """What reads the kept takes of an edit that was opened and composed meanwhile."""
    room.runner.holds = True
    room.presenter.files.open(room.edit_file())
    while lanes := [lane for lane in room.runner.waiting if lane != READ]:
        room.runner.waiting.pop(lanes[0])()
    room.runner.holds = False
    return room.runner.waiting.pop(READ)


def test_takes_that_are_read_while_they_are_kept_stay_what_they_are(room: Room) -> None:
    read = _read_late(room)
    read()
    assert ([take.letter for take in room.window.takes], room.window.chosen) == (["A", "B", "C", "D"], 0)


def test_older_takes_that_are_read_late_come_after_the_one_that_is_heard(room: Room) -> None:
    read = _read_late(room)
    shelf = room.presenter.takes.shelf
    old = replace(shelf.takes[1], name="old", made=1.0)
    shelf.delete(shelf.takes[1:])
    write_take(shelf._places[0], old)
    read()
    assert [(take.name, take.letter) for take in room.window.takes] == [("", "A"), ("old", "B")]
    assert [kept.round for kept in shelf.takes] == [2, 1]
    assert room.window.chosen == 0


def test_takes_of_the_only_cue_are_not_those_of_a_second_one(composed: Room) -> None:
    composed.presenter.cues.resize("1M1", 0, 80)
    composed.presenter.cues.create(100, 150)
    composed.presenter.takes.compose()
    assert composed.window.name == "1M2"
    assert {row.round for row in composed.window.takes} == {2}


def test_a_take_that_is_longer_than_its_cue_reaches_into_no_other(composed: Room) -> None:
    composed.presenter.cues.resize("1M1", 0, 80)
    composed.presenter.cues.create(100, 150)
    composed.presenter.takes.compose()
    composed.presenter.cues.rename("1M1", "Door")
    composed.presenter.cues.choose(("1M2",))
    before = composed.window.film
    whole = next(place for place, row in enumerate(composed.window.takes) if row.round == 1)
    composed.presenter.takes.choose(whole)
    assert composed.window.film is before and composed.window.errors == []
    assert composed.window.notes[-1].endswith("would reach into Door; it is kept.")


def test_marks_stand_in_for_a_missing_selection(composed: Room) -> None:
    before = composed.symbols
    assert not composed.window.menus.has_meant
    composed.presenter.desk.marked = (2.0, 4.6)
    composed.presenter.desk.refresh()
    assert composed.window.menus.has_meant
    composed.presenter.takes.regenerate_selection()
    assert composed.symbols[2:5] != before[2:5]
    assert (composed.symbols[:2], composed.symbols[5:]) == (before[:2], before[5:])
    composed.presenter.desk.marked = None
    composed.presenter.desk.refresh()
    assert not composed.window.menus.has_meant
