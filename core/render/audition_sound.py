"""What is heard while a cue is worked on: the stems of a cue in memory, and the gain of the bus over them.

A sound never changes, so the thread that plays may read one while another thread works on the next. Sounds share what
is alike in them: tiles of samples that no change has reached are the same arrays in both. A player that goes from one
sound to the next crossfades for some ten milliseconds, because the notes, and the gain of the bus a little, differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.render.bus import GainCurve
from hitpoint.core.render.mix import MixSettings, balanced, faded

TILE = 1 << 16  # samples that are rendered, and shared between sounds, together: 1.37 s

Tile = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Stem:
    """One part with its room, before its gain, the fades and the bus.

    Attributes:
        name: of the part.
        gains: (2,) to the left and to the right, of its gain and balance.
        tiles: one for each ``TILE`` samples of the cue, (``TILE``, 2) or less at the end; None where nothing has been
            rendered yet.
    """

    name: str
    gains: NDArray[np.float32]
    tiles: tuple[Tile | None, ...]

    def sound(self, first: int, last: int) -> NDArray[np.float32]:
        """Samples ``first`` to ``last`` with gain and balance: (n, 2); silence where nothing has been rendered."""
        found = np.zeros((last - first, 2), np.float32)
        for index in range(first // TILE, -(-last // TILE)):
            tile = self.tiles[index]
            if tile is not None:
                begin, end = max(first, index * TILE), min(last, index * TILE + len(tile))
                found[begin - first : end - first] = balanced(tile[begin % TILE :][: end - begin], self.gains)
        return found


@dataclass(frozen=True, eq=False)
class AuditionSound:
    """A cue as it sounds. All lengths are samples at 48 kHz.

    Attributes:
        samples: its length.
        stems: one a part, in the score's order.
        settings: how it is mixed.
        curve: gain of the bus.
        ready: stretches (first sample, first after) that are up to date, in order, none touching the next. Elsewhere
            one hears what was there before, or silence if there was nothing.
        changed: the stretches that differ from the sound the renderer gave before, apart from the curve.
        is_settled: whether all is up to date and the curve is the one that the files get; else the curve is near it.
    """

    samples: int
    stems: tuple[Stem, ...]
    settings: MixSettings
    curve: GainCurve
    ready: tuple[tuple[int, int], ...]
    changed: tuple[tuple[int, int], ...] = ()
    is_settled: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Of the parts."""
        return tuple(stem.name for stem in self.stems)

    @property
    def is_complete(self) -> bool:
        """Whether all of it is up to date, though the curve may not be settled."""
        return self.ready == ((0, self.samples),) or not self.samples

    def is_ready(self, first: int, last: int) -> bool:
        """Whether samples ``first`` to ``last`` are up to date."""
        return any(begin <= first and last <= end for begin, end in self.ready)

    def stem(self, index: int, first: int = 0, last: int | None = None) -> NDArray[np.float32]:
        """A stem as the files have it, gain, room, fades and bus: samples ``first`` to ``last``, (n, 2), -1..1."""
        end = self.samples if last is None else min(last, self.samples)
        sound = faded(self.stems[index].sound(first, end), first, self.samples, self.settings)
        return np.asarray(sound * self.curve.gains(first, end)[:, None], np.float32)

    def mix(self, first: int = 0, last: int | None = None, gains: Sequence[float] | None = None) -> NDArray[np.float32]:
        """The sum of the stems from sample ``first`` to ``last``: (n, 2), nothing beyond the end of the cue.

        Args:
            first: 0 or more.
            last: None for the end of the cue.
            gains: linear, one a part: 0 mutes it; None plays all as they are.
        """
        end = self.samples if last is None else min(last, self.samples)
        total = np.zeros((max(end - first, 0), 2), np.float32)
        if end <= first:
            return total
        for stem, gain in zip(self.stems, gains or [1.0] * len(self.stems), strict=True):
            if gain:
                sound = stem.sound(first, end)
                total += sound if gain == 1.0 else sound * np.float32(gain)
        total = faded(total, first, self.samples, self.settings)
        return np.asarray(total * self.curve.gains(first, end)[:, None], np.float32)
