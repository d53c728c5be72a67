"""The production sound for an audition, decoded by a thread around where it plays: a feature's fits in no memory."""

from __future__ import annotations

from collections import OrderedDict
from threading import Condition, Thread
from typing import Protocol

import numpy as np

from hitpoint.core.timebase import SAMPLE_RATE
from hitpoint.ui.players.sound import Samples

BLOCK = SAMPLE_RATE // 2  # frames that are decoded at once
_AHEAD = 12  # blocks, 6 s
_KEPT = 120  # blocks, a minute, 23 MB


class TimelineSound(Protocol):
    """What is streamed; :class:`hitpoint.core.media.production_mix.ProductionMix` is one."""

    def read(self, first: int, last: int) -> Samples:
        """Frames of the timeline, decoded now."""

    def close(self) -> None:
        """Close all files."""


class ProductionStream:
    """A :class:`~hitpoint.ui.players.sound.SampleSource`. What is not decoded in time is silent.

    Args:
        sound: read on the stream's own thread and nowhere else.
    """

    def __init__(self, sound: TimelineSound) -> None:
        self._sound = sound
        self._changed = Condition()
        self._blocks: OrderedDict[int, Samples] = OrderedDict()
        self._wanted: int | None = None
        self._direction = 1
        self._is_closed = False
        self._thread = Thread(target=self._work, name="production sound", daemon=True)
        self._thread.start()

    def read(self, first: int, count: int) -> Samples:
        """What is there of these frames; what follows is decoded meanwhile."""
        out = np.zeros((count, 2), np.float32)
        with self._changed:
            for number in range(first // BLOCK, (first + count - 1) // BLOCK + 1):
                block = self._blocks.get(number)
                begin, end = max(first, number * BLOCK), min(first + count, (number + 1) * BLOCK)
                if block is not None:
                    out[begin - first : end - first] = block[begin - number * BLOCK : end - number * BLOCK]
        self.prepare(first)
        return out

    def prepare(self, first: int) -> None:
        """Have what lies around a frame decoded soon."""
        with self._changed:
            wanted = max(first, 0) // BLOCK
            if wanted == self._wanted:
                return
            self._direction = -1 if self._wanted is not None and wanted == self._wanted - 1 else 1  # else it is a jump
            self._wanted = wanted
            self._changed.notify()

    def close(self, seconds: float = 0.04) -> None:
        """End the thread, which closes the files.

        It is waited for so long, else no longer than a window may stand still.
        """
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        self._thread.join(seconds)

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._is_closed and self._next_missing() is None:
                    self._changed.wait()
                number = self._next_missing()
                if self._is_closed or number is None:
                    break
            block = self._sound.read(number * BLOCK, (number + 1) * BLOCK)
            with self._changed:
                self._blocks[number] = block
                self._let_go()
        self._sound.close()

    def _next_missing(self) -> int | None:
        """The nearest block ahead that is not there; the next one forward is always wanted: most playing goes there."""
        if self._wanted is None:
            return None
        ahead = [self._wanted, self._wanted + 1, *(self._wanted + self._direction * step for step in range(1, _AHEAD))]
        return next((number for number in ahead if number >= 0 and number not in self._blocks), None)

    def _let_go(self) -> None:
        """Forget what lies farthest from where it plays."""
        wanted = self._wanted or 0
        while len(self._blocks) > _KEPT:
            del self._blocks[max(self._blocks, key=lambda number: abs(number - wanted))]
