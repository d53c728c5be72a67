"""A line to type a chord into, which tells a chord from a typing error while it is typed."""

from __future__ import annotations

from PyQt6.QtCore import QRect, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent
from PyQt6.QtWidgets import QLineEdit, QToolTip, QWidget

from hitpoint.core.music.chord import Chord
from hitpoint.core.music.written_chord import is_degree, parse_written
from hitpoint.ui.lanes.drawing.labels import chord_label
from hitpoint.ui.theme import current_theme

_LEAST_WIDTH = 92


class ChordEditor(QLineEdit):
    """Takes lead-sheet (``Am7``, ``D/F#``), Harte (``A:min7``) and degree (``ii7``) symbols.

    Return takes it, Escape leaves things as they were.

    Signals:
        chord_typed(str): a Harte symbol, or the degree that was typed.
    """

    chord_typed = pyqtSignal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lane = parent
        self.setAccessibleName(self.tr("Chord symbol"))
        self.setToolTip(
            self.tr(
                "A chord such as C, Am9, D/F#, F#:sus4, a degree such as ii7 or bVII, or N for none. "
                "Return takes it, Escape does not."
            )
        )
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMaxLength(24)
        self.textEdited.connect(self._check)
        self.hide()

    def open_over(self, box: QRect, text: str, *, replacing: bool) -> None:
        """Appear over a chord, its symbol selected, or with the first letter that was typed."""
        wide = max(box.width(), _LEAST_WIDTH)
        self.setGeometry(max(min(box.x(), self._lane.width() - wide), 0), box.y(), wide, box.height())
        self.setText(text)
        self._check()
        self.show()
        self.raise_()
        self.setFocus()
        if replacing:
            self.selectAll()

    @property
    def chord(self) -> Chord | None:
        """The chord that has been typed; None if it is none."""
        try:
            return parse_written(self.text())
        except ValueError:
            return None

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Return and Escape end it."""
        if event is None:
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Whoever clicks elsewhere did not mean it."""
        super().focusOutEvent(event)
        self.hide()

    def leave(self) -> None:
        """Be gone, and give the keys back to the lane.

        The keys first: Qt hands those of a hidden line to the next widget, and scrolls the lanes to show that one.
        """
        if self.hasFocus():
            self._lane.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def _take(self) -> None:
        chord = self.chord
        if chord is None:
            try:
                parse_written(self.text())
            except ValueError as error:
                QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), str(error), self)
            return
        self.leave()
        self.chord_typed.emit(self.text().strip() if is_degree(self.text()) else chord.symbol())

    def _check(self) -> None:
        """Red while it is no chord."""
        theme, chord = current_theme(), self.chord
        edge = theme.danger if chord is None else theme.accent
        self.setStyleSheet(
            f"QLineEdit {{ background: {theme.field}; color: {theme.text}; border: 2px solid {edge};"
            f" border-radius: 3px; padding: 0 4px;"
            f" selection-background-color: {theme.accent}; selection-color: {theme.on_accent}; }}"
        )
        self.setAccessibleDescription(self.tr("no chord") if chord is None else chord_label(chord))
