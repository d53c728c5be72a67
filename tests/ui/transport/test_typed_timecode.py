from __future__ import annotations

from fractions import Fraction

import pytest

from hitpoint.core.errors import OptionError
from hitpoint.core.timebase import FrameRate
from hitpoint.ui.transport.typed_timecode import typed_frame

PAL = FrameRate(Fraction(25))
NTSC = FrameRate(Fraction(30000, 1001))
HOUR = 3600 * 25

FROM_ZERO = {
    "1412": 14 * 25 + 12,
    "12": 12,
    "2.": 50,
    ".": 0,
    "1..": 1500,
    "1:30": 25 + 30,
    "1.12": 37,
    "90.": 90 * 25,
    "00:00:12:12": 312,
    "12.5s": 313,
    "+2.": 150,
    "+100": 125,
    "-1.": 75,
    "+12": 112,
    "-9..": 0,
    "+1s": 125,
}


@pytest.mark.parametrize(("text", "frame"), FROM_ZERO.items(), ids=FROM_ZERO)
def test_digits_fill_from_the_right(text: str, frame: int) -> None:
    assert typed_frame(text, 100, 5000, PAL) == frame


@pytest.mark.parametrize(("text", "frame"), {"1412": 362, "1:00:14:12": 362, "1..": 1500, ".": 0}.items())
def test_what_lies_before_the_start_is_completed_by_it(text: str, frame: int) -> None:
    assert typed_frame(text, 0, 5000, PAL, HOUR) == frame


def test_dropped_numbers_are_counted() -> None:
    assert typed_frame("1:01:00;02", 0, 9000, NTSC, 107_892, drop_frame=True) == 1800
    assert typed_frame("10002", 0, 9000, NTSC, 107_892, drop_frame=True) == 1800


def test_what_lies_behind_the_end_is_the_last_frame() -> None:
    assert typed_frame("99000000", 0, 5000, PAL) == 4999


@pytest.mark.parametrize(
    ("text", "reason"), {"soon": "no timecode", "": "no timecode", "+": "no timecode", "123456789": "too long"}.items()
)
def test_what_is_no_timecode_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(OptionError, match=reason):
        typed_frame(text, 0, 5000, PAL)
