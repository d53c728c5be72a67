"""From any thread to the main one, which alone may touch sessions and widgets."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal


class MainThread(QObject):
    """Calls on the main thread what other threads hand over."""

    _handed = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self._handed.connect(self._call)

    def post(self, call: Callable[[], None]) -> None:
        """Call this soon; from any thread."""
        self._handed.emit(call)

    def _call(self, call: Callable[[], None]) -> None:
        call()
