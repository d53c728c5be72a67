"""A score into WAV files: one stem a part, and the mix.

The mix is the sum of the stems, number by number: stems are brought to 24 bits and then added. There are two passes. The
first writes each stem as floating point into a temporary folder and adds them up; the mix is measured; the second gives
all stems the one gain that brings the mix to its loudness, or as near as its true peak allows. Nothing needs more memory
than a few blocks of ten seconds.
"""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.errors import EditWriteError
from hitpoint.core.music.score import Part, Score
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.render.loudness import LoudnessMeter, TruePeakMeter
from hitpoint.core.render.mix import MixSettings, Room, RumbleFilter, fade_gains, room_impulse, room_send, stem_gains
from hitpoint.core.render.synth import BLOCK, Synthesizer
from hitpoint.core.render.wav import WavWriter, quantised

_STEM_PEAK = 0.99  # no stem alone comes nearer to full scale, though the mix might allow it


@dataclass(frozen=True)
class Rendering:
    """What was written.

    Attributes:
        mix: the WAV file of the whole.
        stems: one WAV file a part, in the score's order; their 24-bit samples sum to the mix's.
        loudness: of the mix, LUFS integrated; minus infinity for silence.
        true_peak: of the mix, dBTP.
        gain_decibels: that all stems were given in the end.
    """

    mix: Path
    stems: tuple[Path, ...]
    loudness: float
    true_peak: float
    gain_decibels: float


@dataclass(frozen=True)
class _Measured:
    loudness: float
    true_peak: float  # dBTP
    stem_peak: float  # linear, of the loudest stem


def render_score(
    score: Score,
    samples: int,
    synth: Synthesizer,
    folder: Path,
    name: str,
    *,
    settings: MixSettings | None = None,
    progress: Progress = SILENT,
) -> Rendering:
    """Play a score into ``folder/NAME_mix.wav`` and ``folder/stems/NAME_part.wav``, each exactly ``samples`` long.

    Raises:
        OptionError: if the cue is too long for a WAV file.
        EditWriteError: if a file exists or cannot be written.
        SoundFontError: if the synthesiser's font is damaged.
        Cancelled: if the caller has asked for an end; no file is left then.
    """
    wished = settings or MixSettings()
    stems = _stem_paths(score, folder, name)
    try:
        (folder / "stems").mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".rendering-", dir=folder) as scratch:
            rough = [Path(scratch) / f"{index}.f32" for index in range(len(stems))]
            _play(score, samples, synth, rough, wished, progress.part(0.0, 0.8))
            measured = _measure(rough, samples, progress.part(0.8, 0.9))
            gain = _common_gain(measured, wished)
            mix = folder / f"{name}_mix.wav"
            _write(rough, samples, gain, mix, stems, progress.part(0.9, 1.0))
    except OSError as error:
        raise EditWriteError(f"the sound cannot be written to {folder} ({error.strerror}); make room there") from error
    decibels = 20.0 * math.log10(gain)
    return Rendering(mix, stems, measured.loudness + decibels, measured.true_peak + decibels, decibels)


def _stem_paths(score: Score, folder: Path, name: str) -> tuple[Path, ...]:
    paths: list[Path] = []
    for part in score.parts:
        plain = re.sub(r"[^a-z0-9]+", "-", part.name.lower()).strip("-") or "part"
        unique, number = plain, 2
        while (path := folder / "stems" / f"{name}_{unique}.wav") in paths:
            unique, number = f"{plain}-{number}", number + 1
        paths.append(path)
    return tuple(paths)


def _play(
    score: Score, samples: int, synth: Synthesizer, rough: list[Path], settings: MixSettings, progress: Progress
) -> None:
    """The first pass: every part with gain, balance, room and fades into a file of 32-bit floats."""
    impulse = room_impulse(settings)
    for index, (part, path) in enumerate(zip(score.parts, rough, strict=True)):
        portion = progress.part(index / len(rough), (index + 1) / len(rough))
        room = Room(impulse, 10.0 ** (settings.room_decibels / 20.0) * room_send(part))
        with path.open("wb") as file:
            for block in _stem_blocks(part, score, samples, synth, room, settings, portion):
                file.write(np.ascontiguousarray(block, "<f4").tobytes())


def _stem_blocks(
    part: Part,
    score: Score,
    samples: int,
    synth: Synthesizer,
    room: Room,
    settings: MixSettings,
    progress: Progress,
) -> Iterator[NDArray[np.float32]]:
    gains, rumble, at = stem_gains(part).astype(np.float32), RumbleFilter(), 0
    for block in synth.blocks(part, score.tempo, samples):
        progress.step(at / max(samples, 1), f"playing {part.name}")
        fades = fade_gains(at, at + len(block), samples, settings)
        yield room.heard(rumble.heard(block * gains)) * fades[:, None]
        at += len(block)


def _measure(rough: list[Path], samples: int, progress: Progress) -> _Measured:
    meter, peaks, stem_peak = LoudnessMeter(), TruePeakMeter(), 0.0
    for first, blocks in _blocks(rough, samples):
        progress.step(first / samples, "measuring the mix")
        mixed = np.zeros((min(BLOCK, samples - first), 2))
        for block in blocks:
            mixed += block
            stem_peak = max(stem_peak, float(np.abs(block).max(initial=0.0)))
        meter.add(mixed)
        peaks.add(mixed)
    return _Measured(meter.integrated(), peaks.decibels(), stem_peak)


def _common_gain(measured: _Measured, settings: MixSettings) -> float:
    """Linear gain for all stems; 1 if there is nothing to hear."""
    if measured.stem_peak <= 0.0 or not math.isfinite(measured.true_peak):
        return 1.0
    allowed = settings.peak_dbtp - measured.true_peak
    wanted = settings.target_lufs - measured.loudness if math.isfinite(measured.loudness) else allowed
    loudest: float = 10.0 ** (min(wanted, allowed) / 20.0)
    return min(loudest, _STEM_PEAK / measured.stem_peak)


def _write(
    rough: list[Path], samples: int, gain: float, mix: Path, stems: tuple[Path, ...], progress: Progress
) -> None:
    """The second pass: 24-bit stems and their sum."""
    with ExitStack() as stack:
        whole = stack.enter_context(WavWriter(mix, samples))
        writers = [stack.enter_context(WavWriter(path, samples)) for path in stems]
        for first, blocks in _blocks(rough, samples):
            progress.step(first / samples, "writing")
            total = np.zeros((min(BLOCK, samples - first), 2), np.int32)
            for writer, block in zip(writers, blocks, strict=True):
                numbers = quantised(block * np.float64(gain))
                writer.write(numbers)
                total += numbers
            whole.write(total)


def _blocks(rough: list[Path], samples: int) -> Iterator[tuple[int, Iterator[NDArray[np.float32]]]]:
    """For each block of the cue its first sample, and that block of each stem."""
    for first in range(0, samples, BLOCK):
        count = min(BLOCK, samples - first)
        yield first, (_read(path, first, count) for path in rough)


def _read(path: Path, first: int, count: int) -> NDArray[np.float32]:
    return np.fromfile(path, "<f4", count * 2, offset=first * 8).reshape(count, 2).astype(np.float32, copy=False)
