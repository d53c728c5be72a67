"""What the editor must read: an error with what to do about it, or notes, in a place of its own, so that nothing moves.

It stands beside the menus, which leave most of their row free; what does not fit is a list under it, opened by a
button.
"""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QEvent, QObject, QPoint, QRect, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetrics, QFontMetricsF, QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QMenuBar,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hitpoint.ui.core_words import spoken
from hitpoint.ui.theme import current_theme
from hitpoint.ui.transport.transport_keys import KEPT_KEYS

_MOST_NOTES = 6
_MARGIN = 24  # pixels between menus and message
_LIST_HEIGHT, _LIST_WIDTH = 220, 460  # pixels, at the most and at least
Holds = Callable[[], bool]


class NoticeBar(QFrame):
    """Shows the newest message until it is dismissed, the next one comes, or it is true no longer.

    *Signals*: ``dismissed()``, ``offer_taken(name)`` when the button beside the message is pressed.
    """

    dismissed = pyqtSignal()
    offer_taken = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notices")
        self._sign, self._text = QLabel(), _OneLine()
        self._holds: Holds | None = None
        self._offered = ""
        self._came_from: QWidget | None = None  # has the keys again when the list is closed
        self._offer, self._more = QToolButton(), QToolButton()
        self._offer.setAccessibleName(self.tr("What can be done about it"))
        self._offer.setToolTip(self._offer.accessibleName())
        self._offer.clicked.connect(lambda: self.offer_taken.emit(self._offered))
        self._offer.setProperty("primary", True)
        self._more.setText(self.tr("Show All"))
        self._more.setAccessibleName(self.tr("Show all"))
        self._more.setToolTip(self.tr("All of this message, in a list"))
        self._more.setCheckable(True)
        self._more.toggled.connect(self._show_list)
        self._text.cut.connect(self._offer_all)
        self._make_list()
        self._close = QToolButton()
        self._close.setText("✕")
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Dismiss this message"))
        self._close.setToolTip(self.tr("Dismiss this message"))
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 4, 0)
        for widget in (self._sign, self._text, self._more, self._offer, self._close):
            row.addWidget(widget, int(widget is self._text))
        self._is_error = False
        self._said = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while hidden."""
        return self._said if not self.isHidden() else ""

    @property
    def is_error(self) -> bool:
        """Whether it tells of something that went wrong."""
        return self._is_error and not self.isHidden()

    def show_error(self, message: str, holds: Holds | None = None) -> None:
        """Say what went wrong; ``holds`` answers whether that is still so."""
        self._show((_sentence(spoken(message)),), holds, is_error=True)

    def show_notes(self, notes: tuple[str, ...], holds: Holds | None = None) -> None:
        """Say what is good to know, a line each; the first few of many. ``holds`` answers whether that is still so."""
        if notes:
            self._show(tuple(_sentence(spoken(note)) for note in notes), holds, is_error=False)
        else:
            self.dismiss()

    def look(self) -> None:
        """Go away if what is said has come to an end."""
        if not self.isHidden() and self._holds is not None and not self._holds():
            self.dismiss()

    def offer(self, name: str, text: str, tip: str) -> None:
        """Put a button beside the message that does something about it."""
        self._offered = name
        self._offer.setText(text)
        self._offer.setAccessibleName(text.rstrip("…"))
        self._offer.setToolTip(tip)
        self._offer.show()

    def dismiss(self) -> None:
        """Go away."""
        self._holds = None
        self._more.setChecked(False)
        self.hide()
        self.dismissed.emit()

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow the system from light to dark."""
        if event is not None and event.type() == QEvent.Type.PaletteChange:
            self._paint()
        super().changeEvent(event)

    def _make_list(self) -> None:
        """What opens under the message."""
        self._all, self._list = QFrame(self), QListWidget()
        self._all.setObjectName("notice_list")
        self._list.setAccessibleName(self.tr("All lines"))
        self._list.setToolTip(self.tr("All lines"))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setProperty(KEPT_KEYS, "Up Down")
        self._list.installEventFilter(self)
        column = QVBoxLayout(self._all)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)
        self._all.hide()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Escape closes the list."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self._more.setChecked(False)
            return True
        return super().eventFilter(watched, event)

    def _show_list(self, is_on: bool) -> None:
        """All lines in a list over the window, or none."""
        if self._list.hasFocus() and self._came_from is not None:
            self._came_from.setFocus()
        self._all.setVisible(False)
        window = self.window()
        if not is_on or window is None:
            return
        self._all.setParent(window)
        wide = max(self.width(), min(_LIST_WIDTH, window.width()))
        place = self.mapTo(window, QPoint(self.width() - wide, self.height()))
        self._all.setGeometry(max(place.x(), 0), place.y(), wide, _LIST_HEIGHT)
        self._all.show()
        self._all.raise_()
        self._came_from = QApplication.focusWidget()
        self._list.setFocus()
        room, wraps = QRect(0, 0, wide - 24, 10_000), int(Qt.TextFlag.TextWordWrap)
        metrics = QFontMetrics(self._list.font())
        lines = (self._list.item(row) for row in range(self._list.count()))
        tall = sum(metrics.boundingRect(room, wraps, line.text()).height() + 4 for line in lines if line is not None)
        self._all.resize(wide, min(tall + 10, _LIST_HEIGHT))

    def _offer_all(self, is_cut: bool) -> None:
        """Offer the list where one line does not hold all of it."""
        self._more.setVisible(is_cut or self._list.count() > _MOST_NOTES)

    def _show(self, lines: tuple[str, ...], holds: Holds | None, *, is_error: bool) -> None:
        self._is_error, self._holds = is_error, holds
        shown = list(lines[:_MOST_NOTES])
        if len(lines) > _MOST_NOTES:
            shown.append(self.tr("… and {0} more").format(len(lines) - _MOST_NOTES))
        self._said = "\n".join(shown)
        self._more.setChecked(False)
        self._list.clear()
        self._list.addItems(lines)
        self._offer.hide()
        self._more.setVisible(len(lines) > _MOST_NOTES)
        self.setAccessibleName(self.tr("Error") if is_error else self.tr("Note"))
        self.setAccessibleDescription(self._said)
        self._text.setAccessibleName(self.tr("Message"))
        self._paint()
        self.show()
        self._text.say(self._said)

    def _paint(self) -> None:
        theme = current_theme()
        colour = theme.danger if self._is_error else theme.warning
        self._sign.setText("●")
        self._sign.setAccessibleName(self.tr("Error") if self._is_error else self.tr("Note"))
        self._sign.setStyleSheet(f"color: {colour};")


