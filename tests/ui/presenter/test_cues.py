from __future__ import annotations

from typing import Any

import pytest

from hitpoint.core.cue.film.cue_list import CueEntry, CueState
from hitpoint.core.cue.film.film_cues import FilmCues
from hitpoint.core.ports import WriteChoice
from hitpoint.ui.presenter.questions import Answer, Question, Topic

Room = Any  # tests/ui/conftest.py


@pytest.fixture
def listed(composed: Room) -> Room:
    """1M1 from frame 0 to 80, composed; the edit has 200 frames."""
    composed.presenter.cues.resize("1M1", 0, 80)
    composed.presenter.takes.compose()
    return composed


def spans(listed: Room) -> dict[str, tuple[int, int]]:
    return {entry.name: (entry.start_frame, entry.end_frame) for entry in listed.window.film.cues.entries}


def state(listed: Room, name: str) -> str:
    return str(listed.window.film.cues.named(name).state.value)


def test_an_edit_with_one_cue_opens_as_a_list_of_one(composed: Room) -> None:
    assert spans(composed) == {"1M1": (0, 200)}
    assert composed.window.name == "1M1" and state(composed, "1M1") == "composed"


def test_a_new_cue_is_proposed_and_worked_at(listed: Room) -> None:
    listed.presenter.cues.create(100, 150)
    assert spans(listed) == {"1M1": (0, 80), "1M2": (100, 150)}
    assert listed.window.name == "1M2" and listed.window.cue is None and listed.window.sound is None
    assert listed.window.menus.undo == "Create Cue 1M2"
    listed.presenter.changes.undo()
    assert spans(listed) == {"1M1": (0, 80)} and listed.window.cue is not None


def test_a_new_cue_fills_the_silence_at_the_playhead(listed: Room) -> None:
    listed.presenter.cues.create(150, 180)
    listed.presenter.cues.create_at(90)
    assert spans(listed)["1M3"] == (90, 150)
    listed.presenter.cues.create_at(95)
    assert "cue here already" in listed.window.errors[-1]


@pytest.mark.parametrize(("answer", "names"), [(Answer.REPLACE, {"1M2"}), (Answer.CANCEL, {"1M1"})])
def test_an_overlap_asks_by_name(listed: Room, answer: Answer, names: set[str]) -> None:
    listed.window.answers = [answer]
    listed.presenter.cues.create(70, 120)
    question = listed.window.questions[-1]
    assert (question.topic, question.name, question.detail) == (Topic.CUE_OVERLAP, "1M2", "1M1")
    assert set(spans(listed)) == names


def test_what_was_replaced_is_back_after_undo(listed: Room) -> None:
    listed.window.answers = [Answer.REPLACE]
    before = listed.cue
    listed.presenter.cues.create(70, 120)
    listed.presenter.changes.undo()
    assert listed.window.film.music["1M1"] is before and listed.window.cue is before


def test_a_cropped_cue_sounds_as_it_did_and_composing_it_anew_fits_it(listed: Room) -> None:
    before = listed.cue
    listed.presenter.cues.resize("1M1", 10, 60)
    assert not listed.window.film.is_stale("1M1") and not listed.window.offers_composing
    assert listed.cue.heard == (10, 60) and listed.cue.steps is before.steps and listed.window.heard is listed.cue
    listed.presenter.cues.compose(("1M1",))
    assert (listed.cue.start_frame, listed.cue.end_frame, listed.cue.heard) == (10, 60, None)


def test_a_cue_drawn_out_beyond_its_music_offers_to_compose_the_rest(listed: Room) -> None:
    listed.presenter.cues.resize("1M1", 0, 120)
    assert listed.window.film.is_stale("1M1") and listed.window.offers_composing
    listed.presenter.cues.compose_rest()
    assert (listed.cue.end_frame, listed.window.menus.undo) == (120, "Compose the Rest of 1M1")
    assert listed.window.film.is_ready("1M1")


def test_both_halves_of_a_split_are_heard_at_once_and_one_undo_joins_them(listed: Room) -> None:
    before = listed.window.film
    listed.presenter.cues.split_at(30)
    music = listed.window.film.music
    assert [cue.heard for cue in music.values()] == [(0, 30), (30, 80)]
    played = len(listed.ports.performed)
    listed.presenter.cues.follow(40)
    assert listed.window.heard is music["1M2"] and listed.window.sound is not None
    assert len(listed.ports.performed) == played  # its sound is there already, so that nothing breaks off at the border
    listed.presenter.changes.undo()
    assert listed.window.film == before


