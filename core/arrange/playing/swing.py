"""Swing: eighths off the beat come late, sixteenths with them; the picture and new chords stay on time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from hitpoint.core.arrange.playing.plan import Plan
from hitpoint.core.music.metre import COMMON_TIME
from hitpoint.core.music.score import Note

_TRIPLET = 1.0 / 6.0  # of a beat, by which a full swing delays an eighth
_LEAST_BEATS = 0.1


def swung(notes: Sequence[Note], plan: Plan) -> list[Note]:
    """The notes with the style's swing, in 4/4; those beyond the last chord as they are."""
    late = plan.style.swing * _TRIPLET
    if late <= 0.0 or plan.bars[0].metre != COMMON_TIME:
        return list(notes)
    fixed = {*plan.form.accents, *(step.chord_beat for step in plan.form.steps), plan.form.release}
    last = plan.starts(plan.form.final)
    return [_swung(note, plan, late, last, fixed) for note in notes]


def _swung(note: Note, plan: Plan, late: float, last: float, fixed: set[float]) -> Note:
    start = note.start if note.start in fixed or note.start >= last else _delayed(note.start, late)
    end = note.end if note.end in fixed or note.end >= last else _delayed(note.end, late)
    if plan.form.sounding(start) != plan.form.sounding(note.start) or end - start < _LEAST_BEATS:
        return note
    return replace(note, start=start, end=end)


def _delayed(beat: float, late: float) -> float:
    """A beat stretched so that its middle comes later by so much; its ends stay."""
    whole = math.floor(beat)
    part, middle = beat - whole, 0.5 + late
    moved = part * middle / 0.5 if part <= 0.5 else middle + (part - 0.5) * (1.0 - middle) / 0.5
    return whole + round(moved, 6)
