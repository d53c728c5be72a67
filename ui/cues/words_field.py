"""The words of a cue.

A field to say them in, what was understood as chips that can be changed or removed, what was not.
"""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hitpoint.core.words.chips import Chip, ReadWords
from hitpoint.ui.cues.chip_words import shown_control, shown_value
from hitpoint.ui.cues.flow_layout import FlowLayout
from hitpoint.ui.presenter.view_models import ShownWords


class WordsField(QWidget):
    """A page beside the picture.

    *Signals*: ``said(text, is_stretch)``, ``chip_removed(line, words)``, ``chip_changed(line, words, other)``,
    ``line_removed(line)``, ``compose_requested()``.
    """

    said = pyqtSignal(str, bool)
    chip_removed = pyqtSignal(int, str)
    chip_changed = pyqtSignal(int, str, str)
    line_removed = pyqtSignal(int)
    compose_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ShownWords()
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("dark, brooding strings, slow build, ends in hope"))
        self.field.setAccessibleName(self.tr("The cue in words"))
        self.field.setToolTip(
            self.tr(
                "How the cue is to be: mood, style, instruments, tempo, key, how it moves and ends. Return says it."
            )
        )
        self.field.returnPressed.connect(self._say)
        self.stretch = QCheckBox(self.tr("Only the selected stretch"))
        self.stretch.setAccessibleName(self.tr("Say it of the selected stretch only"))
        self.stretch.setToolTip(self.tr("Of a stretch only moods can be said; select chords first"))
        self._inside = QWidget()
        self._lines = QVBoxLayout(self._inside)
        self._waiting = QLabel(self.tr("The music is older than these words."))
        self._waiting.setAccessibleName(self._waiting.text())
        self._compose = QPushButton(self.tr("Compose"))
        self._compose.setProperty("primary", True)
        self._compose.setAccessibleName(self.tr("Compose the cue with these words"))
        self._compose.setToolTip(self.tr("Compose the cue anew with these words; locks and what was set by hand stay"))
        self._compose.clicked.connect(lambda: self.compose_requested.emit())
        self._lay_out()
        self.show_words(ShownWords())

    def show_words(self, shown: ShownWords) -> None:
        """Show what is said of a cue, and what was understood of it."""
        has_changed = shown != self._shown or not self._lines.count()
        self._shown = shown
        self.field.setEnabled(bool(shown.name))
        self._waiting.setVisible(shown.is_waiting)
        self._compose.setEnabled(bool(shown.name) and (shown.is_waiting or bool(shown.lines)))
        if not has_changed:
            return
        whole = next((line.text for line in shown.lines if line.span is None), "")
        if not self.field.hasFocus() or not self.field.isModified():
            self.field.setText(whole)
            self.field.setCursorPosition(0)
        while self._lines.count():
            item = self._lines.takeAt(0)
            old = None if item is None else item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for number, line in enumerate(shown.lines):
            self._lines.addWidget(self._block(number, line, shown.places[number]))
        if not shown.lines:
            self._lines.addWidget(_faint(self.tr("What is understood stands here, and can be changed or removed.")))
        self._lines.addStretch(1)

    @property
    def chips(self) -> list[QToolButton]:
        """The chips that are shown, in order."""
        blocks = (self._lines.itemAt(number) for number in range(self._lines.count()))
        found = (block.widget() for block in blocks if block is not None)
        return [
            button
            for block in found
            if block is not None
            for button in block.findChildren(QToolButton)
            if button.property("chip")
        ]

    def _say(self) -> None:
        text, is_stretch = self.field.text(), self.stretch.isChecked()
        self.field.setModified(False)
        self.said.emit(text, is_stretch)
        if is_stretch:
            self.stretch.setChecked(False)
            self.field.setText(next((line.text for line in self._shown.lines if line.span is None), ""))

    def _block(self, number: int, line: ReadWords, place: str) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(3)
        if place:
            column.addWidget(self._heading(number, line, place))
        chips = QWidget()
        flow = FlowLayout(chips)
        for chip, own in zip(line.chips, self._shown.chip_places[number], strict=True):
            flow.addWidget(self._chip(number, chip, own))
        if line.chips:
            column.addWidget(chips)
        if line.ignored:
            label = _faint(self.tr("Not understood: {words}").format(words=", ".join(line.ignored)))
            label.setProperty("ignored", True)
            column.addWidget(label)
        return block

    def _heading(self, number: int, line: ReadWords, place: str) -> QWidget:
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 4, 0, 0)
        inside.addWidget(_faint(f"{place}: {line.text}"), 1)
        button = QToolButton()
        button.setText("\N{MULTIPLICATION SIGN}")
        button.setAutoRaise(True)
        button.setAccessibleName(self.tr("Remove what is said of {place}").format(place=place))
        button.setToolTip(button.accessibleName())
        button.clicked.connect(lambda: self.line_removed.emit(number))
        inside.addWidget(button)
        return row

    def _chip(self, number: int, chip: Chip, place: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("chip", True)
        control, value = shown_control(chip.control), shown_value(chip)
        tail = self.tr("whole cue") if chip.missed is not None else place
        button.setText(f"{control}: {value if chip.is_implied else chip.words}{', ' if tail else ''}{tail}")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        name = self.tr("{words} asks for {control} {value}").format(words=chip.words, control=control, value=value)
        if chip.missed is not None:
            name += "\n" + self.tr("It counts for the whole cue, not only for {place}.").format(place=place)
        button.setAccessibleName(name.replace("\n", ". "))
        button.setToolTip(name + "\n" + self.tr("Click to change or remove it"))
        menu = QMenu(button)
        for other in chip.choices:
            words = "" if chip.is_implied else chip.words
            menu.addAction(other, lambda other=other, words=words: self.chip_changed.emit(number, words, other))
        if not chip.is_implied:
            menu.addSeparator()
            menu.addAction(self.tr("Remove"), lambda: self.chip_removed.emit(number, chip.words))
        button.setMenu(menu)
        return button

    def _lay_out(self) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self._inside)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lines.setContentsMargins(0, 2, 0, 2)
        self._lines.setSpacing(2)
        row = QHBoxLayout()
        row.addWidget(self._waiting, 1)
        row.addStretch(0)
        row.addWidget(self._compose)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # no page makes the window taller
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.stretch)
        column.addWidget(area, 1)
        column.addLayout(row)


def _faint(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("faint", True)
    label.setWordWrap(True)
    label.setAccessibleName(text)
    return label
