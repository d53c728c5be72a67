from __future__ import annotations

import numpy as np
import pytest

from hitpoint.core.timebase import SAMPLE_RATE
from hitpoint.ui.players.clock import SoundClock


def test_nothing_is_heard_before_anything_was_delivered() -> None:
    assert SoundClock().heard(3.0) is None


def test_what_is_heard_lags_by_the_latency() -> None:
    clock = SoundClock()
    clock.delivered(4800, ((0, 48_000.0, 1.0),), heard_at=7.05)
    assert clock.heard(7.0) == (48_000.0, 1.0)
    assert clock.heard(7.05 + 0.02) == (pytest.approx(48_960.0), 1.0)


def test_no_more_is_heard_than_was_delivered() -> None:
    clock = SoundClock()
    clock.delivered(480, ((0, 0.0, 1.0),), heard_at=0.0)
    assert clock.heard(5.0) == (480.0, 1.0)


def test_a_jump_is_told_when_it_is_heard_and_not_before() -> None:
    clock = SoundClock()
    clock.delivered(480, ((0, 100.0, 1.0), (240, 9000.0, 1.0)), heard_at=1.0)
    assert clock.heard(1.0 + 200 / SAMPLE_RATE) == (pytest.approx(300.0), 1.0)
    assert clock.heard(1.0 + 300 / SAMPLE_RATE) == (pytest.approx(9060.0), 1.0)


@pytest.mark.parametrize("block", [64, 480, 2048])
def test_jitter_of_the_device_is_averaged(block: int) -> None:
    clock, random = SoundClock(), np.random.default_rng(1)
    errors = []
    for number in range(600):
        at = number * block / SAMPLE_RATE
        clock.delivered(block, ((0, float(number * block), 1.0),), at + 0.04 + random.normal(0.0, 0.004))
        heard = clock.heard(at)
        assert heard is not None
        errors.append(heard[0] / SAMPLE_RATE - max(at - 0.04, 0.0))
    assert np.abs(errors[100:]).max() < 0.004


def test_a_device_that_stood_still_is_followed_at_once() -> None:
    clock = SoundClock()
    clock.delivered(480, ((0, 0.0, 1.0),), heard_at=0.0)
    clock.delivered(480, ((0, 480.0, 1.0),), heard_at=2.0)  # two seconds later instead of 10 ms
    assert clock.heard(2.0) == (pytest.approx(480.0), 1.0)


def test_time_does_not_run_back_when_a_device_corrects_itself() -> None:
    clock = SoundClock()
    clock.delivered(9600, ((0, 0.0, 1.0),), heard_at=0.0)
    assert clock.heard(0.15) == (pytest.approx(7200.0), 1.0)
    clock.delivered(9600, ((0, 9600.0, 1.0),), heard_at=0.3)  # a tenth later than it had said
    assert clock.heard(0.16) == (pytest.approx(7200.0), 1.0)
    assert clock.heard(0.35) == (pytest.approx(12_000.0), 1.0)


def test_what_was_heard_long_ago_is_forgotten() -> None:
    clock = SoundClock()
    for number in range(2000):
        clock.delivered(480, ((0, float(number % 7), 1.0),), heard_at=number / 100)
    assert len(clock._runs) < 500
