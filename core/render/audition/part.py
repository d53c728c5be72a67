"""One part of a cue that is worked on: how it is played, and which tiles of it are kept."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.music.score import Part
from hitpoint.core.render.audition.sound import Stem
from hitpoint.core.render.audition.store import KeptTile, TileStore
from hitpoint.core.render.mix.room import PARTITION, RoomKernel
from hitpoint.core.render.mix.stem import TILE, StemPlayer, Tile, tile_count
from hitpoint.core.render.parts.performance import Performance, Spans

PartKey = tuple[str, int, int, int]  # name, bank, program, channel


class KeptPart:
    """A part as it was rendered last.

    Args:
        part: as the score has it.
        played: how the synthesiser plays it.
        kernel: its room.
        gains: (2,).
        samples: length of the cue.

    Attributes:
        tiles: None where there is none yet, or none any more.
        stale: the tiles that are not as it is played.
    """

    def __init__(
        self, part: Part, played: Performance, kernel: RoomKernel, gains: NDArray[np.float32], samples: int
    ) -> None:
        self.part, self.kernel, self.gains = part, kernel, gains
        self._played, self._samples = played, samples
        self._player = StemPlayer(played, kernel, samples)
        self.tiles: list[KeptTile | None] = [None] * tile_count(samples)
        self.stale = set(range(len(self.tiles)))

    @property
    def key(self) -> PartKey:
        """The same for the same player of two scores."""
        return self.part.name, self.part.bank, self.part.program, self.part.channel

    def is_mixed_like(self, other: KeptPart) -> bool:
        """Whether the same tiles give the same share of the sum."""
        return self.key == other.key and bool(np.array_equal(self.gains, other.gains))

    def stem(self) -> Stem:
        """The stem as far as it is rendered now."""
        return Stem(self.part.name, self.gains, tuple(self.tiles))

    def take_over(self, old: KeptPart, store: TileStore) -> None:
        """Keep of what was rendered in the same room all that sounds the same."""
        count = len(self.tiles)
        fitted = old.tiles[:count] + [None] * (count - len(old.tiles))
        self.tiles = [self._cut_short(tile, index, store) for index, tile in enumerate(fitted)]
        reached = _tiles_reached(self._played.differences(old._played), self.kernel, count)
        self.stale = {index for index in old.stale | reached if index < count}

    def rendered(self, index: int, store: TileStore) -> Tile:
        """A tile that is up to date: (2, n)."""
        kept = self.tiles[index]
        if kept is not None and index not in self.stale:
            return kept.rows()
        tile = self._player.tile(index)
        self.tiles[index] = store.keep(tile)
        self.stale.discard(index)
        return tile

    def _cut_short(self, tile: KeptTile | None, index: int, store: TileStore) -> KeptTile | None:
        """A tile as long as the cue has it; None if it is too short for that."""
        length = min(TILE, self._samples - index * TILE)
        if tile is None or tile.length == length:
            return tile
        return store.keep(tile.rows(0, length)) if tile.length > length else None


def _tiles_reached(spans: Spans, kernel: RoomKernel, count: int) -> set[int]:
    """The tiles in which a difference in the dry sound is heard, or moves the last bit of what is heard."""
    per_tile = TILE // PARTITION
    found: set[int] = set()
    for first, last in spans:
        last_piece = (last - 1) // PARTITION + kernel.memory
        found.update(range(min(first // TILE, count), min(last_piece // per_tile + 1, count)))
    return found
