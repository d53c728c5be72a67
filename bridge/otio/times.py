"""RationalTime and TimeRange as exact seconds.

Hosts write rates as rounded numbers (29.97002997), as 0.0 where they do not know one, and as sample rates. A value at a
rate of 0 is a count of frames of the timeline (obs and Kdenlive write so). Values within a millionth of a whole frame
are whole (Resolve writes 198771.99999999997).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from hitpoint.bridge.otio.otio_json import Node, number_in, object_in
from hitpoint.core.errors import EditReadError
from hitpoint.core.timebase import FrameRate

MAX_SECONDS = 10**9  # of any time in a file; beyond lies only damage
LOWEST_RATE, HIGHEST_RATE = 1.0, 480.0  # of pictures; 1 means seconds, 1000 milliseconds, 44100 and 48000 samples
_SMALLEST_RATE = 0.01
_LARGEST_RATE = 1e7


@dataclass(frozen=True)
class Span:
    """A TimeRange in exact seconds; the duration is never negative."""

    start: Fraction
    duration: Fraction

    @property
    def end(self) -> Fraction:
        """First moment after it."""
        return self.start + self.duration


def rate_of(time: Node) -> Fraction | None:
    """Exact rate of a RationalTime; None if it is 0, negative or no number."""
    rate = number_in(time, "rate")
    return None if rate is None else exact_rate(rate)


@lru_cache(maxsize=256)
def exact_rate(rate: float) -> Fraction | None:
    """The rate a rounded number means; None if it cannot be a rate."""
    if not (math.isfinite(rate) and _SMALLEST_RATE <= rate <= _LARGEST_RATE):
        return None
    return FrameRate.from_float(rate).frames_per_second


def is_picture_rate(rate: Fraction | None) -> bool:
    """Whether a rate can be that of pictures, and not of seconds or samples."""
    return rate is not None and LOWEST_RATE < rate <= HIGHEST_RATE


def seconds_of(time: Node, timeline_rate: FrameRate, what: str) -> Fraction:
    """A RationalTime in seconds; ``what`` names it in messages. An absent time is 0.

    Raises:
        EditReadError: if the value is infinite, NaN or beyond any film.
    """
    value = number_in(time, "value")
    if value is None:
        return Fraction(0)
    rate = rate_of(time) or timeline_rate.frames_per_second
    if not math.isfinite(value) or abs(value) > MAX_SECONDS * (rate.numerator / rate.denominator):
        raise EditReadError(f"{what} has an impossible time ({value:g}): repair or remove it and export again")
    exact = _exact(value)
    return Fraction(exact.numerator * rate.denominator, exact.denominator * rate.numerator)


def span_of(range_: Node, timeline_rate: FrameRate, what: str) -> Span | None:
    """A TimeRange in seconds; None for an empty object.

    Raises:
        EditReadError: if its duration is negative, or a value is impossible.
    """
    duration_time = object_in(range_, "duration")
    if not duration_time:
        return None
    duration = seconds_of(duration_time, timeline_rate, what)
    if duration < 0:
        raise EditReadError(f"{what} has a negative length: repair or remove it and export again")
    return Span(seconds_of(object_in(range_, "start_time"), timeline_rate, what), duration)


def believable_span(range_: Node, timeline_rate: FrameRate) -> Span | None:
    """A TimeRange of which nothing depends, such as ``available_range``; None if it is at rate 0 or makes no sense."""
    if rate_of(object_in(range_, "duration")) is None:
        return None
    try:
        return span_of(range_, timeline_rate, "")
    except EditReadError:
        return None


def _exact(value: float) -> Fraction:
    whole = round(value)
    if abs(value - whole) < 1e-6:
        return Fraction(whole)
    return Fraction(value).limit_denominator(1_000_000)
