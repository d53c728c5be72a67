"""What was written, where it lies, and what the editor does in the host now."""

from __future__ import annotations

from PyQt6.QtCore import Qt, QUrl
from PyQt6.QtGui import QDesktopServices
from PyQt6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from hitpoint.core.ports import Delivered
from hitpoint.ui.widgets.files_list import FilesList, files_of

_MOST_LINES = 6  # of what stayed the same


class DeliveredDialog(QDialog):
    """Tells the good news."""

    def __init__(self, delivered: Delivered, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delivered = delivered
        self.setWindowTitle(self.tr("Written Back"))
        self.setMinimumWidth(520)
        column = QVBoxLayout(self)
        steps = QLabel(delivered.steps)
        steps.setProperty("heading", True)
        sounds = [sound.name for sound, _ in delivered.cues] or [delivered.mix.name]
        files = QLabel(
            self.tr("Timeline: {0}\nSound: {1}\nFolder: {2}").format(
                delivered.timeline.name, ", ".join(sounds), delivered.folder
            )
        )
        warnings = QLabel("\n".join((*delivered.warnings, *delivered.kept[:_MOST_LINES])))
        warnings.setProperty("faint", True)
        for label in (steps, files, warnings):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        warnings.setVisible(bool(warnings.text()))
        self.files = FilesList(files_of(delivered))
        self.files.setMaximumHeight(120)
        hint = QLabel(self.tr("Drag these into your editing program:"))
        hint.setBuddy(self.files)
        for widget in (hint, self.files):
            widget.setVisible(self.files.count() > 0)
            column.addWidget(widget)
        column.addWidget(self._buttons())

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        show = box.addButton(self.tr("Show in Folder"), QDialogButtonBox.ButtonRole.ActionRole)
        assert show is not None
        show.clicked.connect(self._show_folder)
        for button in box.buttons():
            button.setAccessibleName(button.text().replace("&", ""))
            button.setToolTip(button.accessibleName())
        box.rejected.connect(self.reject)
        return box

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._delivered.timeline.parent)))
