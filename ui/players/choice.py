"""Which player this machine has."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from configparser import ConfigParser
from configparser import Error as ConfigError
from contextlib import suppress
from functools import partial
from pathlib import Path

from hitpoint.ui.players.audition_player import AuditionPlayer
from hitpoint.ui.players.miniaudio_output import MiniaudioOutput
from hitpoint.ui.players.output import OutputMissing, SoundOutput
from hitpoint.ui.players.recorded_output import RecordedOutput
from hitpoint.ui.players.silent_output import SilentOutput
from hitpoint.ui.players.sounddevice_output import SounddeviceOutput

Opener = Callable[[], SoundOutput]
SWITCH_SECONDS = 0.001
"""How long a busy thread may keep Python to itself while there is a device. At Python's own 5 ms, two threads that
compose starve the one that plays (measured: sound broke off within a second; at 1 ms nothing was lost)."""
OPENERS: tuple[Opener, ...] = (SounddeviceOutput, MiniaudioOutput)


def choose_player(openers: Sequence[Opener] = OPENERS) -> AuditionPlayer:
    """A player on the first output that works; a silent clock, with the reasons, where none does.

    Opening may take some tenths of a second. Call it again to look for a device that was plugged in since.
    """
    return AuditionPlayer(_opened(openers), _lost)


def chosen_player(folder: Path) -> AuditionPlayer:
    """A player on the device that the editor chose, as a window keeps it in a folder, else on the system's own."""
    settings = ConfigParser(interpolation=None)
    with suppress(OSError, ConfigError, UnicodeDecodeError):
        settings.read(folder / "window.ini", encoding="utf-8")
    device = settings.get("General", "device", fallback="").strip('"')
    return choose_player((partial(SounddeviceOutput, device=device), *OPENERS[1:]) if device else OPENERS)


def recorded_player(latency: float = 0.0, block: int = 512) -> tuple[AuditionPlayer, RecordedOutput]:
    """A player for tests and the device that records it; nothing moves until ``pump`` is called on that."""
    output = RecordedOutput(latency, block)
    return AuditionPlayer(output), output


def _opened(openers: Sequence[Opener]) -> SoundOutput:
    reasons = []
    for opener in openers:
        try:
            output = opener()
        except OutputMissing as missing:
            reasons.append(str(missing))
        else:
            sys.setswitchinterval(min(sys.getswitchinterval(), SWITCH_SECONDS))
            return output
    why = "; ".join(reasons) or "no way to play is installed"
    return SilentOutput(f"No sound: {why}. Everything else works; connect a device and choose Sound > Look Again")


def _lost() -> SoundOutput:
    return SilentOutput("No sound: the device has gone. Everything else works; choose Sound > Look Again")
