"""The tune of a cue: the notes of its lead, kept step by step beside the voicings, so that they follow their steps."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

MOST_BEATS = 64  # of a note


@dataclass(frozen=True)
class TuneNote:
    """A note that begins in a step.

    Attributes:
        offset: beats from the beat that the metre gives the step, 0 or more.
        length: beats, more than 0; it may last beyond its step.
        pitch: MIDI, 0..127.
        weight: 0..1, how much it matters.
        locked: whether it may not be written anew.
    """

    offset: Fraction
    length: Fraction
    pitch: int
    weight: float = 0.5
    locked: bool = False

    def __post_init__(self) -> None:
        if not (
            self.offset >= 0 and 0 < self.length <= MOST_BEATS and 0 <= self.pitch <= 127 and 0 <= self.weight <= 1
        ):
            raise ValueError(f"{self} is no note")


@dataclass(frozen=True)
class PlacedNote:
    """A note of the tune at its place: beats from the start of the cue."""

    start: Fraction
    note: TuneNote

    @property
    def end(self) -> Fraction:
        """The beat at which it ends."""
        return self.start + self.note.length


def placed(steps: Iterable[tuple[Fraction, Sequence[TuneNote]]]) -> tuple[PlacedNote, ...]:
    """The notes of steps that begin at these beats, in order; each ends where the next begins at the latest."""
    notes = sorted(
        (PlacedNote(beat + note.offset, note) for beat, tune in steps for note in tune),
        key=lambda one: (one.start, not one.note.locked),
    )
    found: list[PlacedNote] = []
    for one in notes:
        if found and found[-1].start == one.start:
            continue
        if found and found[-1].end > one.start:
            last = found[-1]
            found[-1] = replace(last, note=replace(last.note, length=one.start - last.start))
        found.append(one)
    return tuple(found)


def by_step(notes: Iterable[PlacedNote], beats: Sequence[Fraction]) -> tuple[tuple[TuneNote, ...], ...]:
    """The notes of each of the steps that begin at these beats, in order."""
    found: list[list[TuneNote]] = [[] for _ in beats]
    for one in notes:
        step = max(bisect_right(beats, one.start) - 1, 0)
        found[step].append(replace(one.note, offset=one.start - beats[step]))
    return tuple(tuple(step) for step in found)


def unwritten(tune: Sequence[TuneNote]) -> tuple[TuneNote, ...]:
    """What is left of a step's notes when they are to be written anew: those that are locked."""
    return tuple(note for note in tune if note.locked)
