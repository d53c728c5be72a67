"""The slow line on top of pads."""

from __future__ import annotations

from collections.abc import Callable

from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.cue.cue import Cue
from hitpoint.core.music.score import Note

CueMaker = Callable[..., Cue]


def tops(make_cue: CueMaker, chords: str) -> list[Note]:
    """The highest notes of the pads of a cinematic cue, in order."""
    parts = [part for part in arrange(make_cue(chords, style="cinematic", density=6.0)).parts if part.role == "pad"]
    notes = [note for part in parts for note in part.notes]
    return [
        note
        for note in sorted(notes, key=lambda note: note.start)
        if not any(o.pitch > note.pitch and o.start < note.end and o.end > note.start for o in notes)
    ]


def test_a_top_that_would_stand_still_moves_in_every_other_bar(make_cue: CueMaker) -> None:
    found = tops(make_cue, "C C C C C C C C C C C C C C C C")
    longest = max(note.end - note.start for note in found if note.end < 28)
    assert longest <= 8.0
    assert len({note.pitch for note in found}) >= 3
