from __future__ import annotations

import colorsys

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import arrays

from hitpoint.core.features.colour import colour_of


def flat(red: int, green: int, blue: int) -> np.ndarray:
    return np.full((8, 8, 3), (red, green, blue), np.uint8)


@pytest.mark.parametrize(
    ("pixel", "sign"),
    [((20, 60, 220), 1), ((30, 200, 60), 1), ((190, 210, 20), -1), ((220, 40, 20), 0), ((120, 120, 120), 0)],
    ids=["blue", "green", "yellow-green", "red", "grey"],
)
def test_hues_please_as_valdez_and_mehrabian_found(pixel: tuple[int, int, int], sign: int) -> None:
    assert np.sign(colour_of(flat(*pixel)).pleasantness) == sign


@given(arrays(np.uint8, (1, 1, 3)))
def test_one_pixel_is_told_as_colorsys_tells_it(pixel: np.ndarray) -> None:
    red, green, blue = (pixel[0, 0] / 255).tolist()
    _, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    colour = colour_of(pixel)
    assert (colour.brightness, colour.saturation) == pytest.approx((value, saturation), abs=1e-5)


def test_a_dark_room_with_one_lamp_is_low_key() -> None:
    room = flat(10, 10, 12)
    room[0, 0] = 255
    fog = np.repeat(np.linspace(60, 255, 8, dtype=np.uint8), 24).reshape(8, 8, 3)
    assert colour_of(room).lighting_key < colour_of(fog).lighting_key
    assert colour_of(room).shadow > 0.9 > colour_of(fog).shadow


@given(arrays(np.uint8, (6, 5, 3)))
def test_all_measures_keep_their_ranges(picture: np.ndarray) -> None:
    colour = colour_of(picture)
    assert 0 <= colour.brightness <= 1
    assert 0 <= colour.saturation <= 1
    assert 0 <= colour.lighting_key <= 0.2501
    assert 0 <= colour.shadow <= 1
    assert -1 <= colour.pleasantness <= 1
