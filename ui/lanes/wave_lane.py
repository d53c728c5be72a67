"""The waveform of the music, with how far it gives way to speech, and that of the edit's own sound."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QPainter, QPen, QPolygonF

from hitpoint.core.cue.sound import DuckPoint, gain_at
from hitpoint.ui.lanes.ink import ink, label
from hitpoint.ui.lanes.labels import signed
from hitpoint.ui.lanes.lane import Lane
from hitpoint.ui.lanes.stage import Stage
from hitpoint.ui.lanes.timeline_data import WavePeaks

_DEEPEST = 24.0  # decibels from the top to the bottom of the lane


class WaveLane(Lane):
    """A sound from its lowest to its highest sample in each pixel."""

    def __init__(self, stage: Stage, *, is_music: bool) -> None:
        super().__init__(stage, "", "", 46 if is_music else 40, grows=True)
        self._is_music = is_music
        self._peaks: WavePeaks | None = None
        self.name = self.tr("Music") if is_music else self.tr("Production")
        self.setAccessibleName(self.tr("Sound of the music") if is_music else self.tr("Production sound"))
        more = self.tr(" The line shows how far it gives way to speech.") if is_music else ""
        self.setToolTip(self.tr("Click to go there.") + more)
        self.setAccessibleDescription(self.toolTip())

    def show_peaks(self, peaks: WavePeaks | None) -> None:
        """Show another sound, or none."""
        self._peaks = peaks
        self.refresh()

    @property
    def _duck(self) -> tuple[DuckPoint, ...]:
        return self.stage.data.duck if self._is_music else ()

    def caption(self) -> str:
        """How far the music gives way at the playhead."""
        if self.stage.playhead is None or not self._duck:
            return ""
        gain = gain_at(self._duck, self.stage.playhead)
        return self.tr("duck {gain} dB").format(gain=signed(gain)) if gain < -0.5 else ""

    def paint_content(self, painter: QPainter) -> None:
        """The wave, then the envelope over it."""
        theme = self.stage.theme
        if self._peaks is None or not len(self._peaks.high):
            if self._is_music or self.stage.data.shots:
                text = self.tr("Not rendered yet") if self._is_music else self.tr("No production sound")
                label(painter, QRectF(12, 0, 400, self.height()), text, ink(theme.faint))
        else:
            self._paint_wave(painter, self._peaks)
        if self._duck:
            self._paint_duck(painter)

    def _paint_wave(self, painter: QPainter, peaks: WavePeaks) -> None:
        color = self.stage.theme.wave if self._is_music else self.stage.theme.production_wave
        low, high = wave_columns(peaks, self.stage.scale.pixels_per_second, self.stage.scale.offset, self.stage.width)
        there = np.flatnonzero(~np.isnan(high))
        if not len(there):
            return
        middle, half = (self.height() - 1) / 2, (self.height() - 1) / 2 - 3
        x = (there + 0.5).tolist()
        tops = (middle - np.maximum(high[there] * half, 0.5)).tolist()
        bottoms = (middle - np.minimum(low[there] * half, -0.5)).tolist()
        upper = [QPointF(a, b) for a, b in zip(x, tops, strict=True)]
        lower = [QPointF(a, b) for a, b in zip(x, bottoms, strict=True)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(color, 0.9))
        painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))

    def _paint_duck(self, painter: QPainter) -> None:
        """0 dB at the top, :data:`_DEEPEST` below it at the bottom."""
        theme = self.stage.theme
        start, end = self.stage.visible
        room = self.height() - 9.0
        shown = [point for point in self._duck if start <= point.time <= end]
        edges = [DuckPoint(start, gain_at(self._duck, start)), *shown, DuckPoint(end, gain_at(self._duck, end))]
        music = self.stage.data.music or (start, end)
        line = [
            QPointF(self.x_of(point.time), 4 + min(-point.gain_decibels / _DEEPEST, 1.0) * room)
            for point in edges
            if music[0] <= point.time <= music[1]
        ]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink(theme.background, 0.8), 3.2))
        painter.drawPolyline(QPolygonF(line))
        painter.setPen(QPen(ink(theme.warning), 1.4))
        painter.drawPolyline(QPolygonF(line))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def tip_at(self, x: float, y: float) -> str:
        """The place, and the gain there."""
        text = self.stage.data.ruler.label(self.stage.frame_at(x))
        if not self._duck:
            return text
        gain = signed(gain_at(self._duck, self.stage.scale.seconds(x)))
        return f"{text}\n" + self.tr("music gives way by {gain} dB").format(gain=gain)


def wave_columns(
    peaks: WavePeaks, pixels_per_second: float, offset: int, width: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The lowest and highest sample in each pixel ``0 .. width`` (exclusive); NaN where there is no sound."""
    low, high = np.full(width, np.nan), np.full(width, np.nan)
    place = ((np.arange(width + 1) + offset) / pixels_per_second - peaks.start) * peaks.per_second
    first = np.floor(place[:-1]).astype(np.int64)
    end = np.maximum(np.ceil(place[1:]).astype(np.int64), first + 1)
    there = (end > 0) & (first < len(peaks.high))
    first, end = np.clip(first[there], 0, None), np.clip(end[there], 0, len(peaks.high))
    if len(first):
        pairs = np.stack([first, end], axis=1).ravel()
        low[there] = np.minimum.reduceat(np.append(peaks.low, 0.0), pairs)[::2]
        high[there] = np.maximum.reduceat(np.append(peaks.high, 0.0), pairs)[::2]
    return low, high
