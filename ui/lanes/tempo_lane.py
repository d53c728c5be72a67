"""The tempo: beats a minute, as the hits ask."""

from __future__ import annotations

import math

import numpy as np
from PyQt6.QtCore import QPointF
from PyQt6.QtGui import QFontMetricsF, QPainter

from hitpoint.ui.lanes.drawing.columns import extents, visible_range
from hitpoint.ui.lanes.drawing.ink import device_ratio, fill_between, ink
from hitpoint.ui.lanes.drawing.lane import Lane
from hitpoint.ui.lanes.drawing.stage import Stage

_LEAST_SPAN = 20.0  # beats a minute from bottom to top, at least: a steady tempo should look steady
_LABEL_AIR = 10.0
_CROWDED = 3.0  # pixels between changes
_LEAST_NUMBER = 20.0  # pixels of a tempo whose number is worth measuring


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
        now = self.stage.heard_playhead
        bpm = None if now is None else self._bpm_at(now)
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
        self._paint_line(painter, x, bpm)
        if (x[-1] - x[0]) / len(bpm) >= _CROWDED:
            self._paint_numbers(painter, x, bpm)

    def _y(self, bpm: np.ndarray) -> np.ndarray:
        all_bpm = self.stage.data.tempo.bpm
        low, high = float(all_bpm.min()), float(all_bpm.max())
        air = max((_LEAST_SPAN - (high - low)) / 2, 2.0)
        share = (bpm - low + air) / (high - low + 2 * air)
        return np.round(self.height() - 6 - share * (self.height() - 12)) + 0.5

    def _paint_line(self, painter: QPainter, x: np.ndarray, bpm: np.ndarray) -> None:
        """From the slowest to the fastest of each column."""
        ratio = device_ratio(painter)
        low, high = extents(x * ratio, bpm, math.ceil(self.stage.width * ratio))
        fill_between(painter, self.height() - 1, self.stage.theme.tempo, self._y(high) - 0.6, self._y(low) + 0.6, 0.9)

    def _paint_numbers(self, painter: QPainter, x: np.ndarray, bpm: np.ndarray) -> None:
        """A number for each tempo that lasts long enough to be read."""
        metrics, free_from = QFontMetricsF(painter.font()), 0.0
        painter.setPen(ink(self.stage.theme.faint))
        for left, right, value, y in zip(
            x[:-1].tolist(), x[1:].tolist(), bpm.tolist(), self._y(bpm).tolist(), strict=True
        ):
            text, start = f"{value:.1f}", max(left, 0.0) + 5
            if start < free_from or right - start < _LEAST_NUMBER:
                continue
            wide = metrics.horizontalAdvance(text)
            if min(right, self.stage.width) - start >= wide:
                below = y < self.height() / 2
                painter.drawText(QPointF(start, y + metrics.ascent() + 1 if below else y - 4), text)
                free_from = start + wide + _LABEL_AIR

    def tip_at(self, x: float, y: float) -> str:
        """Tempo at a place."""
        bpm = self._bpm_at(self.stage.scale.seconds(x))
        return "" if bpm is None else self.tr("{bpm:.2f} beats a minute").format(bpm=bpm)

    def _bpm_at(self, seconds: float) -> float | None:
        tempo, music = self.stage.data.tempo, self.stage.data.music
        if not len(tempo.times) or music is None or not music[0] <= seconds < music[1]:
            return None
        return float(tempo.bpm[max(int(np.searchsorted(tempo.times, seconds + 1e-9, side="right")) - 1, 0)])
