"""How the tune and its theme are written in ``cue.json``.

::

    "tune": [[true, ["1/2", "1", 69, 0.6, false]], null],
    "tune_ranges": [[60, 67], [], null],
    "theme": {"bar_slots": 16, "bars": 4, "given": false, "notes": [[0, 6, 4, 0], [6, 2, 2, 0]]}

A step of the tune is whether it is written, then its notes: offset and length in beats, pitch, weight, lock; null where
nothing is known. A range of the tune is its lowest and highest pitch in a step, for which others make way; nothing in
it where the tune was silent, null where that is not known. A note of the theme is slot and length in sixteenths,
degree, and semitones above that. All may be missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hitpoint.core.cue.cue import Played
from hitpoint.core.cue.json_values import field, fraction, items, number, truth, whole
from hitpoint.core.cue.tune import MOST_BEATS, TuneNote
from hitpoint.core.errors import CueFileError
from hitpoint.core.music.theme import Theme, ThemeNote

_MOST_BARS, _MOST_SLOTS = 64, 256
_FURTHEST = 60  # degrees from the tonic


def tune_to_document(playing: Sequence[Played | None]) -> list[list[Any] | None]:
    """The tune of each step as JSON values; an empty list if none is known."""
    if not any(one is not None and (one.is_written or one.tune) for one in playing):
        return []
    return [None if one is None else [one.is_written, *map(_note_to_document, one.tune)] for one in playing]


def with_tune(playing: tuple[Played | None, ...], value: Any, steps: int) -> tuple[Played | None, ...]:
    """How steps are played, with the tune that JSON values tell of.

    Raises:
        CueFileError: if they tell of other steps, or of what is no note.
    """
    tunes = items(value, "tune", _step)
    if not tunes:
        return playing
    if len(tunes) != steps:
        raise CueFileError(f"tune: it tells of {len(tunes)} steps, but the cue has {steps}")
    known = playing or (None,) * steps
    return tuple(
        one if tune is None else replace(one or Played(), is_written=tune[0], tune=tune[1])
        for one, tune in zip(known, tunes, strict=True)
    )


def tune_ranges_to_document(playing: Sequence[Played | None]) -> list[list[int] | None]:
    """The ranges for which others make way as JSON values; an empty list if none is known."""
    ranges = [None if one is None or one.tune_range is None else list(one.tune_range) for one in playing]
    return ranges if any(one is not None for one in ranges) else []


def with_tune_ranges(playing: tuple[Played | None, ...], value: Any, steps: int) -> tuple[Played | None, ...]:
    """How steps are played, with the ranges that JSON values tell of.

    Raises:
        CueFileError: if they tell of other steps, or of what is no range.
    """
    ranges = items(value, "tune_ranges", _range)
    if not ranges:
        return playing
    if len(ranges) != steps:
        raise CueFileError(f"tune_ranges: it tells of {len(ranges)} steps, but the cue has {steps}")
    known = playing or (None,) * steps
    return tuple(
        one if span is None else replace(one or Played(), tune_range=span)
        for one, span in zip(known, ranges, strict=True)
    )


def theme_to_document(theme: Theme | None) -> dict[str, Any] | None:
    """A theme as JSON values."""
    if theme is None:
        return None
    notes = [[note.slot, note.length, note.degree, note.raised] for note in theme.notes]
    return {"bar_slots": theme.bar_slots, "bars": theme.bars, "given": theme.is_given, "notes": notes}


def theme_of(value: Any) -> Theme | None:
    """The theme that JSON values describe; None for none.

    Raises:
        CueFileError: if they describe none.
    """
    if value is None:
        return None
    return Theme(
        notes=items(field(value, "notes", "theme"), "theme.notes", _theme_note),
        bar_slots=whole(field(value, "bar_slots", "theme"), "theme.bar_slots", 1, _MOST_SLOTS),
        bars=whole(field(value, "bars", "theme"), "theme.bars", 1, _MOST_BARS),
        is_given=truth(field(value, "given", "theme"), "theme.given"),
    )


def _note_to_document(note: TuneNote) -> list[Any]:
    return [str(note.offset), str(note.length), note.pitch, note.weight, note.locked]


def _step(value: Any, where: str) -> tuple[bool, tuple[TuneNote, ...]] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not value:
        raise CueFileError(f"{where}: it is whether the step is written, then its notes")
    return truth(value[0], f"{where}[0]"), items(value[1:], where, _note)


def _note(value: Any, where: str) -> TuneNote:
    match value:
        case [offset, length, pitch, weight, locked]:
            note = (
                fraction(offset, where, Fraction(0)),
                fraction(length, where),
                whole(pitch, where, 0, 127),
                number(weight, where, 0, 1),
                truth(locked, where),
            )
            if not (0 < note[1] <= MOST_BEATS and note[0] <= MOST_BEATS):
                raise CueFileError(f"{where}: a note lasts more than 0 and at most {MOST_BEATS} beats")
            return TuneNote(*note)
    raise CueFileError(f"{where}: a note is offset, length, pitch, weight and lock")


def _range(value: Any, where: str) -> tuple[int, ...] | None:
    if value is None:
        return None
    found = items(value, where, lambda pitch, place: whole(pitch, place, 0, 127))
    if found and (len(found) != 2 or found[0] > found[1]):
        raise CueFileError(f"{where}: it is a lowest and a highest pitch, or nothing")
    return found


def _theme_note(value: Any, where: str) -> ThemeNote:
    match value:
        case [slot, length, degree, raised]:
            return ThemeNote(
                whole(slot, where, 0, _MOST_BARS * _MOST_SLOTS),
                whole(length, where, 1, _MOST_BARS * _MOST_SLOTS),
                whole(degree, where, -_FURTHEST, _FURTHEST),
                whole(raised, where, -2, 2),
            )
    raise CueFileError(f"{where}: a note of a theme is slot, length, degree and semitones raised")
