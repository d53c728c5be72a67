from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hitpoint.core.cue.documents.autosave import RecoveryFile
from hitpoint.core.ports import WriteChoice
from hitpoint.ui.presenter.questions import Answer, Topic

Room = Any  # tests/ui/conftest.py


@pytest.fixture
def changed(composed: Room) -> Room:
    """With work that lies in no file."""
    composed.presenter.changes.toggle_lock(1, 2)
    return composed


def _leave_work_behind(room: Room) -> None:
    file = RecoveryFile(room.folder / "recovery")
    file.write(room.edit_file("lost.otio"), room.ports.scored[room.folder / "lost.otio"])
    file.close()


@pytest.fixture
def after_a_crash(composed: Room, tmp_path: Path) -> Room:
    composed.ports.scored[composed.folder / "lost.otio"] = composed.cue
    _leave_work_behind(composed)
    again = type(composed)(tmp_path)
    again.ports.scored = composed.ports.scored
    return again


def test_a_first_start_welcomes(room: Room) -> None:
    room.presenter.files.start(None)
    assert (room.window.recent, room.window.questions, room.window.opened) == ((), [], None)


def test_a_scored_edit_comes_with_its_cue_and_is_saved(composed: Room) -> None:
    scored = composed.edit_file("scored.otio")
    composed.ports.scored[scored] = composed.cue
    composed.window.answers, before = [Answer.DISCARD], list(composed.ports.wishes)
    composed.presenter.files.open(scored)
    assert composed.window.menus.is_saved
    assert composed.window.menus.title == "scored.otio"
    assert composed.ports.wishes == before


def test_opened_edits_are_remembered(composed: Room) -> None:
    composed.presenter.files.start(None)
    assert composed.window.recent == (str(composed.folder / "cut.otio"),)


def test_an_edit_that_cannot_be_read_is_told(room: Room) -> None:
    room.presenter.files.open(room.edit_file("cut.bad"))
    assert "is no edit" in room.window.errors[0]
    assert not room.window.menus.has_edit


def test_open_work_is_kept_at_once_and_forgotten_when_written(changed: Room) -> None:
    assert changed.keeper.kept == (changed.folder / "cut.otio", changed.cue)
    changed.window.way = WriteChoice(changed.ports.ways(changed.folder / "cut.otio", changed.cue)[0])
    changed.presenter.files.write_back()
    assert changed.ports.written == [changed.cue]
    assert changed.window.delivered is not None
    assert changed.window.menus.is_saved
    assert changed.keeper.kept is None


def test_what_is_changed_while_it_is_written_is_still_unsaved(changed: Room) -> None:
    changed.window.way = WriteChoice(changed.ports.ways(changed.folder / "cut.otio", changed.cue)[0])
    changed.runner.holds = True
    changed.presenter.files.write_back()
    changed.presenter.changes.toggle_lock(3, 4)
    changed.runner.release()
    assert not changed.window.menus.is_saved
    assert changed.keeper.kept is not None


def test_leaving_with_unsaved_work_asks(changed: Room) -> None:
    changed.window.answers = [Answer.CANCEL]
    assert not changed.presenter.files.may_leave()
    assert [question.topic for question in changed.window.questions] == [Topic.UNSAVED]
    assert changed.keeper.kept is not None


@pytest.mark.parametrize("answer", [Answer.DISCARD, Answer.KEEP])
def test_the_editor_may_leave_without_writing(changed: Room, answer: Answer) -> None:
    changed.window.answers = [answer]
    assert changed.presenter.files.may_leave()
    assert len(changed.keeper.aside) == (answer is Answer.KEEP)


def test_writing_first_and_then_leaving_closes_the_window(changed: Room) -> None:
    changed.window.answers = [Answer.WRITE]
    changed.window.way = WriteChoice(changed.ports.ways(changed.folder / "cut.otio", changed.cue)[0])
    changed.runner.holds = True
    assert not changed.presenter.files.may_leave()
    changed.runner.release()
    assert changed.window.is_closed
    assert changed.presenter.files.may_leave()


def test_giving_up_the_writing_keeps_the_window(changed: Room) -> None:
    changed.window.answers = [Answer.WRITE]
    assert not changed.presenter.files.may_leave()
    assert not changed.window.is_closed


