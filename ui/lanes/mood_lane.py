"""The mood: what the picture proposes, and over it what the editor wishes."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QIcon, QKeyEvent, QPainter, QPen, QPixmap
from PyQt6.QtWidgets import QMenu

from hitpoint.core.mood import MOODS, Mood, MoodSpan
from hitpoint.ui.lanes.drawing.ink import ink, label, mixed, text_on
from hitpoint.ui.lanes.drawing.labels import EN_DASH
from hitpoint.ui.lanes.drawing.lane import Lane, Modifiers
from hitpoint.ui.lanes.drawing.stage import Stage
from hitpoint.ui.lanes.mood_pad import mood_name, mood_of_key
from hitpoint.ui.lanes.mood_popup import MoodPopup

_EDGE_REACH = 5.0  # pixels around an edge that take hold of it
_LEAST_NAME = 30.0


@dataclass
class _Drag:
    """A drag of the mouse: moving the edge between two stretches, or sweeping over a new stretch."""

    edge: int | None  # the stretch that begins at the edge
    start: float
    now: float


class MoodLane(Lane):
    """Stretches of mood. What comes from the picture is pale and outlined, what is wished is solid.

    Signals:
        mood_set_requested(float, float, str): a class or a point for a stretch in seconds.
        mood_released(float, float): leave a stretch to the picture.
    """

    mood_set_requested = pyqtSignal(float, float, str)
    mood_released = pyqtSignal(float, float)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "", "", 32)
        self.name = self.tr("Mood")
        self.setAccessibleName(self.name)
        self.setToolTip(
            self.tr(
                "Pale is from the picture, solid is your wish. Drag an edge, sweep over a stretch, or double-click to "
                "choose. Ctrl+Left, Ctrl+Right: from stretch to stretch; Ctrl+1 to Ctrl+6: a mood; Return: the pad; "
                "Delete: from the picture."
            )
        )
        self.setAccessibleDescription(self.toolTip())
        self.popup: MoodPopup | None = None
        self._is_from_cuts = False
        self._current = 0
        self._drag: _Drag | None = None
        self._swept: tuple[float, float] | None = None

    def show_origin(self, *, is_from_cuts: bool) -> None:
        """Say whether moods that nobody wished come from the cuts alone, because nobody has seen the picture."""
        self._is_from_cuts = is_from_cuts
        self.update()

    def _is_unseen(self, span: MoodSpan) -> bool:
        """Whether a stretch has no picture that was seen."""
        shots = [one for one in self.stage.data.shots if one.end > span.start and one.start < span.end]
        return self._is_from_cuts or (bool(shots) and all(one.is_missing for one in shots))

    @property
    def _moods(self) -> tuple[MoodSpan, ...]:
        return self.stage.data.moods

    def caption(self) -> str:
        """The mood at the playhead."""
        playhead = self.stage.heard_playhead
        span = next((s for s in self._moods if playhead is not None and s.start <= playhead < s.end), None)
        return mood_name(span.mood) if span is not None else ""

    def paint_content(self, painter: QPainter) -> None:
        """Each stretch that can be seen."""
        seen_from, seen_to = self.stage.visible
        for span in self._moods:
            if span.end > seen_from and span.start < seen_to:
                self._paint_span(painter, span)

    def _paint_span(self, painter: QPainter, span: MoodSpan) -> None:
        theme = self.stage.theme
        left, right = self.x_of(span.start), self.x_of(span.end)
        x = max(round(left), -4)
        box = QRectF(x, 4, max(min(round(right), self.stage.width + 4) - x - 1, 1), self.height() - 9)
        color = theme.moods[span.mood]
        if span.wished:
            painter.fillRect(box, ink(color))
            text = text_on(color)
        else:
            painter.fillRect(box, mixed(theme.background, color, 0.16))
            painter.fillRect(QRectF(box.left(), box.bottom() - 2, box.width(), 2), ink(color, 0.85))
            text = ink(theme.text)
        room = self.room_of(box).adjusted(7, 0, -5, 0)
        if room.width() >= _LEAST_NAME:
            label(painter, room, self._words(span, room.width()), text)

    def _words(self, span: MoodSpan, width: float) -> str:
        name = mood_name(span.mood)
        if span.point is not None and width > 130:
            return f"{name}  ({span.point.valence:+.2f}, {span.point.arousal:+.2f})"
        if span.wished or width < 130:
            return name
        return (self.tr("{mood}, from the cuts") if self._is_unseen(span) else self.tr("{mood}, from picture")).format(
            mood=name
        )

    def paint_over(self, painter: QPainter) -> None:
        """The stretch that has the keys, the edge that is dragged, the stretch that is swept."""
        theme = self.stage.theme
        if self.hasFocus() and self._current < len(self._moods) and self._drag is None:
            span = self._moods[self._current]
            left, right = self.x_of(span.start), self.x_of(span.end)
            painter.setPen(QPen(ink(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(left, 3, right - left - 1, self.height() - 7))
        if self._drag is not None and self._drag.edge is not None:
            x = round(self.x_of(self._drag.now))
            painter.fillRect(QRectF(x - 1, 0, 2, self.height() - 1), ink(theme.accent))
        swept = self._swept
        if swept is not None:
            left, right = self.x_of(swept[0]), self.x_of(swept[1])
            painter.setPen(QPen(ink(theme.accent), 1))
            painter.setBrush(ink(theme.accent, 0.25))
            painter.drawRect(QRectF(round(left) + 0.5, 2.5, right - left - 1, self.height() - 6))

    def tip_at(self, x: float, y: float) -> str:
        """The mood, where it comes from, and where it lies."""
        index = self._index_at(x)
        if index is None:
            return ""
        span, ruler = self._moods[index], self.stage.data.ruler
        seen = self.tr("from the cuts") if self._is_unseen(span) else self.tr("from the picture")
        origin = self.tr("your wish") if span.wished else seen
        return f"{mood_name(span.mood)}, {origin}\n{ruler.label_at(span.start)} {EN_DASH} {ruler.label_at(span.end)}"

    def press(self, x: float, y: float, modifiers: Modifiers) -> None:
        """Take an edge, or a stretch."""
        edge = self._edge_at(x)
        start = self._moods[edge].start if edge is not None else self._time(x)
        self._drag = _Drag(edge, start, start)
        index = self._index_at(x)
        if index is not None:
            self._make_current(index)

    def drag(self, x: float, y: float) -> None:
        """Move the edge, or sweep."""
        if self._drag is None or not self._moods:
            return
        self._drag.now = self._time(x)
        if self._drag.edge is not None:
            limits = self._moods[self._drag.edge - 1].start, self._moods[self._drag.edge].end
            self._drag.now = min(max(self._drag.now, limits[0]), limits[1])
        else:
            self._swept = (min(self._drag.start, self._drag.now), max(self._drag.start, self._drag.now))
        self.update()

    def release(self, x: float, y: float, *, dragged: bool) -> None:
        """Ask for what the moved edge means, or open the menu for what was swept over."""
        drag, self._drag = self._drag, None
        if drag is None or not dragged:
            self.update()
            return
        if drag.edge is not None:
            self._move_edge(drag.edge, drag.now)
        elif self._swept is not None and self._swept[1] > self._swept[0]:
            menu = QMenu(self)
            self._fill(menu, *self._swept, None)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.aboutToHide.connect(self.cancel)
            menu.popup(self.mapToGlobal(QPointF(x + self.stage.header, self.height()).toPoint()))
        self.update()

    def _move_edge(self, edge: int, to: float) -> None:
        """Give what an edge leaves behind to its neighbour, as a wish if that is one; else to the picture."""
        before, after = self._moods[edge - 1], self._moods[edge]
        at = after.start
        if to > at and (before.wished or not after.wished):
            self.mood_set_requested.emit(before.start if before.wished else at, to, self.mood_text(before))
        elif to < at and (after.wished or not before.wished):
            self.mood_set_requested.emit(to, after.end if after.wished else at, self.mood_text(after))
        elif to != at:
            self.mood_released.emit(min(to, at), max(to, at))

    def cancel(self) -> None:
        """Forget the drag."""
        self._drag, self._swept = None, None
        self.update()

    def double_click(self, x: float, y: float) -> None:
        """Open the pad for a stretch."""
        index = self._index_at(x)
        if index is not None:
            self._make_current(index)
            self._open_pad(self._moods[index].start, self._moods[index].end, self._moods[index])

    def hover(self, x: float, y: float) -> None:
        """Show that an edge can be taken."""
        is_edge = self._edge_at(x) is not None
        self.setCursor(Qt.CursorShape.SplitHCursor if is_edge else Qt.CursorShape.ArrowCursor)

    def fill_menu(self, menu: QMenu, x: float, y: float) -> None:
        """Moods for the selection if that is where the mouse is, else for the stretch."""
        seconds, selected = self.stage.scale.seconds(x), self.stage.selected_seconds
        index = self._index_at(x)
        span = self._moods[index] if index is not None else None
        if selected is not None and selected[0] <= seconds < selected[1]:
            self._fill(menu, *selected, span)
        elif span is not None:
            self._fill(menu, span.start, span.end, span)

    def key_place(self) -> tuple[float, float]:
        """In the stretch that has the keys."""
        if self._current >= len(self._moods):
            return super().key_place()
        span = self._moods[self._current]
        middle = (max(self.x_of(span.start), 0.0) + min(self.x_of(span.end), self.stage.width)) / 2
        return middle, self.height() / 2

    def _fill(self, menu: QMenu, start: float, end: float, shown: MoodSpan | None) -> None:
        release = QAction(self.tr("From the Picture"), menu)
        release.setCheckable(True)
        release.setChecked(shown is not None and not shown.wished)
        release.triggered.connect(lambda: self.mood_released.emit(start, end))
        menu.addAction(release)
        menu.addSeparator()
        for number, mood in enumerate(MOODS, 1):
            swatch = QPixmap(12, 12)
            swatch.fill(ink(self.stage.theme.moods[mood]))
            action = QAction(f"&{number}  {mood_name(mood)}", menu)  # the digit is its key
            action.setIcon(QIcon(swatch))
            text = mood.value
            action.triggered.connect(lambda _=False, text=text: self.mood_set_requested.emit(start, end, text))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self.tr("Point on the Pad…"), lambda: self._open_pad(start, end, shown))

    def _open_pad(self, start: float, end: float, shown: MoodSpan | None) -> None:
        """Show the pad below the stretch; what is chosen on it is asked for."""
        if self.popup is not None:
            self.popup.deleteLater()
        self.popup = MoodPopup(self)
        self.popup.pad.show_mood(shown.mood if shown else Mood.NEUTRAL, shown.point if shown else None)
        self.popup.mood_chosen.connect(lambda text: self.mood_set_requested.emit(start, end, text))
        self.popup.released.connect(lambda: self.mood_released.emit(start, end))
        x = min(max(self.x_of(start), 0.0), self.stage.width - 40.0)
        self.popup.open_at(self.mapToGlobal(QPointF(x + self.stage.header, self.height()).toPoint()))

    def uses_key(self, event: QKeyEvent) -> bool:
        """Left, right and the digits of moods with Ctrl, Return, Delete."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        return self.things_by(event) != 0 or event.key() in keys or mood_of_key(event) is not None

    def key(self, event: QKeyEvent) -> bool:
        """Go from stretch to stretch, set and release its mood."""
        if not self.uses_key(event) or not self._moods:
            return False
        self._current = min(self._current, len(self._moods) - 1)
        span, pressed = self._moods[self._current], event.key()
        if self.things_by(event):
            self._make_current(min(max(self._current + self.things_by(event), 0), len(self._moods) - 1))
        elif pressed == Qt.Key.Key_Return:
            self._open_pad(span.start, span.end, span)
        elif pressed in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.mood_released.emit(span.start, span.end)
        elif (mood := mood_of_key(event)) is not None:
            self.mood_set_requested.emit(span.start, span.end, mood.value)
        return True

    def _make_current(self, index: int) -> None:
        self._current = index
        span = self._moods[index]
        self.setAccessibleDescription(self.tip_at(self.x_of((span.start + span.end) / 2), 0).replace("\n", ", "))
        self.update()

    def _time(self, x: float) -> float:
        """The time of the nearest frame, inside the music."""
        first, last = self.stage.data.music or (0.0, self.stage.data.seconds)
        return min(max(self.stage.time_at(x), first), last)

    def _index_at(self, x: float) -> int | None:
        seconds = self.stage.scale.seconds(x)
        return next((i for i, span in enumerate(self._moods) if span.start <= seconds < span.end), None)

    def _edge_at(self, x: float) -> int | None:
        near = [i for i in range(1, len(self._moods)) if abs(self.x_of(self._moods[i].start) - x) <= _EDGE_REACH]
        return min(near, key=lambda i: abs(self.x_of(self._moods[i].start) - x), default=None)

    @staticmethod
    def mood_text(span: MoodSpan) -> str:
        """The mood of a stretch as ``parse_mood`` reads it."""
        return span.mood.value if span.point is None else f"{span.point.valence:.2f},{span.point.arousal:.2f}"
