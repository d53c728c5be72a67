"""A line to type a chord into, which tells a chord from a typing error while it is typed."""

from __future__ import annotations

from PyQt6.QtCore import QPoint, QRect, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PyQt6.QtWidgets import QLabel, QLineEdit, QWidget

from hitpoint.core.music.chord import Chord
from hitpoint.core.music.colour import sounded_part
from hitpoint.core.music.written_chord import is_degree, parse_written
from hitpoint.ui.lanes.drawing.labels import chord_label
from hitpoint.ui.theme import current_theme

_LEAST_WIDTH = 92
_HINT_WIDTH = 300


class ChordEditor(QLineEdit):
    """Takes lead-sheet (``Am7``, ``D/F#``), Harte (``A:min7``) and degree (``ii7``) symbols.

    Return takes it, Escape leaves things as they were. Below it stands why something is no chord, and what four voices
    sound of one that has more tones.

    Signals:
        chord_typed(str): a Harte symbol, or the degree that was typed.
    """

    chord_typed = pyqtSignal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lane = parent
        self.hint = QLabel(parent.window())
        self.hint.setWordWrap(True)
        self.hint.hide()
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
        self.show()
        self.raise_()
        self._check()
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
        if chord is None:  # the hint tells why
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
        self._show_hint(chord)

    def hideEvent(self, event: QHideEvent | None) -> None:
        """The hint goes with the line."""
        self.hint.hide()

    def _show_hint(self, chord: Chord | None) -> None:
        """What is to be known of the text, below the line and inside the window."""
        text, theme, window = self._told_of(chord), current_theme(), self._lane.window()
        if not text or window is None or not self.isVisible():
            self.hint.hide()
            return
        self.hint.setParent(window)
        color = theme.danger if chord is None else theme.line
        self.hint.setStyleSheet(
            f"QLabel {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {color}; padding: 3px 6px; }}"
        )
        self.hint.setText(text)
        self.hint.setAccessibleName(text)
        self.hint.setFixedWidth(min(_HINT_WIDTH, window.width()))
        self.hint.adjustSize()
        place = self.mapTo(window, QPoint(0, self.height() + 2))
        left = max(min(place.x(), window.width() - self.hint.width()), 0)
        above = self.mapTo(window, QPoint(0, -2)).y() - self.hint.height()
        self.hint.move(left, place.y() if place.y() + self.hint.height() <= window.height() else above)
        self.hint.show()
        self.hint.raise_()

    def _told_of(self, chord: Chord | None) -> str:
        """Why the text is no chord, or what is left out of it where it sounds; empty if there is nothing to say."""
        if chord is None:
            try:
                parse_written(self.text())
            except ValueError as error:
                return str(error)
            return ""
        part = sounded_part(chord)
        if part == chord:
            return ""
        return self.tr("four voices sound it as {chord}").format(chord=chord_label(part))