def test_work_that_a_crash_left_is_offered_and_taken_up(after_a_crash: Room) -> None:
    after_a_crash.window.answers = [Answer.RECOVER]
    after_a_crash.presenter.files.start(None)
    assert after_a_crash.window.questions[0].name == "lost.otio"
    assert after_a_crash.cue == after_a_crash.ports.scored[after_a_crash.folder / "lost.otio"]
    assert not after_a_crash.window.menus.is_saved
    assert len(after_a_crash.keeper.adopted) == 1


def test_one_undo_goes_back_from_recovered_work_to_what_was_saved(after_a_crash: Room, composed: Room) -> None:
    lost = after_a_crash.folder / "lost.otio"
    saved = after_a_crash.ports.scored[lost]
    after_a_crash.ports.scored[lost] = replace(saved, style="strings")
    after_a_crash.window.answers = [Answer.RECOVER]
    after_a_crash.presenter.files.start(None)
    assert after_a_crash.window.menus.undo == "Recover" and after_a_crash.cue.style == "piano"
    after_a_crash.presenter.changes.undo()
    assert after_a_crash.cue.style == "strings" and after_a_crash.window.menus.is_saved
    after_a_crash.presenter.changes.redo()
    assert after_a_crash.cue.style == "piano" and not after_a_crash.window.menus.is_saved


def test_where_nothing_was_saved_undo_says_that_it_begins_with_what_was_recovered(after_a_crash: Room) -> None:
    kept = after_a_crash.ports.scored.pop(after_a_crash.folder / "lost.otio")
    after_a_crash.window.answers = [Answer.RECOVER]
    after_a_crash.presenter.files.start(None)
    assert after_a_crash.cue == kept and after_a_crash.window.menus.undo is None
    assert after_a_crash.window.notes[0].startswith("This is the work before the crash. Undo begins here")


def test_work_that_is_not_wanted_is_discarded(after_a_crash: Room) -> None:
    after_a_crash.window.answers = [Answer.DISCARD]
    after_a_crash.presenter.files.start(None)
    after_a_crash.presenter.files.start(None)
    assert len(after_a_crash.window.questions) == 1


def test_work_may_wait_for_another_day(after_a_crash: Room) -> None:
    after_a_crash.window.answers = [Answer.KEEP, Answer.KEEP]
    after_a_crash.presenter.files.start(None)
    after_a_crash.presenter.files.start(None)
    assert len(after_a_crash.window.questions) == 2


@pytest.mark.parametrize("at_start", [True, False])
def test_work_for_an_edit_is_offered_whenever_that_edit_is_opened(after_a_crash: Room, at_start: bool) -> None:
    files, lost = after_a_crash.presenter.files, after_a_crash.folder / "lost.otio"
    after_a_crash.edit_file("cut.otio")
    unsaved = [] if at_start else [Answer.DISCARD]  # of cut.otio
    after_a_crash.window.answers = [Answer.KEEP, *unsaved, Answer.RECOVER]
    if at_start:
        files.start(lost)
        files.start(after_a_crash.folder / "cut.otio")  # every start offers all there is
    else:
        files.open(lost)
        files.open(after_a_crash.folder / "cut.otio")  # another edit asks nothing
        files.open(lost)
    offered = [each.name for each in after_a_crash.window.questions if each.topic is Topic.RECOVERY]
    assert offered == ["lost.otio"] * 2
    assert after_a_crash.window.menus.title == "lost.otio" and not after_a_crash.window.menus.is_saved
    assert len(after_a_crash.keeper.adopted) == 1


def _touch(path: Path) -> None:
    path.write_text("{ }")
    later = time.time() + 10
    os.utime(path, (later, later))


def test_an_edit_that_changed_on_the_disk_can_be_followed(changed: Room) -> None:
    _touch(changed.folder / "cut.otio")
    changed.window.answers = [Answer.CONFORM]
    changed.presenter.files.check_edit()
    assert changed.cue.edit.frames == 250
    assert changed.window.menus.undo == "Follow the New Cut"
    assert changed.window.notes == ["one shot is new"]
    changed.presenter.files.check_edit()
    assert len(changed.window.questions) == 1


def test_undoing_a_followed_cut_takes_the_cut_back_too(changed: Room) -> None:
    before = changed.cue.edit.frames
    _touch(changed.folder / "cut.otio")
    changed.window.answers = [Answer.CONFORM]
    changed.presenter.files.check_edit()
    changed.presenter.desk.undo()
    assert changed.cue.edit.frames == before
    assert changed.presenter.desk.opened is not None and changed.presenter.desk.opened.edit.frames == before
    changed.presenter.desk.redo()
    assert changed.presenter.desk.opened.edit.frames == changed.cue.edit.frames == 250


