from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.timebase import FrameRate, parse_time
from hitpoint.ui.lanes.drawing.scale import TimecodeRuler, TimeScale, fitted, limited, showing
from hitpoint.ui.transport.frame_clock import seconds_of

NTSC = FrameRate(Fraction(30000, 1001))
RATES = [FrameRate(Fraction(rate)) for rate in ("24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001")]

zooms = st.floats(0.05, 3000.0)
offsets = st.integers(0, 20_000_000)


@given(zoom=zooms, offset=offsets, seconds=st.floats(0, 20_000))
def test_seconds_survive_a_trip_to_pixels_and_back(zoom: float, offset: int, seconds: float) -> None:
    scale = TimeScale(zoom, offset)
    assert scale.seconds(scale.x(seconds)) == pytest.approx(seconds, abs=1e-6)


@given(zoom=zooms, seconds=st.floats(100, 7000), x=st.integers(0, 900), factor=st.floats(0.5, 2.0))
def test_zooming_leaves_the_time_under_the_mouse(zoom: float, seconds: float, x: int, factor: float) -> None:
    scale = TimeScale(zoom, max(round(seconds * zoom) - x, 0))
    under = scale.seconds(x)
    zoomed = scale.zoomed(zoom * factor, x)
    if zoomed.offset > 0:
        assert zoomed.x(under) == pytest.approx(x, abs=0.51)


@given(seconds=st.floats(0.1, 20_000), width=st.integers(50, 4000))
def test_a_fitted_timeline_is_seen_whole(seconds: float, width: int) -> None:
    scale = fitted(seconds, width)
    assert scale.x(0) == 0
    assert 0.95 * width < scale.x(seconds) <= width


def test_a_stretch_fills_the_view() -> None:
    scale = showing(10.0, 14.0, 800)
    assert (scale.x(10.0), scale.x(14.0)) == (0, 800)


@given(zoom=st.floats(1e-6, 1e9))
def test_zoom_stops_at_the_whole_timeline_and_at_single_frames(zoom: float) -> None:
    kept = limited(zoom, 60.0, 600, RATES[2])
    assert fitted(60.0, 600).pixels_per_second <= kept <= 48 * 25


@given(zoom=zooms, offset=offsets, rate=st.sampled_from(RATES), drop=st.booleans(), start=st.integers(0, 200_000))
def test_ticks_are_in_order_in_view_and_not_crowded(
    zoom: float, offset: int, rate: FrameRate, drop: bool, start: int
) -> None:
    ruler, scale = TimecodeRuler(rate, start, drop), TimeScale(zoom, offset % round(zoom * 7200 + 1))
    ticks = ruler.ticks(scale, 1000)
    x = [tick.x for tick in ticks]
    assert x == sorted(set(x))
    assert all(-zoom / float(rate.frames_per_second) - 1 <= place <= 1001 for place in x)
    labelled = [tick.x for tick in ticks if tick.label]
    assert all(b - a > 70 for a, b in pairwise(labelled))


@given(zoom=zooms, offset=offsets, rate=st.sampled_from(RATES), drop=st.booleans(), start=st.integers(0, 200_000))
def test_a_label_reads_back_as_the_frame_it_stands_at(
    zoom: float, offset: int, rate: FrameRate, drop: bool, start: int
) -> None:
    ruler, scale = TimecodeRuler(rate, start, drop), TimeScale(zoom, offset % round(zoom * 7200 + 1))
    for tick in ruler.ticks(scale, 600):
        if tick.label:
            assert parse_time(tick.label, rate, start) == tick.frame


@given(minute=st.integers(0, 400))
def test_a_drop_frame_minute_begins_with_its_first_number_that_exists(minute: int) -> None:
    ruler = TimecodeRuler(NTSC, 0, drop_frame=True)
    zoom = 2.0  # one label a minute
    ticks = ruler.ticks(TimeScale(zoom, max(0, round(minute * 60 * zoom) - 200)), 700)
    labels = {tick.label for tick in ticks if tick.label}
    hours, minutes = divmod(minute, 60)
    assert f"{hours:02d}:{minutes:02d}:00;{0 if minute % 10 == 0 else 2:02d}" in labels


def test_labels_count_from_the_start_timecode() -> None:
    ruler = TimecodeRuler(RATES[2], 90_000)
    assert ruler.label(0) == "01:00:00:00"
    assert ruler.ticks(TimeScale(100.0), 500)[0].label == "01:00:00:00"


def test_zoomed_in_every_frame_has_a_tick() -> None:
    ticks = TimecodeRuler(RATES[2]).ticks(TimeScale(40.0 * 25), 1000)
    assert [tick.frame for tick in ticks] == list(range(26))


def test_the_timecode_of_a_time_a_hair_before_a_frame_is_that_frame() -> None:
    assert TimecodeRuler(NTSC).label_at(float(NTSC.seconds(1001))) == "00:00:33:11"


def test_at_rest_the_header_tells_the_frame_that_the_transport_tells() -> None:
    ruler = TimecodeRuler(NTSC, 107_892, drop_frame=True)
    for frame in range(0, 3000, 7):
        assert ruler.label_at(seconds_of(frame, NTSC)) == ruler.label(frame)
