"""That a cue follows a recording and does not copy it: the longest runs that both have, wherever they lie.

Runs are compared without regard to key: chords by the step from root to root and the quality, melodies by their
intervals. A run of chords is counted in chord changes, each chord once however long it is held; what moves around a
loop of two to four chords is common property, so chords beyond two rounds of a loop do not count.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hitpoint.core.compose.like.temp import Temp
from hitpoint.core.cue.cue import Cue
from hitpoint.core.model.vocabulary import SILENCE, chord_of
from hitpoint.core.music.chord import Chord

CHORD_ALARM = 12  # chords in a row; two songs that know nothing of each other seldom share more, see temp-music.md
MELODY_ALARM = 8  # intervals in a row
_LONGEST_LOOP = 4
_ROUNDS = 2  # of a loop that count


@dataclass(frozen=True)
class ClosestRun:
    """The longest runs that a cue shares with a recording.

    Attributes:
        chords: in a row.
        melody: intervals in a row; 0 where no melody was heard.
    """

    chords: int = 0
    melody: int = 0

    def is_alarming(self, *, chords_followed: bool = False, melody_followed: bool = False) -> bool:
        """Whether this is more than chance gives, in what the editor did not ask to follow."""
        return (self.chords > CHORD_ALARM and not chords_followed) or (
            self.melody > MELODY_ALARM and not melody_followed
        )


def closest_run(cue: Cue, temp: Temp, melody: Sequence[int] = ()) -> ClosestRun:
    """The longest runs; ``melody`` are the MIDI pitches of the cue's tune."""
    heard = [chord_of(chord.token) for chord in temp.heard.chords if chord.token != SILENCE]
    written = [span.chord for span in cue.chord_spans]
    tune = [note.pitch for note in temp.heard.melody]
    shared = longest_shared(_steps(written), _steps(heard))
    return ClosestRun(shared + 1 if shared else 0, longest_shared(_intervals(melody), _intervals(tune)))


def longest_shared(first: Sequence[Hashable], second: Sequence[Hashable]) -> int:
    """Length of the longest row of neighbours that both have, rounds of a loop beyond the second not counted."""
    best = 0
    ends = [0] * (len(second) + 1)
    for number, one in enumerate(first, 1):
        before = 0
        for place, other in enumerate(second, 1):
            ends[place], before = (before + 1 if one == other else 0), ends[place]
            if ends[place] > best:
                best = max(best, without_rounds(first[number - ends[place] : number]))
    return best


def without_rounds(run: Sequence[Hashable]) -> int:
    """A run's length, of which a loop counts twice at most."""
    for size in range(1, _LONGEST_LOOP + 1):
        if len(run) > _ROUNDS * size and all(a == b for a, b in zip(run, run[size:], strict=False)):
            return _ROUNDS * size
    return len(run)


def _steps(chords: Sequence[Chord]) -> list[tuple[int, str, str]]:
    """From chord to chord: semitones between the roots, and both qualities; a chord that is held counts once."""
    sounding = [chord for chord in chords if chord.root is not None]
    changes = [chord for index, chord in enumerate(sounding) if index == 0 or chord != sounding[index - 1]]
    found = []
    for earlier, later in pairwise(changes):
        assert earlier.root is not None and later.root is not None
        found.append(((later.root - earlier.root) % 12, earlier.quality.value, later.quality.value))
    return found


def _intervals(pitches: Sequence[int]) -> list[int]:
    return [later - earlier for earlier, later in pairwise(pitches)]
