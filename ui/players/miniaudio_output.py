"""Playing through miniaudio, which pip alone makes work: it finds ALSA, PulseAudio, WASAPI, Core Audio.

Left to choose, it silently takes a backend that plays to nobody; so every backend is allowed but that one.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from typing import Any

from hitpoint.core.timebase import SAMPLE_RATE
from hitpoint.ui.players.output import Fill, OutputMissing
from hitpoint.ui.players.player import DeviceState
from hitpoint.ui.players.sound import Samples

_PERIOD_MILLISECONDS = 20
_PERIODS = 3
_SILENT_ERA = 2.0  # seconds without a call after which the device is gone


class MiniaudioOutput:
    """The system's default output.

    miniaudio does not tell when a block will be heard. When it asks for a period the others are still to be played,
    which is what is taken for the latency; right to about a period.

    Args:
        library: the module ``miniaudio``, or what stands for it in a test; None imports it.
        backends: names of backends to try; none means all that play to somebody.

    Raises:
        OutputMissing: if there is no device.
    """

    def __init__(self, library: Any = None, backends: Sequence[str] = ()) -> None:
        self._library = library or _imported()
        try:
            self._device = self._library.PlaybackDevice(
                output_format=self._library.SampleFormat.FLOAT32,
                nchannels=2,
                sample_rate=SAMPLE_RATE,
                buffersize_msec=_PERIOD_MILLISECONDS,
                callback_periods=_PERIODS,
                backends=[each for each in self._library.Backend if _is_wanted(each.name, backends)],
                app_name="Hitpoint",
            )
        except self._library.MiniaudioError as error:
            raise OutputMissing(f"miniaudio finds no device ({error})") from None
        name = str(self._device.backend)
        if name.upper() == "NULL" and "NULL" not in backends:
            self._device.close()
            raise OutputMissing("miniaudio finds no device (only one that plays to nobody)")
        self._state = DeviceState(name, True, f"plays through {name}", (_PERIODS - 1) * _PERIOD_MILLISECONDS / 1000)
        self._called_at: float | None = None
        self._is_closed = False

    @property
    def state(self) -> DeviceState:
        """The device, by the name of its backend."""
        return self._state

    @property
    def is_lost(self) -> bool:
        """Whether it has not asked for a long time."""
        quiet = 0.0 if self._called_at is None else self.now() - self._called_at
        return not self._is_closed and quiet > _SILENT_ERA

    def now(self) -> float:
        """Seconds of the machine's steady clock."""
        return time.monotonic()

    def start(self, fill: Fill) -> None:
        """Let the device ask."""
        self._called_at = self.now()
        blocks = self._blocks(fill)
        next(blocks)
        try:
            self._device.start(blocks)
        except self._library.MiniaudioError:
            self._called_at -= 2 * _SILENT_ERA  # which is being lost

    def close(self) -> None:
        """Close the device."""
        self._is_closed = True
        self._device.close()

    def _blocks(self, fill: Fill) -> Generator[Samples | bytes, int, None]:
        """Its way of asking: it sends the number of frames and takes the block that comes."""
        frames = yield b""
        while True:
            self._called_at = self.now()
            frames = yield fill(frames, self._called_at + self._state.latency)


def _is_wanted(name: str, wanted: Sequence[str]) -> bool:
    return name in wanted if wanted else name not in ("NULL", "CUSTOM")


def _imported() -> Any:
    """The library, imported late: only the panel needs it."""
    try:
        import miniaudio
    except (OSError, ImportError) as error:
        raise OutputMissing(f"miniaudio cannot be loaded ({error})") from None
    return miniaudio
