"""A picture of what was heard, for ``hitpoint listen --plot``: sections, chords, drums, beats and the curves."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QPen, QPolygonF

from hitpoint.core.errors import EditWriteError
from hitpoint.core.listening.listening import BANDS, Listening
from hitpoint.core.model.vocabulary import SILENCE, chord_of, symbol_of

_WIDTH, _LEFT, _RIGHT = 1800, 110, 20
_ROWS = (("sections", 34), ("chords", 44), ("beats", 40), ("drums", 66), ("loudness", 80), ("density", 70),
         ("brightness", 70), ("register", 70))  # fmt: skip
_GAP, _TOP = 8, 40
_PAPER, _INK, _FAINT, _CURVE = QColor("#fbfaf7"), QColor("#24262b"), QColor("#c9c6bd"), QColor("#2f6f8f")
_HUES = (205, 28, 140, 330, 265, 50, 175, 0)
_SILENT = -80.0


def write_listening_plot(heard: Listening, title: str, path: Path) -> None:
    """Draw it as a PNG, 1800 pixels wide.

    Raises:
        EditWriteError: if the picture cannot be written there.
    """
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        application = QGuiApplication(["hitpoint"])  # fonts need one; it ends with this function
    else:
        application = None
    image = drawn(heard, title)
    if not image.save(str(path), "PNG"):
        raise EditWriteError(f"{path}: the plot cannot be written there")
    del application


def drawn(heard: Listening, title: str) -> QImage:
    """The picture; a QGuiApplication must be there."""
    height = _TOP + sum(row + _GAP for _, row in _ROWS) + 24
    image = QImage(_WIDTH, height, QImage.Format.Format_RGB32)
    image.fill(_PAPER)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(QFont("DejaVu Sans", 10))
    painter.setPen(_INK)
    painter.drawText(QRectF(_LEFT, 6, _WIDTH - _LEFT, 26), Qt.AlignmentFlag.AlignVCenter, _heading(heard, title))
    top = float(_TOP)
    for name, row in _ROWS:
        painter.setPen(_INK)
        painter.drawText(QRectF(6, top, _LEFT - 12, row), Qt.AlignmentFlag.AlignVCenter, name)
        _DRAW[name](painter, heard, QRectF(_LEFT, top, _WIDTH - _LEFT - _RIGHT, row))
        top += row + _GAP
    _clock(painter, heard, top)
    painter.end()
    return image


def _heading(heard: Listening, title: str) -> str:
    tempo = "no beats" if heard.bpm is None else f"{heard.bpm:.1f} bpm in {heard.metre}"
    return f"{title}   {heard.seconds:.1f} s   {tempo}   {heard.key or 'no key'}"


def _x(heard: Listening, box: QRectF, seconds: float) -> float:
    return box.left() + box.width() * min(max(seconds / max(heard.seconds, 1e-9), 0.0), 1.0)


def _sections(painter: QPainter, heard: Listening, box: QRectF) -> None:
    for section in heard.sections:
        left, right = _x(heard, box, section.start), _x(heard, box, section.end)
        hue = _HUES[(ord(section.label[0]) - ord("A")) % len(_HUES)]
        _cell(
            painter, QRectF(left, box.top(), right - left, box.height()), QColor.fromHsl(hue, 110, 205), section.label
        )


def _chords(painter: QPainter, heard: Listening, box: QRectF) -> None:
    painter.setFont(QFont("DejaVu Sans", 7))
    for chord in heard.chords:
        left, right = _x(heard, box, chord.start), _x(heard, box, chord.end)
        root = chord_of(chord.token).root
        shade = QColor("#eeeeee") if root is None else QColor.fromHsl(root * 7 % 12 * 30, 90, 215)
        label = "" if chord.token == SILENCE else symbol_of(chord.token)
        _cell(painter, QRectF(left, box.top(), right - left, box.height()), shade, label)
    painter.setFont(QFont("DejaVu Sans", 10))


def _cell(painter: QPainter, box: QRectF, shade: QColor, label: str) -> None:
    painter.fillRect(box, shade)
    painter.setPen(QPen(_PAPER, 1))
    painter.drawRect(box)
    painter.setPen(_INK)
    if painter.fontMetrics().horizontalAdvance(label) < box.width():
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)


def _beats(painter: QPainter, heard: Listening, box: QRectF) -> None:
    bars = {round(time, 4) for time in heard.downbeats}
    for beat in heard.beats:
        is_bar = round(beat, 4) in bars
        painter.setPen(QPen(_INK if is_bar else _FAINT, 1.6 if is_bar else 1.0))
        x = _x(heard, box, beat)
        painter.drawLine(QPointF(x, box.top() + (0 if is_bar else box.height() / 2)), QPointF(x, box.bottom()))


def _drums(painter: QPainter, heard: Listening, box: QRectF) -> None:
    row = box.height() / len(BANDS)
    for stroke in heard.drums:
        bottom = box.bottom() - BANDS.index(stroke.band) * row
        x = _x(heard, box, stroke.time)
        painter.setPen(QPen(_INK, 1.2))
        painter.drawLine(QPointF(x, bottom), QPointF(x, bottom - row * 0.9 * stroke.strength))


def _curve(painter: QPainter, heard: Listening, box: QRectF, values: Sequence[float], low: float, high: float) -> None:
    painter.setPen(QPen(_FAINT, 1))
    painter.drawLine(box.bottomLeft(), box.bottomRight())
    line = QPolygonF(
        [
            QPointF(
                _x(heard, box, second + 0.5),
                box.bottom() - box.height() * min(max((value - low) / max(high - low, 1e-9), 0.0), 1.0),
            )
            for second, value in enumerate(values)
        ]
    )
    painter.setPen(QPen(_CURVE, 1.6))
    painter.drawPolyline(line)


def _loudness(painter: QPainter, heard: Listening, box: QRectF) -> None:
    loud = [value for value in heard.curves.loudness if value > _SILENT]
    high = max(loud, default=0.0)
    _curve(painter, heard, box, heard.curves.loudness, high - 40.0, high)


def _density(painter: QPainter, heard: Listening, box: QRectF) -> None:
    _curve(painter, heard, box, heard.curves.density, 0.0, max(heard.curves.density, default=1.0))


def _brightness(painter: QPainter, heard: Listening, box: QRectF) -> None:
    _curve(painter, heard, box, heard.curves.brightness, 0.0, max(heard.curves.brightness, default=1.0))


def _register(painter: QPainter, heard: Listening, box: QRectF) -> None:
    _curve(painter, heard, box, heard.curves.register, 36.0, 84.0)


def _clock(painter: QPainter, heard: Listening, top: float) -> None:
    painter.setPen(_INK)
    step = next((step for step in (5, 10, 15, 30, 60, 120, 300, 600) if heard.seconds / step <= 16), 1800)
    box = QRectF(_LEFT, top, _WIDTH - _LEFT - _RIGHT, 20)
    for second in range(0, int(heard.seconds) + 1, step):
        x = _x(heard, box, float(second))
        painter.drawText(QRectF(x, top - 4, 80, 18), Qt.AlignmentFlag.AlignLeft, f"{second // 60}:{second % 60:02}")


_DRAW: dict[str, Callable[[QPainter, Listening, QRectF], None]] = {
    "sections": _sections, "chords": _chords, "beats": _beats, "drums": _drums, "loudness": _loudness,
    "density": _density, "brightness": _brightness, "register": _register,
}  # fmt: skip
