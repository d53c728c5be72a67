"""The tempo map: where each beat lies in time.

A map is piecewise constant, as MIDI's is: from each point on, beats come at that point's tempo. Beats and seconds
count from the start of the cue. Times are exact fractions so that a beat put on a frame stays on it.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from hitpoint.core.errors import OptionError

SLOWEST, FASTEST = 30, 300  # quarter notes a minute that an editor may ask for


@dataclass(frozen=True)
class TempoPoint:
    """From ``beat`` on, a beat lasts ``seconds_per_beat``."""

    beat: Fraction
    seconds_per_beat: Fraction

    @property
    def bpm(self) -> float:
        """Quarter notes a minute."""
        return float(60 / self.seconds_per_beat)


@dataclass(frozen=True)
class TempoMap:
    """Beats to seconds and back. The first point lies at beat 0; points are in order.

    Attributes:
        points: at least one.
        beats_per_bar: of the metre, 4 for 4/4.
    """

    points: tuple[TempoPoint, ...]
    beats_per_bar: int = 4

    def __post_init__(self) -> None:
        beats = [point.beat for point in self.points]
        if not beats or beats[0] != 0 or any(a >= b for a, b in pairwise(beats)):
            raise ValueError("a tempo map starts at beat 0 and its points are in order")
        if any(point.seconds_per_beat <= 0 for point in self.points):
            raise ValueError("a beat lasts longer than nothing")

    def seconds_at(self, beat: Fraction | float) -> Fraction:
        """Time of a beat (0 or later), in seconds from the start of the cue."""
        exact = Fraction(beat)
        index = self._point_at(exact)
        point = self.points[index]
        return self._starts[1][index] + (exact - point.beat) * point.seconds_per_beat

    def seconds_of_grid(self, apart: Fraction | int, count: int) -> list[Fraction]:
        """:meth:`seconds_at` of ``count`` beats, so many ``apart``, the first at 0; several times as fast."""
        found: list[Fraction] = []
        ends = [point.beat for point in self.points[1:]]
        for point, start, end in zip(self.points, self._starts[1], [*ends, Fraction(apart * count)], strict=True):
            length = apart * point.seconds_per_beat  # of one place of the grid
            first = start - point.beat * point.seconds_per_beat
            under = math.lcm(first.denominator, length.denominator)
            step, offset = (
                length.numerator * (under // length.denominator),
                first.numerator * (under // first.denominator),
            )
            last = min(math.ceil(end / apart), count)
            found += [Fraction(offset + place * step, under) for place in range(len(found), last)]
        return found

    def beat_at(self, seconds: Fraction | float) -> Fraction:
        """The (fractional) beat at a time, in seconds from the start of the cue."""
        exact = Fraction(seconds)
        index = max(bisect_right(self._starts[1], exact) - 1, 0)
        point = self.points[index]
        return point.beat + (exact - self._starts[1][index]) / point.seconds_per_beat

    def _point_at(self, beat: Fraction) -> int:
        """The number of the last point at or before a beat, sought among whole numbers as far as the points are."""
        if self._whole is not None:
            return max(bisect_right(self._whole, beat.numerator // beat.denominator) - 1, 0)
        return max(bisect_right(self._starts[0], beat) - 1, 0)

    @cached_property
    def _whole(self) -> tuple[int, ...] | None:
        """The beats of the points, if all are whole."""
        is_whole = all(point.beat.denominator == 1 for point in self.points)
        return tuple(point.beat.numerator for point in self.points) if is_whole else None

    @cached_property
    def _starts(self) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
        """Where the points lie, in beats and in seconds, so that a map with thousands of points answers at once."""
        seconds = [Fraction(0)]
        for point, after in pairwise(self.points):
            seconds.append(seconds[-1] + (after.beat - point.beat) * point.seconds_per_beat)
        return tuple(point.beat for point in self.points), tuple(seconds)


def steady_tempo(seconds_per_beat: Fraction, beats_per_bar: int = 4) -> TempoMap:
    """A map with one tempo."""
    return TempoMap((TempoPoint(Fraction(0), seconds_per_beat),), beats_per_bar)


def parse_tempo(text: str) -> float:
    """The quarter notes a minute that an editor wrote.

    Raises:
        OptionError: if it is no number from 30 to 300.
    """
    try:
        bpm = float(text)
    except ValueError:
        bpm = 0.0
    if not SLOWEST <= bpm <= FASTEST:
        raise OptionError(f"{text!r} is no tempo: write {SLOWEST} to {FASTEST} quarter notes a minute, or auto")
    return bpm
