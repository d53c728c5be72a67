"""A player: the mixer's samples go to a device, and the device's clock tells what is heard."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hitpoint.core.timebase import SAMPLE_RATE
from hitpoint.ui.players.clock import SoundClock
from hitpoint.ui.players.meter import LiveMeter
from hitpoint.ui.players.mixer import Mixer
from hitpoint.ui.players.output import OutputMissing, SoundOutput
from hitpoint.ui.players.player import DeviceState
from hitpoint.ui.players.sound import Monitor, PlayedSound, Samples

GRAIN = SAMPLE_RATE // 12  # frames that are heard at each place while the playhead is dragged
_GRAIN_EDGE = 240  # frames over which a grain fades in and out, so that nothing clicks


class AuditionPlayer:
    """A :class:`~hitpoint.ui.players.player.Player` on any output.

    The device is started at the first ``play`` and asks for silence while nothing plays. If it is lost, the spare one
    goes on from the same place.

    Args:
        output: an opened device.
        spare: makes what takes over when that is lost; None to stay with it.
        mixer: what says which samples come next.
    """

    def __init__(
        self, output: SoundOutput, spare: Callable[[], SoundOutput] | None = None, mixer: Mixer | None = None
    ) -> None:
        self._output = output
        self._spare = spare
        self._mixer = mixer or Mixer()
        self._clock = SoundClock()
        self._is_started = False
        self._gain = self._wanted_gain = 1.0
        self.meter = LiveMeter()
        self._struck: Samples = np.zeros((0, 2), np.float32)

    @property
    def device(self) -> DeviceState:
        """What plays."""
        self._replace_if_lost()
        return self._output.state

    @property
    def position(self) -> float:
        """Seconds of timeline heard now."""
        self._replace_if_lost()
        return self._heard() / SAMPLE_RATE

    @property
    def playing(self) -> bool:
        """Whether the place moves, or what was delivered is still being heard."""
        return self.speed != 0.0

    @property
    def speed(self) -> float:
        """Of playing; 0 at rest."""
        place = self._mixer.place
        if place.speed:
            return place.speed
        heard = self._clock.heard(self._output.now()) if self._is_ending else None
        return heard[1] if heard else 0.0

    def load(self, sound: PlayedSound) -> None:
        """Play another sound at the same place."""
        self._mixer.load(sound)

    def play(self, speed: float = 1.0, until: float | None = None) -> None:
        """Play from the position on, to a second if one is named."""
        self._replace_if_lost()
        self._is_ending = True
        self._mixer.run(speed, None if until is None else round(until * SAMPLE_RATE))
        if not self._is_started:
            self._is_started = True
            self._output.start(self._fill)

    def stop(self) -> None:
        """Stop where it is heard now, so that what is still in the device's buffer comes again at the next play."""
        heard = self._heard()
        self._is_ending = False
        self._mixer.run(0.0)
        self._mixer.seek(heard)

    def seek(self, seconds: float) -> None:
        """Go on from another place."""
        self._is_ending = self._mixer.place.speed != 0.0
        self._mixer.seek(seconds * SAMPLE_RATE)

    def loop(self, span: tuple[float, float] | None) -> None:
        """Repeat a span of seconds."""
        self._mixer.loop(None if span is None else (round(span[0] * SAMPLE_RATE), round(span[1] * SAMPLE_RATE)))

    def strike(self, samples: Samples) -> None:
        """Sound something once beside what plays, or alone; what was struck before falls silent."""
        self._replace_if_lost()
        self._struck = samples
        if not self._is_started:
            self._is_started = True
            self._output.start(self._fill)

    def scrub(self) -> None:
        """Sound a grain of what lies at the position; what was left of the one before fades into it."""
        if self._mixer.place.speed or not self.device.is_heard:
            return
        grain = self._mixer.grain(GRAIN)
        fade = np.linspace(0.0, 1.0, _GRAIN_EDGE, dtype=np.float32)[:, None]
        grain[:_GRAIN_EDGE] *= fade
        grain[-_GRAIN_EDGE:] *= fade[::-1]
        before = self._struck[:_GRAIN_EDGE]
        grain[: len(before)] += before * fade[::-1][: len(before)]
        self.strike(grain)

    def listen(self, monitor: Monitor) -> None:
        """Choose what is heard, and how loud."""
        self._wanted_gain = monitor.level_gain
        self._mixer.listen(monitor)

    def close(self) -> None:
        """Let the device go."""
        self._mixer.run(0.0)
        self._output.close()

    _is_ending = False  # played last by itself: what the mixer has ended may still be in the device's buffer

    def _heard(self) -> float:
        """Timeline frame heard now; at rest the place where playing would begin."""
        place = self._mixer.place
        heard = self._clock.heard(self._output.now()) if self._is_ending else None
        if heard is None or not (place.speed or heard[1]):
            return place.position
        return min(max(heard[0], 0.0), float(self._mixer.sound.frames))

    def _fill(self, frames: int, heard_at: float) -> Samples:
        block = self._mixer.next(frames)
        self._clock.delivered(frames, block.runs, heard_at)
        if block.runs:
            self.meter.feed(block.samples)
        samples, struck = block.samples, self._struck
        if len(struck):
            samples = samples.copy()  # the meter keeps the block
            samples[: len(struck)] += struck[:frames]
            if struck is self._struck:
                self._struck = struck[frames:]
        return self._at_level(samples)

    def _at_level(self, samples: Samples) -> Samples:
        """The samples as loud as the editor listens; a change is spread over one block, so that nothing clicks."""
        gain, wanted = self._gain, self._wanted_gain
        if gain == wanted == 1.0:
            return samples
        self._gain = wanted
        ramp = np.linspace(gain, wanted, len(samples), dtype=np.float32)[:, None]
        return np.asarray(samples * ramp, np.float32)

    def _replace_if_lost(self) -> None:
        if self._spare is None or not self._output.is_lost:
            return
        place = self._mixer.place
        self._output.close()
        try:
            self._output = self._spare()
        except OutputMissing:
            self._spare = None
            return
        self._clock = SoundClock()
        self._mixer.seek(place.position)
        if self._is_started:
            self._output.start(self._fill)
