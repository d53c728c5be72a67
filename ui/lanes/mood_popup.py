"""The mood pad in a window of its own, which goes away by itself."""

from __future__ import annotations

from PyQt6.QtCore import QPoint, Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from hitpoint.ui.lanes.mood_pad import MoodPad


class MoodPopup(QFrame):
    """A mood pad and the way back to the picture.

    Signals:
        mood_chosen(str): a class or a point.
        released(): leave it to the picture.
    """

    mood_chosen = pyqtSignal(str)
    released = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.pad = MoodPad(self)
        self.button = QPushButton(self.tr("From the Picture"))
        self.button.setToolTip(self.tr("Leave the mood of this stretch to the picture"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self.pad)
        layout.addWidget(self.button)
        self.pad.mood_chosen.connect(self._choose)
        self.button.clicked.connect(self._release)

    def open_at(self, place: QPoint) -> None:
        """Show it with its corner at a place of the screen, moved so far that all of it can be seen."""
        size, screen = self.sizeHint(), self.screen()
        if screen is not None:
            room = screen.availableGeometry()
            place = QPoint(
                max(min(place.x(), room.right() - size.width()), room.left()),
                max(min(place.y(), room.bottom() - size.height()), room.top()),
            )
        self.move(place)
        self.show()
        self.pad.setFocus()

    def _choose(self, text: str) -> None:
        self.close()
        self.mood_chosen.emit(text)

    def _release(self) -> None:
        self.close()
        self.released.emit()
