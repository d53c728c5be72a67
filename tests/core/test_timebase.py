"""Rates, frames, samples and timecode, exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.errors import OptionError
from hitpoint.core.timebase import FrameRate, format_timecode, parse_time

NTSC_FILM, NTSC = FrameRate(Fraction(24000, 1001)), FrameRate(Fraction(30000, 1001))
PAL = FrameRate(Fraction(25))
RATES = st.sampled_from(
    [NTSC_FILM, NTSC, PAL, FrameRate(Fraction(60000, 1001)), FrameRate(Fraction(24)), FrameRate(Fraction(60))]
)
FRAMES = st.integers(0, 3_000_000)


@pytest.mark.parametrize(
    ("written", "meant"),
    [(23.976, "24000/1001"), (23.98, "24000/1001"), (23.976023976, "24000/1001"), (29.97, "30000/1001"),
     (59.94, "60000/1001"), (119.88, "120000/1001"), (24.0, "24"), (25.0, "25"), (30.00001, "30"), (12.5, "25/2")],
)  # fmt: skip
def test_rounded_rates_mean_exact_ones(written: float, meant: str) -> None:
    assert str(FrameRate.from_float(written)) == meant


@pytest.mark.parametrize("rate", [0, -25])
def test_a_rate_is_positive(rate: int) -> None:
    with pytest.raises(ValueError, match="positive"):
        FrameRate(Fraction(rate))


@given(RATES, FRAMES)
def test_a_frame_survives_the_way_to_seconds_and_back(rate: FrameRate, frame: int) -> None:
    seconds = rate.seconds(frame)
    assert rate.frame_at(seconds) == rate.nearest_frame(seconds) == frame


@given(RATES, st.fractions(min_value=0, max_value=10_000))
def test_a_time_lies_in_its_frame(rate: FrameRate, seconds: Fraction) -> None:
    frame = rate.frame_at(seconds)
    assert rate.seconds(frame) <= seconds < rate.seconds(frame + 1)
    assert abs(rate.seconds(rate.nearest_frame(seconds)) - seconds) <= rate.seconds(1) / 2


@given(RATES, FRAMES)
def test_samples_are_within_half_a_sample(rate: FrameRate, frames: int) -> None:
    assert abs(rate.samples(frames) - rate.seconds(frames) * 48_000) <= Fraction(1, 2)


def test_whole_seconds_are_whole_samples() -> None:
    assert (PAL.samples(25), NTSC_FILM.samples(24), NTSC.samples(30_000)) == (48_000, 48_048, 48_048_000)


@pytest.mark.parametrize(
    ("frame", "shown"),
    [
        (1799, "00:00:59;29"),
        (1800, "00:01:00;02"),
        (17_981, "00:09:59;29"),
        (17_982, "00:10:00;00"),
        (107_892, "01:00:00;00"),
    ],
)
def test_drop_frame_skips_two_numbers_a_minute_but_not_each_tenth(frame: int, shown: str) -> None:
    assert format_timecode(frame, NTSC, drop_frame=True) == shown
    assert parse_time(shown, NTSC) == frame


def test_timecode_without_drop_counts_nominal_frames() -> None:
    assert format_timecode(1800, NTSC) == "00:01:00:00"
    assert format_timecode(90_000, PAL, drop_frame=True) == "01:00:00:00"
    assert format_timecode(-25, PAL) == "-00:00:01:00"


@given(RATES, st.integers(0, 2_000_000), st.booleans())
def test_timecode_shown_is_read_as_the_same_frame(rate: FrameRate, frame: int, drop: bool) -> None:
    assert parse_time(format_timecode(frame, rate, drop_frame=drop), rate) == frame


def test_times_are_seconds_or_timecode_after_the_start_timecode() -> None:
    assert parse_time("12.5", PAL) == 313
    assert parse_time("00:00:12:12", PAL) == 312
    assert parse_time("01:00:12:12", PAL, start_timecode_frame=90_000) == 312
    assert parse_time("00:00:12:12", PAL, start_timecode_frame=90_000) == 312


@pytest.mark.parametrize("text", ["", "soon", "1/0", "00:61:00:00", "00:00:00:25", "nan", "1:2"])
def test_what_is_no_time_is_an_option_error(text: str) -> None:
    with pytest.raises(OptionError, match="time"):
        parse_time(text, PAL)
