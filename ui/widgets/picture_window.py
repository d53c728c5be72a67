"""The picture in a window of its own, for a second screen, or as large as the screen is."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMouseEvent
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from hitpoint.core.edit import Edit
from hitpoint.ui.widgets.preview import Preview


class PictureWindow(QWidget):
    """Shows what the panel's picture shows. F or a double click fills the screen, Escape goes back, and then away.

    What has filled the screen by :meth:`go_full_screen` goes back by it too.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Picture — Hitpoint"))
        self.setAccessibleName(self.tr("Picture"))
        self.setStyleSheet("background: #000000;")
        self.preview = Preview(self)
        self.preview.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.preview)
        self.resize(960, 540)

    def show_edit(self, edit: Edit | None) -> None:
        """Show another edit; decoded only while somebody looks."""
        self._edit = edit
        self.preview.show_edit(edit if self.isVisible() else None)

    def show_frame(self, frame: int, speed: float) -> None:
        """Show a frame, if somebody looks."""
        if self.isVisible():
            self.preview.show_frame(frame, speed)

    def open(self, *, fills_screen: bool = False) -> None:
        """Come to the front, on the other screen if there is one."""
        panel = self.parentWidget()
        others = [one for one in QGuiApplication.screens() if panel is not None and one is not panel.screen()]
        if others and not self.isVisible():
            self.move(others[0].availableGeometry().topLeft())
        if fills_screen:
            self.showFullScreen()
        else:
            self.showNormal()
        self.preview.show_edit(self._edit)
        self.preview.setFocus()

    def go_full_screen(self) -> None:
        """Fill the screen; once it is filled, go back to how it was before: a window, or none."""
        if not self.isFullScreen():
            self._was_open = self.isVisible()
            self.open(fills_screen=True)
        elif self._was_open:
            self.showNormal()
        else:
            self.close()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or not."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """F fills the screen, Escape leaves it, then closes."""
        if event is None:
            return
        if event.key() == Qt.Key.Key_F:
            self.toggle_full_screen()
        elif event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.showNormal()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """Fill the screen, or not."""
        self.toggle_full_screen()

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Decode no more."""
        self.preview.show_edit(None)
        super().closeEvent(event)

    def close_files(self) -> None:
        """End the decoding thread; to be called when the panel goes."""
        self.preview.close_files()

    _edit: Edit | None = None
    _was_open = True  # before it filled the screen
