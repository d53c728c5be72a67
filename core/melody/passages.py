"""Passages that the network writes between what is known: contrasts and cadences, the best of a few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from hitpoint.core.melody.ground import Staff
from hitpoint.core.melody.line import BAR, PITCHES
from hitpoint.core.melody.sampling import Drawn, Listener, Manner
from hitpoint.core.melody.sheet import SLOT, LeadSheet, SheetNote
from hitpoint.core.melody.singing import unmet

_DRAWS = 4
_STREAM = 11  # of random numbers
_SEED_BITS = (1 << 64) - 1
_LAST_PLACE = 8  # place of the network's bar after which a phrase begins no note in its last bar
_LONGEST = Fraction(4)  # beats of a note
_LIKELY, _STEPS, _END, _LEAP, _UNMET = 0.8, 2.5, 0.6, 0.5, 1.5
_WIDE = 7  # semitones, the widest leap that costs nothing
_LEAPS, _FREE_LEAPS = 2.0, 0.1  # of the share of leaps of a fourth and more that goes beyond the free one


@dataclass(frozen=True)
class Passage:
    """What is to be written.

    Attributes:
        bars: where.
        before: beat and pitch of notes before it that the listener has not heard.
        seed: of its draws.
        is_end: whether a phrase ends with it.
    """

    bars: range
    before: tuple[tuple[Fraction, int], ...]
    seed: int
    is_end: bool


def invented(sheet: LeadSheet, staff: Staff, listener: Listener, passage: Passage) -> tuple[SheetNote, ...]:
    """Notes for a passage, pitches as the network has them."""
    span = range(passage.bars.start * BAR, passage.bars.stop * BAR)
    allowed = staff.allowed.copy()
    if passage.is_end:
        allowed[span.stop - BAR + _LAST_PLACE + 1 : span.stop] = False
    if not allowed[span.start : span.stop].any():
        return ()
    classes = [staff.class_of(pitch, passage.bars.start) for pitch in (sheet.low, sheet.high)]
    manner = Manner(allowed, max(classes[0], 0), min(classes[1], PITCHES - 1))
    rngs = [
        np.random.Generator(np.random.PCG64([passage.seed & _SEED_BITS, _STREAM, passage.bars.start, draw]))
        for draw in range(_DRAWS)
    ]
    drawn = listener.drawn(as_heard(staff, passage.before), span, manner, rngs)
    strong = [span.start + place for place in staff.strong_places(passage.bars)]
    best = max(range(_DRAWS), key=lambda at: (_score(drawn[at], span, strong), -at))
    return tuple(notes_of(sheet, staff, drawn[best], span))


def notes_of(sheet: LeadSheet, staff: Staff, drawn: Drawn, span: range) -> list[SheetNote]:
    """What was drawn, as notes of the sheet; each lasts until the next, four beats at most."""
    inside = [(onset, pitch) for onset, pitch in zip(drawn.onsets, drawn.pitches, strict=True) if onset in span]
    starts = [staff.beat_of(onset) for onset, _ in inside]
    end = sheet.bar_starts[min(span.stop // BAR, sheet.bars)]
    lengths = [min(after - start, _LONGEST) for start, after in pairwise([*starts, end])]
    return [
        SheetNote(start, max(length, SLOT), staff.pitch_of(pitch, onset // BAR))
        for (onset, pitch), start, length in zip(inside, starts, lengths, strict=True)
    ]


def as_heard(staff: Staff, notes: Iterable[tuple[Fraction, int]]) -> list[tuple[int, int]]:
    """Beats and pitches as the network counts them."""
    return [(staff.sixteenth_of(beat), staff.class_of(pitch, staff.sheet.bar_at(beat))) for beat, pitch in notes]


def _score(drawn: Drawn, span: range, strong: Sequence[int] = ()) -> float:
    """Likely, moving by step and without wide leaps, on the strong beats, and with something in every bar."""
    inside = [(onset, pitch) for onset, pitch in zip(drawn.onsets, drawn.pitches, strict=True) if onset in span]
    moves = [after[1] - before[1] for before, after in pairwise(inside)]
    steps = sum(1 <= abs(move) <= 2 for move in moves) / max(len(moves), 1)
    wide = sum(abs(move) > _WIDE for move in moves)
    bars = {onset // BAR for onset, _ in inside}
    score = _LIKELY * drawn.likelihood + _STEPS * min(steps, 0.6) + _END * len(bars) * BAR / len(span)
    leaps = sum(abs(move) >= 5 for move in moves) / max(len(moves), 1)
    score -= _LEAPS * max(leaps - _FREE_LEAPS, 0.0)
    return round(score - _LEAP * wide - _UNMET * unmet([onset for onset, _ in inside], strong), 6)