class MessagePlace(QWidget):
    """What the menus of a bar leave free of its row: kept for messages, so that nothing moves when one comes.

    Args:
        bar: of menus.
        inside: shows messages.
    """

    def __init__(self, bar: QMenuBar, inside: QWidget) -> None:
        super().__init__(bar)
        self._bar = bar
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 4, 1)
        row.addWidget(inside)
        bar.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Lie beside the menus, however wide they are."""
        moved = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest, QEvent.Type.StyleChange)
        if event is not None and event.type() in moved:
            bar = self._bar
            taken = max((bar.actionGeometry(menu).right() for menu in bar.actions()), default=0)
            self.setGeometry(taken + _MARGIN, 0, max(bar.width() - taken - _MARGIN, 0), bar.height())
        return super().eventFilter(watched, event)


class _OneLine(QLabel):
    """A text on one line; the rest is an ellipsis, and all of it the tooltip.

    *Signals*: ``cut(bool)``: whether something does not fit.
    """

    cut = pyqtSignal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        self.setFont(font)

    def say(self, text: str) -> None:
        """Show a text."""
        self._whole = text
        self.setToolTip(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """More room, more words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        plain = "  ·  ".join(self._whole.split("\n"))
        shown = QFontMetricsF(self.font()).elidedText(plain, Qt.TextElideMode.ElideRight, self.width() - 2)
        self.setText(shown)
        self.cut.emit(shown != plain)


def _sentence(text: str) -> str:
    """With a capital at its start, unless that is the name of a file or a path."""
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first.isalpha() else text
