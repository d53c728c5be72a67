"""One bar for what the editor must read: an error with what to do about it, or notes. It never covers the work."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from hitpoint.ui.theme import current_theme

_MOST_NOTES = 6


class NoticeBar(QFrame):
    """Shows the newest message until it is dismissed or the next one comes.

    *Signals*: ``dismissed()``, ``media_wanted()`` to be asked for the folder of media that are missing.
    """

    dismissed = pyqtSignal()
    media_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notices")
        self._sign, self._text = QLabel(), QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._find = QToolButton()
        self._find.setText(self.tr("Find Media…"))
        self._find.setAccessibleName(self.tr("Find media"))
        self._find.setToolTip(self.tr("Name the folder in which the edit's media lie; it is remembered"))
        self._find.clicked.connect(lambda: self.media_wanted.emit())
        self._close = QToolButton()
        self._close.setText("✕")
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Dismiss this message"))
        self._close.setToolTip(self.tr("Dismiss this message"))
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 7, 8, 7)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self._find, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._is_error = False
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while hidden."""
        return self._text.text() if not self.isHidden() else ""

    @property
    def is_error(self) -> bool:
        """Whether it tells of something that went wrong."""
        return self._is_error and not self.isHidden()

    def show_error(self, message: str) -> None:
        """Say what went wrong."""
        self._show(_sentence(message), is_error=True)

    def show_notes(self, notes: tuple[str, ...]) -> None:
        """Say what is good to know, a line each; the first few of many."""
        shown = [_sentence(note) for note in notes[:_MOST_NOTES]]
        if len(notes) > _MOST_NOTES:
            shown.append(self.tr("… and {0} more").format(len(notes) - _MOST_NOTES))
            self.setToolTip("\n".join(notes))
        else:
            self.setToolTip("")
        self._show("\n".join(shown), is_error=False)

    def offer_media(self) -> None:
        """Let the editor name the folder of media that are missing, beside what is said of them."""
        self._find.setVisible(True)

    def dismiss(self) -> None:
        """Go away."""
        self.hide()
        self.dismissed.emit()

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow the system from light to dark."""
        if event is not None and event.type() == QEvent.Type.PaletteChange:
            self._paint()
        super().changeEvent(event)

    def _show(self, text: str, *, is_error: bool) -> None:
        self._is_error = is_error
        self._find.setVisible(False)
        self._text.setText(text)
        self.setAccessibleName(self.tr("Error") if is_error else self.tr("Note"))
        self.setAccessibleDescription(text)
        self._text.setAccessibleName(self.tr("Message"))
        self._paint()
        self.show()

    def _paint(self) -> None:
        theme = current_theme()
        colour = theme.danger if self._is_error else theme.warning
        self._sign.setText("●")
        self._sign.setAccessibleName(self.tr("Error") if self._is_error else self.tr("Note"))
        self._sign.setStyleSheet(f"color: {colour};")


def _sentence(text: str) -> str:
    """With a capital at its start, unless that is the name of a file or a path."""
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first.isalpha() else text
