"""Colours of a drawn picture: a short way through OKLab, whose lightness and hue the eye sees as even.

OKLab is Ottosson 2020, "A perceptual color space for image processing"; its matrices are his. Only sums, products and
square roots are used, so that a picture has the same bits on every processor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]

# from OKLab to the cube roots of cone responses, and from these to linear sRGB (Ottosson 2020)
_TO_CONES = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_TO_LINEAR = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
_KNEE = 0.85  # linear light above which a highlight is pressed together rather than cut off


@dataclass(frozen=True)
class Palette:
    """The colours of one picture.

    Attributes:
        hue: a direction in OKLab's plane of a and b, of length 1.
        turn: tangent of half the angle by which the hue turns from one end of the picture's colours to the other.
        chroma: of the purest colours, 0 (grey) .. 0.25.
        low: lightness of the darkest, 0..1.
        high: lightness of the lightest, 0..1.
    """

    hue: tuple[float, float]
    turn: float
    chroma: float
    low: float
    high: float


def painted(tone: Plane, tint: Plane, palette: Palette) -> tuple[Plane, Plane, Plane]:
    """Red, green and blue, gamma-coded 0..1, of a picture.

    Args:
        tone: (height, width) 0..1, from the darkest to the lightest.
        tint: (height, width) -1..1, from one end of the hues to the other.
        palette: its colours.
    """
    one = np.float32(1.0)
    lightness = np.float32(palette.low) + np.float32(palette.high - palette.low) * tone
    half = tint * np.float32(palette.turn)
    square = half * half
    scale = np.float32(palette.chroma) * _purity(lightness) / (one + square)
    cosine, sine = (one - square) * scale, np.float32(2.0) * half * scale
    a = cosine * np.float32(palette.hue[0]) - sine * np.float32(palette.hue[1])
    b = cosine * np.float32(palette.hue[1]) + sine * np.float32(palette.hue[0])
    cones = []
    for row in _TO_CONES:
        root = lightness + np.float32(row[1]) * a + np.float32(row[2]) * b
        cones.append(root * root * root)
    red, green, blue = (
        _coded(np.float32(row[0]) * cones[0] + np.float32(row[1]) * cones[1] + np.float32(row[2]) * cones[2])
        for row in _TO_LINEAR
    )
    return red, green, blue


def _purity(lightness: Plane) -> Plane:
    """How pure a colour of a lightness can be, 0..1: neither black nor white has any."""
    distance = lightness - np.float32(0.62)
    return np.maximum(np.float32(1.0) - np.float32(2.2) * distance * distance, np.float32(0.12))


def _coded(light: NDArray[Any]) -> Plane:
    """Gamma-coded light; what is too bright for the screen is pressed together above the knee."""
    knee, one = np.float32(_KNEE), np.float32(1.0)
    over = np.maximum(light - knee, np.float32(0.0))
    pressed = np.minimum(light, knee) + over / (one + over / (one - knee))
    return np.asarray(np.sqrt(np.clip(pressed, np.float32(0.0), one)))
