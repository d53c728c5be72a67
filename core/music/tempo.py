"""The tempo map: where each beat lies in time.

A map is piecewise constant, as MIDI's is: from each point on, beats come at that point's tempo. Beats and seconds
count from the start of the cue. Times are exact fractions so that a beat put on a frame stays on it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise


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
        exact, seconds = Fraction(beat), Fraction(0)
        index = max(bisect_right([point.beat for point in self.points], exact) - 1, 0)
        for point, after in zip(self.points[:index], self.points[1 : index + 1], strict=True):
            seconds += (after.beat - point.beat) * point.seconds_per_beat
        point = self.points[index]
        return seconds + (exact - point.beat) * point.seconds_per_beat

    def beat_at(self, seconds: Fraction | float) -> Fraction:
        """The (fractional) beat at a time, in seconds from the start of the cue."""
        left = Fraction(seconds)
        for point, after in pairwise(self.points):
            length = (after.beat - point.beat) * point.seconds_per_beat
            if left < length:
                return point.beat + left / point.seconds_per_beat
            left -= length
        return self.points[-1].beat + left / self.points[-1].seconds_per_beat


def steady_tempo(seconds_per_beat: Fraction, beats_per_bar: int = 4) -> TempoMap:
    """A map with one tempo."""
    return TempoMap((TempoPoint(Fraction(0), seconds_per_beat),), beats_per_bar)
