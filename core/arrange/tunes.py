"""The tune of a cue: what it remembers of it, and the rest written on its lead sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from hitpoint.core.arrange.form.form import Form
from hitpoint.core.arrange.form.lead_sheet import Asked, lead_sheet
from hitpoint.core.arrange.styles.ensemble import Player, Style
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.tune import PlacedNote, TuneNote, by_step
from hitpoint.core.cue.tune_changes import step_beats, tune_of
from hitpoint.core.melody.network import melody_network
from hitpoint.core.melody.sheet import LeadSheet, SheetNote
from hitpoint.core.melody.writer import Melody, written
from hitpoint.core.music.theme import Theme

LOWEST_TUNE = 50  # D3: what is lower is heard as a bass, not as a tune
_LEAST_RANGE = 14  # semitones that a tune needs above it, else the instrument's own lowest pitch counts
_REMEMBERED = 64  # melodies


@dataclass(frozen=True)
class Tune:
    """The whole tune of a cue, in order, and its theme."""

    notes: tuple[PlacedNote, ...]
    theme: Theme | None

    def by_step(self, beats: tuple[Fraction, ...]) -> tuple[tuple[TuneNote, ...], ...]:
        """Its notes for the steps that begin at these beats."""
        return by_step(self.notes, beats)


def lead_of(style: Style) -> Player | None:
    """The player who leads, for whom the tune is written; None in a style that has none."""
    return next(iter(style.leads), None)


def tune_for(cue: Cue, form: Form, style: Style, asked: Asked | None = None) -> Tune:
    """The tune of a cue: as it is remembered, and written where it is not. Nothing where nobody leads."""
    lead = lead_of(style)
    known = cue.playing[: len(form.steps)]
    is_known = len(known) == len(form.steps) and all(one is not None and one.is_written for one in known)
    if is_known or lead is None:
        return Tune(tune_of(cue), cue.theme)
    low = LOWEST_TUNE if lead.high - LOWEST_TUNE >= _LEAST_RANGE else lead.low
    melody = _written(lead_sheet(cue, form, max(lead.low, low), lead.high, asked))
    notes = tuple(
        PlacedNote(note.start, TuneNote(Fraction(0), note.length, note.pitch, note.weight, note.locked))
        for note in _apart(melody.notes)
    )
    later = step_beats(cue)[len(form.steps) : len(form.steps) + 1]
    beyond = tuple(one for one in tune_of(cue) if later and one.start >= later[0])
    return Tune((*notes, *beyond), melody.theme)


@lru_cache(maxsize=_REMEMBERED)
def _written(sheet: LeadSheet) -> Melody:
    return written(sheet, melody_network())


def _apart(notes: tuple[SheetNote, ...]) -> tuple[SheetNote, ...]:
    """The notes in order, none into the next."""
    ordered = sorted(notes, key=lambda note: note.start)
    cut = [replace(a, length=min(a.length, b.start - a.start)) for a, b in pairwise(ordered)]
    return tuple(note for note in (*cut, *ordered[-1:]) if note.length > 0)
