"""The store of the audition's tiles: the newest in memory, the others in a file that has no name.

The file is gone when the program ends, however it ends. What is kept never changes, so that any thread may read it
without waiting for the one that renders; its room is given back as soon as nobody holds it any more.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections import deque
from itertools import count
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.render.mix.stem import TILE, Tile

MEMORY_BYTES = 64 << 20
DISK_BYTES = 4 << 30
_SHARE_OF_DISK = 4  # at most that part of what is free is taken
_SLOT = TILE * 2 * 4  # bytes of a tile


class ScratchFile:
    """A file without a name, read and written in places, by any thread.

    Args:
        folder: on whose disk it lies; None for the system's.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - closed when this goes
        weakref.finalize(self, self._file.close)
        self._lock = Lock()  # where a file has one place at which it is read

    def read(self, at: int, size: int) -> bytes:
        """So many bytes from a place on."""
        if hasattr(os, "pread"):
            return os.pread(self._file.fileno(), size, at)
        with self._lock:
            self._file.seek(at)
            return self._file.read(size)

    def write(self, at: int, data: bytes) -> None:
        """Put bytes in a place.

        Raises:
            OSError: if there is no room for them.
        """
        with self._lock:
            self._file.seek(at)
            left = memoryview(data)
            while left:
                left = left[self._file.write(left) :]


class KeptTile:
    """A tile of a store, wherever it lies. Its room is free again when this goes.

    Attributes:
        length: its samples.
    """

    __slots__ = ("_number", "_store", "length")

    def __init__(self, store: TileStore, number: int, length: int) -> None:
        self._store, self._number, self.length = store, number, length

    def rows(self, first: int = 0, last: int | None = None) -> Tile:
        """Its samples ``first`` to ``last``, which are not to be changed: (2, n)."""
        return self._store.rows(self._number, self.length, first, self.length if last is None else last)

    def __del__(self) -> None:
        self._store.release(self._number)


class TileStore:
    """Keeps tiles. One thread puts them in; all may read.

    Nothing here waits for another thread but a write for a write.

    Args:
        memory_bytes: that the newest tiles take.
        disk_bytes: that the file may take, if the disk has four times as much free.
        folder: in which the file lies; None for the system's folder of temporary files. Others may put theirs there.
    """

    def __init__(
        self, memory_bytes: int = MEMORY_BYTES, disk_bytes: int = DISK_BYTES, folder: Path | None = None
    ) -> None:
        self._in_memory = max(memory_bytes // _SLOT, 1)
        free = shutil.disk_usage(folder or tempfile.gettempdir()).free
        self._slots = min(disk_bytes, free // _SHARE_OF_DISK) // _SLOT
        self.folder, self._file = folder, ScratchFile(folder)
        self._numbers = count()
        self._memory: dict[int, Tile] = {}
        self._order: deque[int] = deque()  # of what is in memory, oldest first
        self._places: dict[int, int] = {}  # slot of each tile in the file
        self._free: deque[int] = deque()
        self._used = 0

    @property
    def capacity(self) -> int:
        """Tiles that it holds."""
        return self._in_memory + self._slots

    @property
    def bytes_in_memory(self) -> int:
        """The bytes that the tiles in memory take."""
        return len(self._memory) * _SLOT

    def keep(self, tile: Tile) -> KeptTile:
        """Take a tile in; without room for it in the file it stays in memory."""
        number = next(self._numbers)
        self._memory[number] = tile if tile.base is None else tile.copy()
        self._order.append(number)
        kept = KeptTile(self, number, tile.shape[1])
        while len(self._memory) > self._in_memory and self._move_out():
            pass
        return kept

    def rows(self, number: int, length: int, first: int, last: int) -> Tile:
        """Samples of a tile that is kept: (2, n)."""
        tile = self._memory.get(number)
        if tile is not None:
            return tile[:, first:last]
        at = self._places[number] * _SLOT
        if (first, last) == (0, length):
            return _floats(self._file.read(at, 8 * length)).reshape(2, length)
        rows = [self._file.read(at + 4 * (row * length + first), 4 * (last - first)) for row in range(2)]
        return np.stack([_floats(row) for row in rows])

    def release(self, number: int) -> None:
        """Nobody holds a tile any more; from any thread."""
        self._memory.pop(number, None)
        self._release_slot(number)

    def _release_slot(self, number: int) -> None:
        slot = self._places.pop(number, None)
        if slot is not None:
            self._free.append(slot)

    def _move_out(self) -> bool:
        """Put the oldest tile that is in memory into the file; False if there is no room."""
        while self._order and self._order[0] not in self._memory:
            self._order.popleft()
        slot = self._slot() if self._order else None
        if slot is None:
            return False
        number = self._order[0]
        tile = self._memory.get(number)
        if tile is None:
            self._free.append(slot)
            return True
        try:
            self._file.write(slot * _SLOT, np.ascontiguousarray(tile).tobytes())
        except OSError:  # the disk is full: what is there can be used again, and no more
            self._free.append(slot)
            self._slots = self._used - len(self._free)
            return False
        self._places[number] = slot
        self._order.popleft()
        if self._memory.pop(number, None) is None:  # it was let go of meanwhile
            self._release_slot(number)
        return True

    def _slot(self) -> int | None:
        if self._used - len(self._free) >= self._slots:
            return None
        if self._free:
            return self._free.popleft()
        self._used += 1
        return self._used - 1


def _floats(data: bytes) -> NDArray[np.float32]:
    return np.frombuffer(data, np.float32)
