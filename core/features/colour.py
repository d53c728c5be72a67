"""Colour and light of one frame: five numbers from which its affect is guessed.

Sources: Valdez & Mehrabian 1994 ("Effects of color on emotions") for brightness, saturation and the order of hues by
pleasantness; Rasheed, Sheikh & Shah 2005 ("On the use of computable features for film classification") for the
lighting key; Wang & Cheong 2006 ("Affective understanding in film") for the shadow proportion. The limits of the hue
bands and the shadow level are judgements.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SHADOW_LUMA = 0.18  # of 1, gamma-coded: below it a pixel counts as shadow
_SIDE = 168  # pixels of the shorter side that are looked at: all of them say the same
_GREY_WEIGHT = 0.05  # colourfulness below which a frame counts as grey rather than by its hues
_HUE_BANDS = (  # from degree (included), to degree (excluded), pleasantness
    (0.0, 45.0, 0.0),  # red, orange
    (45.0, 95.0, -1.0),  # yellow, green-yellow: the least pleasant
    (95.0, 330.0, 1.0),  # green, blue-green, blue, purple, red-purple: the most pleasant
    (330.0, 360.1, 0.0),  # red
)
_WHITE = 255.0

Levels = NDArray[np.float32]  # one number a pixel, (n,)


@dataclass(frozen=True)
class Colour:
    """The light and colour of a frame.

    Attributes:
        brightness: mean HSV value, 0..1.
        saturation: mean HSV saturation, 0..1.
        lighting_key: mean times standard deviation of the HSV value, 0..0.25; low in low-key light.
        shadow: share of pixels darker than :data:`SHADOW_LUMA`, 0..1.
        pleasantness: of its hues, -1 (all yellow-green) .. 1 (all green, blue or purple); 0 for grey.
    """

    brightness: float
    saturation: float
    lighting_key: float
    shadow: float
    pleasantness: float


def colour_of(picture: NDArray[np.uint8]) -> Colour:
    """The colour and light of a (height, width, 3) uint8 RGB picture of any size."""
    stride = max(min(picture.shape[:2]) // _SIDE, 1)
    levels = picture[::stride, ::stride].reshape(-1, 3)
    red, green, blue = (np.ascontiguousarray(levels[:, channel], np.float32) for channel in range(3))
    value = np.maximum(np.maximum(red, green), blue)
    chroma = value - np.minimum(np.minimum(red, green), blue)
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue  # ITU-R BT.709
    brightness, spread = float(value.mean()) / _WHITE, float(value.std()) / _WHITE
    return Colour(
        brightness=brightness,
        saturation=float((chroma / np.maximum(value, 1)).mean()),  # a black pixel has neither
        lighting_key=brightness * spread,
        shadow=float((luma < SHADOW_LUMA * _WHITE).mean()),
        pleasantness=_pleasantness(_hue(red, green, blue, value, chroma), chroma),
    )


def _pleasantness(degrees: Levels, chroma: Levels) -> float:
    """Mean of the hue bands' scores, each pixel weighted by its chroma (0..255); a nearly grey frame tends to 0."""
    score = np.zeros_like(degrees)
    for start, end, pleasant in _HUE_BANDS:
        if pleasant:
            score += pleasant * ((degrees >= start) & (degrees < end))
    return float((score * chroma).mean() / (chroma.mean() + _GREY_WEIGHT * _WHITE))


def _hue(red: Levels, green: Levels, blue: Levels, value: Levels, chroma: Levels) -> Levels:
    """HSV hue in degrees, 0 (red) .. 360, of levels 0..255; 0 for grey."""
    safe = np.maximum(chroma, 1)  # a grey pixel is red to the first line, and without difference
    sector = np.where(
        value == red,
        (green - blue) / safe,
        np.where(value == green, (blue - red) / safe + 2, (red - green) / safe + 4),
    )
    return np.where(sector < 0, sector + 6, sector) * 60
