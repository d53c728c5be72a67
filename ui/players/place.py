"""Where an audition is: plain arithmetic of positions, speeds and loops, in frames of 48 kHz."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

SHORTEST_LOOP = 480  # frames, 10 ms: what is shorter hums


@dataclass(frozen=True)
class Run:
    """A stretch that is read without a jump.

    Attributes:
        count: output frames until its end, at least 1.
        after: the place after it.
        jumps: whether ``after`` lies elsewhere than straight on.
        straight: position straight on.
    """

    count: int
    after: Place
    jumps: bool
    straight: float


@dataclass(frozen=True)
class Place:
    """A position on the timeline and how it moves.

    Attributes:
        position: of the next sample, in frames; a whole number at speed 1.
        speed: timeline frames per output frame; 0 is rest.
        loop: start and end (exclusive) of what is repeated; it counts for who comes to its end from inside.
        end: length of the timeline.
        until: where playing forward ends if it comes there from before; None for the end of the timeline.
    """

    position: float = 0.0
    speed: float = 0.0
    loop: tuple[int, int] | None = None
    end: int = 0
    until: int | None = None

    def at_speed(self, speed: float) -> Place:
        """The same place at another speed; at 1 it is on a whole frame."""
        position = float(math.floor(self.position)) if speed in (0.0, 1.0) else self.position
        return replace(self, speed=speed, position=position)

    def run(self, most: int) -> Run:
        """How the next stretch goes, ``most`` output frames at the longest."""
        if not self.speed:
            return Run(most, self, False, self.position)
        if self.speed > 0:
            return self._forward(most)
        return self._backward(most)

    def _forward(self, most: int) -> Run:
        loop = self._loop()
        last = self.end if self.until is None or self.position >= self.until else min(self.until, self.end)
        edge = min(loop[1], last) if loop and self.position < loop[1] else last
        count = math.ceil((edge - self.position) / self.speed)
        if count > most:
            return self._straight(most)
        straight = self.position + max(count, 0) * self.speed
        if loop and edge == loop[1]:
            after = replace(self, position=loop[0] + (straight - edge) % (loop[1] - loop[0]))
            return Run(count, after, True, straight)
        return self._stopped(count, float(edge), straight)

    def _backward(self, most: int) -> Run:
        loop = self._loop()
        edge = loop[0] if loop and self.position >= loop[0] else 0
        count = math.floor((edge - self.position) / self.speed) + 1
        if count > most:
            return self._straight(most)
        straight = self.position + count * self.speed
        if loop and edge == loop[0]:
            after = replace(self, position=loop[1] - (edge - straight) % (loop[1] - loop[0]))
            return Run(count, after, True, straight)
        return self._stopped(count, 0.0, straight)

    def _loop(self) -> tuple[int, int] | None:
        if self.loop is None:
            return None
        start, end = max(self.loop[0], 0), min(self.loop[1], self.end)
        return (start, end) if end - start >= SHORTEST_LOOP else None

    def _straight(self, count: int) -> Run:
        position = self.position + count * self.speed
        return Run(count, replace(self, position=position), False, position)

    def _stopped(self, count: int, position: float, straight: float) -> Run:
        return Run(max(count, 0), replace(self, position=position, speed=0.0), True, straight)
