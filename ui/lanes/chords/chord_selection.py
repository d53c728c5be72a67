"""How a selection of chords moves and grows. No Qt.

A selection is a range of steps ``(first, end)``, end exclusive. It has an anchor, the range it began with, which stays
selected while it is made longer.
"""

from __future__ import annotations

from bisect import bisect_right

Span = tuple[int, int]


class ChordSelection:
    """The anchor of a selection.

    Args:
        blocks: steps at which blocks of one chord begin, and the number of steps.
    """

    def __init__(self, blocks: tuple[int, ...] = ()) -> None:
        self._blocks = blocks
        self._anchor: Span = (0, 0)
        self._reach = 0  # the step up to which it was made longer

    def of_block(self, step: int) -> Span:
        """The block that a step lies in."""
        place = bisect_right(self._blocks, step) - 1
        return self._anchored((self._blocks[place], self._blocks[place + 1]))

    def of_step(self, step: int) -> Span:
        """A step alone."""
        return self._anchored((step, step + 1))

    def extended_to(self, step: int) -> Span:
        """From the anchor up to a step, whichever comes first."""
        self._reach = step
        return min(self._anchor[0], step), max(self._anchor[1], step + 1)

    def next_block(self, now: Span | None, by: int, near: int) -> Span:
        """The block after (1) or before (-1) a selection; the one at the step ``near`` if there is none."""
        if now is None:
            return self.of_block(near)
        step = now[1] if by > 0 else now[0] - 1
        return self.of_block(min(max(step, 0), self._blocks[-1] - 1))

    def next_step(self, now: Span | None, by: int, near: int, count: int) -> Span:
        """The step after (1) or before (-1) a selection; the step ``near`` if there is none."""
        if now is None:
            return self.of_step(near)
        return self.of_step(min(max(now[1] if by > 0 else now[0] - 1, 0), count - 1))

    def grown(self, now: Span | None, by: int, near: int, count: int) -> Span:
        """One step longer or shorter, at the end that is not the anchor."""
        if now is None:
            return self.of_step(near)
        if not (now[0] <= self._anchor[0] and self._anchor[1] <= now[1]):
            self._anchored(now)
        first, end = self._anchor
        inside = first <= self._reach < end
        reach = (end - 1 if by > 0 else first) if inside else self._reach
        return self.extended_to(min(max(reach + by, 0), count - 1))

    def _anchored(self, span: Span) -> Span:
        self._anchor, self._reach = span, span[0]
        return span
