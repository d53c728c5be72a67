"""Playing through PortAudio (sounddevice). Its wheels bring the library but on Linux, which needs libportaudio2."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import numpy as np

from hitpoint.core.timebase import SAMPLE_RATE
from hitpoint.ui.players.output import Fill, OutputMissing
from hitpoint.ui.players.player import DeviceState
from hitpoint.ui.players.sound import Samples

_LATENCY = 0.060  # seconds asked for: what a callback in Python keeps up with under load


class SounddeviceOutput:
    """The system's default output.

    Args:
        library: the module ``sounddevice``, or what stands for it in a test; None imports it.
        device: name of the output that the editor chose; "" for the system's own, which also stands in for one that is
            gone.

    Raises:
        OutputMissing: if PortAudio is not installed, or has no device that plays 48 kHz.
    """

    def __init__(self, library: Any = None, device: str = "") -> None:
        self._library = library or _imported()
        self._device = device if device in output_names(self._library) else None
        self._fill: Fill | None = None
        self._is_closed = False
        try:
            name = self._opened()
        except (self._library.PortAudioError, ValueError):
            _look_again(self._library)
            try:
                name = self._opened()
            except (self._library.PortAudioError, ValueError) as error:
                raise OutputMissing(f"PortAudio finds no device ({error})") from None
        latency = float(self._stream.latency)
        self._state = DeviceState(name, True, f"plays through {name}", latency)

    def _opened(self) -> str:
        name = self._device or str(self._library.query_devices(kind="output")["name"])
        chosen = {} if self._device is None else {"device": self._device}
        self._stream = self._library.OutputStream(
            samplerate=SAMPLE_RATE, channels=2, dtype="float32", latency=_LATENCY, callback=self._called, **chosen
        )
        return name

    @property
    def state(self) -> DeviceState:
        """The device."""
        return self._state

    @property
    def is_lost(self) -> bool:
        """Whether the stream was started and does not run any more."""
        return self._fill is not None and not self._is_closed and not self._stream.active

    def now(self) -> float:
        """The stream's own clock."""
        return float(self._stream.time)

    def start(self, fill: Fill) -> None:
        """Let the stream ask."""
        with suppress(self._library.PortAudioError):  # then it is not active, which is being lost
            self._stream.start()
        self._fill = fill

    def close(self) -> None:
        """Close the stream."""
        self._is_closed = True
        self._stream.close(ignore_errors=True)

    def _called(self, out: Samples, frames: int, times: Any, status: Any) -> None:
        """PortAudio's thread asks. Some hosts (ALSA among them) leave the time of hearing at 0."""
        fill = self._fill
        if fill is None:
            out[:] = np.float32(0.0)
            return
        heard_at = float(times.outputBufferDacTime)
        if heard_at <= 0.0 or heard_at < float(times.currentTime):
            heard_at = self.now() + self._state.latency
        out[:] = fill(frames, heard_at)


def output_names(library: Any = None) -> tuple[str, ...]:
    """The names of all outputs that PortAudio lists; none if it cannot be loaded."""
    try:
        library = library or _imported()
        listed = library.query_devices()
        return tuple(dict.fromkeys(str(one["name"]) for one in listed if one["max_output_channels"] >= 2))
    except (OutputMissing, OSError, TypeError, KeyError, getattr(library, "PortAudioError", ValueError)):
        return ()


def _look_again(library: Any) -> None:
    """Let PortAudio list the devices anew, as it does only when loaded. Nothing plays, or there would be a device."""
    if hasattr(library, "_terminate") and hasattr(library, "_initialize"):
        library._terminate()
        library._initialize()


def _imported() -> Any:
    """The library, imported late: where PortAudio is missing, importing fails."""
    try:
        import sounddevice
    except (OSError, ImportError) as error:
        raise OutputMissing(f"sounddevice cannot be loaded ({error})") from None
    return sounddevice
