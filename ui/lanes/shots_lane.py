"""The shots: what is seen, with names and thumbnails, dissolves and titles."""

from __future__ import annotations

import numpy as np
from PyQt6.QtCore import QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QBrush, QColor, QFontMetricsF, QImage, QKeyEvent, QPainter, QPen, QPixmap

from hitpoint.core.edit import ShotKind
from hitpoint.ui.lanes.drawing.columns import share_of_pixels, visible_range
from hitpoint.ui.lanes.drawing.ink import ink, label, mixed, strip
from hitpoint.ui.lanes.drawing.labels import EN_DASH
from hitpoint.ui.lanes.drawing.lane import Lane
from hitpoint.ui.lanes.drawing.stage import Stage
from hitpoint.ui.lanes.drawing.timeline_data import ShotItem

LEAST_PIXELS = 3  # of a shot that is drawn by itself
LEAST_THUMBNAIL = 20  # pixels of a shot that shows its picture
_APART = 1.25  # widths of a picture from one to the next along a shot
_MOST_PICTURES = 32  # along one shot
_KEPT_PICTURES = 1200
_LEAST_DISSOLVE = 4  # pixels
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
        self._thumbnails: dict[int, QPixmap] = {}  # by frame of the timeline
        self._shape = 16 / 9  # of the pictures
        self._shots: tuple[ShotItem, ...] = ()

    def show_shots(self, shots: tuple[ShotItem, ...]) -> None:
        """Show other shots; thumbnails stay if they are the same."""
        if shots != self._shots:
            self._shots = shots
            self._edges = np.array([shot.start for shot in shots] + [shot.end for shot in shots[-1:]])
            self._thumbnails.clear()
        self.refresh()

    def show_thumbnail(self, frame: int, image: QImage) -> None:
        """Show the picture of a timeline frame."""
        if image.isNull() or not self._shots:
            return
        while len(self._thumbnails) >= _KEPT_PICTURES:
            del self._thumbnails[next(iter(self._thumbnails))]
        self._thumbnails[frame] = QPixmap.fromImage(image)
        self._shape = image.width() / image.height()
        self.refresh()

    def wanted_thumbnails(self) -> list[int]:
        """Timeline frames in view whose pictures there is room for and that have none yet."""
        seen = visible_range(self._edges, *self.stage.visible)
        wanted = [frame for index in seen for frame, left, right in self._pictures(index)
                  if right > 0 and left < self.stage.width and frame not in self._thumbnails]  # fmt: skip
        return list(dict.fromkeys(wanted))

    def _pictures(self, index: int) -> list[tuple[int, float, float]]:
        """The frames of a shot that are shown along it, and between which pixels each.

        Twice as many at twice the width.
        """
        shot = self._shots[index]
        left, right = self.x_of(shot.start), self.x_of(shot.end)
        if shot.kind is not ShotKind.PICTURE or shot.is_missing or right - left < LEAST_THUMBNAIL:
            return []
        room = (right - left) / max(self._picture_height * self._shape * _APART, 1.0)
        count = min(1 << max(int(np.log2(max(room, 1.0))), 0), _MOST_PICTURES)
        rate = self.stage.data.ruler.rate
        first, frames = rate.nearest_frame(shot.start), rate.nearest_frame(shot.end) - rate.nearest_frame(shot.start)
        each = (right - left) / count
        return [
            (first + (2 * number + 1) * frames // (2 * count), left + number * each, left + (number + 1) * each)
            for number in range(count)
        ]

    @property
    def _picture_height(self) -> float:
        """Pixels of a picture, under the name."""
        return self.height() - 3 - 2 - 16 * self.unit

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
        self._paint_overlays(painter)
        for place in np.flatnonzero(wide).tolist():
            self._paint_shot_name(painter, self._shots[seen.start + place], float(x[place]), float(x[place + 1]))

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
            return
        fill = mixed(theme.shot, theme.background, 0.35 if shot.kind is ShotKind.GENERATED or shot.is_missing else 0.0)
        painter.fillRect(box, fill)
        self._paint_pictures(painter, index, box)
        if shot.is_missing:
            painter.fillRect(box, QBrush(ink(theme.warning, 0.35), Qt.BrushStyle.FDiagPattern))

    def _paint_shot_name(self, painter: QPainter, shot: ShotItem, left: float, right: float) -> None:
        box = QRectF(round(left), 2, max(round(right) - round(left) - 1, 1), self.height() - 5)
        is_gap = shot.kind is ShotKind.GAP
        theme = self.stage.theme
        self._paint_name(
            painter, box, self.tr("gap") if is_gap else shot.name, ink(theme.faint if is_gap else theme.shot_text)
        )

    def _paint_pictures(self, painter: QPainter, index: int, box: QRectF) -> None:
        top, tall = box.top() + 16 * self.unit, self._picture_height
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for frame, left, right in self._pictures(index):
            picture = self._thumbnails.get(frame)
            if picture is None or right < 0 or left > self.stage.width:
                continue
            wide = min(tall * picture.width() / picture.height(), right - left, box.width())
            shown = wide * picture.height() / tall  # a shot narrower than its picture shows the middle of it
            source = QRectF((picture.width() - shown) / 2, 0, shown, picture.height())
            painter.drawPixmap(QRectF(max(left, box.left()), top, wide, tall), picture, source)

    def _paint_overlays(self, painter: QPainter) -> None:
        """Dissolves as a box with a slope, titles as a bar under the name; as far as there is room for them."""
        theme = self.stage.theme
        start, end = self.stage.visible
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for one in self.stage.data.overlays:
            if one.end < start or one.start > end:
                continue
            left, right = self.x_of(one.start), self.x_of(one.end)
            if one.is_title:
                box = QRectF(left, 2 + 15 * self.unit, max(right - left, 2), 13 * self.unit)
                painter.fillRect(box, ink(theme.raised, 0.86))
                painter.fillRect(QRectF(box.left(), box.top(), 2, box.height()), ink(theme.accent))
                self._paint_name(
                    painter, box.translated(0, -1), "T  " + (one.name or self.tr("title")), ink(theme.text)
                )
            elif right - left >= _LEAST_DISSOLVE:
                box = QRectF(left, 2, right - left, self.height() - 5)
                painter.fillRect(box, ink(theme.background, 0.45))
                painter.setPen(QPen(ink(theme.shot_text, 0.9), 1.2))
                painter.drawLine(box.bottomLeft(), box.topRight())
                painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

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
        return "\n".join((f"{name}\n{span}, {shot.end - shot.start:.2f} s{missing}", *self._overlays_at(seconds)))

    def _overlays_at(self, seconds: float) -> list[str]:
        """A line for each dissolve and title at a time."""
        ruler = self.stage.data.ruler
        lines = []
        for one in self.stage.data.overlays:
            if one.start <= seconds < one.end:
                kind = self.tr("title") if one.is_title else self.tr("dissolve")
                frames = ruler.rate.nearest_frame(one.end) - ruler.rate.nearest_frame(one.start)
                name = "" if one.name.casefold() == kind.casefold() else f" {one.name}"
                lines.append(self.tr("{kind}{name}, {frames} frames").format(kind=kind, name=name, frames=frames))
        return lines

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
