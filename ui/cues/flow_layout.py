"""Widgets one after the other, on as many lines as they need."""

from __future__ import annotations

from PyQt6.QtCore import QPoint, QRect, QSize, Qt
from PyQt6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """A layout that breaks lines as text does.

    Args:
        parent: the widget it lays out.
        spacing: pixels between widgets and between lines.
    """

    def __init__(self, parent: QWidget | None = None, spacing: int = 4) -> None:
        super().__init__(parent)
        self._found: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem | None) -> None:
        """One widget more."""
        if item is not None:
            self._found.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._found)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them."""
        return self._found[index] if 0 <= index < len(self._found) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give one back."""
        return self._found.pop(index) if 0 <= index < len(self._found) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """A narrower one is taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How tall it is then."""
        return self._laid(QRect(0, 0, width, 0), moves=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put the widgets in their places."""
        super().setGeometry(rect)
        self._laid(rect, moves=True)

    def sizeHint(self) -> QSize:
        """As small as the largest widget."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Likewise."""
        size = QSize()
        for item in self._found:
            size = size.expandedTo(item.minimumSize())
        return size

    def _laid(self, rect: QRect, *, moves: bool) -> int:
        x, y, tall = rect.x(), rect.y(), 0
        for item in self._found:
            hint = item.sizeHint()
            if x > rect.x() and x + hint.width() > rect.right() + 1:
                x, y, tall = rect.x(), y + tall + self.spacing(), 0
            if moves:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x, tall = x + hint.width() + self.spacing(), max(tall, hint.height())
        return y + tall - rect.y()
