"""The sound heard while a cue is worked on: the stems of a cue, and the gain of the bus over them.

A sound never changes, so the thread that plays may read one while another thread works on the next. Sounds share what
is alike in them: tiles that no change has reached are the same objects in both. A player that goes from one sound to
the next crossfades for some ten milliseconds, because the notes, and the gain of the bus a little, differ.

Of a long cue a sound does not hold all: what lies far from where the editor listens is told as not ready, and is
rendered again when it is wanted. The sum of the stems is added up as it is heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.media.waveform import STRETCH
from hitpoint.core.render.audition.curve import TiledCurve
from hitpoint.core.render.audition.store import KeptTile
from hitpoint.core.render.mix.levels import CHUNK
from hitpoint.core.render.mix.mix import MixSettings, faded
from hitpoint.core.render.mix.stem import TILE
from hitpoint.core.render.parts.performance import Spans

Tiles = tuple[KeptTile | None, ...]  # one for each ``TILE`` samples of the cue; None where there is nothing to play
Outline = NDArray[np.float32]  # (2, stretches of ``STRETCH`` samples): lowest and highest sample of a tile of the sum


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
        """Samples ``first`` to ``last`` with gain and balance: (n, 2); silence where there is nothing to play."""
        return cut_out(self.tiles, first, last) * self.gains


@dataclass(frozen=True, eq=False)
class AuditionSound:
    """A cue as it sounds. All lengths are samples at 48 kHz.

    Attributes:
        samples: its length.
        stems: one a part, in the score's order.
        settings: how it is mixed.
        curve: gain of the bus.
        ready: stretches (first sample, first after) that can be played and are up to date, in order, none touching the
            next. Elsewhere one hears what was there before, or silence if there is nothing.
        changed: the stretches that differ from the sound the renderer gave before, apart from the curve.
        outlines: of the sum, before fades and bus, a tile each; None where it was never rendered.
        is_settled: whether the curve is the one that the files get, all of the cue being known; else it is near it.
    """

    samples: int
    stems: tuple[Stem, ...]
    settings: MixSettings
    curve: TiledCurve
    ready: Spans
    changed: Spans = ()
    outlines: tuple[Outline | None, ...] = ()
    is_settled: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Of the parts."""
        return tuple(stem.name for stem in self.stems)

    @property
    def is_complete(self) -> bool:
        """Whether all of it can be played and is up to date, though the curve may not be settled."""
        return self.ready == ((0, self.samples),) or not self.samples

    def is_ready(self, first: int, last: int) -> bool:
        """Whether samples ``first`` to ``last`` can be played and are up to date."""
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
        total = np.zeros((end - first, 2), np.float32)
        for stem, gain in zip(self.stems, gains or [1.0] * len(self.stems), strict=True):
            if gain:
                heard = stem.sound(first, end)
                total += heard if gain == 1.0 else heard * np.float32(gain)
        return self._finished(total, first)

    def outline(self, index: int) -> Outline:
        """The lowest and the highest sample of every ``STRETCH`` of a tile under fades and bus, for drawing: (2, n).

        A gain counts as it is in the middle of a stretch of five milliseconds.
        """
        first, last = index * TILE, min((index + 1) * TILE, self.samples)
        middles = np.arange(first, last, STRETCH) + STRETCH // 2
        known = self.outlines[index]
        if known is None:
            return np.zeros((2, len(middles)), np.float32)
        points = self.curve.edges(first // CHUNK, -(-last // CHUNK) + 1)
        gains = np.interp(middles / CHUNK - first // CHUNK, np.arange(len(points)), points)
        fading = faded(np.ones((last - first, 1), np.float32), first, self.samples, self.settings)
        gains *= fading[np.minimum(middles - first, last - first - 1), 0]
        return np.asarray(known * gains, np.float32)

    def _end(self, first: int, last: int | None) -> int:
        return max(self.samples if last is None else min(last, self.samples), first)

    def _finished(self, sound: NDArray[np.float32], first: int) -> NDArray[np.float32]:
        if not len(sound):
            return sound
        gains = self.curve.gains(first, first + len(sound))
        return np.asarray(faded(sound, first, self.samples, self.settings) * gains[:, None], np.float32)


def cut_out(tiles: Sequence[KeptTile | None], first: int, last: int) -> NDArray[np.float32]:
    """Samples ``first`` to ``last`` of tiles: (n, 2)."""
    found = np.zeros((last - first, 2), np.float32)
    for index in range(first // TILE, -(-last // TILE)):
        tile = tiles[index]
        if tile is not None:
            begin, end = max(first, index * TILE), min(last, index * TILE + tile.length)
            found[begin - first : end - first] = tile.rows(begin - index * TILE, end - index * TILE).T
    return found


def outline_of(whole: NDArray[np.float32]) -> Outline:
    """Of a tile of the sum, (n, 2)."""
    count = -(-len(whole) // STRETCH)
    padded = np.zeros((count * STRETCH, 2), np.float32)
    padded[: len(whole)] = whole
    framed = padded.reshape(count, 2 * STRETCH)
    return np.stack([framed.min(axis=1, initial=0.0), framed.max(axis=1, initial=0.0)])
