"""The cues of the film: where each lies and how far it has come.

Drag in silence to make one, drag a border to resize.
"""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QKeyEvent, QPainter, QPen
from PyQt6.QtWidgets import QInputDialog, QMenu

from hitpoint.core.cue.film.cue_list import CueEntry, CueState
from hitpoint.core.cue.film.film_cues import FilmCues
from hitpoint.ui.lanes.drawing.cue_states import state_color, state_word
from hitpoint.ui.lanes.drawing.ink import ink, label
from hitpoint.ui.lanes.drawing.labels import EN_DASH
from hitpoint.ui.lanes.drawing.lane import Lane, Modifiers
from hitpoint.ui.lanes.drawing.stage import Stage
from hitpoint.ui.transport.frame_clock import frame_heard

_EDGE_REACH = 6  # pixels from a border at which it can be taken
_LEAST_NAME = 18  # pixels of a cue whose name is written
_WIDE = 40  # pixels of a cue whose name has air around it
_HATCH = 7  # pixels between the lines over a cue that reaches beyond its music


@dataclass
class _Drag:
    """A range that is drawn: of the cue whose border is dragged, or of a new one."""

    name: str
    anchor: int
    start: int
    end: int


class CueLane(Lane):
    """One block a cue, in the colour of its state.

    Signals:
        cue_resized(str, int, int): a cue is to go from one frame to another.
        cue_drawn(int, int): a new cue for frames.
        cue_chosen(str): a cue was clicked; empty for silence.
        cue_opened(str): a cue was double-clicked.
        cue_split(str, int): at a frame.
        cue_joined(str): with the next one.
        cue_renamed(str, str): to another name.
        cue_duplicated(str), cue_deleted(str), cue_approved(str), cue_composed(str), cue_extended(str).
    """

    cue_resized = pyqtSignal(str, int, int)
    cue_drawn = pyqtSignal(int, int)
    cue_chosen = pyqtSignal(str)
    cue_opened = pyqtSignal(str)
    cue_split = pyqtSignal(str, int)
    cue_joined = pyqtSignal(str)
    cue_renamed = pyqtSignal(str, str)
    cue_duplicated = pyqtSignal(str)
    cue_deleted = pyqtSignal(str)
    cue_approved = pyqtSignal(str)
    cue_composed = pyqtSignal(str)
    cue_extended = pyqtSignal(str)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "", "", 26)
        self.name = self.tr("Cues")
        self.setAccessibleName(self.name)
        self.setToolTip(
            self.tr(
                "Where music is, or is to be. Drag in silence for a new cue, drag a border to resize one, double-click to "
                "go there; the menu splits, joins, names, approves and composes. Hatched: it reaches beyond its music."
            )
        )
        self.setAccessibleDescription(self.toolTip())
        self._film, self._current = FilmCues(), ""
        self._chosen: tuple[str, ...] = ()
        self._drag: _Drag | None = None

    def show_cues(self, film: FilmCues, current: str) -> None:
        """Show other cues, one of which the lanes below show."""
        if film.cues is not self._film.cues:
            self._drag = None  # it was begun on another list; a new current cue alone ends no drag
        self._film, self._current = film, current
        self.refresh()

    def show_chosen(self, names: tuple[str, ...]) -> None:
        """Show which are meant by what comes next."""
        self._chosen = names
        self.update()

    def caption(self) -> str:
        """The cue at the playhead."""
        found = None if self.stage.playhead is None else self._at_seconds(self.stage.playhead)
        return "" if found is None else found.name

    # Painting.

    def paint_content(self, painter: QPainter) -> None:
        """The cues that can be seen."""
        seen_from, seen_to = (self.stage.data.ruler.rate.nearest_frame(time) for time in self.stage.visible)
        for entry in self._film.cues.entries:
            if entry.end_frame > seen_from and entry.start_frame < seen_to:
                self._paint_cue(painter, entry)
        if not self._film.cues.entries and self.stage.data.shots:
            text = self.tr("No cue yet: drag here, or mark a range with I and O and press N")
            label(painter, QRectF(12, 0, 600, self.height()), text, ink(self.stage.theme.faint))

    def _paint_cue(self, painter: QPainter, entry: CueEntry) -> None:
        theme, box = self.stage.theme, self._box(entry.start_frame, entry.end_frame)
        color = state_color(theme, entry.state)
        is_current = entry.name == self._current
        painter.fillRect(box, ink(color, 0.42 if is_current else 0.22))
        if entry.name in self._film.music and self._film.is_stale(entry.name):
            self._paint_hatch(painter, box, color)
        painter.fillRect(QRectF(box.left(), box.bottom() - 3, box.width(), 3), ink(color))
        for x in (box.left(), box.right() - 1):
            painter.fillRect(QRectF(x, box.top(), 1, box.height()), ink(color))
        air = 6 if box.width() > _WIDE else 2
        room = box.adjusted(max(-box.left(), 0) + air, 0, -air + 1, -3)
        if room.width() >= _LEAST_NAME:
            label(painter, room, entry.name, ink(theme.text))

    def _paint_hatch(self, painter: QPainter, box: QRectF, color: str) -> None:
        painter.save()
        painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
        painter.setPen(QPen(ink(color, 0.55), 1))
        left, right, tall = int(box.left() - box.height()), int(min(box.right(), self.stage.width)), box.height()
        for x in range(left - left % _HATCH, right, _HATCH):
            painter.drawLine(x, round(box.bottom()), round(x + tall), round(box.top()))
        painter.restore()

    def paint_over(self, painter: QPainter) -> None:
        """The cues that are chosen, and the range that is drawn."""
        theme = self.stage.theme
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for entry in self._film.cues.entries:
            if entry.name in self._chosen:
                painter.setPen(QPen(ink(theme.selection), 2))
                painter.drawRect(self._box(entry.start_frame, entry.end_frame).adjusted(1, 1, -1, -1))
        if self._drag is not None:
            box = self._box(*sorted((self._drag.start, self._drag.end)))
            painter.fillRect(box, ink(theme.selection, 0.25))
            painter.setPen(QPen(ink(theme.accent), 2))
            painter.drawRect(box)

    def _box(self, start: int, end: int) -> QRectF:
        left, right = (round(self.x_of(self._seconds(frame))) for frame in (start, end))
        left, right = max(left, -8), min(right, self.stage.width + 8)
        return QRectF(left, 3, max(right - left, 2), self.height() - 7)

    def tip_at(self, x: float, y: float) -> str:
        """The cue, where it lies, how far it is, and why it was proposed."""
        entry = self._at(x)
        if entry is None:
            return ""
        ruler, film = self.stage.data.ruler, self._film
        where = f"{ruler.label(entry.start_frame)} {EN_DASH} {ruler.label(entry.end_frame)}"
        lines = [f"{entry.name}, {state_word(film, entry)}", where, entry.reason, entry.notes]
        return "\n".join(line for line in lines if line)

    # Mouse and keys.

    def press(self, x: float, y: float, modifiers: Modifiers) -> None:
        """Take a border, choose a cue and go there, or begin a new one in silence."""
        edge = self._edge_at(x)
        frame = self.stage.frame_at(x)
        if edge is not None:
            entry, is_start = edge
            anchor = entry.end_frame if is_start else entry.start_frame
            self._drag = _Drag(entry.name, anchor, entry.start_frame, entry.end_frame)
            return
        found = self._at(x)
        self.cue_chosen.emit("" if found is None else found.name)
        if found is None:
            self._drag = _Drag("", frame, frame, frame)
        super().press(x, y, modifiers)

    def drag(self, x: float, y: float) -> None:
        """Draw the range up to a frame."""
        if self._drag is None:
            super().drag(x, y)
            return
        frame = self._snapped(x)
        self._drag.start, self._drag.end = sorted((self._drag.anchor, frame))
        self.seek_requested.emit(self._seconds(frame))
        self.update()

    def release(self, x: float, y: float, *, dragged: bool) -> None:
        """Ask for the range that was drawn."""
        drag, self._drag = self._drag, None
        self.update()
        if drag is None or not dragged or drag.end <= drag.start:
            return
        if drag.name:
            self.cue_resized.emit(drag.name, drag.start, drag.end)
        else:
            self.cue_drawn.emit(drag.start, drag.end)

    def cancel(self) -> None:
        """Forget the drag."""
        self._drag = None
        self.update()

    def double_click(self, x: float, y: float) -> None:
        """Go to the cue's start."""
        found = self._at(x)
        if found is not None:
            self.cue_opened.emit(found.name)

    def hover(self, x: float, y: float) -> None:
        """Show that a border can be taken."""
        shape = Qt.CursorShape.SplitHCursor if self._edge_at(x) is not None else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def uses_key(self, event: QKeyEvent) -> bool:
        """Ctrl with an arrow, F2 and Delete are for cues here."""
        return bool(self.things_by(event)) or event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Delete)

    def key(self, event: QKeyEvent) -> bool:
        """Go to the next cue, name or delete the one at the playhead."""
        by, names = self.things_by(event), self._film.cues.names
        if by and names:
            at = names.index(self._current) if self._current in names else -by
            name = names[min(max(at + by, 0), len(names) - 1)]
            self.cue_chosen.emit(name)
            self.cue_opened.emit(name)
            return True
        if event.key() == Qt.Key.Key_F2 and self._current:
            self.ask_name(self._current)
            return True
        if event.key() == Qt.Key.Key_Delete and self._current:
            self.cue_deleted.emit(self._current)
            return True
        return False

    def fill_menu(self, menu: QMenu, x: float, y: float) -> None:
        """Offer what can be done to the cue at a place."""
        entry = self._at(x)
        if entry is None:
            return
        name, frame = entry.name, self.stage.frame_at(x)
        menu.addAction(self.tr("Compose"), lambda: self.cue_composed.emit(name))
        if name in self._film.music and self._film.is_stale(name):
            menu.addAction(self.tr("Compose the Rest"), lambda: self.cue_extended.emit(name))
        action = QAction(self.tr("Approved"), menu)
        action.setCheckable(True)
        action.setChecked(entry.state is CueState.APPROVED)
        action.triggered.connect(lambda _=False: self.cue_approved.emit(name))
        menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self.tr("Split Here"), lambda: self.cue_split.emit(name, frame))
        menu.addAction(self.tr("Join with the Next"), lambda: self.cue_joined.emit(name))
        menu.addAction(self.tr("Duplicate"), lambda: self.cue_duplicated.emit(name))
        menu.addAction(self.tr("Rename…"), lambda: self.ask_name(name))
        menu.addAction(self.tr("Delete"), lambda: self.cue_deleted.emit(name))

    def ask_name(self, name: str) -> None:
        """Ask for another name."""
        new, is_said = QInputDialog.getText(self, self.tr("Rename Cue"), self.tr("Name"), text=name)
        if is_said:
            self.cue_renamed.emit(name, new)

    def _snapped(self, x: float) -> int:
        """The frame at a pixel; a cut or another cue's border that is near draws it to itself."""
        frame, rate = self.stage.frame_at(x), self.stage.data.ruler.rate
        borders = [edge for entry in self._film.cues.entries for edge in (entry.start_frame, entry.end_frame)]
        cuts = [rate.nearest_frame(shot.start) for shot in self.stage.data.shots]
        near = min((*borders, *cuts), key=lambda other: abs(other - frame), default=frame)
        return near if abs(self.x_of(self._seconds(near)) - x) <= _EDGE_REACH else frame

    def _seconds(self, frame: int) -> float:
        return float(self.stage.data.ruler.rate.seconds(frame))

    def _at(self, x: float) -> CueEntry | None:
        return self._at_seconds(self.stage.scale.seconds(x))

    def _at_seconds(self, seconds: float) -> CueEntry | None:
        return self._film.cues.at(frame_heard(max(seconds, 0.0), self.stage.data.ruler.rate))

    def _edge_at(self, x: float) -> tuple[CueEntry, bool] | None:
        """The cue whose border is near, and whether it is its start; of two that touch, the one the mouse is in."""
        found: list[tuple[float, CueEntry, bool]] = []
        for entry in self._film.cues.entries:
            for frame, is_start in ((entry.start_frame, True), (entry.end_frame, False)):
                away = x - self.x_of(self._seconds(frame))
                if abs(away) <= _EDGE_REACH:
                    is_inside = away >= 0 if is_start else away <= 0
                    found.append((abs(away) + (0 if is_inside else _EDGE_REACH), entry, is_start))
        best = min(found, key=lambda one: one[0], default=None)
        return None if best is None else best[1:]
