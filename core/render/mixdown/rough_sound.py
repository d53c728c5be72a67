"""The sound of the parts between the two passes of a mixdown: 32-bit floats, and which stretches of them are there.

Each part is divided into chunks of 8 tiles (11 seconds), which may be played in any order and by several processes. A
chunk that was played is noted in a journal with its checksum, so that a mixdown that was stopped goes on where it was:
what the journal does not know, or whose checksum is another one, is played again.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.render.mix.stem import TILE, tile_count

CHUNK_TILES = 8
BYTES_PER_SAMPLE = 8
_JOURNAL = "played"
_READ_AT_ONCE = 1 << 22


@dataclass(frozen=True)
class Chunk:
    """Tiles ``first`` to ``end`` (exclusive) of a part, which is told by its number in the score."""

    part: int
    first: int
    end: int


def chunks_of(parts: int, samples: int) -> list[list[Chunk]]:
    """The chunks of each part, in order."""
    tiles = tile_count(samples)
    edges = [*range(0, tiles, CHUNK_TILES), tiles]
    return [[Chunk(part, first, end) for first, end in pairwise(edges) if first < end] for part in range(parts)]


class RoughSound:
    """The files of the parts in a folder, which must be there; each is ``samples`` long.

    Args:
        folder: theirs alone.
        samples: length of the cue.
        keeps: whether what was played is noted for another run.
    """

    def __init__(self, folder: Path, samples: int, *, keeps: bool = False) -> None:
        self._folder, self.samples, self.keeps = folder, samples, keeps

    def write(self, chunk: Chunk, tiles: Iterator[NDArray[np.float32]]) -> int:
        """Write the tiles (n, 2) of a chunk in its place; answers their checksum."""
        total = 0
        path = self._path(chunk.part)
        path.touch()
        with path.open("r+b") as file:
            file.seek(chunk.first * TILE * BYTES_PER_SAMPLE)
            for tile in tiles:
                data = np.ascontiguousarray(tile, "<f4").tobytes()
                file.write(data)
                total = zlib.crc32(data, total) if self.keeps else 0
        return total

    def read(self, part: int, first: int, count: int) -> NDArray[np.float32]:
        """Samples of a part: (count, 2)."""
        flat = np.fromfile(self._path(part), "<f4", count * 2, offset=first * BYTES_PER_SAMPLE)
        return flat.reshape(count, 2).astype(np.float32, copy=False)

    def note(self, chunk: Chunk, checksum: int) -> None:
        """Remember that a chunk is there."""
        if self.keeps:
            with (self._folder / _JOURNAL).open("a", encoding="ascii") as file:
                file.write(f"{chunk.part} {chunk.first} {chunk.end} {checksum}\n")

    def missing(self, chunks: Sequence[Chunk]) -> list[Chunk]:
        """Those of the chunks that are not there, or not whole."""
        noted = self._noted() if self.keeps else {}
        return [chunk for chunk in chunks if chunk not in noted or self._checksum(chunk) != noted[chunk]]

    def _noted(self) -> dict[Chunk, int]:
        found = {}
        with suppress(OSError, UnicodeDecodeError):
            for line in (self._folder / _JOURNAL).read_text(encoding="ascii").splitlines():
                with suppress(ValueError):  # a line that was cut short
                    part, first, end, checksum = map(int, line.split())
                    found[Chunk(part, first, end)] = checksum
        return found

    def _checksum(self, chunk: Chunk) -> int | None:
        left = (min(chunk.end * TILE, self.samples) - chunk.first * TILE) * BYTES_PER_SAMPLE
        total = 0
        try:
            with self._path(chunk.part).open("rb") as file:
                file.seek(chunk.first * TILE * BYTES_PER_SAMPLE)
                while left > 0 and (data := file.read(min(left, _READ_AT_ONCE))):
                    total, left = zlib.crc32(data, total), left - len(data)
        except OSError:
            return None
        return None if left else total

    def _path(self, part: int) -> Path:
        return self._folder / f"{part}.f32"
