from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from hitpoint.core.cue.documents.cue_file import cue_bytes, cue_from_document
from hitpoint.core.cue.tune_changes import tune_of
from hitpoint.core.mood import Mood

Room = Any  # tests/ui/conftest.py


def test_a_lock_is_one_undo_step_with_a_name(composed: Room) -> None:
    composed.presenter.changes.toggle_lock(1, 3)
    assert [step.locked for step in composed.cue.steps[:4]] == [False, True, True, False]
    assert composed.window.menus.undo == "Lock Chords"
    composed.presenter.changes.undo()
    assert not any(step.locked for step in composed.cue.steps)
    assert composed.window.menus.redo == "Lock Chords"


def test_the_lock_key_frees_what_is_all_locked(composed: Room) -> None:
    composed.presenter.changes.select(1, 3)
    composed.presenter.changes.toggle_selected_locks()
    assert composed.window.menus.selection_locked
    composed.presenter.changes.toggle_selected_locks()
    assert composed.window.menus.undo == "Unlock Chords"
    assert not any(step.locked for step in composed.cue.steps)


def test_a_chord_is_set_as_it_was_typed(composed: Room) -> None:
    composed.presenter.changes.set_chord(2, 4, "Am7")
    assert composed.symbols[2:4] == ["A:min7", "A:min7"]
    assert composed.window.menus.undo == "Set Chord Am7"


def test_what_is_no_chord_is_told_and_changes_nothing(composed: Room) -> None:
    before = composed.cue
    composed.presenter.changes.set_chord(2, 4, "H-moll")
    assert "no chord symbol" in composed.window.errors[0]
    assert composed.cue is before


def test_a_stretch_beyond_the_cue_is_told(composed: Room) -> None:
    composed.presenter.changes.toggle_lock(5, 500)
    assert "no stretch of this cue" in composed.window.errors[0]


_LABELS: list[tuple[str, Callable[[Any], None]]] = [
    ("Transpose by +2", lambda changes: changes.transpose(2)),
    ("Change Key to D major", lambda changes: changes.change_key("D")),
    ("Change Tempo to 100", lambda changes: changes.change_tempo(100.0)),
    ("Change Style to strings", lambda changes: changes.change_style("strings")),
    ("Leave Out Pad", lambda changes: changes.leave_out_part("Pad", True)),
    ("Change Loudness", lambda changes: changes.change_loudness(-23.0)),
    ("Change Ducking", lambda changes: changes.change_duck(9.0)),
    ("Change Fade-in", lambda changes: changes.change_fade_in(1.0)),
    ("Change Fade-out", lambda changes: changes.change_fade_out(2.0)),
    ("Change Broadcast Wave", lambda changes: changes.change_broadcast(True)),
    ("Change Mood Strength", lambda changes: changes.change_mood_strength(2.0)),
    ("Set Mood tense", lambda changes: changes.set_mood(1.0, 3.0, "tense")),
    ("Let Hit Pass", lambda changes: changes.want_hit(60, False)),
    ("Move Hit", lambda changes: changes.move_hit(60, 70)),
    ("Add Hit", lambda changes: changes.add_hit(90)),
    ("Remove Hit", lambda changes: changes.remove_hit(60)),
    ("Draw Density", lambda changes: changes.draw_density(1, [5.0, 20.0])),
    ("Draw Loudness", lambda changes: changes.draw_loudness(1, [0.1, 0.4])),
    ("Play It Otherwise", lambda changes: changes.change_players_seed()),
]


@pytest.mark.parametrize(("label", "change"), _LABELS, ids=[label for label, _ in _LABELS])
def test_each_change_is_one_named_step_that_can_be_taken_back(
    composed: Room, label: str, change: Callable[[Any], None]
) -> None:
    before = composed.cue
    change(composed.presenter.changes)
    assert composed.window.menus.undo == label
    assert composed.cue != before
    assert composed.ports.performed[-1] == composed.cue
    composed.presenter.changes.undo()
    assert composed.cue == before
    assert composed.window.errors == []


def test_a_key_of_the_other_mode_is_a_wish_for_the_next_composing(composed: Room) -> None:
    before = composed.cue
    composed.presenter.changes.change_key("A minor")
    assert composed.cue == before
    assert "Start Over" in composed.window.notes[0]
    composed.presenter.takes.compose()
    assert str(composed.cue.key) == "A minor"


