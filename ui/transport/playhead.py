"""The one timer of the panel: it asks the player where it is, and tells whoever shows it."""

from __future__ import annotations

from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSignal

from hitpoint.ui.transport.shuttle import Shuttle

_PLAYING_MILLISECONDS = 8  # asks 120 times a second, so that a frame is never late by more than half of one at 60
_RESTING_MILLISECONDS = 40


class Playhead(QObject):
    """Follows the sound's clock. Frames that were over before it looked are dropped, not caught up.

    *Signals*: ``moved(seconds, frame)`` when the frame on the screen changes; ``speed_changed(speed)``, 0 at rest;
    ``device_changed(DeviceState)`` when another device plays.
    """

    moved = pyqtSignal(float, int)
    speed_changed = pyqtSignal(float)
    device_changed = pyqtSignal(object)

    def __init__(self, shuttle: Shuttle, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shuttle = shuttle
        self._frame = -1
        self._speed: float | None = None
        self._device: object = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.look)

    @property
    def frame(self) -> int:
        """The frame told last; -1 before the first."""
        return self._frame

    def start(self) -> None:
        """Follow from now on."""
        self._timer.start(_RESTING_MILLISECONDS)
        self.look()

    def stop(self) -> None:
        """Follow no more, as when the window closes."""
        self._timer.stop()

    def refresh(self) -> None:
        """Tell everything again, as for another edit."""
        self._frame, self._speed, self._device = -1, None, None
        self.look()

    def look(self) -> None:
        """Ask the player now."""
        player = self._shuttle.player
        device, speed, frame = player.device, player.speed, self._shuttle.frame
        if device != self._device:
            self._device = device
            self.device_changed.emit(device)
        if speed != self._speed:
            self._speed = speed
            self._timer.setInterval(_PLAYING_MILLISECONDS if speed else _RESTING_MILLISECONDS)
            self.speed_changed.emit(speed)
            self._frame = -1  # where it came to rest is told even within the frame told last
        if frame != self._frame:
            self._frame = frame
            self.moved.emit(player.position, frame)
