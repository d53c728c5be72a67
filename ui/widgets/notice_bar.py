"""One bar for what the editor must read: an error with what to do about it, or notes. It never covers the work."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QToolButton, QVBoxLayout, QWidget

from hitpoint.ui.theme import current_theme
from hitpoint.ui.transport.transport_keys import KEPT_KEYS

_MOST_NOTES = 6
_LIST_HEIGHT = 150


class NoticeBar(QFrame):
    """Shows the newest message until it is dismissed or the next one comes.

    *Signals*: ``dismissed()``, ``offer_taken(name)`` when the button beside the message is pressed.
    """

    dismissed = pyqtSignal()
    offer_taken = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notices")
        self._sign, self._text = QLabel(), QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._offered = ""
        self._offer, self._more = QToolButton(), QToolButton()
        self._offer.setAccessibleName(self.tr("What can be done about it"))
        self._offer.setToolTip(self._offer.accessibleName())
        self._offer.clicked.connect(lambda: self.offer_taken.emit(self._offered))
        self._more.setText(self.tr("Show All"))
        self._more.setAccessibleName(self.tr("Show all"))
        self._more.setToolTip(self.tr("All lines of this message, in a list"))
        self._more.setCheckable(True)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("All lines"))
        self._list.setToolTip(self.tr("All lines"))
        self._list.setMaximumHeight(_LIST_HEIGHT)
        self._list.setProperty(KEPT_KEYS, "Up Down")
        self._more.toggled.connect(self._show_list)
        self._short = ""
        self._close = QToolButton()
        self._close.setText("✕")
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Dismiss this message"))
        self._close.setToolTip(self.tr("Dismiss this message"))
        self._close.clicked.connect(self.dismiss)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 7, 8, 7)
        row = QHBoxLayout()
        column.addLayout(row)
        column.addWidget(self._list)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        for button in (self._more, self._offer):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
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
        if not notes:
            self.dismiss()
            return
        shown = [_sentence(note) for note in notes[:_MOST_NOTES]]
        if len(notes) > _MOST_NOTES:
            shown.append(self.tr("… and {0} more").format(len(notes) - _MOST_NOTES))
        self._show("\n".join(shown), is_error=False)
        self._list.addItems([_sentence(note) for note in notes])
        self._more.setVisible(len(notes) > _MOST_NOTES)

    def offer(self, name: str, text: str, tip: str) -> None:
        """Put a button beside the message that does something about it."""
        self._offered = name
        self._offer.setText(text)
        self._offer.setAccessibleName(text.rstrip("…"))
        self._offer.setToolTip(tip)
        self._offer.show()

    def dismiss(self) -> None:
        """Go away."""
        self.hide()
        self.dismissed.emit()

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow the system from light to dark."""
        if event is not None and event.type() == QEvent.Type.PaletteChange:
            self._paint()
        super().changeEvent(event)

    def _show_list(self, is_on: bool) -> None:
        """All lines in a list, or the first ones."""
        self._list.setVisible(is_on)
        self._text.setText(self.tr("{0} lines").format(self._list.count()) if is_on else self._short)

    def _show(self, text: str, *, is_error: bool) -> None:
        self._is_error = is_error
        self._short = text
        self._list.clear()
        self._more.setChecked(False)
        for widget in (self._offer, self._more, self._list):
            widget.hide()
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
