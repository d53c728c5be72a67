"""The libraries are played by stand-ins with their interface; none of these tests hears a device."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from hitpoint.ui.players import silent_output
from hitpoint.ui.players.choice import choose_player
from hitpoint.ui.players.miniaudio_output import MiniaudioOutput
from hitpoint.ui.players.output import OutputMissing
from hitpoint.ui.players.recorded_output import RecordedOutput
from hitpoint.ui.players.silent_output import SilentOutput
from hitpoint.ui.players.sound import PlayedSound, Samples, StemArrays
from hitpoint.ui.players.sounddevice_output import SounddeviceOutput


def ones(frames: int, heard_at: float) -> Samples:
    return np.ones((frames, 2), np.float32)


class Told:
    """A fill that remembers what it was told."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, float]] = []

    def __call__(self, frames: int, heard_at: float) -> Samples:
        self.asked.append((frames, heard_at))
        return ones(frames, heard_at)


class PortAudio:
    """The part of ``sounddevice`` that is used."""

    class PortAudioError(Exception):
        pass

    def __init__(self, *, has_device: bool = True, starts: bool = True) -> None:
        self.has_device, self.starts = has_device, starts
        self.stream: Any = None

    def query_devices(self, kind: str) -> dict[str, str]:
        if not self.has_device:
            raise self.PortAudioError("Error querying device -1")
        return {"name": "Speakers"}

    def OutputStream(self, callback: Callable[..., None], **wanted: Any) -> Any:
        assert wanted["samplerate"] == 48_000 and wanted["channels"] == 2 and wanted["dtype"] == "float32"
        self.callback = callback
        self.stream = SimpleNamespace(active=False, time=10.0, latency=0.03, start=self._start, close=self._close)
        return self.stream

    def ask(self, frames: int, dac: float) -> Samples:
        out = np.full((frames, 2), np.nan, np.float32)
        self.callback(out, frames, SimpleNamespace(outputBufferDacTime=dac, currentTime=10.0), None)
        return out

    def _start(self) -> None:
        if not self.starts:
            raise self.PortAudioError("device unavailable")
        self.stream.active = True

    def _close(self, ignore_errors: bool) -> None:
        self.stream.active = False


class Miniaudio:
    """The part of ``miniaudio`` that is used; ``takes`` is the backend it will choose."""

    SampleFormat = SimpleNamespace(FLOAT32="float32")

    class Backend(Enum):
        ALSA = 1
        NULL = 2
        CUSTOM = 3

    class MiniaudioError(Exception):
        pass

    def __init__(self, takes: str = "ALSA", *, has_device: bool = True) -> None:
        self.takes, self.has_device, self.is_closed = takes, has_device, False

    def PlaybackDevice(self, **wanted: Any) -> Any:
        assert wanted["output_format"] == "float32" and wanted["sample_rate"] == 48_000
        self.backends = [backend.name for backend in wanted["backends"]]
        if not self.has_device:
            raise self.MiniaudioError("failed to init device", -401)
        return SimpleNamespace(backend=self.takes, start=self._start, close=self._close)

    def _start(self, blocks: Any) -> None:
        self.blocks = blocks

    def _close(self) -> None:
        self.is_closed = True


def test_portaudio_is_asked_for_what_is_heard_when() -> None:
    library, told = PortAudio(), Told()
    output = SounddeviceOutput(library)
    output.start(told)
    assert (library.ask(256, 10.05) == 1).all()
    assert told.asked == [(256, 10.05)] and output.state.name == "Speakers" and output.state.latency == 0.03


def test_where_portaudio_does_not_say_when_the_latency_does() -> None:
    library, told = PortAudio(), Told()
    SounddeviceOutput(library).start(told)
    library.ask(256, 0.0)
    assert told.asked == [(256, 10.03)]


def test_portaudio_before_the_first_play_gets_silence() -> None:
    library = PortAudio()
    SounddeviceOutput(library)
    assert not library.ask(64, 10.0).any()


def test_a_stream_that_dies_is_lost_and_one_that_was_closed_is_not() -> None:
    library = PortAudio()
    output = SounddeviceOutput(library)
    assert not output.is_lost
    output.start(ones)
    library.stream.active = False
    assert output.is_lost
    output.close()
    assert not output.is_lost


def test_a_stream_that_does_not_start_is_lost() -> None:
    output = SounddeviceOutput(PortAudio(starts=False))
    output.start(ones)
    assert output.is_lost


def test_portaudio_without_a_device_is_missing() -> None:
    with pytest.raises(OutputMissing, match="PortAudio finds no device"):
        SounddeviceOutput(PortAudio(has_device=False))


