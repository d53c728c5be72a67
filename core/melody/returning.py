"""A theme as it returns: its head as it was, by which it is known again, and what follows otherwise than before.

Four manners take turns, and the seed says which comes first: tones between the tones, the idea in sequence, another
rhythm, a higher arch. The last bar ends otherwise each time: broad, by a descent, by a rise. Nothing of a theme of one
bar changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from hitpoint.core.music.theme import Theme, ThemeNote

_STREAM = 13  # of random numbers
_SEED_BITS = (1 << 64) - 1
_HEAD_NOTES = 6  # by which a theme is known; as many bars as have them, two at most
_HEAD_BARS = 2
_EIGHTH, _QUARTER, _DOTTED = 2, 4, 6  # sixteenths
_REACHED = 3  # degrees by which a last bar goes on from the one before, a fourth at the most
_ARCH = (0, 2, 1)  # degrees that a higher arch adds to bars after the head, the last bar excepted

Notes = list[ThemeNote]


def varied(theme: Theme, variant: int, seed: int, *, is_compound: bool = False) -> Theme:
    """The theme as it comes back for the so manieth time; 0 is as it is.

    Args:
        theme: of any number of bars.
        variant: how often it was stated before.
        seed: of the cue.
        is_compound: whether its bars are two dotted quarters, in which its eighths may sway.
    """
    head = head_bars(theme)
    if variant <= 0 or head >= theme.bars:
        return theme
    rng = np.random.Generator(np.random.PCG64([seed & _SEED_BITS, _STREAM]))
    first = int(rng.integers(len(_MANNERS)))
    draws = [int(draw) for draw in rng.integers(0, 1 << 16, size=variant)]
    found = theme.notes
    for turn in range(len(_MANNERS)):
        manner = _MANNERS[(first + variant - 1 + turn) % len(_MANNERS)]
        if is_compound and manner is _dotted:
            manner = _swaying
        changed = _in_order(manner(theme, head, draws[-1]), theme)
        found = _ended(changed, theme, head, variant)
        if changed != theme.notes:
            break
    return replace(theme, notes=found)


def mirrored(theme: Theme) -> Theme:
    """The theme upside down around its first note: what rose falls by as many degrees."""
    axis = theme.notes[0].degree if theme.notes else 0
    return replace(theme, notes=tuple(replace(n, degree=2 * axis - n.degree, raised=0) for n in theme.notes))


def head_bars(theme: Theme) -> int:
    """The bars at its beginning by which a theme is known."""
    for bars in range(1, _HEAD_BARS):
        if sum(note.slot < bars * theme.bar_slots for note in theme.notes) >= _HEAD_NOTES:
            return bars
    return min(_HEAD_BARS, max(theme.bars - 1, 1))


def _ornamented(theme: Theme, head: int, draw: int) -> Notes:
    """Every other long note shared with a tone that leads to the next: between them, beside it, or before that."""
    found: Notes = []
    long = 0
    for note, after in pairwise([*theme.notes, None]):
        assert note is not None, "only the last has none after it"
        room = 0 if after is None else min(note.length, after.slot - note.slot)
        is_free = after is not None and note.slot >= head * theme.bar_slots and room >= _QUARTER
        long += is_free
        if after is None or not is_free or (long + draw) % 2:
            found.append(note)
            continue
        half = max(room // 2 // _EIGHTH * _EIGHTH, _EIGHTH)
        found.append(replace(note, length=half))
        found.append(ThemeNote(note.slot + half, room - half, _between(note.degree, after.degree), 0))
    return found


def _between(degree: int, following: int) -> int:
    """The degree that leads from one to another."""
    gap = following - degree
    if gap == 0:
        return degree + 1
    return following - (1 if gap > 0 else -1) if abs(gap) > 1 else degree - gap


def _sequenced(theme: Theme, head: int, draw: int) -> Notes:
    """The bars after the head are its first bar again, each a degree farther, up or down."""
    way = 1 if draw % 2 else -1
    own = [note for note in theme.notes if note.slot < theme.bar_slots]
    found = [note for note in theme.notes if note.slot < head * theme.bar_slots]
    for number, bar in enumerate(range(head, theme.bars - 1), start=1):
        moved = (replace(n, slot=n.slot + bar * theme.bar_slots, degree=n.degree + way * number, raised=0) for n in own)
        found.extend(moved)
    return [*found, *(note for note in theme.notes if note.slot >= (theme.bars - 1) * theme.bar_slots)]


def _dotted(theme: Theme, head: int, draw: int) -> Notes:
    """Of two tones that last alike the first lasts longer, and the second comes late.

    Others come an eighth early, but in mid-bar.
    """
    found = list(theme.notes)
    for at in range(1, len(found)):
        before, note = found[at - 1], found[at]
        ends = found[at + 1].slot if at + 1 < len(found) else theme.bars * theme.bar_slots
        inside, gap, after = note.slot % theme.bar_slots, note.slot - before.slot, ends - note.slot
        if before.slot < head * theme.bar_slots or not inside:
            continue
        if gap == after and gap >= _QUARTER and gap % _QUARTER == 0:
            found[at - 1 : at + 1] = _shifted(before, note, gap // 2)
        elif gap >= _QUARTER and (at + draw) % 2 and inside != theme.bar_slots // 2:
            found[at - 1 : at + 1] = _shifted(before, note, -_EIGHTH)
    return found


def _swaying(theme: Theme, head: int, draw: int) -> Notes:
    """Second eighths of dotted quarters come late, as in a siciliano."""
    found = list(theme.notes)
    for at in range(1, len(found) - 1):
        before, note, after = found[at - 1], found[at], found[at + 1]
        is_run = (before.slot, after.slot) == (note.slot - _EIGHTH, note.slot + _EIGHTH)
        if before.slot >= head * theme.bar_slots and before.slot % _DOTTED == 0 and is_run:
            found[at - 1 : at + 1] = _shifted(before, note, 1)
    return found if found != list(theme.notes) else _dotted(theme, head, draw)


def _shifted(before: ThemeNote, note: ThemeNote, slots: int) -> Notes:
    """Two notes, the second so much later."""
    length = max(note.length - slots, 1)
    start = note.slot + slots
    return [replace(before, length=start - before.slot), replace(note, slot=start, length=length)]


def _arched(theme: Theme, head: int, draw: int) -> Notes:
    """What follows the head lies higher and comes down again at the end."""
    found: Notes = []
    for note in theme.notes:
        bar = note.slot // theme.bar_slots
        is_moved = head <= bar < theme.bars - 1
        more = (1 + draw % 2 + _ARCH[(bar - head) % len(_ARCH)] // 2) if is_moved else 0
        found.append(replace(note, degree=note.degree + more, raised=0 if more else note.raised))
    return found


Manner = Callable[[Theme, int, int], Notes]
_MANNERS: tuple[Manner, ...] = (_ornamented, _sequenced, _dotted, _arched)


def _ended(notes: Sequence[ThemeNote], theme: Theme, head: int, variant: int) -> tuple[ThemeNote, ...]:
    """The notes with a last bar of their own: broad, by a descent, by a rise, in turn.

    One to which the bar before leaps too far waits for another turn.
    """
    start = max(theme.bars - 1, head) * theme.bar_slots
    kept = [note for note in notes if note.slot < start]
    inside = [note for note in theme.notes if note.slot >= start]
    goal = inside[-1].degree if inside else theme.notes[-1].degree
    second, third = max(theme.bar_slots // 4 // _EIGHTH * _EIGHTH, 1), max(theme.bar_slots // 2, 2)
    ways = (((0, 2), (second, 1), (third, 0)), ((0, 0),), ((0, -2), (second, -1), (third, 0)))
    ends = [_bar_of(ways[(variant - 1 + turn) % len(ways)], start, theme.bar_slots, goal) for turn in range(len(ways))]
    known = [(note.slot, note.degree) for note in inside]
    new = [end for end in ends if [(note.slot, note.degree) for note in end] != known]
    left = kept[-1].degree if kept else goal
    last = min(new, key=lambda end: max(abs(end[0].degree - left) - _REACHED, 0))
    return (*kept, *last)


def _bar_of(way: Sequence[tuple[int, int]], start: int, slots: int, goal: int) -> Notes:
    """A last bar: sixteenths after its start, and degrees above the goal."""
    ends = [*(slot for slot, _ in way[1:]), slots]
    return [ThemeNote(start + slot, after - slot, goal + more) for (slot, more), after in zip(way, ends, strict=True)]


def _in_order(notes: Sequence[ThemeNote], theme: Theme) -> tuple[ThemeNote, ...]:
    """The notes one after the other, none into the next or beyond the theme."""
    ordered = sorted({note.slot: note for note in notes}.values(), key=lambda note: note.slot)
    ends = [*(note.slot for note in ordered[1:]), theme.bars * theme.bar_slots]
    return tuple(
        replace(note, length=min(note.length, end - note.slot)) for note, end in zip(ordered, ends, strict=True)
    )
