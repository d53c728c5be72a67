from fractions import Fraction

import pytest

from hitpoint.bridge.otio.picture_rate import picture_rate

NTSC = Fraction(30000, 1001)


def test_witnesses_are_heard_in_order(otio_build):
    b = otio_build
    timeline = b.timeline(
        b.track(b.clip(0, 10, 30, available=b.range(0, 10, 60)), b.clip(0, 500, 25)),
        b.track(b.clip(0, 480000, 48000), kind="Audio"),
    )
    assert picture_rate(timeline).frames_per_second == 25
    timeline["global_start_time"] = b.time(0, 29.97)
    assert picture_rate(timeline).frames_per_second == NTSC
    timeline["tracks"]["metadata"] = {"PremierePro_OTIO": {"VideoFrameRate": 50.0}}
    assert picture_rate(timeline).frames_per_second == 50


def test_a_timeline_in_samples_takes_the_rate_of_its_media(otio_build):
    b = otio_build
    clip = b.clip(96000, 192000, 48000, available=b.range(0, 960000, 25))
    timeline = b.timeline(b.track(clip, source_range=b.range(0, 576000, 48000)), global_start_time=b.time(0, 48000))
    assert picture_rate(timeline).frames_per_second == 25


@pytest.mark.parametrize("rate", [0.0, 1.0, 1000.0, 44100.0, -25.0, float("nan"), float("inf"), 1e-300, 1e300])
def test_what_is_no_picture_rate_is_not_taken(otio_build, rate):
    assert picture_rate(otio_build.timeline(otio_build.track(otio_build.clip(0, 10, rate)))) is None


ROUNDED = {23.976: Fraction(24000, 1001), 23.98: Fraction(24000, 1001), 23.976024627685547: Fraction(24000, 1001),
           29.97002997002997: NTSC, 59.94: Fraction(60000, 1001), 25.0: Fraction(25)}  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), ROUNDED.items())
def test_rounded_rates_are_made_exact(otio_build, written, meant):
    timeline = otio_build.timeline(otio_build.track(otio_build.clip(0, 10, written)))
    assert picture_rate(timeline).frames_per_second == meant
