"""The retiming of an FCPXML element: ``timeMap`` and ``conform-rate``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from hitpoint.bridge.exchange.xml_text import Element, child
from hitpoint.bridge.fcpxml.resources import seconds

_Points = Sequence[tuple[Fraction, Fraction]]
_LARGEST_CONFORM = Fraction(6, 100)  # 24 to 25 frames a second; beyond, frames are dropped or repeated instead


@dataclass(frozen=True)
class Playing:
    """What of an element's inside is seen first, in seconds of its own time, and how fast it goes on."""

    source: Fraction
    speed: Fraction = Fraction(1)
    is_ramp: bool = False


def playing(element: Element, start: Fraction, length: Fraction, origin: Fraction, rate: Fraction) -> Playing:
    """How an element plays from its ``start`` on.

    Args:
        element: any clip.
        start: where it begins in its own time.
        length: seconds that it lasts on the timeline.
        origin: the time of its media's first frame.
        rate: frames a second of the timeline.
    """
    map_ = child(element, "timeMap")
    points = _points(map_) if map_ is not None else []
    if len(points) > 1 and length > 0:
        return _mapped(points, start, length, origin)
    factor = _conformed(element, rate)
    return Playing(origin + (start - origin) * factor, factor)


def _points(map_: Element) -> list[tuple[Fraction, Fraction]]:
    found = {}
    for point in map_.iterfind("timept"):
        if point.get("time") and point.get("value"):
            found[seconds(point.get("time"))] = seconds(point.get("value"))
    return sorted(found.items())


def _mapped(points: _Points, start: Fraction, length: Fraction, origin: Fraction) -> Playing:
    """Through a map that counts from the media's timecode or from 0, nobody tells which: what lies in it, fits."""
    frame = Fraction(1, 24)
    inside = [at for at in (start, start - origin) if points[0][0] - frame <= at <= points[-1][0] + frame]
    at = inside[0] if inside else start
    first, last = _value(points, at), _value(points, at + length)
    speed = ((last - first) / length).limit_denominator(100_000)
    between = [(time, value) for time, value in points if at < time < at + length]
    is_ramp = any(abs(value - (first + (time - at) * speed)) > frame for time, value in between)
    return Playing(first if min(first, last) >= origin else first + origin, speed, is_ramp)


def _value(points: _Points, time: Fraction) -> Fraction:
    pairs = list(pairwise(points))
    (first, start), (last, end) = next((pair for pair in pairs if time <= pair[1][0]), pairs[-1])
    return start + (end - start) * (time - first) / (last - first)


def _conformed(element: Element, rate: Fraction) -> Fraction:
    """The speed of media whose frames are shown one for one at another rate."""
    conform = child(element, "conform-rate")
    if conform is None or conform.get("scaleEnabled", "1") == "0":
        return Fraction(1)
    exact = {"23.98": Fraction(24000, 1001), "29.97": Fraction(30000, 1001), "59.94": Fraction(60000, 1001)}
    told = conform.get("srcFrameRate", "")
    own = exact.get(told) or seconds(told)
    if own <= 0 or abs(rate / own - 1) > _LARGEST_CONFORM:
        return Fraction(1)
    return rate / own
