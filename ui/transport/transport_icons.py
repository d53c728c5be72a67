"""The transport's signs, drawn as outlines so that they are sharp at any size and have the theme's colour."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from hitpoint.ui.theme import Theme

_SIDE = 24.0  # the grid that the signs are drawn on
_PIXELS = 96


def transport_icon(name: str, theme: Theme) -> QIcon:
    """The sign of a button; faint when it cannot be pressed, in the accent's colour when it is on."""
    icon = QIcon()
    icon.addPixmap(_drawn(name, theme.text), QIcon.Mode.Normal, QIcon.State.Off)
    icon.addPixmap(_drawn(name, theme.accent), QIcon.Mode.Normal, QIcon.State.On)
    icon.addPixmap(_drawn(name, theme.line), QIcon.Mode.Disabled, QIcon.State.Off)
    return icon


def _drawn(name: str, colour: str) -> QPixmap:
    pixmap = QPixmap(_PIXELS, _PIXELS)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_PIXELS / _SIDE, _PIXELS / _SIDE)
    painter.setBrush(QColor(colour))
    painter.setPen(Qt.PenStyle.NoPen)
    _SIGNS[name](painter, QColor(colour))
    painter.end()
    return pixmap


def _triangle(painter: QPainter, left: float, tip: float, half: float = 7.0) -> None:
    painter.drawPolygon(QPolygonF([QPointF(left, 12 - half), QPointF(tip, 12), QPointF(left, 12 + half)]))


def _play(painter: QPainter, colour: QColor) -> None:
    _triangle(painter, 6, 20, 8)


def _stop(painter: QPainter, colour: QColor) -> None:
    painter.drawRoundedRect(QRectF(6, 6, 12, 12), 1.5, 1.5)


def _forward(painter: QPainter, colour: QColor) -> None:
    _triangle(painter, 4, 12)
    _triangle(painter, 12, 20)


def _reverse(painter: QPainter, colour: QColor) -> None:
    _triangle(painter, 20, 12)
    _triangle(painter, 12, 4)


def _on(painter: QPainter, colour: QColor) -> None:
    painter.drawRect(QRectF(6, 5, 2.5, 14))
    _triangle(painter, 11, 20)


def _back(painter: QPainter, colour: QColor) -> None:
    painter.drawRect(QRectF(15.5, 5, 2.5, 14))
    _triangle(painter, 13, 4)


def _home(painter: QPainter, colour: QColor) -> None:
    painter.drawRect(QRectF(5, 5, 2.5, 14))
    _triangle(painter, 19, 9)


def _end(painter: QPainter, colour: QColor) -> None:
    painter.drawRect(QRectF(16.5, 5, 2.5, 14))
    _triangle(painter, 5, 15)


def _loop(painter: QPainter, colour: QColor) -> None:
    painter.save()
    _outline(painter, colour)
    painter.drawArc(QRectF(4, 6, 12, 12), 90 * 16, 180 * 16)
    painter.drawArc(QRectF(8, 6, 12, 12), -90 * 16, 130 * 16)
    painter.drawLine(QPointF(10, 18), QPointF(14, 18))
    painter.restore()
    painter.drawPolygon(QPolygonF([QPointF(10, 2.5), QPointF(16, 6), QPointF(10, 9.5)]))


def _production(painter: QPainter, colour: QColor) -> None:
    painter.drawRoundedRect(QRectF(9, 3, 6, 11), 3, 3)
    _outline(painter, colour)
    painter.drawArc(QRectF(5.5, 5, 13, 12), 180 * 16, 180 * 16)
    painter.drawLine(QPointF(12, 17), QPointF(12, 21))
    painter.drawLine(QPointF(8, 21), QPointF(16, 21))


def _speaker(painter: QPainter) -> None:
    path = QPainterPath(QPointF(3, 9))
    for x, y in ((7, 9), (12, 5), (12, 19), (7, 15), (3, 15)):
        path.lineTo(x, y)
    path.closeSubpath()
    painter.drawPath(path)


def _sound(painter: QPainter, colour: QColor) -> None:
    _speaker(painter)
    _outline(painter, colour)
    painter.drawArc(QRectF(10, 8, 7, 8), -60 * 16, 120 * 16)
    painter.drawArc(QRectF(9, 4.5, 12, 15), -60 * 16, 120 * 16)


def _silent(painter: QPainter, colour: QColor) -> None:
    _speaker(painter)
    _outline(painter, colour)
    painter.drawLine(QPointF(15, 9), QPointF(21, 15))
    painter.drawLine(QPointF(21, 9), QPointF(15, 15))


def _outline(painter: QPainter, colour: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))


_SIGNS: dict[str, Callable[[QPainter, QColor], None]] = {
    "play": _play,
    "stop": _stop,
    "forward": _forward,
    "reverse": _reverse,
    "on": _on,
    "back": _back,
    "home": _home,
    "end": _end,
    "loop": _loop,
    "production": _production,
    "sound": _sound,
    "silent": _silent,
}
