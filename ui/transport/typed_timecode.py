"""What an editor means by the digits typed into the timecode, as editing programs read them. No Qt.

Digits fill a timecode from the right, so that ``1412`` is 14 seconds and 12 frames. A point, or a colon, ends a field,
and a field left empty is two zeros: ``2.`` is two seconds, ``1..`` one minute. With + or - in front it is a way from
the
playhead: ``+2.`` goes two seconds on, ``+100`` one second. ``12.5s`` are seconds of the timeline.
"""

from __future__ import annotations

import re
from fractions import Fraction

from hitpoint.core.errors import OptionError
from hitpoint.core.timebase import FrameRate, format_timecode, parse_time

_FIELDS = re.compile(r"\d*(?:[.:;,]\d*){0,3}")
_SECONDS = re.compile(r"\d+(?:\.\d*)?s")
_MOST_DIGITS = 8


def typed_frame(
    text: str, frame: int, frames: int, rate: FrameRate, start_timecode_frame: int = 0, *, drop_frame: bool = False
) -> int:
    """The frame of the timeline that is meant, inside the timeline.

    A timecode that lies before the timeline is completed from the left by the timeline's own start: on one that starts
    at ``01:00:00:00``, ``1412`` is ``01:00:14:12``.

    Args:
        text: what was typed.
        frame: where the playhead is, from the start of the timeline.
        frames: length of the timeline.
        rate: of the timeline.
        start_timecode_frame: the number of its first frame.
        drop_frame: whether its timecode drops numbers.

    Raises:
        OptionError: if it is no place in the timeline, with the reason.
    """
    typed = text.strip().replace("\N{MINUS SIGN}", "-")
    sign = {"+": 1, "-": -1}.get(typed[:1], 0)
    typed = typed.lstrip("+-")
    if _SECONDS.fullmatch(typed):
        away = rate.nearest_frame(Fraction(typed[:-1]))
    else:
        digits = _digits(typed)
        if not sign:
            return _inside(_absolute(digits, rate, start_timecode_frame, drop_frame), frames)
        away = _count(digits, rate)
    return _inside(frame + sign * away if sign else away, frames)


def _digits(typed: str) -> str:
    """The digits of what was typed, two for each field but the first."""
    if not re.search(r"[\d.]", typed) or not _FIELDS.fullmatch(typed):
        raise OptionError("that is no timecode: type digits, such as 1412 for 14 seconds and 12 frames")
    first, *others = re.split(r"[.:;,]", typed)
    digits = first + "".join(part.zfill(2) for part in others)
    if any(len(part) > 2 for part in others) or len(digits) > _MOST_DIGITS:
        raise OptionError(f"that is too long for a timecode: it has {_MOST_DIGITS} digits at most")
    return digits


def _absolute(digits: str, rate: FrameRate, start: int, drop_frame: bool) -> int:
    """The frame of a timecode, from the start of the timeline."""
    number = _number(digits, rate, drop_frame)
    if number < start:
        own = re.sub(r"\D", "", format_timecode(start, rate, drop_frame=drop_frame))[:_MOST_DIGITS]
        number = _number(own[: _MOST_DIGITS - len(digits)] + digits, rate, drop_frame)
    return number - start


def _count(digits: str, rate: FrameRate) -> int:
    """Frames of digits that fill hours, minutes, seconds and frames from the right."""
    filled = digits.zfill(_MOST_DIGITS)
    hours, minutes, seconds, frames = (int(filled[place : place + 2]) for place in (0, 2, 4, 6))
    return ((hours * 60 + minutes) * 60 + seconds) * rate.nominal + frames


def _number(digits: str, rate: FrameRate, drop_frame: bool) -> int:
    """The number of the frame with a timecode; seconds and frames past their fields, as in 90 seconds, are carried."""
    total, rest = divmod(_count(digits, rate), rate.nominal)
    label = f"{total // 3600:02d}:{total // 60 % 60:02d}:{total % 60:02d}{';' if drop_frame else ':'}{rest:02d}"
    return parse_time(label, rate)


def _inside(frame: int, frames: int) -> int:
    return min(max(frame, 0), max(frames - 1, 0))
