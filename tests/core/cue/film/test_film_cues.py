from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hitpoint.core.cue.changes import chord_locked, seed_changed
from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.documents.cue_file import cue_from_document, cue_to_document
from hitpoint.core.cue.film import cue_list, film_cues
from hitpoint.core.cue.film.cue_list import CueEntry, CueState, overlapping
from hitpoint.core.cue.film.film_cues import FilmCues
from hitpoint.core.cue.heard import cropped, heard_range
from hitpoint.core.cue.session import Session
from hitpoint.core.errors import CueFileError, OptionError

MakeCue = Callable[..., Cue]


@pytest.fixture(scope="module")
def film(make_chord_cue: MakeCue) -> FilmCues:
    """1M1 where the cue lies and, behind a gap as long, 1M2 with the same music; 1M3 is proposed."""
    cue = make_chord_cue("C G A:min F")
    length = cue.end_frame - cue.start_frame
    second = replace(cue, start_frame=2 * length, end_frame=3 * length, name="1M2")
    film = film_cues.with_music(film_cues.film_of(cue), "1M2", second)
    return film_cues.proposed(film, CueEntry("1M3", 3 * length, 4 * length))


def test_a_cue_without_a_name_is_the_first(make_chord_cue: MakeCue) -> None:
    film = film_cues.film_of(make_chord_cue("C G"))
    assert film.cues.names == ("1M1",)
    assert film.cues.named("1M1").state is CueState.COMPOSED


def test_music_that_changes_is_not_approved_any_more(film: FilmCues) -> None:
    approved = film_cues.noted(film, "1M2", state=CueState.APPROVED)
    changed = film_cues.with_music(approved, "1M2", chord_locked(approved.music["1M2"], 1))
    assert changed.cues.named("1M2").state is CueState.COMPOSED
    assert changed.music["1M1"] is film.music["1M1"]


def test_a_cue_that_was_resized_keeps_its_music_and_is_stale_until_it_is_composed(film: FilmCues) -> None:
    end = film.cues.named("1M1").end_frame
    resized = film_cues.moved(film, "1M1", 0, end + 10)
    assert resized.is_stale("1M1") and not resized.is_ready("1M1")
    locked = film_cues.with_music(resized, "1M1", chord_locked(resized.music["1M1"], 1))
    assert locked.cues.named("1M1").end_frame == end + 10
    composed = film_cues.with_music(locked, "1M1", replace(film.music["1M1"], end_frame=end + 10))
    assert composed.is_ready("1M1")


def test_what_has_no_music_for_its_range_cannot_be_approved(film: FilmCues) -> None:
    with pytest.raises(OptionError, match="compose it, then approve it"):
        film_cues.noted(film, "1M3", state=CueState.APPROVED)


def test_a_cue_in_the_way_stays_unless_it_is_named(film: FilmCues) -> None:
    entry = CueEntry("new", 5, film.cues.named("1M2").start_frame + 5)
    with pytest.raises(OptionError, match="overlaps 1M1"):
        film_cues.proposed(film, entry)
    replaced = film_cues.proposed(film, entry, replacing=["1M1", "1M2"])
    assert replaced.cues.names == ("new", "1M3") and not replaced.music


def test_a_name_is_that_of_the_music_too(film: FilmCues) -> None:
    renamed = film_cues.renamed(film, "1M2", "Chase")
    assert renamed.music["Chase"].name == "Chase" and "1M2" not in renamed.music
    with pytest.raises(OptionError, match="already"):
        film_cues.renamed(film, "1M2", "1M1")


def test_both_halves_of_a_cue_that_was_split_keep_its_music_and_joining_gives_it_back(film: FilmCues) -> None:
    entry = film.cues.named("1M1")
    parts = film_cues.split(film, "1M1", entry.start_frame + 10)
    second = parts.cues.entries[1]
    assert (second.start_frame, second.state) == (entry.start_frame + 10, CueState.COMPOSED)
    halves = [parts.music[name] for name in ("1M1", second.name)]
    assert [heard_range(cue) for cue in halves] == [(0, 10), (10, entry.end_frame)]
    assert parts.is_ready("1M1") and parts.is_ready(second.name) and halves[1].name == second.name
    assert all(cue.steps is film.music["1M1"].steps for cue in halves)
    assert film_cues.joined(parts, "1M1", second.name).music == film.music


def test_only_the_second_half_of_a_cue_leads_to_the_next_one(film: FilmCues) -> None:
    music = {**film.music, "1M1": replace(film.music["1M1"], join="segue")}
    led = replace(film, cues=cue_list.changed(film.cues, "1M1", may_overlap=True, join="segue"), music=music)
    parts = film_cues.split(led, "1M1", 10)
    second = parts.cues.entries[1].name
    assert [parts.music[name].join for name in ("1M1", second)] == ["cut", "segue"]
    assert [parts.cues.named(name).join for name in ("1M1", second)] == ["", "segue"]
    assert film_cues.joined(parts, "1M1", second).music == led.music