def test_a_mood_is_given_back_to_the_picture(composed: Room) -> None:
    composed.presenter.desk.proposed = None
    composed.presenter.changes.set_mood(0.0, 8.0, "0.5,0.5")
    assert composed.cue.moods[0].wished
    composed.presenter.changes.release_mood(0.0, 8.0)
    assert [(span.mood, span.wished) for span in composed.cue.moods] == [(Mood.SAD, False)]


def test_a_hit_that_cannot_be_met_is_told(composed: Room) -> None:
    composed.presenter.changes.add_hit(60 * 3 + 15)
    assert "cannot meet both" in composed.window.notes[0]


def test_a_selection_beyond_a_slower_cue_is_given_up(composed: Room) -> None:
    composed.presenter.changes.select(6, 8)
    composed.presenter.changes.change_tempo(60.0)
    assert composed.window.selection == range(0)


@pytest.mark.parametrize("change", [change for _, change in _LABELS], ids=[label for label, _ in _LABELS])
def test_without_a_cue_nothing_breaks(room: Room, change: Callable[[Any], None]) -> None:
    change(room.presenter.changes)
    assert room.window.errors == []


def test_wishes_made_before_there_is_a_cue_are_kept_for_it(room: Room) -> None:
    room.runner.holds = True
    room.presenter.files.open(room.edit_file())
    room.presenter.changes.change_style("strings")
    room.presenter.changes.set_mood(0.0, 4.0, "tense")
    room.runner.release()
    assert room.ports.wishes[0].style == "strings"
    assert room.ports.wishes[0].moods[0].mood is Mood.TENSE


@pytest.fixture
def long(composed: Room, monkeypatch: pytest.MonkeyPatch) -> Room:
    """A cue that counts as long, whose changes are made when the test says so."""
    monkeypatch.setattr("hitpoint.ui.presenter.desk._AT_ONCE", 2)
    composed.runner.holds = True
    return composed


def test_a_long_cue_is_changed_elsewhere_and_in_order(long: Room) -> None:
    before = long.cue
    long.presenter.changes.transpose(1)
    long.presenter.changes.toggle_lock(1, 3)
    assert long.cue is before
    long.runner.release()
    assert long.window.prepared[-1] is long.cue
    assert long.cue.key != before.key and long.cue.steps[1].locked
    assert long.window.menus.undo == "Lock Chords"
    long.presenter.changes.undo()
    assert long.window.menus.undo == "Transpose by +1"


def test_an_undo_gives_up_the_change_that_is_being_made(long: Room) -> None:
    long.presenter.changes.transpose(1)
    long.presenter.changes.toggle_lock(1, 3)
    long.presenter.changes.undo()
    long.runner.release()
    assert long.window.menus.undo == "Transpose by +1"
    assert not long.cue.steps[1].locked


def test_what_cannot_be_done_to_a_long_cue_is_told_and_the_rest_is_done(long: Room) -> None:
    long.presenter.changes.toggle_lock(5, 500)
    long.presenter.changes.transpose(1)
    long.runner.release()
    assert "no stretch of this cue" in long.window.errors[0]
    assert long.window.menus.undo == "Transpose by +1"


def test_another_edit_drops_changes_that_are_being_made(long: Room) -> None:
    long.presenter.changes.transpose(1)
    long.presenter.desk.show_opened(long.presenter.desk.opened, long.cue)
    long.runner.release()
    assert long.window.menus.undo is None


def test_notes_of_the_melody_are_added_moved_locked_and_removed(composed: Room) -> None:
    changes = composed.presenter.changes
    start = float(composed.cue.start)
    changes.add_note(start + float(composed.cue.tempo.seconds_at(3)) + 0.01, 74)
    added = next(one for one in tune_of(composed.cue) if one.start == 3)
    assert (added.note.pitch, added.note.locked) == (74, True)
    changes.move_note(added.start, start + float(composed.cue.tempo.seconds_at(2)), 76)
    assert {one.start: one.note.pitch for one in tune_of(composed.cue)}[Fraction(2)] == 76
    changes.lock_note(Fraction(2), False)
    assert composed.window.menus.undo == "Unlock Note"
    changes.remove_note(Fraction(2))
    assert Fraction(2) not in {one.start for one in tune_of(composed.cue)}
    assert composed.window.menus.undo == "Remove Note"


def test_the_note_that_is_changed_is_the_one_that_is_heard(composed: Room) -> None:
    composed.presenter.changes.set_chord(2, 5, "D#:min7")
    remembered = {(one.start, one.note.pitch) for one in tune_of(composed.cue)}
    heard = next(one for one in composed.window.tune if (one.start, one.note.pitch) not in remembered)
    composed.presenter.changes.lock_note(heard.start, True)
    found = next(one for one in tune_of(composed.cue) if one.start == heard.start)
    assert (found.note.pitch, found.note.locked) == (heard.note.pitch, True)


