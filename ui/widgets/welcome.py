"""What stands in the window while no edit is open."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

_WIDTH = 560


class Welcome(QFrame):
    """A way in: open an edit, take a recent one, or try the demo.

    *Signals*: ``open_requested()``, ``demo_requested()``, ``recent_requested(path)``.
    """

    open_requested = pyqtSignal()
    demo_requested = pyqtSignal()
    recent_requested = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self._open = QPushButton(self.tr("Open an Edit…"))
        self._open.setProperty("primary", True)
        self._open.setToolTip(self.tr("An .otio, a Kdenlive project, an EDL, an XML or a movie (Ctrl+O)"))
        self._open.setAccessibleName(self.tr("Open an edit"))
        self._demo = QPushButton(self.tr("Try the Demo Edit"))
        self._demo.setToolTip(self.tr("A small edit with pictures of its own"))
        self._demo.setAccessibleName(self.tr("Try the demo edit"))
        self._recent = QListWidget()
        self._recent.setAccessibleName(self.tr("Recent edits"))
        self._recent.setToolTip(self.tr("Edits you had open lately: press Return, or click twice"))
        self._recent_title = QLabel(self.tr("Recent"))
        self._recent_title.setProperty("heading", True)
        self._open.clicked.connect(lambda: self.open_requested.emit())
        self._demo.clicked.connect(lambda: self.demo_requested.emit())
        self._recent.itemActivated.connect(lambda item: self.recent_requested.emit(item.data(Qt.ItemDataRole.UserRole)))
        self._lay_out()
        self.show_recent(())

    def show_recent(self, paths: tuple[str, ...]) -> None:
        """List the edits that were open lately."""
        self._recent.clear()
        for name in paths:
            path = Path(name)
            item = QListWidgetItem(f"{path.name}\n{path.parent}")
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setToolTip(name)
            self._recent.addItem(item)
        self._recent.setVisible(bool(paths))
        self._recent_title.setVisible(bool(paths))

    def _lay_out(self) -> None:
        title, subtitle = QLabel("Hitpoint"), QLabel(self.tr("Music that belongs to the cut."))
        title.setObjectName("title")
        subtitle.setObjectName("subtitle")
        hint = QLabel(self.tr("You can also drop an edit on this window."))
        hint.setProperty("faint", True)
        buttons = QHBoxLayout()
        buttons.addWidget(self._open)
        buttons.addWidget(self._demo)
        buttons.addStretch(1)
        inside = QWidget()
        inside.setFixedWidth(_WIDTH)
        column = QVBoxLayout(inside)
        column.setSpacing(12)
        column.addStretch(2)
        for widget in (title, subtitle):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addLayout(buttons)
        column.addWidget(hint)
        column.addSpacing(12)
        column.addWidget(self._recent_title)
        column.addWidget(self._recent, 5)
        column.addStretch(3)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(inside)
        row.addStretch(1)
