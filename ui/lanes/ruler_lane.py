"""The ruler: timecode above, bars and beats below, the loop between them."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPolygonF
from PyQt6.QtWidgets import QMenu

from hitpoint.ui.lanes.drawing.columns import moments_in_pixels
from hitpoint.ui.lanes.drawing.ink import ink, label, strip
from hitpoint.ui.lanes.drawing.lane import Lane, Modifiers
from hitpoint.ui.lanes.drawing.stage import Stage

_BAR_STEPS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
_BAR_LABEL_PIXELS = 44
_BEAT_PIXELS = 7
_BRACKET = 6  # pixels of the arms of In and Out


class RulerLane(Lane):
    """Timecode in the edit's own rate, bars and beats of the music.

    Signals:
        loop_requested(float, float): from one time to another in seconds; both 0 for no loop.
    """

    loop_requested = pyqtSignal(float, float)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "", "", 42)
        self.setAccessibleName(self.tr("Time"))
        self.setToolTip(self.tr("Click above to go there (Left, Right: by frame). Drag below to loop a stretch."))
        self.setAccessibleDescription(self.toolTip())
        self._loop_from: float | None = None
        self._loop_drawn: tuple[float, float] | None = None

    @property
    def _middle(self) -> float:
        """Where bars begin."""
        return self.height() * 0.54

    def caption(self) -> str:
        """Bar and beat at the playhead."""
        tempo, playhead = self.stage.data.tempo, self.stage.playhead
        self.name = self.stage.data.ruler.label_at(playhead) if playhead is not None else ""
        if playhead is None or not len(tempo.beats) or self.stage.data.music is None:
            return ""
        if self.stage.heard_playhead is None:
            return self.tr("no music here")
        beat = int(tempo.beats.searchsorted(playhead + 1e-6, side="right")) - 1
        return self.tr("bar {bar}, beat {beat}").format(
            bar=beat // tempo.beats_per_bar + 1, beat=beat % tempo.beats_per_bar + 1
        )

    def paint_content(self, painter: QPainter) -> None:
        """Timecode, bars, beats."""
        theme = self.stage.theme
        painter.fillRect(QRectF(0, 0, self.stage.width, self._middle), ink(theme.ruler))
        self._paint_timecode(painter)
        self._paint_bars(painter)

    def _paint_timecode(self, painter: QPainter) -> None:
        theme, middle = self.stage.theme, self._middle
        ticks = self.stage.data.ruler.ticks(self.stage.scale, self.stage.width)
        for tick in ticks:
            x = round(tick.x)
            tall = middle if tick.label else 5 * self.unit
            color = ink(theme.faint, 0.85 if tick.label else 0.45)
            painter.fillRect(QRectF(x, middle - tall, 1, tall), color)
        painter.setPen(ink(theme.text))
        metrics = QFontMetricsF(painter.font())
        for tick in ticks:
            if tick.label and tick.x + 5 + metrics.horizontalAdvance(tick.label) <= self.stage.width:
                painter.drawText(QPointF(round(tick.x) + 5, middle - 7 * self.unit), tick.label)

    def _paint_bars(self, painter: QPainter) -> None:
        theme, tempo = self.stage.theme, self.stage.data.tempo
        if not len(tempo.beats):
            return
        x = tempo.beats * self.stage.scale.pixels_per_second - self.stage.scale.offset
        bars = x[:: tempo.beats_per_bar]
        spacing = max((x[-1] - x[0]) / max(len(x) - 1, 1), 1e-6)
        top, bottom = self._middle, self.height() - 1.0
        if spacing >= _BEAT_PIXELS:
            for place in x[(x >= -1) & (x <= self.stage.width)].tolist():
                painter.fillRect(QRectF(round(place), bottom - 4, 1, 4), ink(theme.faint, 0.4))
        per_bar = spacing * tempo.beats_per_bar
        step = next((one for one in _BAR_STEPS if one * per_bar >= _BAR_LABEL_PIXELS), _BAR_STEPS[-1])
        if per_bar >= 4:
            for place in bars[(bars >= -1) & (bars <= self.stage.width)].tolist():
                painter.fillRect(QRectF(round(place), bottom - 7, 1, 7), ink(theme.faint, 0.7))
        else:
            shares = (moments_in_pixels(bars, self.stage.width) > 0) * 0.18
            strip(painter, QRectF(0, bottom - 4, self.stage.width, 4), theme.faint, shares)
        self._paint_bar_numbers(painter, bars.tolist(), step, top)

    def _paint_bar_numbers(self, painter: QPainter, bars: list[float], step: int, top: float) -> None:
        theme = self.stage.theme
        metrics = QFontMetricsF(painter.font())
        painter.setPen(ink(theme.faint))
        for index in range(0, len(bars), step):
            if not -_BAR_LABEL_PIXELS <= bars[index] <= self.stage.width:
                continue
            painter.fillRect(QRectF(round(bars[index]), top, 1, self.height() - top), ink(theme.faint, 0.7))
            if bars[index] + 5 + metrics.horizontalAdvance(str(index + 1)) <= self.stage.width:
                painter.drawText(QPointF(round(bars[index]) + 4, top + metrics.ascent() + 2), str(index + 1))

    def paint_over(self, painter: QPainter) -> None:
        """The marked range between brackets, and the head of the playhead."""
        theme = self.stage.theme
        loop = self._loop_drawn or self.stage.loop
        if loop is not None:
            left, right = self.x_of(loop[0]), self.x_of(loop[1])
            box = QRectF(left, self._middle, right - left, self.height() - 1 - self._middle)
            painter.fillRect(box, ink(theme.text, 0.14))
            for x, inwards in ((left, 0), (right - 2, -_BRACKET + 2)):
                painter.fillRect(QRectF(x, self._middle, 2, box.height()), ink(theme.text))
                for y in (self._middle, box.bottom() - 2):
                    painter.fillRect(QRectF(x + inwards, y, _BRACKET, 2), ink(theme.text))
            if right - left > 60 and not len(self.stage.data.tempo.beats):
                label(painter, box.adjusted(6, 0, -6, 0), self.tr("Loop"), ink(theme.text))
        if self.stage.playhead is not None:
            self._paint_head(painter, round(self.x_of(self.stage.playhead)) + 0.5)

    def _paint_head(self, painter: QPainter, x: float) -> None:
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(self.stage.theme.playhead))
        bottom = self._middle
        corners = [(-5.5, bottom - 10), (5.5, bottom - 10), (5.5, bottom - 5), (0, bottom), (-5.5, bottom - 5)]
        painter.drawPolygon(QPolygonF([QPointF(x + dx, y) for dx, y in corners]))
        painter.setRenderHint(painter.RenderHint.Antialiasing, False)

    def press(self, x: float, y: float, modifiers: Modifiers) -> None:
        """Above goes there, below begins a loop."""
        if y >= self._middle:
            self._loop_from = self.stage.time_at(x)
        else:
            self._loop_from = None
            self.seek_requested.emit(self.stage.time_at(x))

    def drag(self, x: float, y: float) -> None:
        """Scrub, or stretch the loop."""
        if self._loop_from is None:
            self.seek_requested.emit(self.stage.time_at(x))
            return
        other = self.stage.time_at(x)
        self._loop_drawn = (min(self._loop_from, other), max(self._loop_from, other))
        self.update()

    def release(self, x: float, y: float, *, dragged: bool) -> None:
        """Ask for the loop that was drawn."""
        drawn, self._loop_drawn = self._loop_drawn, None
        if drawn is not None and drawn[1] > drawn[0]:
            self.loop_requested.emit(*drawn)
        elif self._loop_from is not None and not dragged:
            self.seek_requested.emit(self._loop_from)
        self._loop_from = None
        self.update()

    def cancel(self) -> None:
        """Forget the loop that is being drawn."""
        self._loop_drawn = self._loop_from = None
        self.update()

    def fill_menu(self, menu: QMenu, x: float, y: float) -> None:
        """Loop the selection, or nothing."""
        selected = self.stage.selected_seconds
        loop = menu.addAction(self.tr("Loop the Selection"))
        none = menu.addAction(self.tr("No Loop"))
        assert loop is not None and none is not None
        loop.setEnabled(selected is not None)
        none.setEnabled(self.stage.loop is not None)
        if selected is not None:
            loop.triggered.connect(lambda: self.loop_requested.emit(*selected))
        none.triggered.connect(lambda: self.loop_requested.emit(0.0, 0.0))

    def uses_key(self, event: QKeyEvent) -> bool:
        """Left and right."""
        return event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)

    def key(self, event: QKeyEvent) -> bool:
        """Left and right go by frame, with shift by second."""
        if not self.uses_key(event):
            return False
        rate = self.stage.data.ruler.rate
        by = rate.nominal if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        frame = rate.nearest_frame(self.stage.playhead or 0.0) + (by if event.key() == Qt.Key.Key_Right else -by)
        self.seek_requested.emit(float(rate.seconds(min(max(frame, 0), rate.nearest_frame(self.stage.data.seconds)))))
        return True
