"""A melody as the network hears it: sixteenths, pitches in a key, and the ground of chords and phrases below it.

Pitches are counted from the tonic of the (relative) major key, so that C major and A minor share one scale: class
:data:`HOME` is that tonic in the register of the song, and there are :data:`PITCHES` classes in semitones. The time
from one onset to the next is one of :data:`GAPS` classes: 1 to 32 sixteenths, and anything longer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PITCHES = 45
HOME = 12  # the class of the tonic below the middle of a song
GAPS = 33
BAR = 16  # sixteenths, the network's bar
LONGEST_GAP = GAPS  # sixteenths that the last class stands for
MOST_BARS = 16  # bars of a phrase that are told apart
DENSITIES = 7  # classes of notes a bar; the last is "not told"
UNTOLD = DENSITIES - 1
SCALE = (0, 2, 4, 5, 7, 9, 11)  # semitones above the tonic of the major key

_MEAN_NOTES = (1.5, 2.5, 3.5, 4.5, 6.0)  # notes a bar between the classes of density


@dataclass(frozen=True, eq=False)
class Ground:
    """What lies below a melody, one value a sixteenth.

    Attributes:
        chroma: (S, 12) whether a tone, counted from the major tonic, belongs to the chord; nothing in a rest.
        root: (S,) the chord's root likewise, 12 where there is none.
        phrase_start: (S,) the sixteenth at which its phrase began.
        phrase_end: (S,) the sixteenth at which it ends.
        returns: (S,) how many sixteenths ago the last phrase with the same name began, counted from the start of this;
            0 if there was none.
        density: (S,) class of how many notes a bar are wished there.
        is_minor: whether the key is minor.
    """

    chroma: NDArray[np.float64]
    root: NDArray[np.int64]
    phrase_start: NDArray[np.int64]
    phrase_end: NDArray[np.int64]
    returns: NDArray[np.int64]
    density: NDArray[np.int64]
    is_minor: bool

    def __len__(self) -> int:
        return len(self.root)

    def chord_change_after(self) -> NDArray[np.int64]:
        """(S,) sixteenths until another chord follows, at most :data:`BAR`."""
        found = np.full(len(self), BAR, np.int64)
        for slot in range(len(self) - 2, -1, -1):
            is_same = self.root[slot] == self.root[slot + 1] and (self.chroma[slot] == self.chroma[slot + 1]).all()
            found[slot] = min(int(found[slot + 1]) + 1, BAR) if is_same else 1
        return found


@dataclass(frozen=True, eq=False)
class Line:
    """A melody over its ground.

    Attributes:
        onsets: (N,) sixteenths from the start, rising.
        pitches: (N,) classes.
        ground: below it.
    """

    onsets: NDArray[np.int64]
    pitches: NDArray[np.int64]
    ground: Ground

    def __len__(self) -> int:
        return len(self.onsets)


def gap_class(sixteenths: int) -> int:
    """The class of a time between onsets, 0 for one sixteenth."""
    return min(sixteenths, LONGEST_GAP) - 1


def density_class(notes_a_bar: float) -> int:
    """The class of a density."""
    return int(np.searchsorted(_MEAN_NOTES, notes_a_bar))


def degree_of(pitch: int) -> tuple[int, int]:
    """Steps of the major scale above :data:`HOME`, and semitones that are left above that step: 0 or 1."""
    octave, tone = divmod(pitch - HOME, 12)
    step = max(index for index, one in enumerate(SCALE) if one <= tone)
    return 7 * octave + step, tone - SCALE[step]


def pitch_of(degree: int, raised: int = 0) -> int:
    """The class of a step of the scale; see :func:`degree_of`."""
    octave, step = divmod(degree, 7)
    return HOME + 12 * octave + SCALE[step] + raised
