"""The hits: moments the music is to meet, and those it may let pass."""

from __future__ import annotations

import numpy as np
from PyQt6.QtCore import QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QPainter, QPen
from PyQt6.QtWidgets import QMenu

from hitpoint.ui.lanes.drawing.columns import moments_in_pixels
from hitpoint.ui.lanes.drawing.ink import diamond, ink, label, pennant, strip, triangle
from hitpoint.ui.lanes.drawing.labels import frames_off
from hitpoint.ui.lanes.drawing.lane import Lane, Modifiers
from hitpoint.ui.lanes.drawing.stage import Stage
from hitpoint.ui.lanes.drawing.timeline_data import CUT, OWN, HitItem

_REACH = 8  # pixels around a hit that belong to it
_SHAPES = {CUT: triangle, OWN: diamond}
_MISSED = 0.5  # frames from which on a wanted hit is shown as missed
_CROWDED = 6.0  # pixels between hits, below which they are drawn together


class HitsLane(Lane):
    """Cuts, markers and the editor's own hits.

    Signals:
        hit_wanted(int, bool): whether the music is to meet the hit on a frame.
        hit_moved(int, int): an own hit, from a frame to another.
        hit_added(int), hit_removed(int): an own hit on a frame.
    """

    hit_wanted = pyqtSignal(int, bool)
    hit_moved = pyqtSignal(int, int)
    hit_added = pyqtSignal(int)
    hit_removed = pyqtSignal(int)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "", "", 26)
        self.name = self.tr("Hits")
        self.setAccessibleName(self.name)
        self.setToolTip(
            self.tr(
                "Click a hit to go there, double-click to want it or let it pass, or to add one; drag your own to move it. "
                "Ctrl+Left, Ctrl+Right: from hit to hit; Return: want or let pass; "
                "Insert, Delete: add at the playhead, remove; Alt+Left, Alt+Right: move."
            )
        )
        self.setAccessibleDescription(self.toolTip())
        self._times = np.zeros(0)
        self._heard: tuple[HitItem, ...] = ()
        self._current: int | None = None
        self._grabbed: HitItem | None = None
        self._moved_to: int | None = None

    def show_hits(self) -> None:
        """Show the stage's hits, where the cue is heard."""
        unheard = self.stage.data.unheard
        self._heard = tuple(
            hit for hit in self.stage.data.hits if not any(start <= hit.time < end for start, end in unheard)
        )
        self._times = np.array([hit.time for hit in self._hits])
        if self._current is not None and self._current not in {hit.frame for hit in self._hits}:
            self._current = None
        self.refresh()

    @property
    def _hits(self) -> tuple[HitItem, ...]:
        return self._heard

    def caption(self) -> str:
        """The number of wanted hits, and of all, where the cue is heard."""
        return f"{sum(hit.wanted for hit in self._hits)}/{len(self._hits)}" if self._hits else ""

    def paint_content(self, painter: QPainter) -> None:
        """A shape for each, or a band where they crowd."""
        theme = self.stage.theme
        x = self._times * self.stage.scale.pixels_per_second - self.stage.scale.offset
        seen = np.flatnonzero((x >= -_REACH) & (x <= self.stage.width + _REACH))
        if self.stage.data.music is not None and not len(x):
            label(painter, QRectF(12, 0, 500, self.height()), self.tr("Double-click to add a hit"), ink(theme.faint))
        if len(seen) * _CROWDED <= self.stage.width:
            for index in seen.tolist():
                self._paint_hit(painter, self._hits[index], float(x[index]))
            return
        wanted = np.array([hit.wanted for hit in self._hits], np.bool_)
        middle, width = (self.height() - 1) / 2, self.stage.width
        for chosen, color, tall in ((~wanted, theme.hit_unwanted, 3.0), (wanted, theme.hit_wanted, 5.0)):
            counts = moments_in_pixels(x[chosen], width)
            strip(
                painter,
                QRectF(0, middle - tall, width, 2 * tall),
                color,
                np.minimum(0.3 + counts * 0.2, 1.0) * (counts > 0),
            )
        for index in seen.tolist():
            if self._hits[index].source != CUT:
                self._paint_hit(painter, self._hits[index], float(x[index]))

    def _paint_hit(self, painter: QPainter, hit: HitItem, x: float) -> None:
        theme = self.stage.theme
        missed = hit.wanted and abs(hit.error or 0.0) * float(self.stage.data.ruler.rate.frames_per_second) > _MISSED
        color = theme.danger if missed else theme.hit_wanted if hit.wanted else theme.hit_unwanted
        radius = (6.0 if hit.wanted else 4.5) * self.unit
        center = QPointF(round(x) + 0.5, (self.height() - 1) / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink(color), 1.3))
        painter.setBrush(ink(color) if hit.wanted else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(_SHAPES.get(hit.source, pennant)(center, radius))
        if missed:  # not by colour alone
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink(theme.background))
            painter.drawEllipse(center - QPointF(0, radius * 0.12), radius * 0.34, radius * 0.34)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def paint_over(self, painter: QPainter) -> None:
        """The hit that has the keys, and where a dragged one would go."""
        theme = self.stage.theme
        current = self._hit_on(self._current)
        if current is not None and self.hasFocus():
            painter.setPen(QPen(ink(theme.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            x, half = round(self.x_of(current.time)) + 0.5, self.height() / 2 - 3
            painter.drawRoundedRect(QRectF(x - 9, self.height() / 2 - half, 18, 2 * half - 1), 3, 3)
        if self._moved_to is not None:
            x = self.x_of(float(self.stage.data.ruler.rate.seconds(self._moved_to)))
            if self._grabbed is not None and self._grabbed.source == OWN:
                painter.fillRect(QRectF(round(x), 0, 1, self.height()), ink(theme.hit_wanted))
                self._paint_hit(painter, self._grabbed, x)
            self._paint_place(painter, x, self._moved_to)

    def _paint_place(self, painter: QPainter, x: float, frame: int) -> None:
        """The timecode of a dragged hit, beside it on the side that has room."""
        theme, text = self.stage.theme, self.stage.data.ruler.label(frame)
        wide = painter.fontMetrics().horizontalAdvance(text) + 12
        left = x + 10 if x + 10 + wide <= self.stage.width else x - 10 - wide
        box = QRectF(left, 3, wide, self.height() - 7)
        painter.fillRect(box, ink(theme.raised))
        painter.setPen(ink(theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def tip_at(self, x: float, y: float) -> str:
        """The hit, its place, and how well it is met."""
        hit = self._hit_at(x)
        if hit is None:
            return ""
        name = self.tr("Cut") if hit.source == CUT else hit.event
        state = self.tr("wanted") if hit.wanted else self.tr("let pass")
        return f"{name}, {state}\n{self.stage.data.ruler.label(hit.frame)}\n{self._error_text(hit)}"

    def _error_text(self, hit: HitItem) -> str:
        if hit.error is None:
            return self.tr("how well it is met shows once the music has been rendered")
        if abs(hit.error) < 5e-4:
            return self.tr("met exactly")
        text = (
            self.tr("music {ms:.0f} ms late ({frames})")
            if hit.error > 0
            else self.tr("music {ms:.0f} ms early ({frames})")
        )
        return text.format(ms=abs(hit.error) * 1000, frames=frames_off(hit.error, self.stage.data.ruler.rate))

    def press(self, x: float, y: float, modifiers: Modifiers) -> None:
        """Grab a hit, or go there."""
        self._grabbed = self._hit_at(x)
        if self._grabbed is None:
            self.seek_requested.emit(self.stage.time_at(x))
        else:
            self._make_current(self._grabbed)

    def drag(self, x: float, y: float) -> None:
        """Lead the picture; an own hit goes along, a cut stays where the picture has it."""
        moved_to = self.stage.frame_at(x)
        if moved_to != self._moved_to:
            self._moved_to = moved_to
            self.seek_requested.emit(float(self.stage.data.ruler.rate.seconds(moved_to)))
        self.update()

    def release(self, x: float, y: float, *, dragged: bool) -> None:
        """Ask for what was meant: another frame, or to go there."""
        grabbed, moved_to = self._grabbed, self._moved_to
        self.cancel()
        if grabbed is None:
            return
        if not dragged:
            self.seek_requested.emit(grabbed.time)
        elif grabbed.source == OWN and moved_to is not None and moved_to != grabbed.frame:
            self.hit_moved.emit(grabbed.frame, moved_to)

    def cancel(self) -> None:
        """Forget the drag."""
        self._grabbed = self._moved_to = None
        self.update()

    def double_click(self, x: float, y: float) -> None:
        """Want a hit or let it pass; add one where there is none."""
        hit = self._hit_at(x)
        if hit is not None:
            self.hit_wanted.emit(hit.frame, not hit.wanted)
        elif self.stage.data.music is not None:
            self.hit_added.emit(self.stage.frame_at(x))

    def hover(self, x: float, y: float) -> None:
        """Show what can be taken."""
        hit = self._hit_at(x)
        shape = Qt.CursorShape.ArrowCursor if hit is None else Qt.CursorShape.PointingHandCursor
        self.setCursor(Qt.CursorShape.SizeHorCursor if hit is not None and hit.source == OWN else shape)

    def fill_menu(self, menu: QMenu, x: float, y: float) -> None:
        """Offer what can be done with a hit, or without one."""
        hit = self._hit_at(x)
        if hit is None:
            frame = self.stage.frame_at(x)
            if self.stage.data.music is not None:
                menu.addAction(self.tr("Add Hit Here"), lambda: self.hit_added.emit(frame))
            return
        text = self.tr("Let This Hit Pass") if hit.wanted else self.tr("Want This Hit")
        menu.addAction(text, lambda: self.hit_wanted.emit(hit.frame, not hit.wanted))
        if hit.source == OWN:
            menu.addAction(self.tr("Remove Hit"), lambda: self.hit_removed.emit(hit.frame))
        menu.addAction(self.tr("Go to Hit"), lambda: self.seek_requested.emit(hit.time))

    def key_place(self) -> tuple[float, float]:
        """At the hit that has the keys."""
        current = self._hit_on(self._current)
        return (self.x_of(current.time), self.height() / 2) if current is not None else super().key_place()

    def uses_key(self, event: QKeyEvent) -> bool:
        """Left and right with Ctrl or Alt, Return, Insert, Delete."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))
        return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Insert, Qt.Key.Key_Delete)

    def key(self, event: QKeyEvent) -> bool:
        """Go from hit to hit, want, add, remove, move."""
        if not self.uses_key(event):
            return False
        current, pressed = self._hit_on(self._current), event.key()
        if pressed in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = 1 if pressed == Qt.Key.Key_Right else -1
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._move_current(current, by)
            else:
                self._go(by)
        elif pressed == Qt.Key.Key_Insert:
            frame = self.stage.data.ruler.rate.nearest_frame(self.stage.playhead or 0.0)
            self.hit_added.emit(frame)
            self._current = frame
        elif current is not None and pressed == Qt.Key.Key_Return:
            self.hit_wanted.emit(current.frame, not current.wanted)
        elif current is not None and current.source == OWN:
            self.hit_removed.emit(current.frame)
        return True

    def _move_current(self, current: HitItem | None, by: int) -> None:
        if current is not None and current.source == OWN:
            self._current = current.frame + by
            self.hit_moved.emit(current.frame, current.frame + by)

    def _go(self, by: int) -> None:
        """Go to the hit before or after the current one, or else the playhead."""
        if not self._hits:
            return
        current = self._hit_on(self._current)
        now = current.time if current is not None else self.stage.playhead or 0.0
        place = np.searchsorted(self._times, now + 1e-6 * by, side="right" if by > 0 else "left") - (by < 0)
        hit = self._hits[min(max(int(place), 0), len(self._hits) - 1)]
        self._make_current(hit)
        self.seek_requested.emit(hit.time)

    def _make_current(self, hit: HitItem) -> None:
        self._current = hit.frame
        self.setAccessibleDescription(self.tip_at(self.x_of(hit.time), 0).replace("\n", ", "))
        self.update()

    def _hit_on(self, frame: int | None) -> HitItem | None:
        return next((hit for hit in self._hits if hit.frame == frame), None)

    def _hit_at(self, x: float) -> HitItem | None:
        """The nearest hit within reach of a pixel; own hits and markers before cuts."""
        if not len(self._times):
            return None
        near = np.flatnonzero(
            np.abs(self._times * self.stage.scale.pixels_per_second - self.stage.scale.offset - x) <= _REACH
        )
        order = sorted(
            near.tolist(), key=lambda i: (abs(self.x_of(self._hits[i].time) - x), self._hits[i].source == CUT)
        )
        return self._hits[order[0]] if order else None
