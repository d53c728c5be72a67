"""The styles of a cue along its time: which ensemble plays where, and where one passes into another."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, pyqtSignal
from PyQt6.QtGui import QLinearGradient, QPainter
from PyQt6.QtWidgets import QMenu

from hitpoint.core.cue.styling import StyleSpan, span_at
from hitpoint.ui.lanes.drawing.ink import ink, label
from hitpoint.ui.lanes.drawing.labels import EN_DASH
from hitpoint.ui.lanes.drawing.lane import Lane
from hitpoint.ui.lanes.drawing.stage import Stage

_STEPS = 6  # of a gradient


class StyleLane(Lane):
    """A band for each stretch that has a style of its own; a passage goes from one shade to the other.

    Signals:
        style_laid(int, int, str, str): first frame, end frame, the style, and the one it passes into; empty for none.
    """

    style_laid = pyqtSignal(int, int, str, str)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "", "", 20)
        self.name = self.tr("Style")
        self.setAccessibleName(self.name)
        self.setToolTip(
            self.tr("Who plays where. Right-click for other players in the selected chords, or in the stretch there.")
        )
        self.setAccessibleDescription(self.toolTip())
        self.styles: tuple[str, ...] = ()

    def caption(self) -> str:
        """The style at the playhead."""
        cue, playhead = self.stage.data.source, self.stage.heard_playhead
        if cue is None or playhead is None:
            return ""
        span = span_at(cue.styling, cue.edit.rate.nearest_frame(playhead))
        return cue.style if span is None else _named(span)

    def paint_content(self, painter: QPainter) -> None:
        """The cue's own style under all, the stretches over it."""
        cue, theme = self.stage.data.source, self.stage.theme
        if cue is None:
            return
        self._paint_band(painter, StyleSpan(cue.start_frame, cue.end_frame, cue.style), is_own=True)
        for span in cue.styling:
            self._paint_band(painter, span, is_own=False)
        painter.setPen(ink(theme.line))

    def _paint_band(self, painter: QPainter, span: StyleSpan, *, is_own: bool) -> None:
        theme, rate = self.stage.theme, self.stage.data.ruler.rate
        left, right = (round(self.x_of(float(rate.seconds(frame)))) for frame in (span.start_frame, span.end_frame))
        box = QRectF(left, 2, max(right - left - 1, 1), self.height() - 5)
        if is_own:
            painter.fillRect(box, ink(theme.line, 0.5))
        elif span.is_crossing:
            colours = QLinearGradient(QPointF(left, 0), QPointF(right, 0))
            for step in range(_STEPS + 1):
                at = step / _STEPS
                share = span.share_at(span.start_frame + at * (span.end_frame - span.start_frame))
                colours.setColorAt(at, ink(theme.accent, 0.12 + 0.4 * share))
            painter.fillRect(box, colours)
        else:
            painter.fillRect(box, ink(theme.accent, 0.4))
        shown = self.room_of(box).adjusted(6, 0, -2, 0)
        if shown.width() > 24 and not (is_own and self._is_covered(shown.left())):
            label(painter, shown, _named(span), ink(theme.text))

    def _is_covered(self, x: float) -> bool:
        """Whether a stretch lies where the name of the cue's own style would stand, under its name."""
        cue, rate = self.stage.data.source, self.stage.data.ruler.rate
        spans = () if cue is None else cue.styling
        times = ((float(rate.seconds(one.start_frame)), float(rate.seconds(one.end_frame))) for one in spans)
        return any(self.x_of(start) <= x < self.x_of(end) for start, end in times)

    def tip_at(self, x: float, y: float) -> str:
        """The style that plays there, and from where to where."""
        cue = self.stage.data.source
        if cue is None:
            return ""
        span = span_at(cue.styling, self.stage.frame_at(x)) or StyleSpan(cue.start_frame, cue.end_frame, cue.style)
        ruler = self.stage.data.ruler
        return f"{_named(span)}\n{ruler.label(span.start_frame)} {EN_DASH} {ruler.label(span.end_frame)}"

    def fill_menu(self, menu: QMenu, x: float, y: float) -> None:
        """Other players for the selected chords, else for the stretch at a place."""
        cue = self.stage.data.source
        if cue is None:
            return
        span = span_at(cue.styling, self.stage.frame_at(x))
        there = None if span is None else (span.start_frame, span.end_frame)
        frames = self._selected() or there or (cue.start_frame, cue.end_frame)
        now = span_at(cue.styling, frames[0])
        self._fill(menu, frames, cue.style if now is None else now.style, cue.style)

    def style_menu(self) -> QMenu | None:
        """The same list for the selected chords, to be opened by a key; None without any."""
        cue, frames = self.stage.data.source, self._selected()
        if cue is None or frames is None:
            return None
        menu, now = QMenu(self), span_at(cue.styling, frames[0])
        menu.setAccessibleName(self.tr("Style of the selection"))
        self._fill(menu, frames, cue.style if now is None else now.style, cue.style)
        return menu

    def _fill(self, menu: QMenu, frames: tuple[int, int], now: str, own: str) -> None:
        start, end = frames
        for style in self.styles:
            action = menu.addAction(style, lambda style=style: self.style_laid.emit(start, end, style, ""))
            assert action is not None
            action.setCheckable(True)
            action.setChecked(style == now)
        menu.addSeparator()
        passing = menu.addMenu(self.tr("Pass from {style} Into").format(style=now))
        assert passing is not None
        for style in self.styles:
            if style != now:
                passing.addAction(style, lambda style=style: self.style_laid.emit(start, end, now, style))
        menu.addAction(self.tr("As the Cue"), lambda: self.style_laid.emit(start, end, own, ""))

    def _selected(self) -> tuple[int, int] | None:
        """The frames of the selected chords."""
        selected, rate = self.stage.selected_seconds, self.stage.data.ruler.rate
        return None if selected is None else (rate.nearest_frame(selected[0]), rate.nearest_frame(selected[1]))


def _named(span: StyleSpan) -> str:
    return f"{span.style} → {span.other}" if span.is_crossing else span.style
