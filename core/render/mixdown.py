"""A score into WAV files: one stem a part, the mix, and on request a second mix that gives way under speech.

The mix is the sum of the stems, number by number, and yet it is compressed, limited and as loud as asked: the bus
(``bus.py``) listens to the sum of the stems and answers with one gain that varies in time; every stem is multiplied by that gain, brought to
24 bits, and then they are added. There are two passes. The first writes each stem as floating point into a temporary folder
and measures their sum; the second multiplies, adds and measures what it has written. Nothing needs more memory than a
few blocks of ten seconds, and 36 kilobytes a second for the levels.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.cue.sound import Level
from hitpoint.core.errors import EditWriteError
from hitpoint.core.music.score import Score
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.render.bext import Broadcast
from hitpoint.core.render.bus import GainCurve, master
from hitpoint.core.render.levels import LevelMeter, Levels
from hitpoint.core.render.loudness import gated_loudness, loudest_momentary, loudest_short_term, loudness_range
from hitpoint.core.render.mix import MixSettings, balanced, faded, stem_gains
from hitpoint.core.render.performance import performance
from hitpoint.core.render.sound_note import SoundNote
from hitpoint.core.render.stem import TILE, StemPlayer, kernel_of, tile_count
from hitpoint.core.render.synth import BLOCK, Synthesizer
from hitpoint.core.render.wav import FULL_SCALE, WavWriter, quantised
from hitpoint.core.timebase import SAMPLE_RATE

Duck = Sequence[tuple[float, float]]  # seconds from the start of the cue, and decibels; linear in between
NoteOf = Callable[[Level | None], SoundNote]  # which cue a sound is of, once its level is known


@dataclass(frozen=True)
class Rendering:
    """What was written.

    Attributes:
        mix: the WAV file of the whole.
        stems: one WAV file a part, in the score's order; their 24-bit samples sum to the mix's.
        loudness: of the mix, LUFS integrated; minus infinity for silence.
        true_peak: of the mix, dBTP.
        gain_decibels: that the sum was given before the limiter.
        limiting_decibels: that the limiter took at its deepest, 0 or less.
        ducked: the WAV file of the second mix; None if none was asked for.
        level: what of the bus hangs on the whole cue; None for silence.
        level_change: decibels of gain more than a level of before that was too far off; None if none was given up.
    """

    mix: Path
    stems: tuple[Path, ...]
    loudness: float
    true_peak: float
    gain_decibels: float
    limiting_decibels: float = 0.0
    ducked: Path | None = None
    level: Level | None = None
    level_change: float | None = None


@dataclass(frozen=True)
class _Files:
    """Where the sound goes, and what the files say of themselves."""

    mix: Path
    stems: tuple[Path, ...]
    ducked: Path | None
    broadcast: Broadcast | None
    note: NoteOf | None


def render_score(
    score: Score,
    samples: int,
    synth: Synthesizer,
    folder: Path,
    name: str,
    *,
    settings: MixSettings | None = None,
    duck: Duck = (),
    broadcast: Broadcast | None = None,
    note: NoteOf | None = None,
    progress: Progress = SILENT,
) -> Rendering:
    """Play a score into ``folder/NAME_mix.wav`` and ``folder/stems/NAME_part.wav``, each exactly ``samples`` long.

    Args:
        score: what is played.
        samples: length of the cue.
        synth: what plays it.
        folder: made if it is not there.
        name: that all files begin with.
        settings: loudness, fades and room.
        duck: the curve of ``NAME_mix_ducked.wav``; without points there is no such file.
        broadcast: what the files say of their place in time; None for plain WAV.
        note: which cue the files say they are the sound of; None for none.
        progress: stepped all the way.

    Raises:
        OptionError: if the cue is too long for a WAV file.
        EditWriteError: if a file exists or cannot be written.
        SoundFontError: if the synthesiser's font is damaged.
        Cancelled: if the caller has asked for an end; no file is left then.
    """
    wished = settings or MixSettings()
    files = _Files(
        folder / f"{name}_mix.wav",
        _stem_paths(score, folder, name),
        folder / f"{name}_mix_ducked.wav" if duck else None,
        broadcast,
        note,
    )
    try:
        return _rendered(score, samples, synth, files, wished, duck, progress)
    except OSError as error:
        raise EditWriteError(f"the sound cannot be written to {folder} ({error.strerror}); make room there") from error


def _rendered(
    score: Score,
    samples: int,
    synth: Synthesizer,
    files: _Files,
    settings: MixSettings,
    duck: Duck,
    progress: Progress,
) -> Rendering:
    """Both passes, through a folder of raw stems that is gone afterwards."""
    folder = files.mix.parent
    (folder / "stems").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".rendering-", dir=folder) as scratch:
        rough = [Path(scratch) / f"{index}.f32" for index in range(len(files.stems))]
        _play(score, samples, synth, rough, settings, progress.part(0.0, 0.8))
        curve = master(_measure(rough, samples, progress.part(0.8, 0.9)), settings)
        heard = _write(rough, samples, curve, files, duck, progress.part(0.9, 1.0))
    return Rendering(
        files.mix,
        files.stems,
        gated_loudness(heard.hops),
        heard.true_peak,
        curve.gain_decibels,
        curve.deepest_limiting,
        files.ducked,
        curve.level,
        curve.level_change,
    )


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
    """The first pass: every part with room, gain, balance and fades into a file of 32-bit floats."""
    for index, (part, path) in enumerate(zip(score.parts, rough, strict=True)):
        portion = progress.part(index / len(rough), (index + 1) / len(rough))
        player = StemPlayer(performance(synth, part, score.tempo, samples), kernel_of(part, settings), samples)
        gains = stem_gains(part).astype(np.float32)
        with path.open("wb") as file:
            for tile in range(tile_count(samples)):
                portion.step(tile / tile_count(samples), f"playing {part.name}")
                sound = faded(balanced(player.tile(tile).T, gains), tile * TILE, samples, settings)
                file.write(np.ascontiguousarray(sound, "<f4").tobytes())


def _measure(rough: list[Path], samples: int, progress: Progress) -> Levels:
    meter = LevelMeter()
    for first, blocks in _blocks(rough, samples):
        progress.step(first / samples, "measuring the mix")
        mixed = np.zeros((min(BLOCK, samples - first), 2))
        stem_peak = np.zeros(len(mixed))
        for block in blocks:
            mixed += block
            np.maximum(stem_peak, np.maximum(np.abs(block[:, 0]), np.abs(block[:, 1])), out=stem_peak)
        meter.add(mixed, stem_peak)
    return meter.levels()


def _write(
    rough: list[Path],
    samples: int,
    curve: GainCurve,
    files: _Files,
    duck: Duck,
    progress: Progress,
) -> Levels:
    """The second pass: 24-bit stems, their sum, and the ducked sum. Answers the levels of the mix as written."""
    meter, said = LevelMeter(), (files.broadcast, files.note and files.note(curve.level))
    with ExitStack() as stack:
        whole = stack.enter_context(WavWriter(files.mix, samples, *said))
        writers = [stack.enter_context(WavWriter(path, samples, *said)) for path in files.stems]
        ducked = files.ducked and stack.enter_context(WavWriter(files.ducked, samples, *said))
        for first, blocks in _blocks(rough, samples):
            progress.step(first / samples, "writing")
            total = np.zeros((min(BLOCK, samples - first), 2), np.int32)
            gains = curve.gains(first, first + len(total))[:, None]
            for writer, block in zip(writers, blocks, strict=True):
                numbers = quantised(block * gains)
                writer.write(numbers)
                total += numbers
            whole.write(total)
            sound = total / FULL_SCALE
            meter.add(sound, np.zeros(len(sound)))
            if ducked:
                ducked.write(quantised(sound * _duck_gains(duck, first, len(total))))
        heard = meter.levels()
        if whole.broadcast is not None:
            whole.broadcast = _described(whole.broadcast, heard)
    return heard


def _duck_gains(duck: Duck, first: int, count: int) -> NDArray[np.float64]:
    """Linear gain of the ducking curve: (count, 1)."""
    times, decibels = zip(*duck, strict=True)
    at = np.arange(first, first + count) / SAMPLE_RATE
    return np.asarray(10.0 ** (np.interp(at, times, decibels) / 20.0), np.float64)[:, None]


def _described(broadcast: Broadcast, heard: Levels) -> Broadcast:
    return replace(
        broadcast,
        loudness=gated_loudness(heard.hops),
        loudness_range=loudness_range(heard.hops),
        true_peak=heard.true_peak,
        momentary=loudest_momentary(heard.hops),
        short_term=loudest_short_term(heard.hops),
    )


def _blocks(rough: list[Path], samples: int) -> Iterator[tuple[int, Iterator[NDArray[np.float32]]]]:
    """For each block of the cue its first sample, and that block of each stem."""
    for first in range(0, samples, BLOCK):
        count = min(BLOCK, samples - first)
        yield first, (_read(path, first, count) for path in rough)


def _read(path: Path, first: int, count: int) -> NDArray[np.float32]:
    return np.fromfile(path, "<f4", count * 2, offset=first * 8).reshape(count, 2).astype(np.float32, copy=False)
