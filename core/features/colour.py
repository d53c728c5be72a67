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
_STRIDE = 2  # every second pixel in both directions says the same, four times as fast
_GREY_WEIGHT = 0.05  # colourfulness below which a frame counts as grey rather than by its hues
_HUE_BANDS = (  # from degree (included), to degree (excluded), pleasantness
    (0.0, 45.0, 0.0),  # red, orange
    (45.0, 95.0, -1.0),  # yellow, green-yellow: the least pleasant
    (95.0, 330.0, 1.0),  # green, blue-green, blue, purple, red-purple: the most pleasant
    (330.0, 360.1, 0.0),  # red
)


@dataclass(frozen=True)
class Colour:
    """What the light of a frame is like.

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
    rgb = picture[::_STRIDE, ::_STRIDE].reshape(-1, 3).astype(np.float32) / 255.0
    value = rgb.max(axis=1)
    chroma = value - rgb.min(axis=1)
    saturation = np.divide(chroma, value, out=np.zeros_like(chroma), where=value > 0)
    luma = rgb @ np.array((0.2126, 0.7152, 0.0722), np.float32)  # ITU-R BT.709
    return Colour(
        brightness=float(value.mean()),
        saturation=float(saturation.mean()),
        lighting_key=float(value.mean() * value.std()),
        shadow=float((luma < SHADOW_LUMA).mean()),
        pleasantness=_pleasantness(rgb, value, chroma),
    )


def _pleasantness(rgb: NDArray[np.float32], value: NDArray[np.float32], chroma: NDArray[np.float32]) -> float:
    """Mean of the hue bands' scores, each pixel weighted by its chroma; a nearly grey frame tends to 0."""
    degrees = _hue(rgb, value, chroma)
    edges = np.array([start for start, _, _ in _HUE_BANDS[1:]])
    scores = np.array([score for _, _, score in _HUE_BANDS])[np.searchsorted(edges, degrees, side="right")]
    return float((scores * chroma).mean() / (chroma.mean() + _GREY_WEIGHT))


def _hue(rgb: NDArray[np.float32], value: NDArray[np.float32], chroma: NDArray[np.float32]) -> NDArray[np.float32]:
    """HSV hue in degrees, 0 (red) .. 360; 0 for grey."""
    red, green, blue = rgb.T
    safe = np.where(chroma > 0, chroma, 1.0)
    sector = np.where(
        value == red,
        (green - blue) / safe % 6,
        np.where(value == green, (blue - red) / safe + 2, (red - green) / safe + 4),
    )
    return np.where(chroma > 0, sector * 60.0, 0.0).astype(np.float32)
