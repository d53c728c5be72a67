"""Moments of the picture that look like some words: a field, and a list with a picture of each."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QIcon, QImage, QPixmap
from PyQt6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hitpoint.core.edit import Edit
from hitpoint.core.ports import FoundMoment
from hitpoint.core.timebase import format_timecode
from hitpoint.ui.lanes.drawing.labels import EN_DASH
from hitpoint.ui.transport.transport_keys import KEPT_KEYS

_ICON = QSize(112, 63)
_CLEARLY, _SOMEWHAT = 2.0, 1.0  # standard deviations of an edit's scores


class FindPage(QWidget):
    """A field to look for moments, and what was found, the likest first.

    *Signals*: ``wanted(text)``; ``pictures_wanted(list of frames)``, to be answered by :meth:`show_picture`;
    ``chosen(frame)`` when one is clicked or walked to; ``hit_wanted(frame)`` and ``range_wanted(start, end)`` for the
    one that is chosen.
    """

    wanted = pyqtSignal(str)
    pictures_wanted = pyqtSignal(list)
    chosen = pyqtSignal(int)
    hit_wanted = pyqtSignal(int)
    range_wanted = pyqtSignal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit: Edit | None = None
        self._found: tuple[FoundMoment, ...] = ()
        self.field, self.list, self.told = QLineEdit(), QListWidget(), QLabel()
        self.field.setPlaceholderText(self.tr("A door opens, a close-up of hands …"))
        self.field.setAccessibleName(self.tr("What to look for"))
        self.field.setToolTip(self.tr("Words for what is seen; Return looks for it"))
        self.field.returnPressed.connect(self._ask)
        self._look = self._button(self.tr("Find"), self.tr("Look for moments like that"), self._ask)
        self._hit = self._button(
            self.tr("Add Hit"), self.tr("Ask the music to meet this moment"), lambda: self._with_chosen(self._meet)
        )
        self._range = self._button(
            self.tr("Mark Range"), self.tr("In and out around this moment"), lambda: self._with_chosen(self._mark)
        )
        self.list.setAccessibleName(self.tr("Moments found"))
        self.list.setToolTip(self.tr("Click or walk with the arrows to go there"))
        self.list.setIconSize(_ICON)
        self.list.setProperty(KEPT_KEYS, "Up Down")
        self.list.currentRowChanged.connect(self._choose)
        self.list.itemClicked.connect(lambda item: self._choose(self.list.row(item)))
        self.told.setProperty("faint", True)
        self.told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # no message widens the page
        self._hint = QLabel(self.tr("Say what is seen and press Return."))
        self._hint.setProperty("faint", True)
        self._hint.setWordWrap(True)
        self._hint.setAccessibleName(self._hint.text())
        self._lay_out()
        self.show_found((), "")

    def show_edit(self, edit: Edit) -> None:
        """Show times in the timecode of an edit."""
        self._edit = edit

    def show_found(self, found: tuple[FoundMoment, ...], told: str) -> None:
        """List moments, or say why there are none."""
        self._found = found if self._edit is not None else ()
        before = self.list.blockSignals(True)
        self.list.clear()
        for one in self._found:
            item = QListWidgetItem(self._words(one))
            item.setSizeHint(QSize(0, _ICON.height() + 8))
            self.list.addItem(item)
        self.list.blockSignals(before)
        short, _, _ = told.partition(": ")  # what to do about it is in the tooltip
        self.told.setText(short[:1].upper() + short[1:])
        self.told.setToolTip(told)
        self.told.setAccessibleName(told)
        self.told.setVisible(bool(told))
        self._hint.setVisible(not told and not self._found)
        for button in (self._hit, self._range):
            button.setEnabled(bool(self._found))
        if self._found:
            self.pictures_wanted.emit([one.frame for one in self._found])

    def show_picture(self, frame: int, image: QImage) -> None:
        """Show the picture of a frame that was found."""
        for row, one in enumerate(self._found):
            item = self.list.item(row)
            if one.frame == frame and item is not None:
                pixmap = QPixmap.fromImage(image)
                smooth = Qt.TransformationMode.SmoothTransformation
                item.setIcon(QIcon(pixmap.scaled(_ICON, Qt.AspectRatioMode.KeepAspectRatio, smooth)))

    def _lay_out(self) -> None:
        top, bottom, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        top.addWidget(self.field, 1)
        top.addWidget(self._look)
        bottom.addWidget(self._hit)
        bottom.addWidget(self._range)
        bottom.addStretch(1)
        column.setContentsMargins(12, 10, 12, 10)
        column.addLayout(top)
        column.addWidget(self.told)
        column.addWidget(self._hint)
        column.addWidget(self.list, 1)
        column.addLayout(bottom)

    def _button(self, text: str, tip: str, call: object) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text)
        button.setToolTip(tip)
        button.clicked.connect(lambda: call())  # type: ignore[operator]
        return button

    def _words(self, one: FoundMoment) -> str:
        """The moment in words: its place, its shot, how much it stands out."""
        edit = self._edit
        assert edit is not None
        start, end = (
            format_timecode(edit.start_timecode_frame + frame, edit.rate, drop_frame=edit.drop_frame)
            for frame in (one.start_frame, one.end_frame)
        )
        how = (
            self.tr("clear")
            if one.stands_out >= _CLEARLY
            else self.tr("weak") if one.stands_out >= _SOMEWHAT else self.tr("doubtful")
        )  # fmt: skip
        return f"{start} {EN_DASH} {end}\n{one.shot}\n{how}"

    def _ask(self) -> None:
        if self.field.text().strip():
            self.wanted.emit(self.field.text())

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._found):
            self.chosen.emit(self._found[row].frame)

    def _with_chosen(self, call: object) -> None:
        row = max(self.list.currentRow(), 0)
        if row < len(self._found):
            call(self._found[row])  # type: ignore[operator]

    def _meet(self, one: FoundMoment) -> None:
        self.hit_wanted.emit(one.frame)

    def _mark(self, one: FoundMoment) -> None:
        self.range_wanted.emit(one.start_frame, one.end_frame)
