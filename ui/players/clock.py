"""Which place of the timeline is heard now, told by the device's own clock.

A device takes blocks before they are heard. With each it says when its first frame will be heard, so the frame heard
now follows from the time; which place of the timeline that frame came from is remembered from the delivery. What a
device says jitters by some milliseconds: the line between its clock and its frames is therefore a slow average, as in a
phase-locked loop.
"""

from __future__ import annotations

from collections import deque
from threading import Lock

from hitpoint.core.timebase import SAMPLE_RATE

_FOLLOWING = 0.05  # share of a new observation in the average
_LOST = 0.050  # seconds of deviation that are no jitter: the device stood still or dropped something
_REMEMBERED = 4 * SAMPLE_RATE  # frames, more than any device buffers


class SoundClock:
    """From a device's clock to the timeline. ``delivered`` and ``heard`` may be called from different threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._frames = 0  # delivered so far
        self._heard = 0.0  # the latest frame that was told as heard: time does not run back
        self._origin: float | None = None  # device time at which frame 0 was, or would have been, heard
        self._runs: deque[tuple[int, float, float]] = deque()  # (first frame, place on the timeline, speed)

    def delivered(self, frames: int, runs: tuple[tuple[int, float, float], ...], heard_at: float) -> None:
        """A block went out that will be heard from device time ``heard_at`` (seconds) on."""
        with self._lock:
            observed = heard_at - self._frames / SAMPLE_RATE
            if self._origin is None or abs(observed - self._origin) > _LOST:
                self._origin = observed
            self._origin += (observed - self._origin) * _FOLLOWING
            for first, place, speed in runs:
                self._remember(self._frames + first, place, speed)
            self._frames += frames

    def heard(self, now: float) -> tuple[float, float] | None:
        """(place in timeline frames, speed) heard at device time ``now``; None before anything was delivered."""
        with self._lock:
            if self._origin is None or not self._runs:
                return None
            frame = min(max((now - self._origin) * SAMPLE_RATE, self._heard), float(self._frames))
            self._heard = frame
            for first, place, speed in reversed(self._runs):
                if first <= frame:
                    return place + (frame - first) * speed, speed
            first, place, speed = self._runs[0]
            return place, 0.0

    def _remember(self, first: int, place: float, speed: float) -> None:
        if self._runs:
            begun, before, going = self._runs[-1]
            if going == speed and before + (first - begun) * speed == place:
                return
        self._runs.append((first, place, speed))
        while len(self._runs) > 1 and self._runs[1][0] < self._frames - _REMEMBERED:
            self._runs.popleft()
