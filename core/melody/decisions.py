"""What the network is told at each of its decisions: after each note, when the next comes and which it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.melody.line import BAR, MOST_BARS, UNTOLD, Ground, Line, gap_class
from hitpoint.core.melody.memory import FEATURES, NO_GAP, NO_PITCH, POINTERS, Memory

NO_BARS = MOST_BARS  # a place in a phrase that is not told
PHRASE_POINTERS = (POINTERS - 2, POINTERS - 1)  # those that hang on the names of phrases

Whole = NDArray[np.int64]
Real = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Decisions:
    """Rows for N - 1 decisions of a melody of N notes; also what is right in each.

    Attributes:
        note: (D, 4) of the last note: pitch, gap before it, place in the bar, root below it.
        chroma: (D, 12) below it.
        when: (D, 6) place in the bar, bars since the phrase began and bars left, sixteenths to the next chord, density,
            minor.
        gap_pointers: (D, P) and
        gap_trust: (D, P, F), see :class:`~hitpoint.core.melody.memory.Memory`.
        which: (D, 5) place in the bar of the next note, gap before it, bars since its phrase began, bars left, its
            root.
        next_chroma: (D, 24) below the next note, and below the chord after that.
        pitch_pointers: (D, P, 2) and
        pitch_trust: (D, P, F).
        gap: (D,) the right gap.
        pitch: (D,) the right pitch.
    """

    note: Whole
    chroma: Real
    when: Whole
    gap_pointers: Whole
    gap_trust: Real
    which: Whole
    next_chroma: Real
    pitch_pointers: Whole
    pitch_trust: Real
    gap: Whole
    pitch: Whole

    def __len__(self) -> int:
        return len(self.gap)


class Setting:
    """The ground of a melody with all that decisions need of it."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.change = ground.chord_change_after()
        size = len(ground)
        after = np.minimum(np.arange(size) + self.change, size - 1)
        self.following = ground.chroma[after]

    def slot(self, onset: int) -> int:
        """The sixteenth of an onset, the last one for those beyond the ground."""
        return min(onset, len(self.ground) - 1)

    def note(self, pitch: int, gap: int, onset: int) -> list[int]:
        """A row of :attr:`Decisions.note`."""
        return [pitch, gap, onset % BAR, int(self.ground.root[self.slot(onset)])]

    def when(self, onset: int) -> list[int]:
        """A row of :attr:`Decisions.when` for the note that began at ``onset``."""
        slot = self.slot(onset)
        return [
            onset % BAR,
            *self._place(slot),
            int(self.change[slot]),
            int(self.ground.density[slot]),
            int(self.ground.is_minor),
        ]

    def which(self, onset: int, gap: int) -> list[int]:
        """A row of :attr:`Decisions.which` for a note that begins at ``onset``."""
        slot = self.slot(onset)
        return [onset % BAR, gap, *self._place(slot), int(self.ground.root[slot])]

    def next_chroma(self, onset: int) -> Real:
        """A row of :attr:`Decisions.next_chroma`."""
        slot = self.slot(onset)
        return np.concatenate([self.ground.chroma[slot], self.following[slot]])

    def _place(self, slot: int) -> tuple[int, int]:
        since = (slot - int(self.ground.phrase_start[slot])) // BAR
        left = (int(self.ground.phrase_end[slot]) - 1 - slot) // BAR
        return min(since, MOST_BARS - 1), min(left, MOST_BARS - 1)


def decisions_of(line: Line) -> Decisions:
    """All decisions of a melody, each made in knowledge of what stood before it."""
    setting, memory = Setting(line.ground), Memory(line.ground)
    onsets, pitches = line.onsets.tolist(), line.pitches.tolist()
    count = len(onsets) - 1
    rows: dict[str, list[object]] = {name: [] for name in ("note", "when", "which", "gap", "pitch")}
    chroma, next_chroma = np.zeros((count, 12)), np.zeros((count, 24))
    gap_pointers, gap_trust = np.zeros((count, POINTERS), np.int64), np.zeros((count, POINTERS, FEATURES))
    pitch_pointers, pitch_trust = np.zeros((count, POINTERS, 2), np.int64), np.zeros((count, POINTERS, FEATURES))
    gap = NO_GAP
    for at in range(count):
        onset, following = onsets[at], onsets[at + 1]
        memory.add(onset, pitches[at])
        rows["note"].append(setting.note(pitches[at], gap, onset))
        rows["when"].append(setting.when(onset))
        chroma[at] = line.ground.chroma[setting.slot(onset)]
        gap_pointers[at], gap_trust[at] = memory.gaps()
        gap = gap_class(following - onset)
        rows["which"].append(setting.which(following, gap))
        next_chroma[at] = setting.next_chroma(following)
        pitch_pointers[at], pitch_trust[at] = memory.next_pitches(following)
        rows["gap"].append(gap)
        rows["pitch"].append(pitches[at + 1])
    whole = {name: np.array(value, np.int64) for name, value in rows.items()}
    return Decisions(
        whole["note"],
        chroma,
        whole["when"],
        gap_pointers,
        gap_trust,
        whole["which"],
        next_chroma,
        pitch_pointers,
        pitch_trust,
        whole["gap"],
        whole["pitch"],
    )


def without_phrases(decisions: Decisions) -> Decisions:
    """The same decisions for somebody who does not know where phrases begin and what they are called."""
    when, which = decisions.when.copy(), decisions.which.copy()
    when[:, 1:3] = NO_BARS
    which[:, 2:4] = NO_BARS
    gap_pointers, pitch_pointers = decisions.gap_pointers.copy(), decisions.pitch_pointers.copy()
    gap_trust, pitch_trust = decisions.gap_trust.copy(), decisions.pitch_trust.copy()
    for row in PHRASE_POINTERS:
        gap_pointers[:, row], pitch_pointers[:, row] = NO_GAP, NO_PITCH
        gap_trust[:, row], pitch_trust[:, row] = 0.0, 0.0
    return replace(
        decisions,
        when=when,
        which=which,
        gap_pointers=gap_pointers,
        gap_trust=gap_trust,
        pitch_pointers=pitch_pointers,
        pitch_trust=pitch_trust,
    )


def without_density(decisions: Decisions) -> Decisions:
    """The same decisions with no wish for a density."""
    when = decisions.when.copy()
    when[:, 4] = UNTOLD
    return replace(decisions, when=when)
