"""A device for tests: unpaced, deaf to nothing. It asks only when it is told to, and keeps what it got."""

from __future__ import annotations

import numpy as np

from hitpoint.core.timebase import SAMPLE_RATE
from hitpoint.ui.players.output import Fill
from hitpoint.ui.players.player import DeviceState
from hitpoint.ui.players.sound import Samples

_LONGEST = 3600 * SAMPLE_RATE  # frames that ``pump_until_rest`` takes at the most


class RecordedOutput:
    """Records what is played; its clock stands still between two pumps.

    Args:
        latency: seconds between a frame's delivery and its being heard.
        block: frames asked for at once.
    """

    def __init__(self, latency: float = 0.0, block: int = 512) -> None:
        self._state = DeviceState("recorded", True, "what is played is recorded", latency)
        self._block = block
        self._fill: Fill | None = None
        self._blocks: list[Samples] = []
        self._frames = 0
        self.is_lost = False
        self.is_closed = False

    @property
    def state(self) -> DeviceState:
        """A device that is heard, for all anybody can tell."""
        return self._state

    @property
    def is_started(self) -> bool:
        """Whether a player has begun to play into it."""
        return self._fill is not None

    @property
    def recorded(self) -> Samples:
        """All that was played: (frames, 2)."""
        return np.concatenate([*self._blocks, np.zeros((0, 2), np.float32)])

    def now(self) -> float:
        """Seconds pumped."""
        return self._frames / SAMPLE_RATE

    def start(self, fill: Fill) -> None:
        """Remember whom to ask."""
        self._fill = fill

    def close(self) -> None:
        """Ask no more."""
        self._fill = None
        self.is_closed = True

    def pump(self, frames: int) -> Samples:
        """Take ``frames`` frames, as a device would in that time; answers them."""
        taken = []
        while frames > 0 and self._fill is not None:
            count = min(self._block, frames)
            taken.append(self._fill(count, self.now() + self._state.latency).copy())
            self._frames += count
            frames -= count
        self._blocks += taken
        return np.concatenate([*taken, np.zeros((0, 2), np.float32)])

    def pump_until_silent(self, seconds: float = 0.5) -> Samples:
        """Take what comes until nothing but zeros came for a while; answers it without them."""
        first = self._frames
        while self._fill is not None and self._frames - first < _LONGEST:
            if not self.pump(round(seconds * SAMPLE_RATE)).any():
                break
        heard = self.recorded[first:]
        sounding = np.flatnonzero(heard.any(axis=1))
        return heard[: sounding[-1] + 1] if len(sounding) else heard[:0]
