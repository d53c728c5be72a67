from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.arrange.form.form import form_of
from hitpoint.core.arrange.playing.making_way import tune_ranges
from hitpoint.core.cue.cue import Cue, Played
from hitpoint.core.cue.documents.cue_file import cue_from_document, cue_to_document
from hitpoint.core.cue.tune import PlacedNote, TuneNote
from hitpoint.core.cue.tune_changes import note_moved, tune_of
from hitpoint.core.music.score import Note

CueMaker = Callable[..., Cue]
CHORDS = "C F G C A:min F G C " * 2


def bars_of_notes(notes: tuple[Note, ...]) -> dict[int, list[int]]:
    return {bar: [n.pitch for n in notes if n.start < 4 * bar + 4 and n.end > 4 * bar + 0.1] for bar in range(8)}


@pytest.mark.parametrize("style", ["cinematic", "strings", "trailer", "horror"])
def test_pads_keep_out_of_the_register_of_the_tune(make_cue: CueMaker, style: str) -> None:
    score = arrange(make_cue(CHORDS, style=style))
    tune = bars_of_notes(next(part.notes for part in score.parts if part.role == "lead"))
    pads = [bars_of_notes(part.notes) for part in score.parts if part.role == "pad" and part.notes]
    near = [
        sum(min(tune[bar]) - 3 <= pitch <= max(tune[bar]) + 3 for pitch in set(pad[bar]))
        for pad in pads
        for bar in range(7)
        if tune[bar] and len(set(pad[bar])) > 1
    ]
    assert near
    assert sum(near) <= len(near) // 4  # one note of a pad stays where there is nowhere else


def test_others_make_way_for_the_tune_as_it_was(make_cue: CueMaker) -> None:
    cue = with_playing(make_cue(CHORDS, style="cinematic"))
    note = tune_of(cue)[2]
    moved = note_moved(cue, note.start, note.start, note.note.pitch + 12)
    before, after = arrange(cue).parts, arrange(moved).parts
    assert all(one == other for one, other in zip(before, after, strict=True) if one.role != "lead")


def test_a_note_that_lasts_counts_in_every_step(make_cue: CueMaker) -> None:
    form = form_of(make_cue("C C C C"))
    tune = (PlacedNote(Fraction(1), TuneNote(Fraction(0), Fraction(4), 60)),)
    assert tune_ranges(form, tune, [Played()] * 4) == ((60, 60), (60, 60), (60, 60), ())
    known = [Played(tune_range=(50, 55)), *[Played()] * 3]
    assert tune_ranges(form, tune, known)[0] == (50, 55)


def test_what_is_remembered_is_written_and_read(make_cue: CueMaker) -> None:
    cue = with_playing(make_cue(CHORDS, style="cinematic"))
    assert cue_from_document(cue_to_document(cue)) == cue
    assert cue.playing[2] is not None
    assert replace(cue.playing[2], tune_range=None) != cue.playing[2]
