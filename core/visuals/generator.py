"""What makes pictures from latent vectors, and what judges them: the two small interfaces of a picture walk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.visuals.pattern import View

Latent = NDArray[np.float64]
Rgb = NDArray[np.uint8]
Planes = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]


class PictureGenerator(Protocol):
    """Draws the picture that lies at a place of its latent space; near places have pictures that are alike."""

    @property
    def latent_size(self) -> int:
        """Numbers of a latent vector; each is normally distributed."""
        ...

    def planes(self, latent: Latent, view: View, height: int, width: int) -> Planes:
        """Red, green and blue, (height, width) float32 each, gamma-coded 0..1."""
        ...


class PictureJudge(Protocol):
    """Says how well pictures fit what is wanted."""

    def scores(self, pairs: Sequence[tuple[Rgb, Rgb]]) -> NDArray[np.float64]:
        """One score for each pair of consecutive (height, width, 3) frames; more is better."""
        ...


def drawn(generator: PictureGenerator, latent: Latent, view: View, height: int, width: int) -> Rgb:
    """A (height, width, 3) uint8 RGB picture."""
    planes = generator.planes(latent, view, height, width)
    return np.asarray(np.rint(np.stack(planes, axis=-1) * np.float32(255.0)).astype(np.uint8))


def slerp(first: Latent, second: Latent, share: float) -> Latent:
    """The place so far (0..1) on the great circle between two directions, lengths passing evenly (Shoemake 1985).

    Latent vectors of many numbers all have nearly one length; on the straight line between two the pictures would fade.
    """
    lengths = [float(np.sqrt(np.sum(each * each))) for each in (first, second)]
    if min(lengths) == 0.0:
        return first + (second - first) * share
    a, b = first / lengths[0], second / lengths[1]
    angle = float(np.arccos(np.clip(np.sum(a * b), -1.0, 1.0)))
    length = lengths[0] + (lengths[1] - lengths[0]) * share
    if angle < 1e-4 or np.pi - angle < 1e-4:
        return (a + (b - a) * share) * length
    weights = np.sin((1.0 - share) * angle) / np.sin(angle), np.sin(share * angle) / np.sin(angle)
    return np.asarray((a * weights[0] + b * weights[1]) * length)
