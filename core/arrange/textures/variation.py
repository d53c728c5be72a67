"""Small changes from bar to bar, so that a pattern is not a loop: a weak stroke left out, or moved by an eighth.

The first bar of a phrase is plain, the second and third change in one half, the fourth in both. Strokes on the
beginning of
a half bar stay, because chords and moments of the picture start there. Everything hangs on the bar's place alone.
"""

from __future__ import annotations

from dataclasses import replace

from hitpoint.core.arrange.form.bars import Bar
from hitpoint.core.arrange.textures.textures import Cell

_DENSE = 3  # onsets in half a bar from which one is left out instead of moved
_EIGHTH = 2  # sixteenths
_THREE_EIGHTHS = 6  # sixteenths of half a bar of three beats, in which nothing is moved between eighths
_PHRASE = 4  # bars after which changes begin anew


def varied(cell: Cell, bar: Bar, half: int, draw: int, slots: int) -> Cell:
    """The pattern of half a bar with its bar's change, if it has one.

    Args:
        cell: as the table has it.
        bar: that it is in.
        half: 0 or 1.
        draw: 0..65535, the bar's own.
        slots: sixteenths a step.
    """
    place = bar.in_phrase % _PHRASE
    is_changed = place == _PHRASE - 1 or (place > 0 and half == draw % 2)
    onsets = sorted({stroke.slot for stroke in cell if stroke.slot})
    if not is_changed or not onsets:
        return cell
    weak = [slot for slot in onsets if slot % 4] or onsets
    chosen = weak[(draw >> (1 + 4 * half)) % len(weak)]
    if len(onsets) >= _DENSE:
        return tuple(stroke for stroke in cell if stroke.slot != chosen)
    return _moved(cell, chosen, onsets, slots, later=bool(draw >> (9 + half) & 1))


def _moved(cell: Cell, chosen: int, onsets: list[int], slots: int, *, later: bool) -> Cell:
    """The pattern with one onset an eighth later or earlier, where it is free; without it in a run that has no room."""
    ways = (_EIGHTH, -_EIGHTH) if later else (-_EIGHTH, _EIGHTH)
    free = [chosen + way for way in ways if 0 < chosen + way < slots and chosen + way not in onsets]
    free = [slot for slot in free if slot % 2 == 0] if slots == _THREE_EIGHTHS else free
    if not free:
        return tuple(stroke for stroke in cell if stroke.slot != chosen) if len(onsets) > 1 else cell
    moved = (replace(stroke, slot=free[0]) if stroke.slot == chosen else stroke for stroke in cell)
    return tuple(sorted(moved, key=lambda stroke: stroke.slot))
