"""What a media file says of itself: rate, length and start timecode, read from its header only."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from av.container import InputContainer
from av.video.stream import VideoStream

from hitpoint.bridge.otio.times import exact_rate, is_picture_rate
from hitpoint.core.errors import MediaReadError, OptionError
from hitpoint.core.media.media_file import opened
from hitpoint.core.timebase import FrameRate, parse_time

_SAME_RATE = Fraction(1, 100_000)  # relative; containers round 24000/1001 to 2997/125


@dataclass(frozen=True)
class MediaFacts:
    """Rate of the picture, length in seconds (None if the file does not tell) and timecode of the first frame."""

    rate: FrameRate
    seconds: Fraction | None
    start_timecode_frame: int
    drop_frame: bool

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
    text = stream.metadata.get("timecode") or container.metadata.get("timecode") or ""
    return MediaFacts(rate, seconds, _timecode_frame(text, rate), ";" in text)


def stream_rate(stream: VideoStream) -> FrameRate:
    """Exact frames a second of a stream; rounded NTSC rates are made exact, and 25 stands for one that has none."""
    told = stream.average_rate or stream.guessed_rate or stream.base_rate
    if told is None or not is_picture_rate(Fraction(told)):
        return FrameRate(Fraction(25))
    rate = Fraction(told)
    meant = exact_rate(float(rate))
    return FrameRate(meant if meant is not None and abs(meant - rate) <= rate * _SAME_RATE else rate)


def _timecode_frame(text: str, rate: FrameRate) -> int:
    try:
        return max(0, parse_time(text, rate)) if text.count(":") + text.count(";") >= 3 else 0
    except OptionError:
        return 0
