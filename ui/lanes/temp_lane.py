"""The temp music of the edit: its sound, its beats, and its chords as they were heard."""

from __future__ import annotations

import numpy as np
from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QPainter

from hitpoint.core.music.chord import parse_chord
from hitpoint.core.ports import HeardTemp
from hitpoint.ui.lanes.drawing.ink import ink, label
from hitpoint.ui.lanes.drawing.labels import chord_label
from hitpoint.ui.lanes.drawing.stage import Stage
from hitpoint.ui.lanes.drawing.timeline_data import WavePeaks
from hitpoint.ui.lanes.wave_lane import WaveLane

_LEAST_BEAT, _LEAST_BAR = 4.0, 3.0  # pixels between two that are drawn
_LEAST_CHORD = 16.0  # pixels of a chord whose name is written


class TempLane(WaveLane):
    """A wave with a line for each beat, a longer one for each bar, and chord names over it; hidden without a temp."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, is_music=False)
        self._temp: HeardTemp | None = None
        self._symbols: dict[str, str] = {}
        self._is_compared = False
        self.name = self.tr("Temp")
        self.setAccessibleName(self.tr("Temp music"))
        self.setToolTip(
            self.tr("The edit's temp music with its beats and chords. V plays it, or the music, at the same place.")
        )
        self.setAccessibleDescription(self.toolTip())
        self.hide()

    def show_temp(self, temp: HeardTemp | None) -> None:
        """Show another temp, or none."""
        self._temp = temp
        self.setVisible(temp is not None)
        peaks = None if temp is None else temp.peaks
        self._symbols = {} if temp is None else {one: chord_label(parse_chord(one)) for _, _, one in temp.chords}
        self.show_peaks(None if peaks is None else WavePeaks(peaks.start, peaks.per_second, peaks.low, peaks.high))

    def show_compared(self, *, is_on: bool) -> None:
        """Show whether it is heard in place of the music."""
        self._is_compared = is_on
        self.refresh()
        self.update()

    def caption(self) -> str:
        """The chord at the playhead; that the temp is heard."""
        if self._is_compared:
            return self.tr("heard")
        playhead, temp = self.stage.playhead, self._temp
        if playhead is None or temp is None:
            return ""
        return next((self._symbols[one] for start, end, one in temp.chords if start <= playhead < end), "")

    def paint_content(self, painter: QPainter) -> None:
        """The wave, the beats, the chords."""
        super().paint_content(painter)
        temp, theme = self._temp, self.stage.theme
        if temp is None:
            return
        if not temp.is_heard:
            text = self.tr("beats and chords follow")
            label(painter, QRectF(max(self.x_of(temp.start), 0) + 8, 0, 300, 16 * self.unit), text, ink(theme.faint))
            return
        bottom = self.height() - 1
        self._paint_lines(painter, temp.beats, _LEAST_BEAT, bottom - 7, ink(theme.tempo, 0.55))
        self._paint_lines(painter, temp.downbeats, _LEAST_BAR, bottom - 14, ink(theme.tempo))
        self._paint_chords(painter, temp)

    def _paint_lines(
        self, painter: QPainter, times: tuple[float, ...], least: float, top: float, color: object
    ) -> None:
        found = np.array([self.x_of(time) for time in times])
        if len(found) < 2 or float(np.median(np.diff(found))) < least:
            return
        for x in found[(found >= 0) & (found <= self.stage.width)]:
            painter.fillRect(QRectF(round(float(x)), top, 1, self.height() - 1 - top), color)  # type: ignore[call-overload]

    def _paint_chords(self, painter: QPainter, temp: HeardTemp) -> None:
        seen_from, seen_to = self.stage.visible
        left, right = max(self.x_of(temp.start), 0.0), min(self.x_of(temp.end), float(self.stage.width))
        painter.fillRect(QRectF(left, 0, right - left, 15 * self.unit), ink(self.stage.theme.background, 0.85))
        for start, end, symbol in temp.chords:
            if end <= seen_from or start >= seen_to:
                continue
            left, right = max(self.x_of(start), 0.0), self.x_of(end)
            if right - left >= _LEAST_CHORD:
                box = QRectF(left + 2, 0, right - left - 3, 15 * self.unit)
                painter.fillRect(QRectF(left, 0, 1, 15 * self.unit), ink(self.stage.theme.line))
                label(painter, box, self._symbols[symbol], ink(self.stage.theme.text))

    def tip_at(self, x: float, y: float) -> str:
        """The chord there."""
        seconds, temp = self.stage.scale.seconds(x), self._temp
        if temp is None:
            return ""
        found = next((self._symbols[one] for start, end, one in temp.chords if start <= seconds < end), "")
        lines = [temp.name, self.stage.data.ruler.label(self.stage.frame_at(x)), found]
        return "\n".join(line for line in lines if line)
