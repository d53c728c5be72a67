"""The base of every lane: a name at the left, things at their times, playhead and selection, mouse and keys.

What stands still is painted into a picture once and only copied while the playhead moves or a selection is dragged.
"""

from __future__ import annotations

import math

from PyQt6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PyQt6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from hitpoint.ui.lanes.drawing.ink import ink, label, sized, type_size
from hitpoint.ui.lanes.drawing.stage import Stage

_DRAG_PIXELS = 4  # a press that moves less is a click
_PLAYHEAD_STRIP = 8  # pixels around the playhead that are painted again when it moves

Modifiers = Qt.KeyboardModifier


class Lane(QWidget):
    """One row of the timeline. Positions given to the hooks are pixels right of the header.

    Signals:
        seek_requested(float): to a time in seconds.
        wheel_turned(QWheelEvent): for the view to zoom or scroll by.
        menu_opened(QMenu, float): a menu that is about to be shown for a time, to be added to.
        scroll_asked(int): a drag left the view by so many pixels.
    """

    seek_requested = pyqtSignal(float)
    wheel_turned = pyqtSignal(object)
    menu_opened = pyqtSignal(object, float)
    scroll_asked = pyqtSignal(int)
    is_of_music = False  # whether it shows the cue, of which a part may not be heard

    def __init__(self, stage: Stage, name: str, description: str, height: int, *, grows: bool = False) -> None:
        super().__init__()
        self.stage = stage
        self.name = name
        self.unit = type_size(self.font())
        self._height = round(height * self.unit)
        self._picture: QPixmap | None = None
        self._pressed: QPointF | None = None
        self._dragging = self._is_beside = False
        self._caption = ""
        self._written = name  # the name that was painted last
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.setToolTip(description)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        policy = QSizePolicy.Policy.Expanding if grows else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, policy)
        self.setMinimumHeight(self._height)
        self.setMaximumHeight(round(self._height * 1.7) if grows else self._height)

    # What a lane adds.

    def paint_content(self, painter: QPainter) -> None:
        """Paint what stands still, ``0 .. stage.width`` wide."""

    def paint_over(self, painter: QPainter) -> None:
        """Paint what a drag shows, or which thing has the keys."""

    def caption(self) -> str:
        """The text under the name: the value at the playhead."""
        return ""

    def scale_marks(self) -> list[tuple[float, str]]:
        """Heights in pixels from the top, and the numbers that belong to them."""
        return []

    def tip_at(self, x: float, y: float) -> str:
        """The tip of the thing at a place; empty for the lane's own tooltip."""
        return ""

    def fill_menu(self, menu: QMenu, x: float, y: float) -> None:
        """Add what can be done at a place."""

    def press(self, x: float, y: float, modifiers: Modifiers) -> None:
        """A button goes down: go there."""
        self.seek_requested.emit(self.stage.time_at(x))

    def drag(self, x: float, y: float) -> None:
        """The pressed mouse has moved: go along."""
        self.seek_requested.emit(self.stage.time_at(x))

    def release(self, x: float, y: float, *, dragged: bool) -> None:
        """The button goes up."""

    def double_click(self, x: float, y: float) -> None:
        """The second click of two."""

    def hover(self, x: float, y: float) -> None:
        """The mouse moves with no button down."""

    def cancel(self) -> None:
        """Escape was pressed in a drag: forget it."""

    def uses_key(self, event: QKeyEvent) -> bool:
        """Whether a key is for this lane rather than a shortcut of the window."""
        return False

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key says; False leaves it to others."""
        return False

    @staticmethod
    def things_by(event: QKeyEvent) -> int:
        """1 for Ctrl+Right, the next thing of the lane, -1 for Ctrl+Left, else 0: plain arrows are the transport's."""
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        return by if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 0

    # For the view.

    def refresh(self) -> None:
        """Paint everything again: data, scale, size or colours have changed."""
        self._picture = None
        self.update()

    def move_playhead(self, before: float | None, after: float | None) -> None:
        """Paint again only where the playhead was and is."""
        for seconds in (before, after):
            if seconds is not None:
                x = self.stage.header + round(self.stage.scale.x(seconds))
                self.update(QRect(x - _PLAYHEAD_STRIP, 0, 2 * _PLAYHEAD_STRIP, self.height()))
        if self.caption() != self._caption or self.name != self._written:
            self.update(QRect(0, 0, self.stage.header, self.height()))

    def room_of(self, box: QRectF) -> QRectF:
        """The part of a thing in which its name is read: inside the lane, and where the music of the cue sounds.

        A thing that does not sound at all has its name where it would have it.
        """
        left, right = max(box.left(), 0.0), box.right()
        for start, end in self.stage.data.unheard if self.is_of_music else ():
            veil = self.x_of(start), self.x_of(end)
            if veil[0] <= left + 1 < veil[1] < right:
                left = veil[1]
            elif left < veil[0] < right:
                right = veil[0]
        return QRectF(left, box.top(), right - left, box.height())

    def x_of(self, seconds: float) -> float:
        """Pixels right of the header."""
        return self.stage.scale.x(seconds)

    def is_heard_at(self, x: float) -> bool:
        """Whether what stands at a place sounds; what does not is not drawn, and takes no click."""
        seconds = self.stage.scale.seconds(x)
        return not self.is_of_music or not any(start <= seconds < end for start, end in self.stage.data.unheard)

    # Painting.

    def sizeHint(self) -> QSize:
        """As tall as it needs."""
        return QSize(640, self._height)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Copy the picture, then what moves over it."""
        ratio = self.devicePixelRatioF()
        if self._picture is None:
            self._picture = self._painted(ratio)
        area = event.rect() if event is not None else self.rect()
        painter = QPainter(self)
        source = QRectF(area.x() * ratio, area.y() * ratio, area.width() * ratio, area.height() * ratio)
        painter.drawPixmap(QRectF(area), self._picture, source)
        if area.left() < self.stage.header:
            self._paint_header(painter)
        painter.setClipRect(QRect(self.stage.header, 0, self.width() - self.stage.header, self.height()))
        painter.translate(self.stage.header, 0)
        self._paint_selection(painter)
        self._paint_range(painter)
        self.paint_over(painter)
        self._paint_playhead(painter)
        painter.end()

    def _painted(self, ratio: float) -> QPixmap:
        picture = QPixmap(math.ceil(self.width() * ratio), math.ceil(self.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        theme = self.stage.theme
        picture.fill(ink(theme.background))
        painter = QPainter(picture)
        painter.setFont(sized(self.font(), 0.86))
        painter.setClipRect(QRect(self.stage.header, 0, self.width() - self.stage.header, self.height()))
        painter.translate(self.stage.header, 0)
        self.paint_content(painter)
        self._paint_unheard(painter)
        self._paint_beyond(painter)
        painter.resetTransform()
        painter.setClipping(False)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), ink(theme.line))
        painter.end()
        return picture

    def _paint_unheard(self, painter: QPainter) -> None:
        """Nothing stands where music was composed and does not sound: there is silence, or another cue plays."""
        for start, end in self.stage.data.unheard if self.is_of_music else ():
            left, right = self.x_of(start), self.x_of(end)
            painter.fillRect(QRectF(left, 0, right - left, self.height()), ink(self.stage.theme.background))

    def _paint_beyond(self, painter: QPainter) -> None:
        """The room beyond the end of the timeline."""
        x = round(self.x_of(self.stage.data.seconds))
        if x < self.stage.width:
            painter.fillRect(QRectF(x, 0, self.width(), self.height()), ink(self.stage.theme.raised))
            painter.fillRect(QRectF(x, 0, 1, self.height()), ink(self.stage.theme.line))

    def _paint_header(self, painter: QPainter) -> None:
        theme, height = self.stage.theme, self.height()
        painter.fillRect(QRectF(0, 0, self.stage.header, height - 1), ink(theme.raised))
        painter.fillRect(QRectF(self.stage.header - 1, 0, 1, height), ink(theme.line))
        painter.fillRect(QRectF(0, height - 1, self.stage.header, 1), ink(theme.line))
        if self.hasFocus():
            painter.fillRect(QRectF(0, 0, 3, height - 1), ink(theme.accent))
        self._caption = self.caption()
        self._written = self.name
        line = 15 * self.unit
        two = bool(self._caption) and height >= 2 * line + 2
        top = (height - 1 - (2 if two else 1) * line) / 2
        marks = self.scale_marks()
        room = self.stage.header - 20 - (round(26 * self.unit) if marks else 0)
        painter.setFont(sized(self.font(), 0.92, bold=True))
        label(painter, QRectF(10, top, room, line), self.name, ink(theme.text))
        taken = 0.0 if two else QFontMetricsF(painter.font()).horizontalAdvance(self.name) + 8
        painter.setFont(sized(self.font(), 0.86))
        if self._caption:
            wide = QFontMetricsF(painter.font()).horizontalAdvance(self._caption) + 1
            left = 10 if two else 10 + max(taken, room - wide)
            label(painter, QRectF(left, top + line * two, room + 10 - left, line), self._caption, ink(theme.faint))
        self._paint_marks(painter, marks)

    def _paint_marks(self, painter: QPainter, marks: list[tuple[float, str]]) -> None:
        """The numbers of the scale, at the right edge of the header."""
        painter.setFont(sized(self.font(), 0.74))
        painter.setPen(ink(self.stage.theme.faint))
        for y, text in marks:
            box = QRectF(self.stage.header - 46, y - 10, 40, 20)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_selection(self, painter: QPainter) -> None:
        theme, selected = self.stage.theme, self.stage.selected_seconds
        if selected is None:
            return
        left, right = self.x_of(selected[0]), self.x_of(selected[1])
        painter.fillRect(QRectF(left, 0, right - left, self.height() - 1), ink(theme.selection, 0.13))
        painter.setPen(QPen(ink(theme.selection, 0.75), 1))
        for x in (round(left), round(right) - 1):
            painter.drawLine(x, 0, x, self.height())

    def _paint_range(self, painter: QPainter) -> None:
        """The borders of the marked range: broken lines, so that nobody takes it for what is selected."""
        if self.stage.loop is not None:
            painter.setPen(QPen(ink(self.stage.theme.text, 0.6), 1, Qt.PenStyle.DashLine))
            for seconds in self.stage.loop:
                x = round(self.x_of(seconds))
                painter.drawLine(x, 0, x, self.height())

    def _paint_playhead(self, painter: QPainter) -> None:
        if self.stage.playhead is not None:
            x = round(self.x_of(self.stage.playhead))
            painter.fillRect(QRectF(x, 0, 1, self.height()), ink(self.stage.theme.playhead))

    # Events.

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Another size, another picture."""
        self.refresh()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Begin a click or a drag."""
        if event is None or event.button() != Qt.MouseButton.LeftButton or event.position().x() < self.stage.header:
            return
        self._pressed, self._dragging = event.position(), False
        x, y = event.position().x() - self.stage.header, event.position().y()
        self._is_beside = not self.is_heard_at(x)  # there the mouse leads the playhead and no more
        if self._is_beside:
            self.seek_requested.emit(self.stage.time_at(x))
        else:
            self.press(x, y, event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Go on with a drag, or show what lies under the mouse."""
        if event is None:
            return
        x, y = event.position().x() - self.stage.header, event.position().y()
        if self._pressed is None:
            if self.is_heard_at(x):
                self.hover(x, y)
            else:
                self.setCursor(Qt.CursorShape.ArrowCursor)
            return
        self._dragging = self._dragging or abs(event.position().x() - self._pressed.x()) >= _DRAG_PIXELS
        self._dragging = self._dragging or abs(event.position().y() - self._pressed.y()) >= 2 * _DRAG_PIXELS
        if self._dragging:
            if self._is_beside:
                self.seek_requested.emit(self.stage.time_at(x))
            else:
                self.drag(x, y)
            beyond = min(x, 0) + max(x - self.stage.width, 0)
            if beyond:
                self.scroll_asked.emit(round(beyond))

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """End a click or a drag."""
        if event is None or self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = None
        if self._is_beside:
            return
        self.release(event.position().x() - self.stage.header, event.position().y(), dragged=self._dragging)

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """The second click of two."""
        if (
            event is not None
            and event.button() == Qt.MouseButton.LeftButton
            and event.position().x() >= self.stage.header
        ):
            self._pressed = None
            x, y = event.position().x() - self.stage.header, event.position().y()
            if self.is_heard_at(x):
                self.double_click(x, y)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """The view scrolls and zooms all lanes."""
        if event is not None:
            event.ignore()
            self.wheel_turned.emit(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Escape ends a drag; other keys are the lane's, or somebody else's."""
        if event is None:
            return
        if event.key() == Qt.Key.Key_Escape and self._pressed is not None:
            self._pressed = None
            self.cancel()
        elif not self.key(event):
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        """The menu for the place under the mouse, or, by key, at the playhead."""
        if event is None:
            return
        x, y = float(event.pos().x() - self.stage.header), float(event.pos().y())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            x, y = self.key_place()
        if x < 0:
            return
        menu = QMenu(self)
        if self.is_heard_at(x):
            self.fill_menu(menu, x, y)
        self.menu_opened.emit(menu, self.stage.time_at(x))
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.mapToGlobal(QPointF(x + self.stage.header, y).toPoint()))

    def key_place(self) -> tuple[float, float]:
        """The place for a menu that was asked for by a key."""
        x = self.x_of(self.stage.playhead) if self.stage.playhead is not None else 0.0
        return min(max(x, 0.0), float(self.stage.width)), self.height() / 2

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Show that keys come here."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Show that keys go elsewhere."""
        self.update()

    def event(self, event: QEvent | None) -> bool:
        """Tooltips of single things, and keys that the window would take."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            x = event.pos().x() - self.stage.header
            tip = self.tip_at(x, event.pos().y()) if x >= 0 and self.is_heard_at(x) else ""
            QToolTip.showText(event.globalPos(), tip or self.toolTip(), self)
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self.uses_key(event):
            event.accept()
            return True
        return super().event(event)
