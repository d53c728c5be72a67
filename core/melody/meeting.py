"""By how many degrees a theme that comes back over other chords is moved, so that its strong notes meet them.

A theme that is moved as a whole keeps its shape, and is known by it; a theme whose notes are bent one by one is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from hitpoint.core.melody.scales import pitch_on
from hitpoint.core.melody.sheet import SLOT, LeadSheet
from hitpoint.core.music.key import Key
from hitpoint.core.music.theme import Theme, ThemeNote

_SHIFTS = (0, 1, -1, 2, -2, 3, -3)  # degrees that are tried, in order of liking
_MOVED = 0.35  # what a degree costs, in strong notes that miss their chord
_OUT_OF_RANGE = 3.0  # what a note beyond the instrument costs
_LONG = Fraction(3, 2)  # beats from which a note is heard as a strong one
_STEP, _TRITONE = 2, 6  # semitones
_TRITONES = 1.0  # what a tritone that the theme has not costs
_AFTER_HEAD = 0.35  # what a note after the head counts: it may be bent, and the head is what the theme is known by


def shift_to_meet(
    sheet: LeadSheet,
    theme: Theme,
    starts: Sequence[Fraction | None],
    key: Key,
    home: int,
    wished: int,
    known: int | None = None,
) -> int:
    """Degrees by which a theme is moved in a place; as wished where its strong notes meet their chords so.

    Args:
        sheet: whose chords it meets.
        theme: as it comes there.
        starts: beats at which its notes begin; None for those that are not heard.
        key: in which it is heard.
        home: the tonic that its degrees are counted from.
        wished: degrees by which it would be moved without chords.
        known: sixteenths of its head, by which it is known; None for all of it.
    """
    heard = [(note, start) for note, start in zip(theme.notes, starts, strict=True) if start is not None]
    inside = [(note, start) for note, start in heard if start < sheet.bar_starts[-1]]
    head = [(note, start) for note, start in inside if known is None or note.slot < known]

    def cost(more: int) -> float:
        """What is missed when the theme is moved by ``more`` degrees than wished, its head above all; 0 is best."""
        missed = _missed(sheet, head, key, home, wished + more)
        if len(head) < len(inside):
            whole = _missed(sheet, inside, key, home, wished + more)
            missed = _AFTER_HEAD * whole + (1.0 - _AFTER_HEAD) * missed
        return round(missed + _MOVED * abs(more), 6)

    return wished + min(_SHIFTS, key=cost)


def _missed(sheet: LeadSheet, notes: Sequence[tuple[ThemeNote, Fraction]], key: Key, home: int, shift: int) -> float:
    """Strong beats under tones foreign to their chord, fewer for those that resolve.

    New tritones; more out of range.
    """
    tones = _tones(notes, key, home, shift)
    missed = _OUT_OF_RANGE * sum(not sheet.low <= tone.pitch <= sheet.high for tone in tones)
    for tone, after in zip(tones, [*tones[1:], None], strict=True):
        foreign = [beat for beat in _heavy(sheet, tone) if not _meets(sheet, tone.pitch, beat)]
        resolves = (
            after is not None and 0 < abs(after.pitch - tone.pitch) <= _STEP and _meets(sheet, after.pitch, after.start)
        )
        missed += (0.4 if resolves else 1.0) * len(foreign)
    return missed + _TRITONES * max(_tritones(tones) - _tritones(_tones(notes, key, home, 0)), 0)


@dataclass(frozen=True)
class _Tone:
    """What is heard as one: a note, and those of its pitch that follow at once."""

    pitch: int
    start: Fraction
    end: Fraction


def _tones(notes: Sequence[tuple[ThemeNote, Fraction]], key: Key, home: int, shift: int) -> list[_Tone]:
    found: list[_Tone] = []
    for note, start in notes:
        pitch, end = pitch_on(note.degree + shift, note.raised, key, home), start + note.length * SLOT
        if found and found[-1].pitch == pitch and found[-1].end >= start:
            found[-1] = replace(found[-1], end=end)
        else:
            found.append(_Tone(pitch, start, end))
    return found


def _heavy(sheet: LeadSheet, tone: _Tone) -> list[Fraction]:
    """The strong beats in which a tone sounds, that it is struck or held across; its own beginning if it is long."""
    first = -(-tone.start // SLOT)
    slots = (Fraction(slot) * SLOT for slot in range(int(first), int(-(-tone.end // SLOT))))
    found = [beat for beat in slots if sheet.is_strong(beat)]
    return found or ([tone.start] if tone.end - tone.start >= _LONG else [])


def _tritones(tones: Sequence[_Tone]) -> int:
    return sum(abs(after.pitch - tone.pitch) % 12 == _TRITONE for tone, after in pairwise(tones))


def _meets(sheet: LeadSheet, pitch: int, start: Fraction) -> bool:
    chord = sheet.chord_at(start)
    return chord.is_silent or pitch % 12 in chord.pitch_classes
