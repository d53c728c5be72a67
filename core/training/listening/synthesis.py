"""Performances as sound, by the ``fluidsynth`` program: the field's standard, and another one than ours.

Training on two fonts of FluidSynth and testing on others keeps the networks from learning one piano.
"""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import mido
import numpy as np
import soundfile
from numpy.typing import NDArray

from hitpoint.core.errors import DatasetError
from hitpoint.core.training.listening.performance import DRUM_CHANNEL, Performance

SAMPLE_RATE = 22050
_TICKS_PER_SECOND = 960  # 480 a beat at 120 beats a minute
_GAIN = "0.4"


@dataclass(frozen=True)
class Room:
    """FluidSynth's reverb: ``size`` and ``level`` 0..1; level 0 is none."""

    size: float
    level: float


def rendered(performance: Performance, font: Path, room: Room) -> NDArray[np.float32]:
    """(2, n) samples at 22050 Hz, exactly as long as the performance.

    Raises:
        DatasetError: if fluidsynth is missing or fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        midi, wave = Path(folder) / "notes.mid", Path(folder) / "sound.wav"
        _midi(performance).save(midi)
        command = ["fluidsynth", "-niq", "-r", str(SAMPLE_RATE), "-g", _GAIN, "-C", "0", "-R", str(int(room.level > 0))]
        command += ["-o", f"synth.reverb.room-size={room.size:.3f}", "-o", f"synth.reverb.level={room.level:.3f}"]
        command += ["-o", "synth.dynamic-sample-loading=1", "-F", str(wave), str(font), str(midi)]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise DatasetError(f"fluidsynth cannot render ({error}); install it, for example with apt") from None
        samples, _ = soundfile.read(wave, dtype="float32", always_2d=True)
    wanted = round(performance.seconds * SAMPLE_RATE)
    padded = np.zeros((2, wanted), np.float32)
    padded[:, : min(wanted, len(samples))] = samples.T[:, :wanted]
    return padded


def _midi(performance: Performance) -> mido.MidiFile:
    """One track a voice; a kit goes to channel 10."""
    midi = mido.MidiFile(ticks_per_beat=480)
    free = iter(channel for channel in range(16) if channel != DRUM_CHANNEL)
    for voice in performance.voices:
        channel = DRUM_CHANNEL if voice.is_drums else next(free)
        timed: list[tuple[int, int, mido.Message]] = [
            (0, 0, mido.Message("program_change", channel=channel, program=voice.program)),
            (0, 0, mido.Message("control_change", channel=channel, control=7, value=voice.volume)),
            (0, 0, mido.Message("control_change", channel=channel, control=10, value=voice.pan)),
        ]
        for start, end, pitch, velocity in voice.notes:
            if 0 <= pitch <= 127:
                note = {"channel": channel, "note": pitch}
                timed.append((_tick(start), 2, mido.Message("note_on", velocity=velocity, **note)))
                timed.append((_tick(end), 1, mido.Message("note_off", **note)))
        midi.tracks.append(_track(sorted(timed, key=lambda event: event[:2])))
    return midi


def _track(timed: list[tuple[int, int, mido.Message]]) -> mido.MidiTrack:
    """The messages with their distances."""
    track, now = mido.MidiTrack(), 0
    for tick, _, message in timed:
        track.append(message.copy(time=tick - now))
        now = tick
    return track


def _tick(seconds: float) -> int:
    return round(seconds * _TICKS_PER_SECOND)
