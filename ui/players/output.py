"""What a sound device is to us: something that asks for blocks and says when they will be heard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from hitpoint.ui.players.player import DeviceState
from hitpoint.ui.players.sound import Samples

Fill = Callable[[int, float], Samples]
"""Asked for (frames, device time in seconds at which the first will be heard); answers (frames, 2) float32."""


class OutputMissing(Exception):
    """A kind of output does not work on this machine; the message says why, in a few words."""


class SoundOutput(Protocol):
    """A device, opened; it raised :class:`OutputMissing` if it could not be."""

    @property
    def state(self) -> DeviceState:
        """What it is."""

    @property
    def is_lost(self) -> bool:
        """Whether it worked and does no more (unplugged, server gone)."""

    def now(self) -> float:
        """Device time in seconds; only differences count."""

    def start(self, fill: Fill) -> None:
        """Ask for blocks from now on, from a thread of its own, until closed."""

    def close(self) -> None:
        """Stop asking and let the device go."""
