"""The dynamics: how dense and how loud each step is, as the picture asks or as it was drawn."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QCoreApplication, QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QPainter
from PyQt6.QtWidgets import QMenu

from hitpoint.ui.lanes.drawing.columns import extents, share_of_pixels, visible_range
from hitpoint.ui.lanes.drawing.ink import device_ratio, fill_between, ink, sized
from hitpoint.ui.lanes.drawing.labels import decibels, signed
from hitpoint.ui.lanes.drawing.lane import Lane, Modifiers
from hitpoint.ui.lanes.drawing.stage import Stage
from hitpoint.ui.lanes.drawing.timeline_data import StepCurves
from hitpoint.ui.theme import Theme

_MOST_DENSITY, _MOST_LOUDNESS = 42.0, 1.0  # as changes.density_drawn and changes.loudness_drawn take them
_TOP, _BOTTOM = 5.0, 5.0


@dataclass(frozen=True)
class CurveKind:
    """What tells the two lanes apart.

    Attributes:
        name: of the lane.
        most: largest value.
        nudge: what an arrow key changes it by.
        grid: values with a line, and what is written at it.
        values: of the steps.
        drawn: which of them the editor drew.
        color: of the curve.
        text: a value for people.
    """

    name: str
    most: float
    nudge: float
    grid: tuple[tuple[float, str], ...]
    values: Callable[[StepCurves], NDArray[np.float64]]
    drawn: Callable[[StepCurves], NDArray[np.bool_]]
    color: Callable[[Theme], str]
    text: Callable[[float], str]


def density_lane(stage: Stage) -> DynamicsLane:
    """Notes sounding in a second."""
    notes = QCoreApplication.translate("DynamicsLane", "{value:.0f} notes/s")
    name = QCoreApplication.translate("DynamicsLane", "Density")
    grid = ((5.0, "5"), (20.0, "20"))
    return DynamicsLane(
        stage,
        CurveKind(
            name,
            _MOST_DENSITY,
            1.0,
            grid,
            lambda s: s.density,
            lambda s: s.drawn,
            lambda t: t.density,
            lambda v: notes.format(value=v),
        ),
    )


def loudness_lane(stage: Stage) -> DynamicsLane:
    """RMS, told in decibels."""
    name = QCoreApplication.translate("DynamicsLane", "Loudness")
    grid = ((0.1, signed(-20)), (10**-0.4, signed(-8)))  # dB
    return DynamicsLane(
        stage,
        CurveKind(
            name,
            _MOST_LOUDNESS,
            0.01,
            grid,
            lambda s: s.loudness,
            lambda s: s.loudness_drawn,
            lambda t: t.loudness,
            decibels,
        ),
    )


class DynamicsLane(Lane):
    """A value for each step, which the mouse can draw. Height goes with the square root: small values matter too.

    Signals:
        drawn(int, list): first step, and a value for each step from there.
        released(int, int): leave steps to the picture.
        selection_changed(int, int): steps, by the arrow keys.
    """

    drawn = pyqtSignal(int, list)
    released = pyqtSignal(int, int)
    selection_changed = pyqtSignal(int, int)

    def __init__(self, stage: Stage, kind: CurveKind) -> None:
        super().__init__(stage, kind.name, "", 50, grows=True)
        self._kind = kind
        self.setToolTip(
            self.tr(
                "Draw with the mouse; drawn steps are solid, the picture's are pale. Up, Down: change the selected steps; "
                "Ctrl+Left, Ctrl+Right: from step to step; Alt+Up, Alt+Down: more, less; Delete: leave them to the picture."
            )
        )
        self.setAccessibleDescription(self.toolTip())
        self._drawing: dict[int, float] = {}
        self._last: tuple[int, float] | None = None

    @property
    def _steps(self) -> StepCurves:
        return self.stage.data.steps

    @property
    def _values(self) -> NDArray[np.float64]:
        return self._kind.values(self._steps)

    def caption(self) -> str:
        """The value at the playhead."""
        now = self.stage.heard_playhead
        step = None if now is None else self._steps.step_at(now)
        return "" if step is None else self._kind.text(float(self._values[step]))

    def scale_marks(self) -> list[tuple[float, str]]:
        """The lines of the grid."""
        return [(float(self.y_of(value)), text) for value, text in self._kind.grid] if len(self._steps) else []

    def y_of(self, value: float | NDArray[np.float64]) -> NDArray[np.float64]:
        """Pixels from the top to a value."""
        room = self.height() - 1 - _TOP - _BOTTOM
        made: NDArray[np.float64] = (
            self.height() - 1 - _BOTTOM - np.sqrt(np.clip(value, 0, self._kind.most) / self._kind.most) * room
        )
        return made

    def value_at(self, y: float) -> float:
        """The value at a height."""
        room = self.height() - 1 - _TOP - _BOTTOM
        share = min(max((self.height() - 1 - _BOTTOM - y) / room, 0.0), 1.0)
        return share**2 * self._kind.most

    def paint_content(self, painter: QPainter) -> None:
        """Lines for orientation, then the curve."""
        self._paint_grid(painter)
        steps = self._steps
        seen = visible_range(steps.edges, *self.stage.visible)
        if not seen:
            return
        edges = steps.edges[seen.start : seen.stop + 1] * self.stage.scale.pixels_per_second - self.stage.scale.offset
        values = self._values[seen.start : seen.stop]
        drawn = self._kind.drawn(steps)[seen.start : seen.stop]
        self._paint_curve(painter, edges, values, drawn)

    def _paint_grid(self, painter: QPainter) -> None:
        theme, music = self.stage.theme, self.stage.data.music
        if music is None:
            return
        left, right = max(self.x_of(music[0]), 0.0), min(self.x_of(music[1]), float(self.stage.width))
        for value, _ in self._kind.grid:
            painter.fillRect(QRectF(left, round(float(self.y_of(value))), right - left, 1), ink(theme.line, 0.55))

    def _paint_curve(
        self, painter: QPainter, edges: NDArray[np.float64], values: NDArray[np.float64], drawn: NDArray[np.bool_]
    ) -> None:
        """A line from the lowest to the highest value of each column, ground below it.

        It has a foot where it was drawn.
        """
        ratio, color, height = device_ratio(painter), self._kind.color(self.stage.theme), self.height() - 1
        low, high = extents(edges * ratio, values, math.ceil(self.stage.width * ratio))
        tops, floors = self.y_of(high), self.y_of(low)
        by_hand = share_of_pixels(edges[:-1][drawn] * ratio, edges[1:][drawn] * ratio, len(low)) > 0
        ground = np.full(len(low), float(height))
        fill_between(painter, height, color, tops, ground, np.where(by_hand, 0.5, 0.16))
        fill_between(painter, height, color, tops - 0.8, floors + 0.8, 0.9)
        fill_between(painter, height, color, np.where(by_hand, height - 3.0, np.nan), ground)

    def paint_over(self, painter: QPainter) -> None:
        """What is being drawn."""
        if not self._drawing:
            return
        color, bottom = self._kind.color(self.stage.theme), self.height() - 1.0
        for step, value in self._drawing.items():
            left, right = self.x_of(float(self._steps.edges[step])), self.x_of(float(self._steps.edges[step + 1]))
            top = float(self.y_of(value))
            painter.fillRect(
                QRectF(left, _TOP - 2, max(right - left, 1), bottom - _TOP), ink(self.stage.theme.background)
            )
            painter.fillRect(QRectF(left, top, max(right - left, 1), bottom - top), ink(color, 0.6))
            painter.fillRect(QRectF(left, top - 1, max(right - left, 1), 2), ink(color))
        if self._last is not None:
            painter.setFont(sized(self.font(), 0.86, bold=True))
            x = min(self.x_of(float(self._steps.edges[self._last[0]])) + 6, self.stage.width - 64.0)
            painter.setPen(ink(self.stage.theme.text))
            painter.drawText(QPointF(max(x, 2.0), 14.0 * self.unit), self._kind.text(self._last[1]))

    def tip_at(self, x: float, y: float) -> str:
        """The value of a step, and whose it is."""
        step = self._steps.step_at(self.stage.scale.seconds(x))
        if step is None:
            return ""
        origin = (
            self.tr("drawn or asked for by you") if self._kind.drawn(self._steps)[step] else self.tr("from the picture")
        )
        return f"{self._kind.text(float(self._values[step]))}, {origin}"

    def press(self, x: float, y: float, modifiers: Modifiers) -> None:
        """Begin to draw."""
        self._drawing, self._last = {}, None
        if self._steps.step_at(self.stage.scale.seconds(x)) is None:
            self.seek_requested.emit(self.stage.time_at(x))
        else:
            self._draw_to(x, y)

    def drag(self, x: float, y: float) -> None:
        """Draw on."""
        if self._last is not None:
            self._draw_to(x, y)

    def release(self, x: float, y: float, *, dragged: bool) -> None:
        """Ask for what was drawn."""
        drawing = self._drawing
        self.cancel()
        if drawing:
            first = min(drawing)
            self.drawn.emit(first, [drawing[step] for step in range(first, max(drawing) + 1)])

    def cancel(self) -> None:
        """Forget what was drawn."""
        self._drawing, self._last = {}, None
        self.update()

    def _draw_to(self, x: float, y: float) -> None:
        """Give the step under the mouse its height; steps that a quick mouse jumped over lie on the line between."""
        step, value = self._steps.nearest_step(self.stage.scale.seconds(x)), self.value_at(y)
        before = self._last or (step, value)
        reach = abs(step - before[0])
        for part in range(reach + 1):
            share = part / reach if reach else 1.0
            at = before[0] + int(math.copysign(part, step - before[0]))
            self._drawing[at] = before[1] + share * (value - before[1])
        self._last = (step, value)
        self.update()

    def hover(self, x: float, y: float) -> None:
        """A cross where it can be drawn."""
        is_there = x >= 0 and self._steps.step_at(self.stage.scale.seconds(x)) is not None
        self.setCursor(Qt.CursorShape.CrossCursor if is_there else Qt.CursorShape.ArrowCursor)

    def fill_menu(self, menu: QMenu, x: float, y: float) -> None:
        """Leave drawn steps to the picture again: the selection, or the whole stretch that was drawn here."""
        step = self._steps.step_at(self.stage.scale.seconds(x))
        if step is None:
            return
        span = self.stage.selection
        if span is None or not span[0] <= step < span[1]:
            span = self._drawn_stretch(step)
        release = menu.addAction(self.tr("Leave to the Picture"), lambda: self.released.emit(*span))
        assert release is not None
        release.setEnabled(bool(self._kind.drawn(self._steps)[span[0] : span[1]].any()))

    def _drawn_stretch(self, step: int) -> tuple[int, int]:
        """The neighbouring drawn steps around a step."""
        drawn = self._kind.drawn(self._steps)
        before, after = np.flatnonzero(~drawn[:step]), np.flatnonzero(~drawn[step:])
        first = int(before[-1]) + 1 if len(before) else 0
        end = step + int(after[0]) if len(after) else len(drawn)
        return first, max(end, step + 1)

    def uses_key(self, event: QKeyEvent) -> bool:
        """Arrows left and right with Ctrl, up and down with Alt, and Delete."""
        is_nudge = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and bool(
            event.modifiers() & Qt.KeyboardModifier.AltModifier
        )
        used = is_nudge or self.things_by(event) != 0 or event.key() == Qt.Key.Key_Delete
        return used and len(self._steps) > 0

    def key(self, event: QKeyEvent) -> bool:
        """Go from step to step, change the selected ones."""
        if not self.uses_key(event):
            return False
        now, pressed = self.stage.selection, event.key()
        if now is None:
            step = self._steps.nearest_step(self.stage.playhead or 0.0)
            self.selection_changed.emit(step, step + 1)
        elif self.things_by(event):
            step = min(max(now[1] if self.things_by(event) > 0 else now[0] - 1, 0), len(self._steps) - 1)
            self.selection_changed.emit(step, step + 1)
        elif pressed == Qt.Key.Key_Delete:
            self.released.emit(*now)
        else:
            by = self._kind.nudge if pressed == Qt.Key.Key_Up else -self._kind.nudge
            self.drawn.emit(now[0], np.clip(self._values[now[0] : now[1]] + by, 0.0, self._kind.most).tolist())
        return True
