"""Pieces: stretches of the old and the new timeline that show the same source.

Frames count from 0 at the start of each timeline, ends are exclusive. The two timelines may have different rates.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from hitpoint.core.timebase import FrameRate


@dataclass(frozen=True)
class Piece:
    """Frames of an old and of a new shot that belong together.

    Attributes:
        old_shot: number of the shot in the old edit.
        new_shot: likewise in the new one.
        old_start: first frame on the old timeline.
        old_end: first frame after it.
        new_start: first frame on the new timeline.
        new_end: first frame after it.
        in_order: whether it still stands in line with the other pieces; a shot that was moved does not.
        slip: frames by which what is seen lies later than in the old shot, where a shot of the same length was slipped.
    """

    old_shot: int
    new_shot: int
    old_start: int
    old_end: int
    new_start: int
    new_end: int
    in_order: bool = True
    slip: int = 0


@dataclass(frozen=True)
class Link:
    """A piece in exact seconds from the start of each timeline."""

    old_start: Fraction
    old_end: Fraction
    new_start: Fraction
    new_end: Fraction

    @property
    def pace(self) -> Fraction:
        """New seconds for an old one."""
        return (self.new_end - self.new_start) / (self.old_end - self.old_start)

    def to_new(self, old: Fraction) -> Fraction:
        """The new time of an old one inside the piece."""
        return self.new_start + (old - self.old_start) * self.pace

    def to_old(self, new: Fraction) -> Fraction:
        """The old time of a new one inside the piece."""
        return self.old_start + (new - self.new_start) / self.pace


@dataclass(frozen=True)
class TimeMap:
    """From old times to new ones and back.

    Attributes:
        pieces: without overlap on either timeline, in the order of the new one.
        old_rate: of the old timeline.
        new_rate: of the new one.
    """

    pieces: tuple[Piece, ...]
    old_rate: FrameRate
    new_rate: FrameRate

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The pieces in seconds, in the order of the new timeline."""
        old, new = self.old_rate.seconds, self.new_rate.seconds
        return tuple(Link(old(p.old_start), old(p.old_end), new(p.new_start), new(p.new_end)) for p in self.pieces)

    def pieces_of_old(self, start: Fraction, end: Fraction) -> tuple[Link, ...]:
        """What of an old stretch is still there, cut to it, in the order of the old timeline."""
        links, starts = self._by_old
        first = max(bisect_right(starts, start) - 1, 0)
        found = []
        for link in links[first:]:
            if link.old_start >= end:
                break
            low, high = max(link.old_start, start), min(link.old_end, end)
            if low < high:
                found.append(Link(low, high, link.to_new(low), link.to_new(high)))
        return tuple(found)

    def pieces_of_new(self, start: Fraction, end: Fraction) -> tuple[Link, ...]:
        """What of a new stretch was there before, cut to it, in the order of the new timeline."""
        first = max(bisect_right(self._new_starts, start) - 1, 0)
        found = []
        for link in self.links[first:]:
            if link.new_start >= end:
                break
            low, high = max(link.new_start, start), min(link.new_end, end)
            if low < high:
                found.append(Link(link.to_old(low), link.to_old(high), low, high))
        return tuple(found)

    def piece_at_old_frame(self, frame: int) -> Piece | None:
        """The piece that an old frame is in."""
        pieces, starts = self._pieces_by_old
        index = bisect_right(starts, frame) - 1
        return pieces[index] if index >= 0 and frame < pieces[index].old_end else None

    @cached_property
    def _by_old(self) -> tuple[tuple[Link, ...], tuple[Fraction, ...]]:
        links = tuple(sorted(self.links, key=lambda link: link.old_start))
        return links, tuple(link.old_start for link in links)

    @cached_property
    def _pieces_by_old(self) -> tuple[tuple[Piece, ...], tuple[int, ...]]:
        pieces = tuple(sorted(self.pieces, key=lambda piece: piece.old_start))
        return pieces, tuple(piece.old_start for piece in pieces)

    @cached_property
    def _new_starts(self) -> tuple[Fraction, ...]:
        return tuple(link.new_start for link in self.links)
