"""The bank of played textures: bars that people played on a piano, as chord tones, rhythm and touch.

The file is made by :mod:`hitpoint.core.training.data.piano_textures`. A *figure* is the number of one bar: four times
its chain,
plus its place in the chain. What a note sounds is decided by the chord it is laid on (:mod:`accompaniment`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

CHAIN_BARS = 4
METRES = ("4/4", "3/4", "6/8")
SLOTS = (16, 12, 12)  # sixteenths a bar of each metre
BASS, ROOT, THIRD, FIFTH, SEVENTH, OTHER = range(6)  # what a note was in its chord


@dataclass(frozen=True)
class BankNote:
    """One note of a bar.

    Attributes:
        slot: sixteenth of its bar.
        length: in sixteenths.
        is_high: whether the upper hand plays it.
        function: which tone of the chord it is, BASS .. OTHER.
        height: semitones above the bass, or, in the upper hand, above the middle of the hand.
        velocity: louder or softer than its chain's mean.
    """

    slot: int
    length: int
    is_high: bool
    function: int
    height: int
    velocity: int


@dataclass(frozen=True, eq=False)
class TextureBank:
    """All chains; their notes bar by bar.

    Attributes:
        metres: (n,) index into :data:`METRES` of each chain.
        songs: (n,) number of the song each chain is from.
        harmonies: (n,) fingerprint of the chords each chain was played on, a chord each half bar.
        ends: (4 n,) number of the first note after each bar.
        notes: (m, 5) sixteenth, length, hand (8 for the upper) plus function, height, velocity.
    """

    metres: NDArray[np.int64]
    songs: NDArray[np.int64]
    harmonies: NDArray[np.int64]
    ends: NDArray[np.int64]
    notes: NDArray[np.int64]

    def bar(self, figure: int) -> tuple[BankNote, ...]:
        """The notes of a bar, in order of time, then hand, then height."""
        rows = self.notes[int(self.ends[figure] - self.counts[figure]) : int(self.ends[figure])].tolist()
        return tuple(
            BankNote(slot, length, voice >= 8, voice % 8, height, touch) for slot, length, voice, height, touch in rows
        )

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """(4 n,) notes of each bar."""
        sizes: NDArray[np.int64] = np.diff(self.ends, prepend=0)
        return sizes

    @cached_property
    def strikes(self) -> NDArray[np.bool_]:
        """(4 n, 16) whether anything is struck at each sixteenth of a bar."""
        found = np.zeros((len(self.ends), max(SLOTS)), dtype=np.bool_)
        found[self._bar_of_note, self.notes[:, 0]] = True
        return found

    @cached_property
    def foreign(self) -> NDArray[np.int64]:
        """(4 n,) notes of each bar that are outside their chord."""
        return np.bincount(self._bar_of_note[self.notes[:, 2] % 8 == OTHER], minlength=len(self.ends)).astype(np.int64)

    @cached_property
    def _bar_of_note(self) -> NDArray[np.int64]:
        return np.repeat(np.arange(len(self.ends)), self.counts)

    @cached_property
    def profiles(self) -> NDArray[np.int64]:
        """(n, 16) in how many of a chain's four bars each sixteenth is struck."""
        counts: NDArray[np.int64] = self.strikes.reshape(-1, CHAIN_BARS, max(SLOTS)).sum(1, dtype=np.int64)
        return counts

    @cached_property
    def repeated(self) -> NDArray[np.int64]:
        """(n,) how many of a chain's bars have the rhythm of another before them."""
        bars = [row.tobytes() for row in self.strikes]
        chains = (bars[first : first + CHAIN_BARS] for first in range(0, len(bars), CHAIN_BARS))
        return np.array([CHAIN_BARS - len(set(chain)) for chain in chains], dtype=np.int64)

    def chains_in(self, metre: str) -> range:
        """The chains of a metre; they stand together. Empty for a metre that the bank does not have."""
        if metre not in METRES:
            return range(0)
        own = np.flatnonzero(self.metres == METRES.index(metre))
        return range(int(own[0]), int(own[-1]) + 1) if len(own) else range(0)


@cache
def piano_bank() -> TextureBank:
    """The bank that ships: what pianists of POP909 play."""
    with (files("hitpoint.resources") / "textures" / "piano.npz").open("rb") as file, np.load(file) as content:
        arrays = {name: content[name].astype(np.int64) for name in content.files}
    notes = np.stack([arrays[name] for name in ("slot", "length", "voice", "height", "velocity")], axis=1)
    return TextureBank(arrays["metre"], arrays["song"], arrays["harmony"], np.cumsum(arrays["sizes"]), notes)
