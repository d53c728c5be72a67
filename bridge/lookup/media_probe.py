"""Facts from a media file's header: rate, length and start timecode, read from its header only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from av.container import InputContainer
from av.video.stream import VideoStream

from hitpoint.bridge.otio.times import HIGHEST_RATE, exact_rate
from hitpoint.core.errors import MediaReadError, OptionError
from hitpoint.core.media.media_file import opened
from hitpoint.core.timebase import FrameRate, parse_time

_STEADY = Fraction(1, 200)  # relative; the mean of a steady stream differs by a frame at its ends
_SLOWEST = 12  # frames a second of an edit
_USUAL = tuple(
    sorted(Fraction(whole) for whole in (24, 25, 30, 48, 50, 60, 100, 120))
    + [Fraction(whole * 1000, 1001) for whole in (24, 30, 60)]
)
_SAME_RATE = Fraction(1, 100_000)  # relative; containers round 24000/1001 to 2997/125


@dataclass(frozen=True)
class MediaFacts:
    """Facts from a movie's header.

    Attributes:
        rate: of the picture.
        seconds: its length; None if the file does not tell.
        start_timecode_frame, drop_frame: timecode of the first frame.
        frames: how many the file says it holds; 0 if it does not tell.
    """

    rate: FrameRate
    seconds: Fraction | None
    start_timecode_frame: int
    drop_frame: bool
    frames: int = 0

    @property
    def start_timecode(self) -> Fraction:
        """The start timecode in seconds."""
        return self.rate.seconds(self.start_timecode_frame)


def probed(path: Path) -> MediaFacts | None:
    """The facts of a movie; None for what cannot be opened or has no picture."""
    try:
        with opened(path) as (container, stream):
            return facts_of(container, stream)
    except MediaReadError:
        return None


def facts_of(container: InputContainer, stream: VideoStream) -> MediaFacts:
    """The facts of an opened movie."""
    rate = stream_rate(stream)
    seconds: Fraction | None = None
    if stream.duration is not None and stream.time_base is not None:
        seconds = stream.duration * stream.time_base
    elif container.duration is not None:
        seconds = Fraction(container.duration, 1_000_000)
    if stream.duration is None:
        seconds = _tagged(stream.metadata.get("DURATION", "")) or seconds
    text = stream.metadata.get("timecode") or container.metadata.get("timecode") or ""
    return MediaFacts(rate, seconds, _timecode_frame(text, rate), ";" in text, stream.frames)


def _tagged(text: str) -> Fraction | None:
    """The length that Matroska tells of a stream, ``HH:MM:SS.fraction``; None if that is none."""
    found = re.fullmatch(r"(\d{1,4}):(\d{2}):(\d{2}(?:\.\d{1,9})?)", text.strip())
    return None if found is None else int(found[1]) * 3600 + int(found[2]) * 60 + Fraction(found[3])


def stream_rate(stream: VideoStream) -> FrameRate:
    """Exact frames a second of a stream; rounded NTSC rates are made exact, and 25 stands for one that has none.

    Where frames come at no steady rate, as in recordings of a screen, it is the rate that all their times are multiples
    of, if editors know such a one, else the usual one nearest to their mean; slides slower than any edit get the lowest
    usual rate of which theirs is a part.
    """
    mean = Fraction(stream.average_rate or stream.guessed_rate or stream.base_rate or 0)
    base = Fraction(stream.base_rate or mean)
    if mean <= 0:
        return FrameRate(Fraction(25))
    is_steady = any(abs(base - each) <= each * _STEADY for each in (mean, 2 * mean))  # fields may be counted
    rate = mean if is_steady or base > HIGHEST_RATE else base
    if is_steady and mean >= _SLOWEST:
        meant = exact_rate(float(rate))
        return FrameRate(meant if meant is not None and abs(meant - rate) <= rate * _SAME_RATE else rate)
    usual = min(_USUAL, key=lambda each: abs(each - rate))
    if abs(usual - rate) <= usual * _STEADY:
        return FrameRate(usual)
    multiples = [each for each in _USUAL if each >= rate and (each / rate).denominator == 1]
    return FrameRate(multiples[0] if multiples else min(_USUAL, key=lambda each: abs(each - mean)))


def _timecode_frame(text: str, rate: FrameRate) -> int:
    try:
        return max(0, parse_time(text, rate)) if text.count(":") + text.count(";") >= 3 else 0
    except OptionError:
        return 0
