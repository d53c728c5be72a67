"""The players of a mixdown, and when all is played."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Condition

from hitpoint.core.render.mixdown.rough_sound import Chunk

_Run = list[Chunk]  # each where the one before ends


class Board:
    """Hands out chunks and keeps count. Any thread may ask.

    A player gets what follows its last chunk, because the notes that sound and the room are there already. Who comes to
    an end begins a part that nobody has begun, and then the second half of the longest stretch that somebody else has
    before
    him: so all come to the end within a chunk of each other.

    Args:
        waiting: chunks of each part, in order; parts with most to do first.
    """

    def __init__(self, waiting: Sequence[Sequence[Chunk]]) -> None:
        self._runs: list[_Run] = [run for chunks in waiting for run in _runs(chunks)]
        self._untouched = list(self._runs)
        self._taken: list[Chunk] = []
        self._changed = Condition()
        self.total, self.done = sum(map(len, self._runs)), 0

    def take(self, last: Chunk | None) -> Chunk | None:
        """The next chunk for somebody who has played ``last``, if anything; None if nothing waits."""
        with self._changed:
            run = self._following(last) or self._begun(last) or self._half()
            if run is None:
                return None
            chunk = run.pop(0)
            if not run:
                self._runs.remove(run)
            self._taken.append(chunk)
            return chunk

    def finish(self, chunk: Chunk) -> bool:
        """A chunk was played; False if somebody else had finished it."""
        with self._changed:
            self._changed.notify_all()
            if chunk not in self._taken:
                return False
            self._taken.remove(chunk)
            self.done += 1
            return True

    def give_back(self, chunk: Chunk) -> None:
        """A chunk was not played after all."""
        with self._changed:
            self._changed.notify_all()
            if chunk in self._taken:
                self._taken.remove(chunk)
                self._runs.append([chunk])

    def left_over(self, seconds: float) -> Chunk | None:
        """After a while at most: a chunk that is still being played elsewhere; None if something has changed."""
        with self._changed:
            if self._changed.wait(seconds) or not self._taken:
                return None
            return self._taken[0]

    @property
    def is_done(self) -> bool:
        """Whether all is played."""
        return self.done == self.total

    def _following(self, last: Chunk | None) -> _Run | None:
        if last is None:
            return None
        return next((run for run in self._runs if (run[0].part, run[0].first) == (last.part, last.end)), None)

    def _begun(self, last: Chunk | None) -> _Run | None:
        """A stretch that nobody has begun, best of the same part."""
        if not self._untouched:
            return None
        own = (run for run in self._untouched if last is not None and run[0].part == last.part)
        run = next(own, self._untouched[0])
        self._untouched = [other for other in self._untouched if other is not run]
        return run

    def _half(self) -> _Run | None:
        """The second half of the longest stretch, which is a stretch of its own from now on."""
        longest = max(self._runs, key=len, default=None)
        if longest is None or len(longest) == 1:
            return longest
        middle = len(longest) // 2
        half, longest[middle:] = longest[middle:], []
        self._runs.append(half)
        return half


def _runs(chunks: Sequence[Chunk]) -> list[_Run]:
    """Chunks in order, as stretches without gaps."""
    found: list[_Run] = []
    for chunk in chunks:
        if found and found[-1][-1].end == chunk.first:
            found[-1].append(chunk)
        else:
            found.append([chunk])
    return found
