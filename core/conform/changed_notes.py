"""How many notes of kept music are played otherwise than before: they tell why its sound is not the same."""

from __future__ import annotations

from collections import Counter

from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.conform.change_list import KeptMusic
from hitpoint.core.cue.cue import Cue
from hitpoint.core.perform.perform import performed

_DIGITS = 4  # of a second to which two notes are at the same time

_Note = tuple[str, float, float, int, int]


def changed_notes(music: KeptMusic, old: Cue, new: Cue) -> tuple[int, int]:
    """Notes that begin in a stretch of the new cue and are not in the old one as they are, and all that begin there."""
    found = _notes(new, float(music.new.start), float(music.new.end), 0.0)
    shift = float(music.new.start - music.old_start)
    before = _notes(old, float(music.old_start), float(music.old_start + music.new.end - music.new.start), shift)
    return (found - before).total(), found.total()


def _notes(cue: Cue, start: float, end: float, shift: float) -> Counter[_Note]:
    """The notes that begin in a stretch, moved on by ``shift`` seconds: part, start, end, pitch, velocity."""
    score, found = performed(arrange(cue), cue), Counter[_Note]()
    for part in score.parts:
        for note in part.notes:
            begin, stop = (float(cue.start + score.tempo.seconds_at(beat)) for beat in (note.start, note.end))
            if start <= begin < end:
                placed = round(begin + shift, _DIGITS), round(min(stop, end) + shift, _DIGITS)
                found[(part.name, *placed, note.pitch, note.velocity)] += 1
    return found
