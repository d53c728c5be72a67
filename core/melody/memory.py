"""What a melody remembers of itself: where else it went like this, and how it went on there.

At each decision the network is shown what stood one, two, four and eight bars ago, at the lags in whole bars at which
the last notes and the last rhythm fit best, in the last phrase with the same name, and in the last phrase with the name
of the next. Each of these pointers proposes how long the last note lasts, or the next pitch (the same, and moved along
the scale as the last note was).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.melody.line import BAR, GAPS, HOME, PITCHES, Ground, degree_of, gap_class, pitch_of

LAGS = (1, 2, 4, 8)  # bars
POINTERS = len(LAGS) + 4
FEATURES = 4  # of each pointer
NO_GAP, NO_PITCH = GAPS, PITCHES  # what a pointer proposes that has nothing to propose

_MOST_LAG = 96  # bars
_BEFORE = _MOST_LAG * BAR  # sixteenths before the first
_FIT = 2  # notes that a lag must fit to be the best
_LONG_RUN = 8  # notes; longer runs count as this long
_NO_GAPS, _NO_PITCHES = np.full(POINTERS, NO_GAP), np.full((POINTERS, 2), NO_PITCH)
_NO_TRUST = np.zeros((POINTERS, FEATURES))


@dataclass
class Memory:
    """Grows note by note; one instance serves one melody.

    Attributes:
        ground: below the melody.
        shortest: pointers at lags below so many bars propose nothing, and none of them is the best.
    """

    ground: Ground
    shortest: int = 1
    onsets: list[int] = field(default_factory=list)
    pitches: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        size = _BEFORE + len(self.ground) + BAR * 4
        self._at = np.full(size, -1, np.int64)  # number of the note that begins at a sixteenth, after those before 0
        self._sung = np.full(size, -1, np.int64)  # likewise, its pitch
        self._rhythm = np.zeros(_MOST_LAG + 1, np.int64)  # notes in a row that fit at a lag; index 0 for no lag
        self._exact = np.zeros(_MOST_LAG + 1, np.int64)  # likewise, with their pitches
        self._best = 0, 0  # lags at which they fit best, in sixteenths

    def add(self, onset: int, pitch: int) -> None:
        """Go on by one note; ``onset`` lies after the last."""
        if self.onsets and onset - self.onsets[0] >= self.shortest * BAR:  # before that no lag reaches a note
            self._compare(onset, pitch)
        if _BEFORE + onset < len(self._at):
            self._at[_BEFORE + onset], self._sung[_BEFORE + onset] = len(self.onsets), pitch
        self.onsets.append(onset)
        self.pitches.append(pitch)

    def _compare(self, onset: int, pitch: int) -> None:
        """Count at which lags a note goes on as it went there."""
        last = self.onsets[-1]
        found, previous = self._at[_at_lags(onset)], self._at[_at_lags(last)]
        follows = (previous >= 0) & (found == previous + 1)
        same = self._sung[_at_lags(onset)] == pitch
        self._rhythm[1:] = (self._rhythm[1:] * follows + 1) * (found >= 0)
        self._exact[1:] = (self._exact[1:] * follows + 1) * same
        self._best = self._best_lags()

    def copy(self) -> Memory:
        """A memory of its own that has heard the same."""
        other = copy(self)
        other.onsets, other.pitches = list(self.onsets), list(self.pitches)
        for name in ("_at", "_sung", "_rhythm", "_exact"):
            setattr(other, name, getattr(self, name).copy())
        return other

    def gaps(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """What each pointer says of the time to the next onset.

        (P,) classes, and (P, F) how much it is to be trusted.
        """
        onset = self.onsets[-1]
        lags = self._lags_at(onset)
        if not any(lags):
            return _NO_GAPS, _NO_TRUST
        return np.array([self._gap_at(onset - lag if lag else -1) for lag in lags]), self._features(lags, onset)

    def next_pitches(self, onset: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """What each pointer says of the pitch at ``onset``: (P, 2) classes, as it was and moved, and (P, F) trust."""
        lags = self._lags_at(onset)
        if not any(lags):
            return _NO_PITCHES, _NO_TRUST
        return np.array([self._pitches_at(onset - lag if lag else -1) for lag in lags]), self._features(lags, onset)

    def _lags_at(self, onset: int) -> list[int]:
        """Sixteenths that each pointer looks back; 0 for nowhere."""
        slot = min(onset, len(self.ground) - 1)
        next_phrase = min(slot + BAR, len(self.ground) - 1)
        names = [int(self.ground.returns[slot]), int(self.ground.returns[next_phrase])]
        if self.ground.phrase_start[next_phrase] == self.ground.phrase_start[slot]:
            names[1] = 0
        fixed = [BAR * lag if lag >= self.shortest else 0 for lag in LAGS]
        return [*fixed, *self._best, *(name if name >= self.shortest * BAR else 0 for name in names)]

    def _best_lags(self) -> tuple[int, int]:
        """Where most of the last notes fit, and where most of the last rhythm does, if that is elsewhere."""
        exact, rhythm = np.minimum(self._exact, _LONG_RUN), np.minimum(self._rhythm, _LONG_RUN)
        exact[: self.shortest], rhythm[: self.shortest] = 0, 0
        notes = int(np.argmax(2 * exact + rhythm))
        notes = notes if rhythm[notes] >= _FIT else 0
        rhythm[notes] = 0
        beat = int(np.argmax(rhythm))
        return notes * BAR, beat * BAR if rhythm[beat] >= _FIT else 0

    def _features(self, lags: Sequence[int], onset: int) -> NDArray[np.float64]:
        """(P, F): whether it looks anywhere, whether a note begins there, and how many fitted on the way."""
        rows = np.zeros((POINTERS, FEATURES))
        for row, lag in enumerate(lags):
            bars = lag // BAR
            if lag and onset >= lag and bars <= _MOST_LAG:
                rows[row] = (1.0, float(self._at[_BEFORE + onset - lag] >= 0), *self._fit(bars))
        return rows

    def _fit(self, bars: int) -> tuple[float, float]:
        return min(int(self._rhythm[bars]), _LONG_RUN) / _LONG_RUN, min(int(self._exact[bars]), _LONG_RUN) / _LONG_RUN

    def _gap_at(self, slot: int) -> int:
        if slot < 0:
            return NO_GAP
        index = bisect_right(self.onsets, slot)
        return gap_class(self.onsets[index] - slot) if index < len(self.onsets) else NO_GAP

    def _pitches_at(self, slot: int) -> tuple[int, int]:
        note = int(self._at[_BEFORE + slot]) if slot >= 0 else -1
        if note < 0:
            return NO_PITCH, NO_PITCH
        there = self.pitches[note]
        return there, NO_PITCH if note == 0 else self._moved(there, self.pitches[note - 1])

    def _moved(self, there: int, before: int) -> int:
        """The pitch as far along the scale from the last note as ``there`` was from ``before``."""
        degree = degree_of(self.pitches[-1])[0] + degree_of(there)[0] - degree_of(before)[0]
        moved = pitch_of(degree)
        return moved if 0 <= moved < PITCHES else NO_PITCH


def _at_lags(onset: int) -> slice:
    """Where the sixteenths lie that come 1, 2, ... bars before an onset, in arrays that begin ``_BEFORE`` early."""
    last = _BEFORE + onset - BAR
    return slice(last, onset - 1 if onset else None, -BAR)


def home_octave(median: float, tonic: int) -> int:
    """The highest tonic (a MIDI pitch of class ``tonic``) at or below the median pitch of a melody."""
    return int(median) - (int(median) - tonic) % 12


def pitch_class_in_key(pitch: int) -> int:
    """Semitones of a class above the tonic, 0..11."""
    return (pitch - HOME) % 12
