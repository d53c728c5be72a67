"""MLT's times: frames written as clock time with milliseconds, and back, as MLT itself counts (``mlt_property.c``).

At 29.97 and the like a clock time is not exactly a frame's time: MLT rounds hours, minutes and seconds each on their
own, and so does this.
"""

from __future__ import annotations

import math
import re

from hitpoint.core.timebase import FrameRate

_FRAMES = re.compile(r"-?\d{1,9}")
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d{1,9})?)")
_TIMECODE = re.compile(r"(\d{1,3}):(\d{2}):(\d{2})[:;](\d{2,3})")


def frames_of(text: str, rate: FrameRate) -> int | None:
    """The frames that a time of MLT means: a count, ``HH:MM:SS.mmm`` or ``HH:MM:SS:FF``; None if it is none.

    >>> frames_of("00:00:05.960", FrameRate.from_float(25))
    149
    """
    text = text.strip()
    if _FRAMES.fullmatch(text):
        return int(text)
    fps = float(rate.frames_per_second)
    timecode = _TIMECODE.fullmatch(text)
    if timecode is not None:
        hours, minutes, seconds, frames = (int(part) for part in timecode.groups())
        return ((hours * 60 + minutes) * 60 + seconds) * rate.nominal + frames
    clock = _CLOCK.fullmatch(text)
    if clock is None:
        return None
    hours, minutes = int(clock[1] or 0), int(clock[2])
    rest = _nearest(fps * float(clock[3].replace(",", ".")))
    return math.floor(fps * hours * 3600) + math.floor(fps * minutes * 60) + rest


def clock_of(frames: int, rate: FrameRate) -> str:
    """A count of frames as MLT writes it.

    >>> clock_of(149, FrameRate.from_float(25))
    '00:00:05.960'
    """
    fps = float(rate.frames_per_second)
    hours = int(frames / (fps * 3600))
    left = frames - math.floor(hours * 3600 * fps)
    minutes = int(left / (fps * 60))
    if minutes == 60:  # a rounding error
        hours, minutes = hours + 1, 0
        left = frames - math.floor(hours * 3600 * fps)
    seconds = (left - math.floor(minutes * 60 * fps)) / fps
    if seconds >= 60.0:  # likewise
        minutes += 1
        seconds = (left - math.floor(minutes * 60 * fps)) / fps
    return f"{hours:02d}:{minutes:02d}:{seconds:06.3f}"


def _nearest(value: float) -> int:
    return math.floor(value + 0.5)
