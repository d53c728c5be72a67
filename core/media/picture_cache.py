"""Pictures that were seen lately, as many as fit into a given memory."""

from __future__ import annotations

from collections import OrderedDict
from fractions import Fraction
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

Key = tuple[Path, Fraction, int]  # file, seconds into it, height in pixels


class PictureCache:
    """Least recently used pictures go first. Any thread may ask.

    Args:
        limit: bytes of pixels that are kept; the picture put last always stays.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = Lock()
        self._pictures: OrderedDict[Key, NDArray[np.uint8]] = OrderedDict()
        self._bytes = 0

    @property
    def bytes(self) -> int:
        """The bytes kept now."""
        return self._bytes

    def get(self, key: Key) -> NDArray[np.uint8] | None:
        """A picture, which counts as used now."""
        with self._lock:
            pixels = self._pictures.get(key)
            if pixels is not None:
                self._pictures.move_to_end(key)
            return pixels

    def put(self, key: Key, pixels: NDArray[np.uint8]) -> None:
        """Keep a picture, and let old ones go."""
        with self._lock:
            before = self._pictures.pop(key, None)
            self._bytes += pixels.nbytes - (before.nbytes if before is not None else 0)
            self._pictures[key] = pixels
            while self._bytes > self._limit and len(self._pictures) > 1:
                _, gone = self._pictures.popitem(last=False)
                self._bytes -= gone.nbytes