def test_new_cues_are_composed_with_those_beside_them(listed: Room) -> None:
    listed.presenter.cues.create(100, 150)
    listed.presenter.takes.compose()
    assert listed.ports.beside[-1] == (listed.window.film.music["1M1"],)
    listed.window.answers = [Answer.REPLACE]
    listed.presenter.cues.compose(("1M1", "1M2"))
    assert listed.ports.beside[-1] == ()


def test_dragging_a_border_over_a_neighbour_asks(listed: Room) -> None:
    listed.presenter.cues.create(100, 150)
    listed.window.answers = [Answer.CANCEL]
    listed.presenter.cues.resize("1M1", 0, 120)
    assert spans(listed) == {"1M1": (0, 80), "1M2": (100, 150)}
    listed.window.answers = [Answer.REPLACE]
    listed.presenter.cues.resize("1M1", 0, 120)
    assert spans(listed) == {"1M1": (0, 120)}


def test_split_join_duplicate_rename_and_delete_are_undone_by_name(listed: Room) -> None:
    cues, start = listed.presenter.cues, listed.window.film
    cues.split_at(30)
    assert spans(listed) == {"1M1": (0, 30), "1M2": (30, 80)}
    cues.join(("1M1",))
    assert spans(listed) == {"1M1": (0, 80)}
    cues.duplicate("1M1", 20)
    assert spans(listed)["1M2"] == (80, 160)
    cues.rename("1M2", "Chase")
    cues.delete(("1M1",))
    assert spans(listed) == {"Chase": (80, 160)}
    told = []
    for _ in range(5):
        told.append(listed.window.menus.undo)
        listed.presenter.changes.undo()
    assert told == ["Delete 1M1", "Rename 1M2 to Chase", "Duplicate 1M1", "Join 1M1 and 1M2", "Split 1M1"]
    assert listed.window.film == start


def test_a_name_that_is_taken_is_told(listed: Room) -> None:
    listed.presenter.cues.create(100, 150)
    listed.presenter.cues.rename("1M2", "1M1")
    assert "already" in listed.window.errors[-1] and set(spans(listed)) == {"1M1", "1M2"}


def test_all_cues_are_composed_each_as_a_step(listed: Room) -> None:
    first = listed.cue
    listed.presenter.cues.create(90, 120)
    listed.presenter.cues.create(130, 180)
    listed.presenter.cues.set_style("1M3", "strings")
    listed.presenter.cues.compose_all()
    film = listed.window.film
    assert [(name, state(listed, name)) for name in film.cues.names] == [(n, "composed") for n in ("1M1", "1M2", "1M3")]
    assert film.music["1M1"] is first and film.music["1M3"].style == "strings"
    assert listed.window.menus.undo == "Compose 1M3"
    seeds = {wishes.seed for wishes in listed.ports.wishes[-2:]}
    assert len(seeds) == 2


def test_compose_all_keeps_what_is_composed_as_it_was_asked_for_and_names_it(listed: Room) -> None:
    first = listed.cue
    listed.presenter.cues.create(90, 120)
    listed.presenter.cues.compose_all()
    second = listed.window.film.music["1M2"]
    assert listed.window.notes[-1] == "Kept as they are: 1M1" and listed.window.holds()
    listed.presenter.cues.note("1M1", "softer")
    assert not listed.window.holds()
    listed.presenter.words.say("dark and slow")
    listed.presenter.cues.compose_all()
    film = listed.window.film
    assert film.music["1M1"] is first and film.music["1M2"] is not second
    assert film.music["1M2"].prompts == ("dark and slow",)
    assert listed.window.notes[-1] == "Kept as they are: 1M1"
    listed.presenter.cues.compose_all()
    assert listed.window.notes[-1].startswith("All cues are composed")


@pytest.mark.parametrize(("answer", "is_done"), [(Answer.CANCEL, False), (Answer.REPLACE, True)])
def test_all_cues_are_composed_anew_only_after_asking(listed: Room, answer: Answer, is_done: bool) -> None:
    listed.presenter.cues.create(90, 120)
    listed.presenter.cues.compose_all()
    before = dict(listed.window.film.music)
    listed.window.answers = [answer]
    listed.presenter.cues.compose_all_anew()
    after = listed.window.film.music
    assert [after[name] is not before[name] for name in after] == [is_done, is_done]
    assert listed.window.questions[-1] == Question(Topic.COMPOSE_OVER, "1M1, 1M2", "1M1, 1M2")


def test_the_cue_under_the_playhead_is_shown(listed: Room) -> None:
    listed.presenter.cues.create(100, 150)
    listed.presenter.cues.follow(10)
    assert listed.window.name == "1M1" and listed.window.heard is listed.window.film.music["1M1"]
    listed.presenter.cues.follow(85)
    assert listed.window.name == "1M2" and listed.window.sound is None
    assert listed.window.menus.undo == "Create Cue 1M2"


