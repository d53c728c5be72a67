"""Harmony in time: chords that last, and the tones that lead from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from hitpoint.core.music.chord import Chord
from hitpoint.core.music.key import Key

_THIRDS = (3, 4)  # semitones that a passing tone can fill


@dataclass(frozen=True)
class ChordRun:
    """One chord over the steps ``first .. end`` (end exclusive)."""

    first: int
    end: int
    chord: Chord


def chord_runs(chords: Sequence[Chord]) -> tuple[ChordRun, ...]:
    """The chords of neighbouring steps, equal ones joined."""
    runs: list[ChordRun] = []
    for chord, group in groupby(chords):
        first = runs[-1].end if runs else 0
        runs.append(ChordRun(first, first + sum(1 for _ in group), chord))
    return tuple(runs)


def passing_tone(pitch: int, target: int, key: Key) -> int | None:
    """The tone of the scale between two pitches a third apart, nearest to ``pitch``; None elsewhere.

    >>> passing_tone(60, 64, Key(0))
    62
    """
    if abs(target - pitch) not in _THIRDS:
        return None
    direction = 1 if target > pitch else -1
    between = range(pitch + direction, target, direction)
    return next((tone for tone in between if tone % 12 in key.scale), None)
