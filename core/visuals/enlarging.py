"""Pictures drawn small become film frames: enlarged by cubic curves, in video's own colours, with a little grain.

The curve is one of Mitchell and Netravali's (1988, "Reconstruction filters in computer graphics"), B = 2/3 and C = 1/6,
which draws a crease without steps. The grain is what keeps smooth dark
shades from breaking into bands when eight bits are left. Sums and products only: the same bits on every processor.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.visuals.generator import Planes

FACTOR = 4  # of luma; chroma has half of it
_B = 2 / 3  # 0 is sharp and has steps, 1 is soft
_GRAIN = 0.9  # levels of 255
_BAND = 1 << 16  # pixels that are computed at once
_TILE = 512  # frames draw their grain from a tile of about this side

Plane = NDArray[np.float32]
Levels = NDArray[np.uint8]


class Grain:
    """Noise for all frames of a film, a different part of one tile for each."""

    def __init__(self, height: int, width: int, seed: int) -> None:
        rng = np.random.default_rng([seed, 0x6A1])
        self._size = height, width
        noise = rng.random((height + _TILE // 4, width + _TILE // 4), np.float32)
        noise += rng.random(noise.shape, np.float32)
        self._noise = (noise - np.float32(1.0)) * np.float32(_GRAIN) + np.float32(0.5)  # a half, to round
        self._offsets = rng.integers(0, _TILE // 4, (997, 2))

    def of(self, frame: int) -> Plane:
        """(height, width) float32, to be added before what lies behind the point is cut off."""
        top, left = self._offsets[frame % len(self._offsets)]
        height, width = self._size
        return self._noise[top : top + height, left : left + width]


def video_planes(planes: Planes, grain: Plane) -> tuple[Levels, Levels, Levels]:
    """Y, Cb and Cr of BT.709 in video range, 4:2:0, four times as large as red, green and blue (0..1).

    Returns:
        (4 h, 4 w), (2 h, 2 w) and (2 h, 2 w) uint8.
    """
    red, green, blue = planes
    f = np.float32
    luma = f(0.2126) * red + f(0.7152) * green + f(0.0722) * blue
    blueness = (blue - luma) * f(224.0 / 1.8556) + f(128.5)
    redness = (red - luma) * f(224.0 / 1.5748) + f(128.5)
    return (
        _levels(luma * f(219.0) + f(16.0), FACTOR, grain),
        _levels(blueness, FACTOR // 2, None),
        _levels(redness, FACTOR // 2, None),
    )


def _levels(plane: Plane, factor: int, grain: Plane | None) -> Levels:
    """A plane enlarged and in whole levels, a few rows at a time, so that they stay in the processor's cache."""
    tall = _along_rows(plane, factor)
    height, width = len(tall), plane.shape[1] * factor
    found = np.empty((height, width), np.uint8)
    rows = max(1, _BAND // width)
    for top in range(0, height, rows):
        part = _along_columns(tall[top : top + rows], factor)
        if grain is not None:
            part += grain[top : top + rows]
        found[top : top + rows] = np.clip(part, np.float32(16.0), np.float32(240.99), out=part)
    return found


def enlarged(plane: Plane, factor: int) -> Plane:
    """A (h, w) plane as (factor h, factor w), its edges held."""
    return _along_columns(_along_rows(plane, factor), factor)


def _along_rows(plane: Plane, factor: int) -> Plane:
    padded = np.concatenate([plane[:1], plane[:1], plane, plane[-1:], plane[-1:]])
    found = np.empty((len(plane), factor, plane.shape[1]), np.float32)
    scratch = np.empty_like(plane)
    for phase, (first, weights) in enumerate(_phases(factor)):
        total = padded[first : first + len(plane)] * weights[0]
        for tap in range(1, 4):
            total += np.multiply(padded[first + tap : first + tap + len(plane)], weights[tap], out=scratch)
        found[:, phase] = total
    return found.reshape(len(plane) * factor, plane.shape[1])


def _along_columns(plane: Plane, factor: int) -> Plane:
    height, width = plane.shape
    found = np.empty((height, width, factor), np.float32)
    padded = np.concatenate([plane[:, :1], plane[:, :1], plane, plane[:, -1:], plane[:, -1:]], axis=1)
    scratch = np.empty_like(plane)
    for phase, (first, weights) in enumerate(_phases(factor)):
        total = padded[:, first : first + width] * weights[0]
        for tap in range(1, 4):
            total += np.multiply(padded[:, first + tap : first + tap + width], weights[tap], out=scratch)
        found[:, :, phase] = total
    return found.reshape(height, width * factor)


def _phases(factor: int) -> list[tuple[int, tuple[np.float32, ...]]]:
    """For each place between two pixels: the first of four padded neighbours, and their weights."""
    found = []
    for phase in range(factor):
        place = (phase + 0.5) / factor - 0.5
        first = 0 if place < 0 else 1
        t = place + 1.0 if place < 0 else place
        weights = (_cubic(1.0 + t), _cubic(t), _cubic(1.0 - t), _cubic(2.0 - t))
        found.append((first, tuple(np.float32(weight) for weight in weights)))
    return found


def _cubic(distance: float) -> float:
    """The weight of a pixel so far away, 0..2."""
    b, c = _B, (1.0 - _B) / 2.0
    if distance < 1.0:
        return ((12 - 9 * b - 6 * c) * distance**3 + (-18 + 12 * b + 6 * c) * distance**2 + 6 - 2 * b) / 6
    return (
        (-b - 6 * c) * distance**3 + (6 * b + 30 * c) * distance**2 + (-12 * b - 48 * c) * distance + 8 * b + 24 * c
    ) / 6