def test_music_that_comes_late_goes_to_the_cue_it_was_asked_for(listed: Room) -> None:
    listed.presenter.cues.create(100, 150)
    listed.runner.holds = True
    listed.presenter.takes.compose()
    listed.presenter.cues.follow(10)
    shown = listed.window.cue
    listed.runner.release()
    assert set(listed.window.film.music) == {"1M1", "1M2"}
    assert listed.window.name == "1M1" and listed.window.cue is shown


def test_music_for_a_cue_that_has_gone_is_dropped_and_told(listed: Room) -> None:
    listed.presenter.cues.create(100, 150)
    listed.runner.holds = True
    listed.presenter.takes.compose()
    listed.presenter.changes.undo()
    listed.runner.release()
    assert set(spans(listed)) == {"1M1"} and "dropped" in listed.window.notes[-1]


def test_approval_is_given_and_taken_back_by_a_change(listed: Room) -> None:
    listed.presenter.cues.approve()
    assert state(listed, "1M1") == "approved"
    listed.presenter.changes.toggle_lock(0, 1)
    assert state(listed, "1M1") == "composed"
    listed.presenter.changes.undo()
    assert state(listed, "1M1") == "approved"
    listed.presenter.cues.create(100, 150)
    listed.presenter.cues.approve()
    assert "compose it, then approve it" in listed.window.errors[-1]


def test_proposals_are_taken_up_in_one_step(listed: Room) -> None:
    listed.ports.proposals = (CueEntry("1M1", 20, 60, reason="x"), CueEntry("1M1a", 100, 150, reason="marker 'in'"))
    listed.presenter.cues.spot()
    assert spans(listed) == {"1M1": (0, 80), "1M1a": (100, 150)}
    assert any("Left out" in line and "1M1" in line for line in listed.window.notes)
    listed.presenter.changes.undo()
    assert spans(listed) == {"1M1": (0, 80)}


def test_what_is_left_out_of_a_delivery_is_still_unsaved(listed: Room) -> None:
    listed.presenter.cues.create(100, 150)
    listed.presenter.takes.compose()
    listed.presenter.cues.approve(("1M2",))
    way = listed.ports.ways(listed.folder / "cut.otio", listed.cue)[0]
    listed.window.way = WriteChoice(way, approved=True)
    listed.presenter.files.write_back()
    assert listed.ports.choices[-1].approved and not listed.window.menus.is_saved
    listed.window.way = WriteChoice(way)
    listed.presenter.files.write_back()
    assert listed.window.menus.is_saved


def test_a_new_cut_takes_all_cues_along_and_one_undo_takes_them_back(listed: Room) -> None:
    listed.presenter.cues.create(100, 150)
    listed.presenter.takes.compose()
    before = listed.window.film
    listed.presenter.files.conform(listed.folder / "cut.otio")
    assert {cue.edit.frames for cue in listed.window.film.music.values()} == {250}
    listed.presenter.changes.undo()
    assert listed.window.film == before and listed.window.opened.edit.frames == 200


def test_all_cues_are_kept_where_a_crash_cannot_reach_them(listed: Room) -> None:
    listed.presenter.cues.create(100, 150)
    listed.presenter.cues.note("1M2", "rain")
    _, film = listed.keeper.kept
    assert film == listed.window.film and film.cues.named("1M2").notes == "rain"
    assert CueState.PROPOSED is film.cues.named("1M2").state


def test_cues_are_levelled_together_by_name_and_each_by_itself_again(listed: Room) -> None:
    listed.presenter.cues.set_programme(True)
    assert listed.window.film.cues.programme == -16.0 and listed.window.menus.undo == "Level by Programme"
    listed.presenter.changes.change_loudness(-23.0)
    listed.presenter.cues.create(100, 150)
    assert listed.window.film.cues.programme == -23.0 and listed.window.film.music["1M1"].sound.loudness == -16.0
    listed.presenter.cues.set_programme(False)
    assert listed.window.film.cues.programme is None and listed.window.menus.undo == "Level by Cue"
    listed.presenter.changes.undo()
    assert listed.window.film.cues.programme == -23.0


def test_a_programme_outlives_a_crash(listed: Room) -> None:
    listed.presenter.cues.set_programme(True)
    assert listed.keeper.kept is not None and isinstance(listed.keeper.kept[1], FilmCues)
    assert listed.keeper.kept[1].cues.programme == -16.0
