"""Exact times: frame rates as fractions, frames, seconds, samples and timecode.

Positions on a timeline are whole frames counted from 0 at its start. A start timecode is never added to a position; it
only changes how a position is shown. Ranges are half-open: the end is the first frame (or second) outside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from hitpoint.core.errors import OptionError

SAMPLE_RATE = 48_000  # Hz, of everything Hitpoint renders

_NTSC = Fraction(1000, 1001)
_SECONDS = re.compile(r"\d{1,6}(\.\d{0,20})?")
_TIMECODE = re.compile(r"(\d{1,3})[:.](\d{2})[:.](\d{2})([:;.,])(\d{2,3})")


@dataclass(frozen=True)
class FrameRate:
    """An exact number of frames a second, such as 24000/1001 for what is written 23.976."""

    frames_per_second: Fraction

    def __post_init__(self) -> None:
        if self.frames_per_second <= 0:
            raise ValueError(f"a frame rate is positive, not {self.frames_per_second}")

    @classmethod
    def from_float(cls, rate: float) -> FrameRate:
        """The exact rate a host meant by a rounded number (23.976, 23.98, 29.97002997 ...).

        Rates within 0.01 of n * 1000/1001 for n = 24, 30, 48, 60, 120 ... are NTSC rates (SMPTE ST 12-1); near-integers
        are integers; anything else is the nearest fraction with a denominator up to 1001.
        """
        nearest = round(rate)
        if nearest > 0 and abs(rate - nearest) < 1e-4:
            return cls(Fraction(nearest))
        for whole in (24, 30, 48, 60, 72, 90, 96, 100, 120, 144, 192, 240):
            ntsc = whole * _NTSC
            if abs(rate - float(ntsc)) < 0.006:
                return cls(ntsc)
        return cls(Fraction(rate).limit_denominator(1001))

    @property
    def nominal(self) -> int:
        """Frames a timecode second counts: 24 for 23.976, 30 for 29.97."""
        return max(1, round(self.frames_per_second))

    @property
    def is_ntsc(self) -> bool:
        """Whether this is an n * 1000/1001 rate."""
        return self.frames_per_second.denominator == 1001

    def seconds(self, frames: int) -> Fraction:
        """Exact time of the start of a frame."""
        rate = self.frames_per_second
        return Fraction(frames * rate.denominator, rate.numerator)

    def frame_at(self, seconds: Fraction | float) -> int:
        """The frame shown at a time: the last one that starts at or before it."""
        exact = Fraction(seconds) * self.frames_per_second
        return exact.numerator // exact.denominator

    def nearest_frame(self, seconds: Fraction | float) -> int:
        """The frame whose start is nearest to a time; halves go to the later one."""
        exact = seconds if isinstance(seconds, Fraction) else Fraction(seconds)
        rate = self.frames_per_second
        below = exact.denominator * rate.denominator
        return (2 * exact.numerator * rate.numerator + below) // (2 * below)

    def samples(self, frames: int) -> int:
        """Length of ``frames`` in samples at 48 kHz, rounded to the nearest sample."""
        exact = self.seconds(frames) * SAMPLE_RATE + Fraction(1, 2)
        return exact.numerator // exact.denominator

    def __str__(self) -> str:
        """``25`` or ``24000/1001``, as the report writes it."""
        return str(self.frames_per_second)


def format_timecode(frame: int, rate: FrameRate, *, drop_frame: bool = False) -> str:
    """Timecode of a frame count, ``HH:MM:SS:FF`` or with ``;`` before the frames when drop-frame.

    Drop-frame (29.97 and 59.94 only) skips 2 (or 4) numbers at each minute but every tenth, SMPTE ST 12-1.
    """
    sign = "-" if frame < 0 else ""
    frame = abs(frame)
    nominal = rate.nominal
    drops = drop_frame and rate.is_ntsc and nominal % 30 == 0
    if drops:
        frame = _with_dropped_numbers(frame, nominal)
    seconds, frames = divmod(frame, nominal)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours:02d}:{minutes:02d}:{seconds:02d}{';' if drops else ':'}{frames:02d}"


def parse_time(text: str, rate: FrameRate, start_timecode_frame: int = 0) -> int:
    """The timeline frame an editor means by seconds ("12.5") or timecode ("01:00:12:12", ";" for drop-frame).

    A timecode counts from the timeline's start timecode when it is at or after it, else from 0.

    Raises:
        OptionError: if the text is neither.
    """
    matched = _TIMECODE.fullmatch(text.strip())
    if matched is None:
        if not _SECONDS.fullmatch(text.strip()):
            raise OptionError(f"{text!r} is no time: write seconds (12.5) or timecode (00:00:12:12)")
        return rate.nearest_frame(Fraction(text.strip()))
    hours, minutes, seconds_, frames = (int(matched[i]) for i in (1, 2, 3, 5))
    if minutes > 59 or seconds_ > 59 or frames >= rate.nominal:
        raise OptionError(f"{text!r} is no timecode at {rate} frames a second")
    total_minutes = hours * 60 + minutes
    count = (total_minutes * 60 + seconds_) * rate.nominal + frames
    if matched[4] in ";," and rate.is_ntsc and rate.nominal % 30 == 0:
        count -= rate.nominal // 15 * (total_minutes - total_minutes // 10)
    return count - start_timecode_frame if count >= start_timecode_frame else count


def _with_dropped_numbers(frame: int, nominal: int) -> int:
    dropped = nominal // 15
    per_ten_minutes = nominal * 600 - dropped * 9
    per_minute = nominal * 60 - dropped
    tens, rest = divmod(frame, per_ten_minutes)
    frame += dropped * 9 * tens
    if rest > dropped:
        frame += dropped * ((rest - dropped) // per_minute)
    return frame
