"""Rates and timecodes of Final Cut Pro 7 XML."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from hitpoint.bridge.exchange.xml_text import Element, child, text
from hitpoint.core.errors import OptionError
from hitpoint.core.timebase import FrameRate, parse_time

MAX_FRAMES = 10**10

_NTSC = {23: 24, 24: 24, 29: 30, 30: 30, 47: 48, 48: 48, 59: 60, 60: 60, 119: 120, 120: 120}
_WHOLE = re.compile(r"[+-]?\d{1,12}")
_DECIMAL = re.compile(r"[+-]?\d{1,12}(\.\d{0,12})?([eE][+-]?\d)?")


def rate_of(element: Element | None) -> FrameRate | None:
    """The rate that an element's ``<rate>`` tells; None if there is none, or it is 0."""
    rate = child(element, "rate")
    return None if rate is None else _rate(text(rate, "timebase"), text(rate, "ntsc"))


@lru_cache(maxsize=64)
def _rate(told: str, ntsc: str) -> FrameRate | None:
    timebase = decimal(told)
    if timebase is None or not 1 <= timebase <= 1000:
        return None
    is_ntsc = ntsc.casefold() in ("true", "1", "yes")
    if is_ntsc and timebase in _NTSC:
        return FrameRate(Fraction(_NTSC[int(timebase)] * 1000, 1001))
    return FrameRate.from_float(float(timebase))


def whole(words: str) -> int | None:
    """A count of frames, to the nearest; None for what is none."""
    if _WHOLE.fullmatch(words):
        return int(words)
    exact = decimal(words)
    return None if exact is None else round(exact)


def decimal(words: str) -> Fraction | None:
    """A number; None for what is none."""
    return Fraction(words) if _DECIMAL.fullmatch(words) else None


def frames_in(element: Element | None, *tags: str) -> int | None:
    """The count of frames in the child that is found by following tags; None if there is none."""
    return whole(text(element, *tags))


def timecode_frame(element: Element | None, rate: FrameRate) -> tuple[int, FrameRate, bool]:
    """Start of an element's ``<timecode>``: its frame, the rate it counts, and whether it drops frames."""
    code = child(element, "timecode")
    counted = rate_of(code) or rate
    words = text(code, "string")
    is_drop = text(code, "displayformat").casefold() == "df" or ";" in words
    told = frames_in(code, "frame")
    frame = _counted(words, counted, is_drop=is_drop)
    if frame is None:
        frame = told or 0
    return max(0, min(frame, MAX_FRAMES)), counted, is_drop


def _counted(words: str, rate: FrameRate, *, is_drop: bool) -> int | None:
    parts = re.split(r"[:;.,]", words)
    if len(parts) != 4:
        return None
    try:
        return parse_time(":".join(parts[:3]) + (";" if is_drop else ":") + parts[3], rate)
    except OptionError:
        return None
