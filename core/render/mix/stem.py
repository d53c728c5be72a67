"""A part in its room, a tile at a time: what the files and the audition are made of.

A tile is 65 536 samples of the cue, counted from its start; the last one is cut short by the end. Gain, balance, fades
and bus come after, because they are a number a sample: changing them costs no rendering.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.music.score import Part
from hitpoint.core.render.mix.mix import MixSettings, room_send
from hitpoint.core.render.mix.room import PARTITION, Room, RoomKernel, room_kernel
from hitpoint.core.render.parts.performance import Performance

TILE = 2 * PARTITION  # samples: 1.37 s

Tile = NDArray[np.float32]  # left above right: (2, n)


def tile_count(samples: int) -> int:
    """Tiles that so many samples take."""
    return -(-samples // TILE)


def kernel_of(part: Part, settings: MixSettings) -> RoomKernel:
    """The room of a part."""
    return room_kernel(settings.room_decibels + room_send(part), settings.room_seconds, settings.room_seed)


class StemPlayer:
    """Renders the tiles of one part, best in order.

    Args:
        played: the part.
        kernel: of its room.
        samples: length of the cue.
    """

    def __init__(self, played: Performance, kernel: RoomKernel, samples: int) -> None:
        self._played, self._kernel, self._samples = played, kernel, samples
        self._room, self._next = Room(kernel), 0

    def tile(self, index: int) -> Tile:
        """One tile: (2, ``TILE``), or less at the end of the cue."""
        if index != self._next:
            self._room = Room(self._kernel)
            for before in range(max(index * 2 - self._kernel.memory, 0), index * 2):
                self._room.prime(self._played.sound(before * PARTITION, (before + 1) * PARTITION))
        self._next = index + 1
        heard = self._room.heard(self._played.sound(index * TILE, (index + 1) * TILE))
        return heard[:, : self._samples - index * TILE]