def test_a_change_on_the_disk_may_be_ignored(changed: Room) -> None:
    before = changed.cue
    _touch(changed.folder / "cut.otio")
    changed.window.answers = [Answer.IGNORE]
    changed.presenter.files.check_edit()
    changed.presenter.files.check_edit()
    assert changed.cue is before
    assert len(changed.window.questions) == 1


def test_an_edit_that_is_being_replaced_is_no_change(changed: Room) -> None:
    (changed.folder / "cut.otio").unlink()
    changed.presenter.files.check_edit()
    assert changed.window.questions == []


def test_the_demo_is_made_and_opened(room: Room) -> None:
    room.presenter.files.open_demo()
    assert room.window.menus.title == "demo.otio"


def test_a_sound_on_its_way_is_shown_and_one_known_is_not_played_in_again(composed: Room) -> None:
    assert composed.window.sound.is_settled
    assert composed.window.wave.high.max() == 0.5
    assert [hit.event for hit in composed.window.hits] == ["end"]
    first = composed.cue
    composed.presenter.changes.toggle_lock(1, 2)
    count = len(composed.ports.performed)
    composed.presenter.changes.undo()
    assert len(composed.ports.performed) == count
    assert composed.window.heard == first


def test_a_folder_that_is_read_only_is_no_dead_end_and_the_other_one_is_remembered(changed: Room) -> None:
    edit, other = changed.folder / "cut.otio", changed.folder / "other"
    other.mkdir()
    changed.ports.read_only, changed.window.folder = (changed.folder,), other
    changed.window.way = WriteChoice(changed.ports.ways(edit, changed.cue, other)[0])
    changed.presenter.files.write_back()
    assert len(changed.window.reasons) == 1 and " -o" not in changed.window.reasons[0]
    assert changed.window.delivered is not None
    assert changed.window.delivered.timeline.parent == other
    changed.presenter.files.write_back()
    assert len(changed.window.reasons) == 1
    assert changed.window.ways[0].output.parent == other


def test_name_and_choice_of_cues_are_remembered_for_the_edit(changed: Room) -> None:
    edit = changed.folder / "cut.otio"
    way = replace(changed.ports.ways(edit, changed.cue)[0], output=changed.folder / "reel 2.otio")
    changed.window.way = WriteChoice(way, approved=True)
    changed.presenter.files.write_back()
    assert not changed.window.approved
    way.output.write_text("{}")
    changed.presenter.files.write_back()
    assert changed.window.approved and changed.window.ways[0].output.name == "reel 2_v2.otio"


def test_no_place_at_all_writes_nothing(changed: Room) -> None:
    changed.ports.read_only = (changed.folder,)
    changed.presenter.files.write_back()
    assert changed.ports.written == []
    assert changed.window.delivered is None


def test_media_are_found_in_a_folder_that_is_remembered_and_the_music_stays(changed: Room) -> None:
    changed.ports.missing_until = changed.folder / "footage"
    changed.ports.missing_until.mkdir()
    changed.presenter.files.find_media(changed.folder)
    assert changed.window.offers_media
    steps = changed.cue.steps
    changed.presenter.files.find_media(changed.ports.missing_until)
    opened = changed.window.opened
    assert opened is not None and opened.edit.missing == ()
    assert changed.cue.steps == steps
    assert not changed.presenter.desk.is_saved
    assert any("All media are found" in note for note in changed.window.notes)
    changed.presenter.desk.session.mark_saved()
    changed.presenter.files.open(changed.folder / "cut.otio")
    assert changed.window.opened.edit.missing == ()


def test_work_that_was_given_up_for_a_broken_file_is_still_unsaved(changed: Room) -> None:
    changed.window.answers = [Answer.DISCARD]
    changed.presenter.files.open(changed.folder / "broken.bad")
    assert changed.window.errors
    assert not changed.window.menus.is_saved
    assert changed.keeper.kept is not None


def test_undoing_a_new_cut_says_that_the_disk_has_it_until_it_is_followed_again(changed: Room) -> None:
    shown: list[tuple[str, ...]] = []
    changed.window.show_notes = lambda notes, holds=None: (shown.append(notes), setattr(changed.window, "holds", holds))
    changed.presenter.files.conform(changed.folder / "cut.otio")
    changed.presenter.changes.undo()
    assert shown[0] == ("one shot is new",) and "cut.otio has the new one" in shown[1][0]
    assert changed.window.holds()
    changed.presenter.changes.redo()
    assert not changed.window.holds()
