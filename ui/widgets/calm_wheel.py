"""The wheel over a setting scrolls the page; it changes the setting only once that has the focus."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtWidgets import QWidget


class CalmWheel(QObject):
    """Keeps the wheel from settings that nobody has clicked.

    Args:
        parent: lives as long as the settings do.
    """

    def calm(self, *widgets: QWidget) -> None:
        """Let these be changed by the wheel only while they have the focus, which the wheel does not give."""
        for widget in widgets:
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Leave the wheel to whatever lies below, as a page that scrolls."""
        if event is None or event.type() != QEvent.Type.Wheel or not isinstance(watched, QWidget) or watched.hasFocus():
            return False
        event.ignore()
        return True
