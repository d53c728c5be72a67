"""What an editor can do to the tune of a cue: one pure function for each, from cue to cue.

Notes are named by their beat.

A note that was added or moved is locked, because the editor wants it so.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hitpoint.core.cue.cue import Cue, Played, altered
from hitpoint.core.cue.tune import MOST_BEATS, PlacedNote, TuneNote, by_step, placed, unwritten
from hitpoint.core.errors import OptionError

_WEIGHT = 0.6  # of a note that an editor writes


def step_beats(cue: Cue) -> tuple[Fraction, ...]:
    """The beat that the metre gives each step."""
    return tuple(cue.beats_per_step * index for index in range(len(cue.steps)))


def tune_of(cue: Cue) -> tuple[PlacedNote, ...]:
    """The tune, in order; empty where it has not been written."""
    return placed((beat, one.tune) for beat, one in zip(step_beats(cue), cue.playing, strict=False) if one is not None)


def is_sung(cue: Cue) -> bool:
    """Whether the cue remembers its tune in every step that is played, so that this is what is heard."""
    last = max((index for index, one in enumerate(cue.playing) if one is not None), default=-1)
    return last >= 0 and all(one is not None and one.is_written for one in cue.playing[: last + 1])


def note_added(cue: Cue, start: Fraction, length: Fraction, pitch: int) -> Cue:
    """The cue with another note; what sounds there ends where it begins, and what would begin meanwhile shortens it.

    Raises:
        OptionError: if it lies outside the music, or is no note; likewise in every function below.
    """
    end = cue.tempo.beat_at(cue.seconds)
    if not 0 <= start < end:
        raise OptionError(f"a note at beat {float(start):g} lies outside the music, which has {float(end):.1f} beats")
    if not (0 < length <= MOST_BEATS and 0 <= pitch <= 127):
        raise OptionError(f"a note of {float(length):g} beats at pitch {pitch} cannot be played")
    others = [one for one in tune_of(cue) if one.start != start]
    return _with_tune(cue, [*others, PlacedNote(start, TuneNote(Fraction(0), length, pitch, _WEIGHT, True))])


def note_deleted(cue: Cue, start: Fraction) -> Cue:
    """The cue without a note."""
    gone = _note_at(cue, start)
    return _with_tune(cue, [one for one in tune_of(cue) if one is not gone and one.start != start])


def note_moved(cue: Cue, start: Fraction, to: Fraction, pitch: int, length: Fraction | None = None) -> Cue:
    """The cue with a note elsewhere, at another pitch, or of another length."""
    old = _note_at(cue, start)
    moved = note_added(note_deleted(cue, start), to, old.note.length if length is None else length, pitch)
    return moved


def note_locked(cue: Cue, start: Fraction, *, locked: bool) -> Cue:
    """The cue with a note locked, or free again."""
    old = _note_at(cue, start)
    notes = [
        replace(one, note=replace(one.note, locked=locked)) if one.start == old.start else one for one in tune_of(cue)
    ]
    return _with_tune(cue, notes)


def tune_locked(cue: Cue, span: range, *, locked: bool) -> Cue:
    """The cue with all notes that begin in these steps locked, or free again."""
    playing = _known(cue)
    changed = [
        replace(one, tune=tuple(replace(note, locked=locked) for note in one.tune)) if index in span else one
        for index, one in enumerate(playing)
    ]
    return altered(cue, playing=tuple(changed))


def tune_released(cue: Cue, span: range) -> Cue:
    """The cue whose tune is to be written anew in these steps, all but the locked notes."""
    playing = _known(cue)
    changed = [
        replace(one, tune=unwritten(one.tune), is_written=False) if index in span else one
        for index, one in enumerate(playing)
    ]
    return altered(cue, playing=tuple(changed))


def _with_tune(cue: Cue, notes: list[PlacedNote]) -> Cue:
    """The cue with these notes; the steps that are not written yet stay so."""
    tunes = by_step(placed([(Fraction(0), [replace(one.note, offset=one.start) for one in notes])]), step_beats(cue))
    return altered(cue, playing=tuple(replace(one, tune=tune) for one, tune in zip(_known(cue), tunes, strict=True)))


def _known(cue: Cue) -> tuple[Played, ...]:
    """How each step is played, as far as it is known."""
    known = cue.playing or (None,) * len(cue.steps)
    return tuple(one or Played() for one in known)


def _note_at(cue: Cue, start: Fraction) -> PlacedNote:
    found = next((one for one in tune_of(cue) if one.start == start), None)
    if found is None:
        raise OptionError(f"no note of the tune begins at beat {float(start):g}")
    return found
