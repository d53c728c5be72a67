from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import arrays

from hitpoint.core.features.motion import frame_difference, motion_at_speed

PICTURES = arrays(np.uint8, (5, 4, 3))


def test_black_to_white_is_the_most_there_can_be() -> None:
    black = np.zeros((4, 4, 3), np.uint8)
    assert frame_difference(black, black + 255) == 255.0


@given(PICTURES, PICTURES)
def test_difference_is_the_mean_absolute_one(first: np.ndarray, second: np.ndarray) -> None:
    expected = np.abs(first.astype(float) - second.astype(float)).mean()
    assert frame_difference(first, second) == pytest.approx(expected)


@given(PICTURES)
def test_equal_frames_do_not_move(picture: np.ndarray) -> None:
    assert frame_difference(picture, picture) == 0.0


@pytest.mark.parametrize(
    ("speed", "expected"),
    [("0", 0.0), ("1/2", 5.0), ("1", 10.0), ("-1", 10.0), ("4", 20.0), ("10000", 255.0)],
    ids=["freeze", "slow", "normal", "backwards", "fast", "limit"],
)
def test_speed_changes_motion(speed: str, expected: float) -> None:
    assert motion_at_speed(10.0, Fraction(speed)) == pytest.approx(expected)


def test_half_speed_has_the_motion_of_repeated_frames() -> None:
    frames = np.random.default_rng(1).integers(0, 255, (5, 6, 6, 3), dtype=np.uint8)
    repeated = np.repeat(frames, 2, axis=0)[:-1]  # what a host shows at 50 %: every frame twice
    source = np.mean([frame_difference(*frames[k : k + 2]) for k in range(4)])
    shown = np.mean([frame_difference(*repeated[k : k + 2]) for k in range(8)])
    assert motion_at_speed(float(source), Fraction(1, 2)) == pytest.approx(shown)
