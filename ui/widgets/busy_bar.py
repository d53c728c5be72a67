"""What is being worked at, how far it is, and a way to stop it; in the status bar."""

from __future__ import annotations

from PyQt6.QtCore import QTimer, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from hitpoint.ui.core_words import spoken
from hitpoint.ui.presenter.view_models import Busy

_PATIENCE = 250  # milliseconds: what is done sooner never flashes up


class BusyBar(QWidget):
    """Shows one piece of work at a time.

    *Signals*: ``cancel_requested()``.
    """

    cancel_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._bar, self._stop = QLabel(), QProgressBar(), QToolButton()
        self._bar.setFixedWidth(180)
        self._bar.setMaximumHeight(14)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setToolTip(self.tr("How far it is"))
        self._stop.setText(self.tr("Stop"))
        self._stop.setAccessibleName(self.tr("Stop working"))
        self._stop.setToolTip(self.tr("Stop what is being worked at; nothing is lost (Ctrl+.)"))
        self._stop.clicked.connect(lambda: self.cancel_requested.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        for widget in (self._bar, self._stop, self._name):
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)  # its place is kept: no lane moves when work begins or ends
            widget.setSizePolicy(policy)
            row.addWidget(widget)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PATIENCE)
        self._wait.timeout.connect(self._appear)
        self._is_busy = False
        self._set_visible(is_visible=False)

    @property
    def is_busy(self) -> bool:
        """Whether there is work, shown or about to be."""
        return self._is_busy

    def show_busy(self, busy: Busy | None) -> None:
        """Show work; None for none."""
        if busy is None:
            self._is_busy = False
            self._wait.stop()
            self._set_visible(is_visible=False)
            return
        words = f"{busy.name}: {spoken(busy.message)}" if busy.message else f"{busy.name} …"
        self._name.setText(words)
        self._name.setAccessibleName(words)
        self._bar.setRange(0, 0 if busy.fraction is None else 1000)
        if busy.fraction is not None:
            self._bar.setValue(round(busy.fraction * 1000))
        if not self._is_busy:
            self._is_busy = True
            self._wait.start()

    def _appear(self) -> None:
        self._set_visible(is_visible=self._is_busy)

    def _set_visible(self, *, is_visible: bool) -> None:
        for widget in (self._bar, self._stop, self._name):
            widget.setVisible(is_visible)
