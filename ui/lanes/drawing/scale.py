"""Seconds to pixels and back, and where the ruler has its ticks. No Qt.

A view starts at a whole pixel of the timeline, so that everything keeps its distance while it scrolls. Ticks lie on
round timecodes of the edit's own rate; drop-frame minutes that do not exist begin at their first frame that does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from hitpoint.core.timebase import FrameRate, format_timecode
from hitpoint.ui.transport.frame_clock import frame_heard

MOST_PIXELS_PER_FRAME = 48.0
_SECOND_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)  # timecode seconds
_LABEL_PIXELS = 108  # a label and its air
_TICK_PIXELS = 7  # between two ticks, at least
_MARGIN = 1.015  # of a timeline that is fitted into a view


@dataclass(frozen=True)
class TimeScale:
    """How a timeline lies in a view.

    Attributes:
        pixels_per_second: more than 0.
        offset: pixels of the timeline left of the view, 0 or more.
    """

    pixels_per_second: float
    offset: int = 0

    def x(self, seconds: float) -> float:
        """Pixels from the left edge of the view to a time."""
        return seconds * self.pixels_per_second - self.offset

    def seconds(self, x: float) -> float:
        """The time at so many pixels from the left edge of the view."""
        return (x + self.offset) / self.pixels_per_second

    def length(self, seconds: float) -> int:
        """Pixels that a whole timeline takes, rounded up."""
        return math.ceil(seconds * self.pixels_per_second)

    def zoomed(self, pixels_per_second: float, x: float) -> TimeScale:
        """Another zoom with the time at ``x`` left where it is, as far as the start of the timeline allows."""
        return TimeScale(pixels_per_second, max(0, round(self.seconds(x) * pixels_per_second - x)))

    def scrolled(self, offset: float) -> TimeScale:
        """The same zoom, beginning at another pixel of the timeline."""
        return replace(self, offset=max(0, round(offset)))


@dataclass(frozen=True)
class Tick:
    """A line of the ruler: pixels from the left edge, timeline frame, timecode where there is room for one."""

    x: float
    frame: int
    label: str | None


def fitted(seconds: float, width: int) -> TimeScale:
    """A whole timeline in a view of so many pixels."""
    return TimeScale(max(width, 1) / (max(seconds, 1e-3) * _MARGIN))


def showing(start: float, end: float, width: int) -> TimeScale:
    """A stretch of the timeline (seconds) in a view of so many pixels."""
    zoom = max(width, 1) / max(end - start, 1e-3)
    return TimeScale(zoom, max(0, round(start * zoom)))


def limited(pixels_per_second: float, seconds: float, width: int, rate: FrameRate) -> float:
    """A zoom brought between the whole timeline and single frames."""
    least = fitted(seconds, width).pixels_per_second
    most = max(MOST_PIXELS_PER_FRAME * float(rate.frames_per_second), least)
    return min(max(pixels_per_second, least), most)


@dataclass(frozen=True)
class TimecodeRuler:
    """The timecode of an edit.

    Attributes:
        rate: of the timeline.
        start_frame: what the first frame is called, as a frame count.
        drop_frame: whether it is shown drop-frame.
    """

    rate: FrameRate
    start_frame: int = 0
    drop_frame: bool = False

    def label(self, frame: int) -> str:
        """Timecode of a timeline frame."""
        return format_timecode(frame + self.start_frame, self.rate, drop_frame=self.drop_frame)

    def label_at(self, seconds: float) -> str:
        """Timecode of the frame that is on the screen while the sample at a time is heard, as the transport has it."""
        return self.label(frame_heard(seconds, self.rate))

    def ticks(self, scale: TimeScale, width: int) -> tuple[Tick, ...]:
        """The lines of the ruler from the left edge to ``width``, a label on each that has room for one."""
        labelled = _unit(scale.pixels_per_second, self.rate, _LABEL_PIXELS)
        fine = _finer(labelled, scale.pixels_per_second, self.rate)
        first = self.rate.frame_at(max(scale.seconds(0), 0.0)) + self.start_frame
        last = self.rate.frame_at(max(scale.seconds(width), 0.0)) + self.start_frame
        with_label = set(self._counts(labelled, first, last))
        ticks = []
        for count in self._counts(fine, first, last):
            frame = count - self.start_frame
            label = self.label(frame) if count in with_label else None
            ticks.append(Tick(scale.x(float(self.rate.seconds(frame))), frame, label))
        return tuple(ticks)

    def _counts(self, unit: int, first: int, last: int) -> list[int]:
        """Frame counts of the round timecodes between two counts; ``unit`` as :func:`_unit` gives it."""
        nominal = self.rate.nominal
        seconds = self._seconds_between(max(unit // nominal, 1), first, last)
        counts = [self._count_of_second(second) for second in seconds]
        if unit < nominal:
            counts = [
                count + number - missing
                for second, count in zip(seconds, counts, strict=True)
                for missing in (self._missing_numbers(second),)
                for number in range(0, nominal, unit)
                if number >= missing
            ]
        return [count for count in counts if first <= count <= last]

    def _seconds_between(self, step: int, first: int, last: int) -> range:
        nominal = self.rate.nominal
        slack = last // 900 // max(nominal, 1) + 2  # dropped numbers make a timecode run ahead of its count
        start = first // nominal // step * step
        return range(start, last // nominal + slack + step, step)

    def _count_of_second(self, second: int) -> int:
        """The frame count of the first frame in a timecode second."""
        minutes = second // 60
        count = second * self.rate.nominal
        if self._drops:
            count -= self.rate.nominal // 15 * (minutes - minutes // 10)
        return count + self._missing_numbers(second)

    def _missing_numbers(self, second: int) -> int:
        """How many frame numbers a timecode second begins without."""
        return self.rate.nominal // 15 if self._drops and second % 60 == 0 and second // 60 % 10 else 0

    @property
    def _drops(self) -> bool:
        return self.drop_frame and self.rate.is_ntsc and self.rate.nominal % 30 == 0


def _unit(pixels_per_second: float, rate: FrameRate, pixels: float) -> int:
    """The smallest round distance that is at least so many pixels long.

    Timecode frames, whole seconds from nominal on.
    """
    nominal = rate.nominal
    per_frame = pixels_per_second / float(rate.frames_per_second)
    for unit in _units(nominal):
        if unit * per_frame >= pixels:
            return unit
    return _SECOND_STEPS[-1] * nominal


def _finer(unit: int, pixels_per_second: float, rate: FrameRate) -> int:
    """The smallest round distance that divides another and is not too dense to see."""
    per_frame = pixels_per_second / float(rate.frames_per_second)
    fitting = (one for one in _units(rate.nominal) if one * per_frame >= _TICK_PIXELS and unit % one == 0)
    return next(fitting, unit)


def _units(nominal: int) -> list[int]:
    frames = [unit for unit in (1, 2, 5, 6, 10, 12, 15, 30) if unit < nominal and nominal % unit == 0]
    return [*frames, *(seconds * nominal for seconds in _SECOND_STEPS)]
