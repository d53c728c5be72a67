"""The waveform of the music, with how far it gives way to speech, and that of the edit's own sound."""

from __future__ import annotations

import numpy as np
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QPainter, QPen, QPolygonF

from hitpoint.core.cue.sound import DuckPoint, gain_at
from hitpoint.ui.lanes.ink import ink, label, strip
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
            if self.stage.data.music is not None if self._is_music else self.stage.data.shots:
                text = self.tr("Not rendered yet") if self._is_music else self.tr("No production sound")
                label(painter, QRectF(12, 0, 400, self.height()), text, ink(theme.faint))
        else:
            self._paint_wave(painter, self._peaks)
        if self._duck:
            self._paint_duck(painter)

    def _paint_wave(self, painter: QPainter, peaks: WavePeaks) -> None:
        color = self.stage.theme.wave if self._is_music else self.stage.theme.production_wave
        low, high = peaks.columns(self.stage.scale, self.stage.width)
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
        """0 dB at the top, :data:`_DEEPEST` below it at the bottom; a shade where single points could not be told apart."""
        theme = self.stage.theme
        times = np.array([point.time for point in self._duck]) * self.stage.scale.pixels_per_second
        x = times - self.stage.scale.offset
        y = 4 + np.minimum([-point.gain_decibels / _DEEPEST for point in self._duck], 1.0) * (self.height() - 9.0)
        seen = np.flatnonzero((x >= 0) & (x <= self.stage.width))
        if len(seen) * 4 > self.stage.width:
            deepest = np.interp(np.arange(self.stage.width) + 0.5, x, y)
            strip(painter, QRectF(0, 4, self.stage.width, float(y.max()) - 4), theme.warning, (deepest > 6) * 0.4)
            return
        first, end = max(int(np.searchsorted(x, 0)) - 1, 0), int(np.searchsorted(x, self.stage.width)) + 1
        line = [QPointF(*place) for place in zip(x[first:end].tolist(), y[first:end].tolist(), strict=True)]
        music = self.stage.data.music or (0.0, 0.0)
        if first == 0:
            line.insert(0, QPointF(self.x_of(music[0]), line[0].y() if line else 4.0))
        if end >= len(x):
            line.append(QPointF(self.x_of(music[1]), float(y[-1])))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, wide in ((ink(theme.background, 0.85), 3.6), (ink(theme.warning), 1.5)):
            painter.setPen(QPen(color, wide))
            painter.drawPolyline(QPolygonF(line))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def tip_at(self, x: float, y: float) -> str:
        """The place, and the gain there."""
        text = self.stage.data.ruler.label(self.stage.frame_at(x))
        if not self._duck:
            return text
        gain = signed(gain_at(self._duck, self.stage.scale.seconds(x)))
        return f"{text}\n" + self.tr("music gives way by {gain} dB").format(gain=gain)
