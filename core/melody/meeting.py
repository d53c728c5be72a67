"""By how many degrees a theme that comes back over other chords is moved, so that its strong notes meet them.

A theme that is moved as a whole keeps its shape, and is known by it; a theme whose notes are bent one by one is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hitpoint.core.melody.scales import pitch_on
from hitpoint.core.melody.sheet import SLOT, LeadSheet
from hitpoint.core.music.key import Key
from hitpoint.core.music.theme import Theme, ThemeNote

_SHIFTS = (0, 1, -1, 2, -2, 3, -3)  # degrees that are tried, in order of liking
_MOVED = 0.35  # what a degree costs, in strong notes that miss their chord
_OUT_OF_RANGE = 3.0  # what a note beyond the instrument costs
_LONG = Fraction(3, 2)  # beats from which a note is heard as a strong one
_STEP = 2  # semitones


def shift_to_meet(
    sheet: LeadSheet, theme: Theme, starts: Sequence[Fraction | None], key: Key, home: int, wished: int
) -> int:
    """Degrees by which a theme is moved in a place; as wished where its strong notes meet their chords so.

    Args:
        sheet: whose chords it meets.
        theme: as it comes there.
        starts: beats at which its notes begin; None for those that are not heard.
        key: in which it is heard.
        home: the tonic that its degrees are counted from.
        wished: degrees by which it would be moved without chords.
    """
    heard = [(note, start) for note, start in zip(theme.notes, starts, strict=True) if start is not None]
    inside = [(note, start) for note, start in heard if start < sheet.bar_starts[-1]]

    def cost(more: int) -> float:
        return round(_missed(sheet, inside, key, home, wished + more) + _MOVED * abs(more), 6)

    return wished + min(_SHIFTS, key=cost)


def _missed(sheet: LeadSheet, notes: Sequence[tuple[ThemeNote, Fraction]], key: Key, home: int, shift: int) -> float:
    """Strong notes that are none of their chord's and do not fall or rise by step to one that is; more out of range."""
    placed = [(pitch_on(note.degree + shift, note.raised, key, home), start) for note, start in notes]
    missed = _OUT_OF_RANGE * sum(not sheet.low <= pitch <= sheet.high for pitch, _ in placed)
    lengths = [note.length * SLOT for note, _ in notes]
    for (pitch, start), after, length in zip(placed, [*placed[1:], None], lengths, strict=True):
        if not (sheet.is_strong(start) or length >= _LONG) or _meets(sheet, pitch, start):
            continue
        resolves = after is not None and 0 < abs(after[0] - pitch) <= _STEP and _meets(sheet, *after)
        missed += 0.4 if resolves else 1.0
    return missed


def _meets(sheet: LeadSheet, pitch: int, start: Fraction) -> bool:
    chord = sheet.chord_at(start)
    return chord.is_silent or pitch % 12 in chord.pitch_classes