def test_a_mood_says_what_is_stale_and_offers_to_compose_just_that(composed: Room) -> None:
    before = composed.symbols
    composed.presenter.changes.set_mood(2.0, 4.0, "sad")
    assert composed.symbols == before
    assert composed.window.offers_composing
    assert "from 00:00:02:00 to 00:00:04:00" in composed.window.notes[-1]
    composed.presenter.takes.compose_stale()
    changed = {index for index, (old, new) in enumerate(zip(before, composed.symbols, strict=True)) if old != new}
    assert changed == {1, 2, 3}  # the steps that sound between these seconds
    assert not composed.window.holds()


def test_music_that_is_composed_again_in_part_is_still_older_than_its_mood(composed: Room) -> None:
    composed.presenter.changes.set_mood(1.0, 4.0, "sad")
    composed.presenter.changes.select(1, 3)
    composed.presenter.takes.regenerate_selection()
    assert "from 00:00:03:00 to 00:00:04:00 is older" in composed.window.notes[-1] and composed.window.holds()
    composed.presenter.changes.undo()
    assert "from 00:00:01:00 to 00:00:04:00 is older" in composed.window.notes[-1] and composed.window.holds()
    composed.presenter.changes.undo()
    assert not composed.window.holds()


@pytest.mark.parametrize(
    ("typed", "harte", "label"),
    [("D/F#", "D/3", "D/F♯"), ("Am9", "A:min9", "Am9"), ("bVII", "A#", "A♯"), ("V7/V", "D:7", "D7")],
)
def test_a_chord_is_kept_as_it_was_written(composed: Room, typed: str, harte: str, label: str) -> None:
    composed.presenter.changes.set_chord(2, 4, typed)
    assert composed.symbols[2:4] == [harte, harte]
    assert composed.window.menus.undo == f"Set Chord {label}"
    again = cue_from_document(json.loads(cue_bytes(composed.cue)))
    assert again == composed.cue
    composed.presenter.changes.transpose(2)
    composed.presenter.changes.transpose(-2)
    assert composed.symbols[2:4] == [harte, harte]
    composed.presenter.takes.regenerate_all()
    assert composed.symbols[2:4] == [harte, harte]


def test_a_chord_of_more_tones_than_voices_is_kept_as_written(composed: Room) -> None:
    composed.presenter.changes.set_chord(2, 4, "D13#11")
    assert composed.symbols[2:4] == ["D:7(#11,13)"] * 2 and not composed.window.errors


def test_what_is_no_chord_is_refused_with_a_reason(composed: Room) -> None:
    before = composed.cue
    composed.presenter.changes.set_chord(2, 4, "Am99/G")
    assert composed.cue is before
    assert "there is no chord quality" in composed.window.errors[0]


def test_drawing_the_density_claims_nothing_of_the_loudness(composed: Room) -> None:
    composed.presenter.changes.draw_density(2, [20.0, 20.0])
    composed.presenter.changes.draw_loudness(3, [0.5])
    claims = [(step.drawn, step.loudness_drawn) for step in composed.cue.steps[1:5]]
    assert claims == [(False, False), (True, False), (True, True), (False, False)]
    composed.presenter.changes.release_density(2, 4)
    assert [(step.drawn, step.loudness_drawn) for step in composed.cue.steps[2:4]] == [(False, False), (False, True)]
    assert cue_from_document(json.loads(cue_bytes(composed.cue))) == composed.cue


def test_what_was_drawn_in_an_older_file_was_drawn_in_both(composed: Room) -> None:
    composed.presenter.changes.draw_density(2, [20.0])
    document = json.loads(cue_bytes(composed.cue))
    for step in document["steps"]:
        del step["loudness_drawn"]
    assert [(step.drawn, step.loudness_drawn) for step in cue_from_document(document).steps[1:3]] == [
        (False, False),
        (True, True),
    ]


def test_why_a_hit_was_refused_is_told_until_something_is_done(composed: Room) -> None:
    changes = composed.presenter.changes
    changes.toggle_lock(3, 4)
    changes.add_hit(85)
    assert "is locked from" in composed.window.errors[-1] and composed.window.holds()
    changes.select_all()
    assert composed.window.holds()
    changes.toggle_lock(5, 6)
    assert not composed.window.holds()