def test_a_cropped_border_that_is_drawn_out_again_brings_its_music_back(film: FilmCues) -> None:
    entry, before = film.cues.named("1M1"), film.music["1M1"]
    cropped = film_cues.moved(film, "1M1", 5, entry.end_frame - 5)
    assert cropped.is_ready("1M1") and cropped.music["1M1"].heard == (5, entry.end_frame - 5)
    assert cue_from_document(cue_to_document(cropped.music["1M1"])) == cropped.music["1M1"]
    assert film_cues.moved(cropped, "1M1", 0, entry.end_frame).music["1M1"] == before


def test_what_is_heard_of_a_cue_lies_inside_it(film: FilmCues) -> None:
    cue = film.music["1M1"]
    with pytest.raises(OptionError, match="it has nothing for"):
        cropped(cue, 0, cue.end_frame + 1)
    document = cue_to_document(cue) | {"heard": [0, cue.end_frame + 1]}
    with pytest.raises(CueFileError, match="heard"):
        cue_from_document(document)


def test_proposals_go_where_no_cue_is(film: FilmCues) -> None:
    end = film.cues.named("1M1").end_frame
    found = film_cues.proposed(FilmCues(), CueEntry("1M1", end, end + 20, reason="a door"))
    found = film_cues.proposed(found, CueEntry("1M9", end + 20, end + 10**6))
    taken, left = film_cues.with_proposals(film, found.cues)
    assert left == ("1M9",)
    assert taken.cues.named("1M4").reason == "a door"


def test_the_next_cue_is_near_in_silence(film: FilmCues) -> None:
    end = film.cues.named("1M1").end_frame
    assert [film.near(frame) for frame in (0, end, 10**6)] == ["1M1", "1M2", "1M3"]
    assert FilmCues().near(3) == ""


def test_steps_are_taken_back_in_order_whichever_cue_they_were_done_to(film: FilmCues) -> None:
    session = Session(film, is_saved=True)
    session.commit(seed_changed(film.music["1M1"], 5), "Seed")
    session.go_to("1M2")
    session.commit(chord_locked(film.music["1M2"], 0), "Lock Chord")
    session.go_to("1M1")
    session.undo()
    assert (session.name, session.undo_label, session.cue) == ("1M2", "Seed", film.music["1M2"])
    session.undo()
    assert (session.name, session.film) == ("1M1", film) and session.is_saved
    session.redo()
    assert session.cue is not None and session.cue.seed == 5


def test_a_cue_that_is_deleted_leaves_another_to_work_at(film: FilmCues) -> None:
    session = Session(film, name="1M2")
    session.commit_film(film_cues.removed(film, "1M2"), "Delete 1M2")
    assert session.name == "1M1"
    session.undo()
    assert session.name == "1M2" and session.film == film


_STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "move", "split", "join", "delete", "rename", "copy", "reroll", "undo"]), st.integers(0, 400), st.integers(2, 120)),
    max_size=12,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(steps=_STEPS)
def test_whatever_is_done_to_the_list_keeps_every_other_cues_music(
    film: FilmCues, steps: list[tuple[str, int, int]]
) -> None:
    past = [film]
    for number, (what, frame, length) in enumerate(steps):
        if what == "undo":
            film = past.pop() if len(past) > 1 else past[0]
            continue
        names = film.cues.names
        name = names[frame % len(names)] if names else ""
        before = film
        try:
            film = _done(film, what, name, frame, length, f"x{number}")
        except OptionError:
            continue
        past.append(before)
        touched = {name, *(names[names.index(name) + 1 :][:1] if what == "join" else ())}
        assert all(film.music[other] is cue for other, cue in before.music.items() if other not in touched)
        assert not any(overlapping(film.cues, entry) for entry in film.cues.entries)


def _done(film: FilmCues, what: str, name: str, frame: int, length: int, new: str) -> FilmCues:
    if what == "add":
        return film_cues.proposed(film, CueEntry(new, frame, frame + length))
    if what == "move":
        return film_cues.moved(film, name, frame, frame + length)
    if what == "split":
        return film_cues.split(film, name, frame)
    if what == "join":
        after = film.cues.names[film.cues.names.index(name) + 1 :] if name else ()
        return film_cues.joined(film, name, after[0] if after else "")
    if what == "reroll":
        cue = film.music.get(name)
        return film if cue is None else film_cues.with_music(film, name, altered(cue, seed=cue.seed + length))
    if what == "copy":
        return film_cues.duplicated(film, name, frame, frame + length)
    return film_cues.removed(film, name) if what == "delete" else film_cues.renamed(film, name, new)
