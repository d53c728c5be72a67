"""What the panel needs of whatever plays: a Protocol, and what a device says of itself.

All positions are seconds from the start of the timeline. ``position`` is what is *heard* now, the device's latency
taken off, so that a picture shown for it is in step. The implementations are in :mod:`hitpoint.ui.players`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from hitpoint.ui.players.meter import LiveMeter
from hitpoint.ui.players.sound import Monitor, PlayedSound, Samples


@dataclass(frozen=True)
class DeviceState:
    """What plays, in words an editor can read.

    Attributes:
        name: of the device, or "no device".
        is_heard: whether sound comes out; without it everything else goes on, silently.
        explanation: one sentence: what was found, or why nothing, and what to do.
        latency: seconds between a sample's leaving us and its being heard.
    """

    name: str
    is_heard: bool
    explanation: str
    latency: float = 0.0


class Player(Protocol):
    """Plays a sound that may be exchanged, or still be growing, while it plays. No call blocks."""

    @property
    def device(self) -> DeviceState:
        """What plays, or why nothing is heard."""

    @property
    def position(self) -> float:
        """Seconds of timeline that are heard now; where playing would begin, when nothing plays."""

    @property
    def playing(self) -> bool:
        """Whether the position moves."""

    @property
    def speed(self) -> float:
        """Of playing: 1 forward, -2 backwards at double speed; 0 when nothing plays."""

    @property
    def meter(self) -> LiveMeter:
        """Measures what is played, before the level at which it is listened to."""

    def load(self, sound: PlayedSound) -> None:
        """Play this from now on, at the same place, without a click: another take, or the same cue changed."""

    def play(self, speed: float = 1.0, until: float | None = None) -> None:
        """Play from the position on; stops by itself at either end of the sound.

        Forward it stops at a second that is named, unless a loop goes on there or it was sought elsewhere meanwhile.
        """

    def stop(self) -> None:
        """Stop where it is heard now."""

    def seek(self, seconds: float) -> None:
        """Go on from another place, playing or not."""

    def loop(self, span: tuple[float, float] | None) -> None:
        """Jump from the end of the span to its start whenever it is reached; None plays straight on."""

    def listen(self, monitor: Monitor) -> None:
        """Choose what is heard: parts, music, production sound."""

    def scrub(self) -> None:
        """Sound a moment of what lies at the position, at rest; nothing without a device or while something plays."""

    def strike(self, samples: Samples) -> None:
        """Sound something once, (n, 2), playing or not."""

    def close(self) -> None:
        """Let go of the device for good."""
