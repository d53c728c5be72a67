from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hitpoint.core.compose.kept_takes import read_takes
from hitpoint.ui.presenter.desk import PICTURE, SOUND, TAKES

Room = Any  # tests/ui/conftest.py


@pytest.fixture
def sketched(room: Room) -> Room:
    """An edit that nobody has seen, composed from its cuts and heard; its picture is being looked at."""
    room.ports.is_unseen = True
    room.runner.holds = True
    room.presenter.files.open(room.edit_file())
    for lane in ("files", "compose", SOUND):
        room.runner.waiting.pop(lane)()
    return room


def looked(room: Room) -> None:
    """Let the picture be seen, and what follows from that be done."""
    room.runner.release()


def words(room: Room) -> list[str]:
    return [f"{take.round}{take.letter} {take.words}" for take in room.window.takes]


def test_a_never_seen_edit_is_heard_before_it_is_looked_at(sketched: Room) -> None:
    assert sketched.window.heard is sketched.cue
    assert sketched.runner.is_busy(PICTURE)
    assert [take.words.split(",")[0] for take in sketched.window.takes] == ["from the cuts"]
    assert sketched.window.notes[-1].startswith("Composed from the cuts.")


def test_pictures_wait_until_the_cuts_are_heard(room: Room) -> None:
    room.ports.is_unseen = room.runner.holds = True
    room.presenter.files.open(room.edit_file())
    for lane in ("files", "compose"):
        room.runner.waiting.pop(lane)()
    assert not room.runner.is_busy(PICTURE)


def test_the_take_with_the_picture_comes_as_a_named_step(sketched: Room) -> None:
    first = sketched.cue
    looked(sketched)
    assert sketched.cue.seed == first.seed - 100
    assert words(sketched)[0].startswith("2A with the picture, ")
    assert words(sketched)[-1].startswith("1A from the cuts, ")
    assert [row.is_from_cuts for row in sketched.window.takes] == [False, False, False, False, True]
    assert sketched.window.menus.undo == "Compose with the Picture"
    assert any(note.startswith("This music has seen the picture.") for note in sketched.window.notes)
    sketched.presenter.takes.compare()
    assert sketched.cue.steps == first.steps


def test_an_edit_that_is_known_is_composed_once(composed: Room) -> None:
    assert {take.round for take in composed.window.takes} == {1}
    assert composed.window.menus.undo is None


def locks(room: Room) -> None:
    room.presenter.changes.toggle_lock(2, 3)


def pins(room: Room) -> None:
    room.presenter.takes.pin(0)


def plays(room: Room) -> None:
    room.presenter.desk.is_playing = lambda: True


@pytest.mark.parametrize("touch", [locks, pins, plays], ids=["locked", "pinned", "playing"])
def test_music_that_the_editor_has_touched_or_hears_is_not_replaced(
    sketched: Room, touch: Callable[[Room], None]
) -> None:
    touch(sketched)
    before, undo = sketched.cue, sketched.window.menus.undo
    looked(sketched)
    assert sketched.cue is before
    assert sketched.window.menus.undo == undo
    assert words(sketched)[0].startswith("2A with the picture")
    assert any(note.startswith("A take with the picture is in the list.") for note in sketched.window.notes)
    sketched.presenter.takes.compare()
    assert sketched.cue.seed == before.seed - 100


def test_a_lock_from_the_cuts_stands_in_the_take_with_the_picture(sketched: Room) -> None:
    sketched.presenter.changes.set_chord(2, 3, "B:dim")
    looked(sketched)
    sketched.presenter.takes.compare()
    assert sketched.symbols[2] == "B:dim"


def test_a_mood_that_was_set_meanwhile_is_in_the_take_with_the_picture(sketched: Room) -> None:
    sketched.presenter.changes.set_mood(1.0, 3.0, "tense")
    looked(sketched)
    assert any(span.wished for span in sketched.ports.wishes[-1].moods)


def test_another_edit_ends_the_look(sketched: Room) -> None:
    sketched.runner.waiting.clear()
    sketched.presenter.desk.keeper.forget()
    sketched.presenter.desk.session.mark_saved()
    sketched.presenter.desk.runner.start(PICTURE, "", lambda progress: None, lambda nothing: None, print)
    sketched.presenter.desk.show_opened(sketched.window.opened, None)
    assert not sketched.runner.is_busy(PICTURE)


def test_where_nothing_was_to_be_seen_there_is_no_second_take(sketched: Room) -> None:
    sketched.ports.look = lambda *_: None  # the film cannot be decoded
    before = sketched.cue
    looked(sketched)
    assert sketched.cue is before
    assert {take.round for take in sketched.window.takes} == {1}


def test_what_a_take_was_composed_from_is_kept(sketched: Room) -> None:
    looked(sketched)
    folder = next((sketched.folder / "takes").iterdir())
    takes, damaged = read_takes([folder])
    assert (takes[0].sight, takes[-1].sight, damaged) == ("picture", "cuts", 0)


def test_a_regeneration_does_not_drop_the_look(sketched: Room) -> None:
    sketched.presenter.changes.select(2, 5)
    sketched.presenter.takes.regenerate_selection()
    assert sketched.runner.is_busy(PICTURE)
    assert not sketched.runner.is_busy(TAKES)


def test_what_composes_is_loaded_while_an_edit_is_chosen(room: Room) -> None:
    room.presenter.files.start(None)
    assert room.ports.prepared == 1


def test_the_window_says_what_the_first_of_its_runners_does() -> None:
    from hitpoint.ui.presenter.runner import BusyOfAll
    from hitpoint.ui.presenter.view_models import Busy

    shown: list[Busy | None] = []
    busy = BusyOfAll(shown.append)
    work, look = busy.next(), busy.next()
    look(Busy("looking"))
    work(Busy("composing"))
    work(None)
    look(None)
    assert [one and one.name for one in shown] == ["looking", "composing", "looking", None]


def test_a_folder_of_takes_without_sight_is_read(tmp_path: Path, composed: Room) -> None:
    assert {kept.sight for kept in composed.presenter.takes.shelf.takes} == {""}
