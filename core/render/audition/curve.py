"""The gain of the bus over a cue that may last hours: whole numbers of ten-thousandths of a decibel, a tile at a time.

``bus.py`` rounds its decibels to just that, so nothing is lost; and what one curve has in common with the next is the
same arrays in both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.cue.sound import Level
from hitpoint.core.machine.exact import decibels_of, gain_of
from hitpoint.core.render.mix.levels import CHUNK
from hitpoint.core.render.mix.stem import TILE

CHUNKS = TILE // CHUNK  # of a tile
_UNITS = 10_000.0  # of a decibel

CurveTile = NDArray[np.int32]
"""Gain at the left edge of each chunk of a tile, and in the cue's last tile at its end: (chunks,) or one more."""


def curve_tile(points: NDArray[np.float64]) -> CurveTile:
    """A stretch of a gain (linear) that ``bus.py`` has worked out."""
    return np.rint(_UNITS * decibels_of(points)).astype(np.int32)


@dataclass(frozen=True, eq=False)
class TiledCurve:
    """A gain that varies in time, linear between points that lie a chunk apart.

    Attributes:
        chunks: of the cue.
        tiles: one for each tile; None, which is a gain of 1, where nothing is known yet.
        gain_decibels: the constant part of it.
        deepest_limiting: decibels, 0 or less, where it was worked out last.
        level: what of it hangs on the whole cue; None while that is a guess, or for silence.
    """

    chunks: int
    tiles: tuple[CurveTile | None, ...]
    gain_decibels: float
    deepest_limiting: float
    level: Level | None = None

    @property
    def points(self) -> NDArray[np.float64]:
        """(chunks + 1,) linear gain at the edges of the chunks."""
        return self.edges(0, self.chunks + 1)

    def gains(self, first: int, last: int) -> NDArray[np.float64]:
        """At samples ``first`` to ``last`` (exclusive) of the cue: (n,)."""
        left = first // CHUNK
        points = self.edges(left, min(last // CHUNK + 2, self.chunks + 1))
        return np.interp(np.arange(first, last) / CHUNK - left, np.arange(len(points)), points)

    def edges(self, first: int, last: int) -> NDArray[np.float64]:
        """The points at edges ``first`` to ``last`` (exclusive)."""
        found = np.zeros(last - first)
        ends = len(self.tiles) - 1
        for index in range(min(first // CHUNKS, ends), min((last - 1) // CHUNKS, ends) + 1) if self.tiles else ():
            tile, place = self.tiles[index], index * CHUNKS
            if tile is not None:
                begin, end = max(first, place), min(last, place + len(tile))
                found[begin - first : end - first] = tile[begin - place : end - place]
        return gain_of(found / _UNITS)
