"""Lanes as tall as the editor wants them: drag the lower edge of a lane's name.

A double click gives its own height back.

With the keys: Alt+Shift+Down makes the lane that has the focus taller, Alt+Shift+Up lower. What was set is there again
when the window is opened again.
"""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import QEvent, QObject, QSettings, Qt
from PyQt6.QtGui import QKeyEvent, QMouseEvent
from PyQt6.QtWidgets import QWidget

from hitpoint.ui.lanes.drawing.lane import Lane

_REACH = 5  # pixels above the lower edge that take hold of it
_LEAST, _MOST = 18, 400  # pixels
_STEP = 12  # pixels that a key changes it by
_GROUP = "lane_heights"


class LaneHeights(QObject):
    """Changes the heights of lanes.

    Args:
        lanes: by the names they are remembered by.
        parent: lives as long.
    """

    def __init__(self, lanes: Mapping[str, Lane], parent: QWidget) -> None:
        super().__init__(parent)
        self._names = {lane: name for name, lane in lanes.items()}
        self._own = {lane: (lane.minimumHeight(), lane.maximumHeight()) for lane in lanes.values()}
        self._settings: QSettings | None = None
        self._dragged: tuple[Lane, float, int] | None = None
        for lane in lanes.values():
            lane.installEventFilter(self)

    def remember_in(self, settings: QSettings) -> None:
        """Set the heights that were set before, and remember those to come."""
        self._settings = settings
        for lane, name in self._names.items():
            value = str(settings.value(f"{_GROUP}/{name}", ""))
            if value.isascii() and value.isdigit():
                self._set(lane, int(value))

    def set_height(self, lane: Lane, pixels: int) -> None:
        """Make a lane so tall, and remember it."""
        self._set(lane, pixels)
        if self._settings is not None:
            self._settings.setValue(f"{_GROUP}/{self._names[lane]}", lane.minimumHeight())

    def reset(self, lane: Lane) -> None:
        """Give a lane its own height back."""
        lane.setMinimumHeight(self._own[lane][0])
        lane.setMaximumHeight(self._own[lane][1])
        if self._settings is not None:
            self._settings.remove(f"{_GROUP}/{self._names[lane]}")

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Take the lower edge of a lane's name, and the two keys."""
        if not isinstance(watched, Lane) or event is None:
            return False
        if isinstance(event, QKeyEvent):
            return self._key(watched, event)
        return isinstance(event, QMouseEvent) and self._mouse(watched, event)

    def _set(self, lane: Lane, pixels: int) -> None:
        lane.setMinimumHeight(min(max(pixels, _LEAST), _MOST))
        lane.setMaximumHeight(lane.minimumHeight())

    def _key(self, lane: Lane, event: QKeyEvent) -> bool:
        by = {Qt.Key.Key_Up: -_STEP, Qt.Key.Key_Down: _STEP}.get(Qt.Key(event.key()), 0)
        both = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
        if not by or event.modifiers() & both != both:
            return False
        if event.type() == QEvent.Type.KeyPress:
            self.set_height(lane, lane.height() + by)
        event.accept()
        return event.type() == QEvent.Type.KeyPress

    def _mouse(self, lane: Lane, event: QMouseEvent) -> bool:
        y = event.globalPosition().y()
        is_edge = event.position().x() < lane.stage.header and lane.height() - event.position().y() <= _REACH
        if event.type() == QEvent.Type.MouseMove and self._dragged is not None:
            dragged, start, height = self._dragged
            self._set(dragged, height + round(y - start))
            return True
        if event.type() == QEvent.Type.MouseMove and event.position().x() < lane.stage.header:
            lane.setCursor(Qt.CursorShape.SplitVCursor if is_edge else Qt.CursorShape.ArrowCursor)
        if event.type() == QEvent.Type.MouseButtonRelease and self._dragged is not None:
            self.set_height(self._dragged[0], self._dragged[0].minimumHeight())
            self._dragged = None
            return True
        if not is_edge or event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            self._dragged = (lane, y, lane.height())
        elif event.type() == QEvent.Type.MouseButtonDblClick:
            self._dragged = None
            self.reset(lane)
        return True