def test_a_device_that_was_plugged_in_since_is_found() -> None:
    library = PortAudio(has_device=False)
    library._terminate = lambda: None  # type: ignore[attr-defined]
    library._initialize = lambda: setattr(library, "has_device", True)  # type: ignore[attr-defined]
    assert SounddeviceOutput(library).state.name == "Speakers"


def test_miniaudio_is_not_allowed_to_play_to_nobody() -> None:
    library = Miniaudio()
    MiniaudioOutput(library)
    assert library.backends == ["ALSA"]


def test_miniaudio_that_plays_to_nobody_all_the_same_is_missing() -> None:
    library = Miniaudio(takes="Null")
    with pytest.raises(OutputMissing, match="plays to nobody"):
        MiniaudioOutput(library)
    assert library.is_closed


def test_miniaudio_without_a_device_is_missing() -> None:
    with pytest.raises(OutputMissing, match="miniaudio finds no device"):
        MiniaudioOutput(Miniaudio(has_device=False))


def test_miniaudio_sends_the_number_of_frames_and_gets_them() -> None:
    library, told = Miniaudio(), Told()
    output = MiniaudioOutput(library)
    output.start(told)
    assert library.blocks.send(100).shape == (100, 2) and library.blocks.send(50).shape == (50, 2)
    assert [frames for frames, _ in told.asked] == [100, 50]
    assert told.asked[0][1] - output.now() == pytest.approx(output.state.latency, abs=0.01)


def test_miniaudios_own_null_backend_takes_sound_in_real_time() -> None:
    """The real library, on any machine: it plays to nobody, but asks as a device does."""
    pytest.importorskip("miniaudio")
    output = MiniaudioOutput(backends=("NULL",))
    player_told = Told()
    output.start(player_told)
    deadline = time.monotonic() + 60.0
    while len(player_told.asked) < 5 and time.monotonic() < deadline:
        time.sleep(0.01)
    output.close()
    assert len(player_told.asked) >= 5
    assert sum(frames for frames, _ in player_told.asked) >= 4 * 480


class Clock:
    """A clock that moves only while somebody waits, for so many waits."""

    def __init__(self, waits: int) -> None:
        self.at, self._waits = 100.0, waits

    def monotonic(self) -> float:
        return self.at

    def is_set(self) -> bool:
        return self._waits == 0

    def wait(self, seconds: float) -> None:
        self.at, self._waits = self.at + seconds, self._waits - 1


def test_the_silent_clock_asks_for_sound_forty_milliseconds_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, output = Clock(50), SilentOutput()
    asked: list[tuple[int, float, float]] = []
    monkeypatch.setattr(silent_output, "time", clock)
    monkeypatch.setattr(output, "_closed", clock)
    output._ask(lambda frames, heard_at: asked.append((frames, heard_at, clock.at)))
    blocks, heard, now = (np.array(numbers) for numbers in zip(*asked, strict=True))
    assert set(blocks) == {960}
    assert np.allclose(np.diff(heard), 0.02)
    assert np.allclose((heard - now)[2:], 0.04)


def test_the_silent_clock_asks_until_it_is_closed() -> None:
    output, told = SilentOutput(), Told()
    output.start(told)
    for _ in range(12_000):
        if len(told.asked) < 3:
            time.sleep(0.005)
    output.close()
    assert len(told.asked) >= 3
    assert output._thread is not None and not output._thread.is_alive()


def missing(reason: str) -> Callable[[], RecordedOutput]:
    def opened() -> RecordedOutput:
        raise OutputMissing(reason)

    return opened


def test_the_first_output_that_works_is_chosen() -> None:
    assert choose_player([missing("no library"), RecordedOutput]).device.name == "recorded"


def test_where_nothing_works_the_reasons_are_told_and_the_clock_runs() -> None:
    player = choose_player([missing("PortAudio is not there"), missing("no sound card")])
    assert not player.device.is_heard
    assert "PortAudio is not there; no sound card" in player.device.explanation
    player.load(PlayedSound(48_000, StemArrays((), ())))
    player.play()
    deadline = time.monotonic() + 60.0
    while player.position < 0.05 and time.monotonic() < deadline:
        time.sleep(0.005)
    player.close()
    assert player.position >= 0.05


def test_a_thread_that_plays_is_let_in_often(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[float] = []
    monkeypatch.setattr("sys.setswitchinterval", told.append)
    choose_player([missing("no library")]).close()
    assert told == []
    choose_player([RecordedOutput])
    assert told and max(told) <= 0.001
