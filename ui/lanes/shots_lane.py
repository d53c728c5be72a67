"""The shots: what is seen, with names and thumbnails."""

from __future__ import annotations

import numpy as np
from PyQt6.QtCore import QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QBrush, QColor, QFontMetricsF, QImage, QKeyEvent, QPainter, QPixmap

from hitpoint.core.edit import ShotKind
from hitpoint.ui.lanes.drawing.columns import share_of_pixels, visible_range
from hitpoint.ui.lanes.drawing.ink import ink, label, mixed, strip
from hitpoint.ui.lanes.drawing.labels import EN_DASH
from hitpoint.ui.lanes.drawing.lane import Lane
from hitpoint.ui.lanes.drawing.stage import Stage
from hitpoint.ui.lanes.drawing.timeline_data import ShotItem

LEAST_PIXELS = 3  # of a shot that is drawn by itself
LEAST_THUMBNAIL = 20  # pixels of a shot that shows its picture
_LEAST_NAME = 34


class ShotsLane(Lane):
    """Shots between cuts.

    Signals:
        shot_chosen(float, float): a shot was double-clicked; its start and end in seconds.
    """

    shot_chosen = pyqtSignal(float, float)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "", "", 60, grows=True)
        self.name = self.tr("Shots")
        self.setAccessibleName(self.name)
        self.setToolTip(
            self.tr("Click to go there, double-click to select the music of a shot. Up, Down: from cut to cut.")
        )
        self.setAccessibleDescription(self.toolTip())
        self._edges = np.zeros(0)
        self._thumbnails: dict[int, QPixmap] = {}
        self._shots: tuple[ShotItem, ...] = ()

    def show_shots(self, shots: tuple[ShotItem, ...]) -> None:
        """Show other shots; thumbnails stay if they are the same."""
        if shots != self._shots:
            self._shots = shots
            self._edges = np.array([shot.start for shot in shots] + [shot.end for shot in shots[-1:]])
            self._thumbnails.clear()
        self.refresh()

    def show_thumbnail(self, index: int, image: QImage) -> None:
        """Show the picture of a shot."""
        if 0 <= index < len(self._shots) and not image.isNull():
            self._thumbnails[index] = QPixmap.fromImage(image)
            self.refresh()

    def wanted_thumbnails(self) -> list[int]:
        """Shots in view that are wide enough for a picture, and have none yet."""
        seen = visible_range(self._edges, *self.stage.visible)
        return [
            index
            for index in seen
            if index not in self._thumbnails
            and self._shots[index].kind is ShotKind.PICTURE
            and not self._shots[index].is_missing
            and self.x_of(self._shots[index].end) - self.x_of(self._shots[index].start) >= LEAST_THUMBNAIL
        ]

    def caption(self) -> str:
        """The shot under the playhead."""
        if self.stage.playhead is None or not self._shots:
            return ""
        shot = self._shots[self._index_at(self.stage.playhead)]
        return shot.name or (self.tr("gap") if shot.kind is ShotKind.GAP else "")

    def paint_content(self, painter: QPainter) -> None:
        """Shots that have room by themselves, the others as a band as dark as their cuts are dense."""
        if not self._shots:
            label(painter, QRectF(12, 0, 400, self.height()), self.tr("No edit is open"), ink(self.stage.theme.faint))
            return
        seen = visible_range(self._edges, *self.stage.visible)
        if not seen:
            return
        x = self._edges[seen.start : seen.stop + 1] * self.stage.scale.pixels_per_second - self.stage.scale.offset
        wide = np.diff(x) >= LEAST_PIXELS
        self._paint_crowd(painter, x[:-1][~wide], x[1:][~wide])
        for place in np.flatnonzero(wide).tolist():
            self._paint_shot(painter, seen.start + place, float(x[place]), float(x[place + 1]))

    def _paint_crowd(self, painter: QPainter, left: np.ndarray, right: np.ndarray) -> None:
        if not len(left):
            return
        theme, width = self.stage.theme, self.stage.width
        box = QRectF(0, 2, width, self.height() - 5)
        covered = share_of_pixels(left, right, width)
        cuts = np.bincount(np.clip(left, 0, width - 1).astype(int), minlength=width)
        strip(painter, box, theme.shot, covered)
        strip(painter, box, theme.cut, np.minimum(cuts * 0.3, 0.8))

    def _paint_shot(self, painter: QPainter, index: int, left: float, right: float) -> None:
        theme, shot = self.stage.theme, self._shots[index]
        x = round(left)
        box = QRectF(x, 2, max(round(right) - x - 1, 1), self.height() - 5)
        if shot.kind is ShotKind.GAP:
            painter.fillRect(box, QBrush(ink(theme.line), Qt.BrushStyle.BDiagPattern))
            self._paint_name(painter, box, self.tr("gap"), ink(theme.faint))
            return
        fill = mixed(theme.shot, theme.background, 0.35 if shot.kind is ShotKind.GENERATED or shot.is_missing else 0.0)
        painter.fillRect(box, fill)
        self._paint_picture(painter, index, box)
        if shot.is_missing:
            painter.fillRect(box, QBrush(ink(theme.warning, 0.35), Qt.BrushStyle.FDiagPattern))
        self._paint_name(painter, box, shot.name, ink(theme.shot_text))

    def _paint_picture(self, painter: QPainter, index: int, box: QRectF) -> None:
        picture = self._thumbnails.get(index)
        if picture is None or box.width() < LEAST_THUMBNAIL:
            return
        top = box.top() + 16 * self.unit
        tall = box.bottom() - top
        wide = min(tall * picture.width() / picture.height(), box.width())
        shown = wide * picture.height() / tall  # a shot narrower than its picture shows the middle of it
        source = QRectF((picture.width() - shown) / 2, 0, shown, picture.height())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(QRectF(box.left(), top, wide, tall), picture, source)

    def _paint_name(self, painter: QPainter, box: QRectF, name: str, color: QColor) -> None:
        """The name, which stays in view while any of the shot does."""
        left = max(box.left(), 0.0) + 5
        room = QRectF(left, box.top() + 1, min(box.right(), self.stage.width) - left - 4, 15 * self.unit)
        if box.width() >= _LEAST_NAME and room.width() > QFontMetricsF(painter.font()).averageCharWidth() * 3:
            label(painter, room, name, color)

    def tip_at(self, x: float, y: float) -> str:
        """Name, timecodes and length of a shot."""
        if not self._shots:
            return ""
        seconds = self.stage.scale.seconds(x)
        shot, ruler = self._shots[self._index_at(seconds)], self.stage.data.ruler
        kind = {ShotKind.GAP: self.tr("gap"), ShotKind.GENERATED: self.tr("made by the host")}.get(shot.kind, "")
        name = shot.name or kind
        missing = "\n" + self.tr("The media file was not found") if shot.is_missing else ""
        span = f"{ruler.label_at(shot.start)} {EN_DASH} {ruler.label_at(shot.end)}"
        return f"{name}\n{span}, {shot.end - shot.start:.2f} s{missing}"

    def double_click(self, x: float, y: float) -> None:
        """Choose the music of a shot."""
        if self._shots:
            shot = self._shots[self._index_at(self.stage.scale.seconds(x))]
            self.shot_chosen.emit(shot.start, shot.end)

    def uses_key(self, event: QKeyEvent) -> bool:
        """Left and right with Ctrl, Return."""
        return self.things_by(event) != 0 or event.key() == Qt.Key.Key_Return

    def key(self, event: QKeyEvent) -> bool:
        """Left and right with Ctrl go to the cut before or after, Return chooses the shot."""
        if not self.uses_key(event) or not self._shots:
            return False
        now = self.stage.playhead or 0.0
        index = self._index_at(now)
        if event.key() == Qt.Key.Key_Return:
            self.shot_chosen.emit(self._shots[index].start, self._shots[index].end)
        elif self.things_by(event) > 0:
            self.seek_requested.emit(self._shots[index].end)
        else:
            is_at_cut = now - self._shots[index].start < 1e-3
            self.seek_requested.emit(self._shots[max(index - is_at_cut, 0)].start)
        return True

    def _index_at(self, seconds: float) -> int:
        place = int(np.searchsorted(self._edges, seconds + 1e-6, side="right")) - 1
        return min(max(place, 0), len(self._shots) - 1)
