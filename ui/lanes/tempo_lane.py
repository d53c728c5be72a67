"""The tempo: beats a minute, as the hits ask."""

from __future__ import annotations

import numpy as np
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from hitpoint.ui.lanes.columns import extents, visible_range
from hitpoint.ui.lanes.ink import ink
from hitpoint.ui.lanes.lane import Lane
from hitpoint.ui.lanes.stage import Stage

_LEAST_SPAN = 20.0  # beats a minute from bottom to top, at least: a steady tempo should look steady
_LABEL_AIR = 10.0
_CROWDED = 3.0  # pixels between changes


class TempoLane(Lane):
    """A line that steps where the tempo changes."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "", "", 34)
        self.name = self.tr("Tempo")
        self.setAccessibleName(self.name)
        self.setToolTip(self.tr("Beats a minute. The tempo is fitted to the hits that are wanted."))
        self.setAccessibleDescription(self.toolTip())

    def caption(self) -> str:
        """Tempo at the playhead."""
        bpm = self._bpm_at(self.stage.playhead) if self.stage.playhead is not None else None
        return "" if bpm is None else f"{bpm:.1f}"

    def paint_content(self, painter: QPainter) -> None:
        """The line, and numbers where there is room."""
        tempo, music = self.stage.data.tempo, self.stage.data.music
        if not len(tempo.times) or music is None:
            return
        edges = np.append(tempo.times, music[1])
        seen = visible_range(edges, *self.stage.visible)
        if not seen:
            return
        x = edges[seen.start : seen.stop + 1] * self.stage.scale.pixels_per_second - self.stage.scale.offset
        bpm = tempo.bpm[seen.start : seen.stop]
        if (x[-1] - x[0]) / len(bpm) >= _CROWDED:
            self._paint_line(painter, x, bpm)
        else:
            self._paint_columns(painter, x, bpm)

    def _y(self, bpm: np.ndarray) -> np.ndarray:
        all_bpm = self.stage.data.tempo.bpm
        low, high = float(all_bpm.min()), float(all_bpm.max())
        air = max((_LEAST_SPAN - (high - low)) / 2, 2.0)
        share = (bpm - low + air) / (high - low + 2 * air)
        return np.round(self.height() - 6 - share * (self.height() - 12)) + 0.5

    def _paint_line(self, painter: QPainter, x: np.ndarray, bpm: np.ndarray) -> None:
        theme = self.stage.theme
        y = self._y(bpm)
        left, right = np.maximum(x[:-1], -4.0).tolist(), np.minimum(x[1:], self.stage.width + 4.0).tolist()
        line = [QPointF(a, b) for i, b in enumerate(y.tolist()) for a in (left[i], right[i])]
        painter.setPen(QPen(ink(theme.tempo, 0.9), 1.3))
        painter.drawPolyline(QPolygonF(line))
        metrics, free_from = QFontMetricsF(painter.font()), 0.0
        for index, value in enumerate(bpm.tolist()):
            text = f"{value:.1f}"
            start = max(left[index], 0.0) + 5
            wide = metrics.horizontalAdvance(text)
            if start < free_from or min(right[index], self.stage.width) - start < wide:
                continue
            below = y[index] < self.height() / 2
            base = y[index] + metrics.ascent() + 1 if below else y[index] - 4
            painter.setPen(ink(theme.faint))
            painter.drawText(QPointF(start, float(base)), text)
            free_from = start + wide + _LABEL_AIR

    def _paint_columns(self, painter: QPainter, x: np.ndarray, bpm: np.ndarray) -> None:
        low, high = extents(x, bpm, self.stage.width)
        there = np.flatnonzero(~np.isnan(high))
        if not len(there):
            return
        upper = [QPointF(a + 0.5, b) for a, b in zip(there.tolist(), self._y(high[there]).tolist(), strict=True)]
        lower = [QPointF(a + 0.5, b + 1) for a, b in zip(there.tolist(), self._y(low[there]).tolist(), strict=True)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(self.stage.theme.tempo, 0.8))
        painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))

    def tip_at(self, x: float, y: float) -> str:
        """Tempo at a place."""
        bpm = self._bpm_at(self.stage.scale.seconds(x))
        return "" if bpm is None else self.tr("{bpm:.2f} beats a minute").format(bpm=bpm)

    def _bpm_at(self, seconds: float) -> float | None:
        tempo, music = self.stage.data.tempo, self.stage.data.music
        if not len(tempo.times) or music is None or not music[0] <= seconds < music[1]:
            return None
        return float(tempo.bpm[max(int(np.searchsorted(tempo.times, seconds + 1e-9, side="right")) - 1, 0)])
