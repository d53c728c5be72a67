"""What is heard while a cue is worked on: the stems of a cue in memory, and the gain of the bus over them.

A sound never changes, so the thread that plays may read one while another thread works on the next. Sounds share what
is alike in them: tiles that no change has reached are the same arrays in both. A player that goes from one sound to the
next crossfades for some ten milliseconds, because the notes, and the gain of the bus a little, differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.render.bus import GainCurve
from hitpoint.core.render.mix import MixSettings, faded
from hitpoint.core.render.performance import Spans
from hitpoint.core.render.stem import TILE, Tile

Tiles = tuple[Tile | None, ...]  # one for each ``TILE`` samples of the cue; None where nothing has been rendered yet


@dataclass(frozen=True, eq=False)
class Stem:
    """One part with its room, before its gain, the fades and the bus.

    Attributes:
        name: of the part.
        gains: (2,) to the left and to the right, of its gain and balance.
        tiles: its sound.
    """

    name: str
    gains: NDArray[np.float32]
    tiles: Tiles

    def sound(self, first: int, last: int) -> NDArray[np.float32]:
        """Samples ``first`` to ``last`` with gain and balance: (n, 2); silence where nothing has been rendered."""
        return cut_out(self.tiles, first, last) * self.gains


@dataclass(frozen=True, eq=False)
class AuditionSound:
    """A cue as it sounds. All lengths are samples at 48 kHz.

    Attributes:
        samples: its length.
        stems: one a part, in the score's order.
        whole: the sum of the stems with their gains.
        settings: how it is mixed.
        curve: gain of the bus.
        ready: stretches (first sample, first after) that are up to date, in order, none touching the next. Elsewhere
            one hears what was there before, or silence if there was nothing.
        changed: the stretches that differ from the sound the renderer gave before, apart from the curve.
        is_settled: whether all is up to date and the curve is the one that the files get; else the curve is near it.
    """

    samples: int
    stems: tuple[Stem, ...]
    whole: Tiles
    settings: MixSettings
    curve: GainCurve
    ready: Spans
    changed: Spans = ()
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
        return any(begin <= first and min(last, self.samples) <= end for begin, end in self.ready)

    def stem(self, index: int, first: int = 0, last: int | None = None) -> NDArray[np.float32]:
        """A stem as the files have it, gain, room, fades and bus: samples ``first`` to ``last``, (n, 2), -1..1."""
        end = self._end(first, last)
        return self._finished(self.stems[index].sound(first, end), first)

    def mix(self, first: int = 0, last: int | None = None, gains: Sequence[float] | None = None) -> NDArray[np.float32]:
        """The sum of the stems from sample ``first`` to ``last``: (n, 2), nothing beyond the end of the cue.

        Args:
            first: 0 or more.
            last: None for the end of the cue.
            gains: linear, one a part: 0 mutes it; None plays all as they are.
        """
        end = self._end(first, last)
        if gains is None:
            return self._finished(cut_out(self.whole, first, end), first)
        total = np.zeros((end - first, 2), np.float32)
        for stem, gain in zip(self.stems, gains, strict=True):
            if gain:
                total += stem.sound(first, end) * np.float32(gain)
        return self._finished(total, first)

    def _end(self, first: int, last: int | None) -> int:
        return max(self.samples if last is None else min(last, self.samples), first)

    def _finished(self, sound: NDArray[np.float32], first: int) -> NDArray[np.float32]:
        if not len(sound):
            return sound
        gains = self.curve.gains(first, first + len(sound))
        return np.asarray(faded(sound, first, self.samples, self.settings) * gains[:, None], np.float32)


def cut_out(tiles: Sequence[Tile | None], first: int, last: int) -> NDArray[np.float32]:
    """Samples ``first`` to ``last`` of tiles: (n, 2)."""
    found = np.zeros((last - first, 2), np.float32)
    for index in range(first // TILE, -(-last // TILE)):
        tile = tiles[index]
        if tile is not None:
            begin, end = max(first, index * TILE), min(last, index * TILE + tile.shape[1])
            found[begin - first : end - first] = tile[:, begin - index * TILE : end - index * TILE].T
    return found
