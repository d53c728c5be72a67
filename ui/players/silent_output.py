"""A clock in place of a device: blocks go to nobody in real time, so that the picture still moves."""

from __future__ import annotations

import time
from threading import Event, Thread

from hitpoint.core.timebase import SAMPLE_RATE
from hitpoint.ui.players.output import Fill
from hitpoint.ui.players.player import DeviceState

_BLOCK = 960  # frames, 20 ms
_AHEAD = 2 * _BLOCK / SAMPLE_RATE  # seconds that are asked for before their time
_ASLEEP = 0.5  # seconds late that mean the machine slept: go on from now


class SilentOutput:
    """No device, in real time.

    Args:
        reason: why there is none, as :class:`~hitpoint.ui.players.player.DeviceState` explains it.
    """

    is_lost = False

    def __init__(self, reason: str = "there is no sound device: the picture plays silently") -> None:
        self._state = DeviceState("no device", False, reason)
        self._closed = Event()
        self._thread: Thread | None = None

    @property
    def state(self) -> DeviceState:
        """That nothing is heard, and why."""
        return self._state

    def now(self) -> float:
        """Seconds of the machine's steady clock."""
        return time.monotonic()

    def start(self, fill: Fill) -> None:
        """Ask from now on."""
        self._thread = Thread(target=self._ask, args=(fill,), name="silent clock", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop asking."""
        self._closed.set()
        if self._thread is not None:
            self._thread.join(1.0)

    def _ask(self, fill: Fill) -> None:
        due = time.monotonic()
        while not self._closed.is_set():
            now = time.monotonic()
            if now - due > _ASLEEP:
                due = now
            fill(_BLOCK, due)
            due += _BLOCK / SAMPLE_RATE
            self._closed.wait(max(due - _AHEAD - time.monotonic(), 0.0))
