"""Brushes, fonts and small shapes that several lanes paint with."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF


@lru_cache(maxsize=512)
def ink(color: str, share: float = 1.0) -> QColor:
    """A colour of the theme, opaque to a share 0..1. Never to be changed: it is shared."""
    made = QColor(color)
    made.setAlphaF(share)
    return made


@lru_cache(maxsize=512)
def mixed(color: str, other: str, share: float) -> QColor:
    """A colour with a share 0..1 of another one in it."""
    a, b = QColor(color), QColor(other)
    red, green, blue = (x + (y - x) * share for x, y in zip(a.getRgbF()[:3], b.getRgbF()[:3], strict=True))
    return QColor.fromRgbF(red, green, blue)


@lru_cache(maxsize=64)
def text_on(color: str) -> QColor:
    """Black or white, whichever is easier to read on a colour: 4.5 : 1 at least (WCAG relative luminance)."""
    channels = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in QColor(color).getRgbF()[:3])
    red, green, blue = channels
    return QColor("#000000") if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else QColor("#ffffff")


def type_size(font: QFont) -> float:
    """How large a font is beside the usual one, 1 at least: larger type asks for taller lanes."""
    return max(1.0, QFontMetricsF(font).height() / 15)


def sized(font: QFont, share: float, *, bold: bool = False) -> QFont:
    """A font by the size of another one."""
    made = QFont(font)
    if font.pixelSize() > 0:
        made.setPixelSize(max(8, round(font.pixelSize() * share)))
    else:
        made.setPointSizeF(max(6.5, font.pointSizeF() * share))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def label(painter: QPainter, box: QRectF, text: str, color: QColor, *, center: bool = False) -> None:
    """Text on one line, middle of the height, with an ellipsis where it does not fit.

    None where nothing would be left.
    """
    metrics = QFontMetricsF(painter.font())
    if metrics.horizontalAdvance(text) > box.width():
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        if len(text) < 4:
            return
    side = Qt.AlignmentFlag.AlignHCenter if center else Qt.AlignmentFlag.AlignLeft
    painter.setPen(color)
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)


def strip(painter: QPainter, box: QRectF, color: str, shares: NDArray[np.floating]) -> None:
    """One column a pixel, each opaque to its share 0..1: how things too small to draw are shown together."""
    data = _pixels(color)[(np.clip(shares, 0.0, 1.0) * 255).astype(np.uint8)].tobytes()
    image = QImage(data, len(shares), 1, len(shares) * 4, QImage.Format.Format_ARGB32_Premultiplied)
    painter.drawImage(box, image)


def fill_between(
    painter: QPainter,
    height: int,
    color: str,
    tops: NDArray[np.floating],
    bottoms: NDArray[np.floating],
    share: float | NDArray[np.floating] = 1.0,
) -> None:
    """Fill each column from its top to its bottom; NaN leaves it empty. Much quicker than a polygon of as many corners.

    Args:
        painter: at the left top of the lane.
        height: of the lane, in pixels.
        color: of the filling.
        tops: pixels from the top, one for each column of the device, as :func:`device_ratio` counts them.
        bottoms: likewise.
        share: 0..1, how opaque it is, for all columns or for each.
    """
    ratio = device_ratio(painter)
    upper = np.nan_to_num(np.asarray(tops * ratio, np.float32), nan=np.inf, posinf=np.inf)
    lower = np.nan_to_num(np.asarray(bottoms * ratio, np.float32), nan=-np.inf, neginf=-np.inf)
    first, end = (
        max(math.floor(min(upper.min(), height * ratio)), 0),
        min(math.ceil(max(lower.max(), 0)), round(height * ratio)),
    )
    if end <= first:
        return
    rows = np.arange(first, end, dtype=np.float32)[:, None]
    covered = np.minimum(rows + 1, lower)
    covered -= np.maximum(rows, upper)
    np.clip(covered, 0.0, 1.0, out=covered)
    covered *= np.asarray(share, np.float32) * np.float32(255)
    data = _pixels(color)[covered.astype(np.uint8)].tobytes()
    image = QImage(data, len(tops), len(rows), len(tops) * 4, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    painter.drawImage(QPointF(0, first / ratio), image)


def device_ratio(painter: QPainter) -> float:
    """Pixels of the device to one of the lane: 2 on many laptops."""
    device = painter.device()
    return 1.0 if device is None else device.devicePixelRatioF()


@lru_cache(maxsize=64)
def _pixels(color: str) -> NDArray[np.uint32]:
    """A colour at 256 opacities, premultiplied."""
    made = QColor(color)
    alpha: NDArray[np.uint32] = np.arange(256, dtype=np.uint32)
    red, green, blue = (
        alpha * np.uint32(channel) // np.uint32(255) for channel in (made.red(), made.green(), made.blue())
    )
    pixels: NDArray[np.uint32] = ((alpha << 24) | (red << 16) | (green << 8) | blue).astype(np.uint32)
    return pixels


def padlock(painter: QPainter, center: QPointF, color: QColor, size: float = 9.0) -> None:
    """A closed padlock."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    body = QRectF(center.x() - size * 0.42, center.y() - size * 0.08, size * 0.84, size * 0.6)
    shackle = QRectF(center.x() - size * 0.27, center.y() - size * 0.52, size * 0.54, size * 0.76)
    painter.setPen(QPen(color, max(1.2, size * 0.14)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(shackle, 0, 180 * 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(body, 1.3, 1.3)
    painter.restore()


def diamond(center: QPointF, radius: float) -> QPolygonF:
    """A square on its corner."""
    x, y = center.x(), center.y()
    return QPolygonF([QPointF(x, y - radius), QPointF(x + radius, y), QPointF(x, y + radius), QPointF(x - radius, y)])


def triangle(center: QPointF, radius: float) -> QPolygonF:
    """A triangle that points down."""
    x, y = center.x(), center.y()
    return QPolygonF(
        [QPointF(x - radius, y - radius * 0.7), QPointF(x + radius, y - radius * 0.7), QPointF(x, y + radius)]
    )


def pennant(center: QPointF, radius: float) -> QPolygonF:
    """A marker's shape: a box with a point below."""
    x, y, r = center.x(), center.y(), radius
    corners = [(-0.8 * r, -r), (0.8 * r, -r), (0.8 * r, 0.25 * r), (0, r), (-0.8 * r, 0.25 * r)]
    return QPolygonF([QPointF(x + dx, y + dy) for dx, dy in corners])
