"""What makes notes a phrase, and phrases a whole.

Breath before the next, silence where somebody speaks, a new stroke on a wanted moment; the octave of each section.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, pairwise

from hitpoint.core.melody.sheet import SLOT, LeadSheet, SheetNote

BREATH = Fraction(2)  # beats of rest before the next phrase, at the most
_SHORTEST = SLOT  # beats
_LONGEST = Fraction(4)  # beats that a note inside a phrase is held
_LONGEST_END = Fraction(8)
_ROOM = SLOT  # between a stroke on an accent and its neighbours
_ACCENTED = 0.9
_OCTAVE, _HIGHER = 12, 2.0  # semitones; by so much a section may lie above the first, or the summit below it


def breathed(notes: Sequence[SheetNote], end: Fraction, fixed: frozenset[Fraction]) -> list[SheetNote]:
    """Notes bound to each other, the last held until a breath before the end; notes whose starts are fixed stay."""
    found: list[SheetNote] = []
    for at, note in enumerate(notes):
        is_last = at == len(notes) - 1
        following = end - _breath(note, end) if is_last else notes[at + 1].start
        longest = _LONGEST_END if is_last else _LONGEST
        length = min(max(following - note.start, _SHORTEST), longest)
        if not is_last and following - note.start > 2 * note.length:
            length = note.length  # it was followed by a rest
        found.append(note if note.start in fixed else replace(note, length=length))
    return found


def silenced(notes: Sequence[SheetNote], silences: Sequence[tuple[Fraction, Fraction]]) -> Iterator[SheetNote]:
    """The notes without those that begin in a silence, cut where one begins; what is locked sounds."""
    for note in notes:
        if note.locked:
            yield note
            continue
        if any(start <= note.start < end for start, end in silences):
            continue
        until = min((start for start, end in silences if note.start < start < note.end), default=note.end)
        if until - note.start >= _SHORTEST:
            yield replace(note, length=until - note.start)


def struck_on_accents(
    notes: Sequence[SheetNote], accents: Sequence[Fraction], fixed: frozenset[Fraction]
) -> Iterator[SheetNote]:
    """The notes, those that sound on through an accent struck again there."""
    for note in notes:
        inside = [] if note.start in fixed else [a for a in accents if note.start + _ROOM <= a <= note.end - _ROOM]
        edges = [note.start, *inside, note.end]
        for place, (start, end) in enumerate(pairwise(edges)):
            yield replace(note, start=start, length=end - start, weight=_ACCENTED if place else note.weight)


def in_registers(notes: Sequence[SheetNote], sheet: LeadSheet) -> tuple[SheetNote, ...]:
    """The notes of a whole melody, a section moved by octaves if it lies where it should not and the instrument has it.

    The summit lies no lower than the first section that is sung, and what follows the summit no higher; of a section
    that the instrument does not have there, the phrases are moved that it has.
    """
    found, is_after = list(notes), False
    home: float | None = None
    for section in sheet.sections:
        bars = accumulate(section.phrases, initial=section.first_bar)
        beats = [sheet.bar_starts[min(bar, sheet.bars)] for bar in bars]
        if section.is_last:
            beats[-1] = max(beats[-1], sheet.end)
        own = [at for at, note in enumerate(found) if beats[0] <= note.start < beats[-1]]
        phrases = [[at for at in own if one <= found[at].start < other] for one, other in pairwise(beats)]
        pitches = [found[at].pitch for at in own]
        if pitches and home is not None and not any(found[at].locked for at in own):
            shift = _octaves(pitches, home, sheet, is_summit=section.is_summit, is_after=is_after)
            for group in [own] if shift or section.is_summit else phrases:
                part = [found[at].pitch for at in group]
                moved = shift or (_octaves(part, home, sheet, is_summit=False, is_after=is_after) if part else 0)
                for at in group:
                    found[at] = replace(found[at], pitch=found[at].pitch + moved)
        home = sum(pitches) / len(pitches) if home is None and pitches else home
        is_after = is_after or section.is_summit
    return tuple(found)


def octave_beside(pitches: Sequence[int], near: Sequence[int], low: int, high: int) -> int:
    """Semitones, whole octaves, by which notes come to the register of others near them, as far as there is room."""
    if not pitches or not near:
        return 0
    octaves = round((sum(near) / len(near) - sum(pitches) / len(pitches)) / _OCTAVE)
    room = (high - max(pitches)) // _OCTAVE if octaves > 0 else (min(pitches) - low) // _OCTAVE
    return _OCTAVE * max(min(abs(octaves), room), 0) * (1 if octaves > 0 else -1)


def _octaves(pitches: Sequence[int], home: float, sheet: LeadSheet, *, is_summit: bool, is_after: bool) -> int:
    """Semitones, whole octaves, by which notes are moved so that they lie about the mean pitch of the first section."""
    above = sum(pitches) / len(pitches) - home
    if is_summit and above < -_HIGHER and max(pitches) + _OCTAVE <= sheet.high:
        return _OCTAVE
    room = (min(pitches) - sheet.low) // _OCTAVE
    wished = -int(-(above - _HIGHER) // _OCTAVE) if is_after and above > _HIGHER else 0
    return -_OCTAVE * min(wished, max(room, 0))


def _breath(note: SheetNote, end: Fraction) -> Fraction:
    """Two beats, or half of what is left if that is less."""
    return min(BREATH, (end - note.start) / 2 // SLOT * SLOT)
