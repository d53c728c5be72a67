"""Brushes, fonts and small shapes that several lanes paint with."""

from __future__ import annotations

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
    """Black or white, whichever is easier to read on a colour (WCAG relative luminance)."""
    channels = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in QColor(color).getRgbF()[:3])
    red, green, blue = channels
    return QColor("#101216") if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.19 else QColor("#ffffff")


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
    """Text on one line, middle of the height, with an ellipsis where it does not fit; none where nothing would be left."""
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
    made = QColor(color)
    alpha = np.clip(shares * 255, 0, 255).astype(np.uint32)
    pixels = (alpha << 24) | np.uint32(made.rgb() & 0xFFFFFF)
    pixels = np.ascontiguousarray(pixels, np.uint32)
    image = QImage(pixels.tobytes(), len(pixels), 1, len(pixels) * 4, QImage.Format.Format_ARGB32)
    painter.drawImage(box, image)


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
