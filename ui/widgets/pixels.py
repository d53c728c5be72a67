"""From decoded pixels to what Qt paints."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtGui import QImage


def image_of(pixels: NDArray[np.uint8]) -> QImage:
    """An image of (height, width, 3) RGB that keeps pixels of its own."""
    height, width, _ = pixels.shape
    return QImage(pixels.tobytes(), width, height, width * 3, QImage.Format.Format_RGB888).copy()
