"""J K L, space, arrows, home and end, and the digits of a timecode, anywhere in the window but where somebody types.

Shortcuts of Qt know no release of a key, and K held is part of the shuttle; hence an event filter. Space plays on a
button too, which Return presses instead; a list of choices opens by Return. A list that is walked by up and down says
so by its property ``KEPT_KEYS``, the names of the keys with spaces between: ``"Up Down"``. What it does not accept all
the same, the transport gets. Digits, plus and minus begin a timecode, unless a shortcut of the window has them; those
of the number pad always do.
"""

from __future__ import annotations

from collections.abc import Callable

from PyQt6 import sip
from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QAction, QKeyEvent
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from hitpoint.ui.transport.shuttle import Shuttle

KEPT_KEYS = "kept_keys"
KEYS = (
    ("Space", "Play or stop"),
    ("J", "Play backwards, again for faster; slows down what plays forward faster"),
    ("K", "Stop; held with J or L: slowly"),
    ("L", "Play forward, again for faster; slows down what plays backwards faster"),
    ("Left, Right", "One frame back or on"),
    ("Shift+Left, Shift+Right", "One second back or on"),
    ("Up, Down", "The cut before or after"),
    ("Home, End", "First or last frame"),
    ("Ctrl+L", "Repeat the selection"),
    ("0 to 9, +, -", "Type a timecode: 1412 goes to 14:12, +2. two seconds on"),
    ("Ctrl+T", "Type a timecode"),
)
"""(keys, what they do) for the help sheet, untranslated."""

_TYPING = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)
_BEGINS_TIMECODE = "0123456789+-"
_ALLOWED = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class TransportKeys(QObject):
    """Gives the keys of one window, and of nothing that opens over it, to a shuttle.

    Args:
        window: whose keys they are; install once, after its widgets are made.
        shuttle: what is told.
        type_timecode: begins a timecode with a digit or a sign; None where there is no place for one.
    """

    def __init__(self, window: QWidget, shuttle: Shuttle, type_timecode: Callable[[str], None] | None = None) -> None:
        super().__init__(window)
        self._window, self._shuttle, self._type_timecode = window, shuttle, type_timecode
        self._focused: QWidget | None = None
        window.installEventFilter(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)
        self._follow(None, QApplication.focusWidget())

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        """Listen at the widget that gets the keys, and at the window, which gets what that one leaves.

        A filter over the whole application would be handed widgets that are being destroyed, which PyQt does not
        survive.
        """
        if self._focused is not None and not sip.isdeleted(self._focused):
            self._focused.removeEventFilter(self)
        self._focused = now if now is not None and now is not self._window and now.window() is self._window else None
        if self._focused is not None:
            self._focused.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Take the transport's keys before a button or a list makes something else of them."""
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget) or watched.window() is not self._window:
            return False
        if _keeps(watched, Qt.Key(event.key())) or event.modifiers() & ~_ALLOWED:
            return False
        if event.key() in _PRESSING and _is_pressed(watched):
            return _press(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            if self._is_ours(event):
                event.accept()  # a menu's plain L is not to take it; the press follows
            return False
        if event.type() == QEvent.Type.KeyPress:
            return self._pressed(event)
        return event.type() == QEvent.Type.KeyRelease and self._released(event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        is_plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        return key in _STEPS or (key in _PRESSED and is_plain) or self._begins_timecode(event)

    def _begins_timecode(self, event: QKeyEvent) -> bool:
        """Whether it is a digit, a plus or a minus that no shortcut of the window has."""
        text = event.text()
        if self._type_timecode is None or len(text) != 1 or text not in _BEGINS_TIMECODE:
            return False
        is_of_pad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
        actions = self._window.findChildren(QAction)
        return is_of_pad or not any(keys.toString() == text for one in actions for keys in one.shortcuts())

    def _pressed(self, event: QKeyEvent) -> bool:
        if not self._is_ours(event):
            return False
        key = Qt.Key(event.key())
        if self._type_timecode is not None and self._begins_timecode(event):
            self._type_timecode(event.text())
        elif key in _STEPS:
            is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._shuttle.step(_STEPS[key] * (self._shuttle.rate.nominal if is_shifted else 1))
        elif not event.isAutoRepeat():
            _PRESSED[key](self._shuttle)
        return True

    def _released(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key not in _RELEASED:
            return False
        if not event.isAutoRepeat():
            _RELEASED[key](self._shuttle)
        return True


def _keeps(widget: QWidget, key: Qt.Key) -> bool:
    """Whether a widget needs a key itself: who types needs all, a list is walked, others say what they keep."""
    if isinstance(widget, _TYPING) or (isinstance(widget, QComboBox) and widget.isEditable()):
        return True
    kept = "Up Down" if isinstance(widget, QComboBox | QAbstractSlider) else str(widget.property(KEPT_KEYS) or "")
    return key.name.removeprefix("Key_") in kept.split()


def _is_pressed(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton | QComboBox)


def _press(widget: QWidget, event: QKeyEvent) -> bool:
    """Return does for a button, or a list of choices, what Space does elsewhere."""
    if event.type() == QEvent.Type.ShortcutOverride:
        event.accept()
        return False
    if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
        if isinstance(widget, QAbstractButton):
            widget.click()
        elif isinstance(widget, QComboBox):
            widget.showPopup()
    return True


_PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_PRESSED = {
    Qt.Key.Key_Space: Shuttle.toggle,
    Qt.Key.Key_J: Shuttle.press_j,
    Qt.Key.Key_K: Shuttle.press_k,
    Qt.Key.Key_L: Shuttle.press_l,
    Qt.Key.Key_Up: Shuttle.previous_cut,
    Qt.Key.Key_Down: Shuttle.next_cut,
    Qt.Key.Key_Home: Shuttle.home,
    Qt.Key.Key_End: Shuttle.end,
}
_RELEASED = {
    Qt.Key.Key_J: Shuttle.release_slow,
    Qt.Key.Key_K: Shuttle.release_k,
    Qt.Key.Key_L: Shuttle.release_slow,
}
