"""A score into WAV files: one stem a part, the mix, and on request a second mix that gives way under speech.

The mix is the sum of the stems, number by number, and yet it is compressed, limited and as loud as asked: the bus
(``bus.py``) listens to the sum of the stems and answers with one gain that varies in time; every stem is multiplied by
that gain, brought to 24 bits, and then they are added. There are two passes. The first writes each stem as floating
point into a temporary folder and measures their sum; the second multiplies, adds and measures what it has written.
Nothing needs more memory than a few blocks of a second, and 36 kilobytes a second for the levels.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.cue.sound import Level
from hitpoint.core.files.places import refusal, without_hidden
from hitpoint.core.machine.exact import gain_of
from hitpoint.core.music.score import Score
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.render.formats.bext import Broadcast
from hitpoint.core.render.formats.ixml import Ixml
from hitpoint.core.render.formats.sound_note import SoundNote
from hitpoint.core.render.formats.wav import FULL_SCALE, WavWriter, quantised
from hitpoint.core.render.mix.bus import GainCurve, integrated, master
from hitpoint.core.render.mix.levels import LevelMeter, Levels
from hitpoint.core.render.mix.loudness import gated_loudness, loudest_momentary, loudest_short_term, loudness_range
from hitpoint.core.render.mix.mix import MixSettings
from hitpoint.core.render.mixdown.ensemble import Ensemble
from hitpoint.core.render.mixdown.playing import play_parts
from hitpoint.core.render.mixdown.rough_sound import RoughSound
from hitpoint.core.render.parts.synth import Synthesizer
from hitpoint.core.timebase import SAMPLE_RATE

_Block = TypeVar("_Block")
Duck = Sequence[tuple[float, float]]  # seconds from the start of the cue, and decibels; linear in between
NoteOf = Callable[[Level | None], SoundNote]  # which cue a sound is of, once its level is known

_THREADS = 2  # that read and write; more would wait for the disk
_BLOCK = 1 << 17  # samples that are worked on at once: they stay in the cache of a processor


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
    ixml: Ixml | None
    span: range  # of the samples that are written


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
    ixml: Ixml | None = None,
    heard: tuple[int, int] | None = None,
    work: Path | None = None,
    players: Ensemble | None = None,
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
        ixml: what the files say of how they came about; None for nothing.
        heard: first sample that the files have, and first one after that; None for all. It changes none of them.
        work: a folder, which is there, for what was played: it stays, and another call of the very same kind goes on
            with it. None for one that is gone at the end.
        players: that were started beforehand, and end here; None for new ones if there is much to play.
        progress: stepped all the way.

    Raises:
        OptionError: if the cue is too long for a WAV file.
        EditWriteError: if a file exists or cannot be written.
        SoundFontError: if the synthesiser's font is damaged.
        Cancelled: if the caller has asked for an end; no file is left then.
    """
    wished = settings or MixSettings()
    ducked = folder / f"{name}_mix_ducked.wav" if duck else None
    span = range(samples) if heard is None else range(*heard)
    files = _Files(folder / f"{name}_mix.wav", _stem_paths(score, folder, name), ducked, broadcast, note, ixml, span)
    try:
        return _rendered(score, samples, synth, files, wished, duck, work, players, progress)
    except OSError as error:
        raise refusal(without_hidden(folder), error) from error


def played_loudness(
    score: Score,
    samples: int,
    synth: Synthesizer,
    settings: MixSettings,
    work: Path,
    players: Ensemble | None = None,
    progress: Progress = SILENT,
) -> float:
    """LUFS of a score before the bus, -70 for silence. What was played stays in ``work``, for :func:`render_score`.

    Raises:
        EditWriteError: if it cannot be written there.
        SoundFontError: if the synthesiser's font is damaged.
        Cancelled: if the caller has asked for an end.
    """
    try:
        playing, measuring = progress.part(0.0, 0.9), progress.part(0.9, 1.0)
        rough = play_parts(score, samples, synth, settings, work, keeps=True, progress=playing, players=players)
        return integrated(_measure(rough, len(score.parts), measuring))
    except OSError as error:
        raise refusal(work, error) from error


def _rendered(
    score: Score,
    samples: int,
    synth: Synthesizer,
    files: _Files,
    settings: MixSettings,
    duck: Duck,
    work: Path | None,
    players: Ensemble | None,
    progress: Progress,
) -> Rendering:
    """Both passes, through a folder of raw stems that is gone afterwards."""
    folder = files.mix.parent
    (folder / "stems").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".rendering-", dir=folder) as scratch:
        place, keeps, playing = work or Path(scratch), work is not None, progress.part(0.0, 0.7)
        rough = play_parts(score, samples, synth, settings, place, keeps=keeps, progress=playing, players=players)
        curve = master(_measure(rough, len(files.stems), progress.part(0.7, 0.8)), settings)
        heard = _write(rough, curve, files, duck, progress.part(0.8, 1.0))
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


def _measure(rough: RoughSound, parts: int, progress: Progress) -> Levels:
    with ThreadPoolExecutor(_THREADS) as pool:
        meter = LevelMeter(pool)
        for first, blocks in _ahead(pool, rough, parts, range(rough.samples), lambda part, first, block: block):
            progress.step(first / rough.samples, "measuring the mix")
            mixed = np.zeros((min(_BLOCK, rough.samples - first), 2))
            stem_peak = np.zeros(len(mixed))
            for block in blocks:
                mixed += block
                np.maximum(stem_peak, np.maximum(np.abs(block[:, 0]), np.abs(block[:, 1])), out=stem_peak)
            meter.add(mixed, stem_peak)
        return meter.levels()


def _write(rough: RoughSound, curve: GainCurve, files: _Files, duck: Duck, progress: Progress) -> Levels:
    """The second pass: 24-bit stems, their sum, and the ducked sum. Answers the levels of the mix as written."""
    span, samples = files.span, len(files.span)
    said = files.broadcast, files.note and files.note(curve.level), files.ixml
    with ExitStack() as stack:
        whole = stack.enter_context(WavWriter(files.mix, samples, *said))
        writers = [stack.enter_context(WavWriter(path, samples, *said)) for path in files.stems]
        ducked = files.ducked and stack.enter_context(WavWriter(files.ducked, samples, *said))

        gains = lru_cache(maxsize=2)(curve.gains)  # every stem wants the same

        def written(part: int, first: int, block: NDArray[np.float32]) -> NDArray[np.int32]:
            """Quantise (n, 2) samples of a part from ``first`` on to 24 bits, and write them."""
            numbers = quantised(block * gains(first, first + len(block))[:, None])
            writers[part].write(numbers)
            return numbers

        pool = stack.enter_context(ThreadPoolExecutor(_THREADS))
        meter = LevelMeter(only_highest=True)  # on this thread: the pool has enough to do
        for first, stems in _ahead(pool, rough, len(writers), span, written):
            progress.step((first - span.start) / samples, "writing")
            total = np.zeros((min(_BLOCK, span.stop - first), 2), np.int32)
            for numbers in stems:
                total += numbers
            whole.write(total)
            sound = total / FULL_SCALE
            meter.add(sound, np.zeros(len(sound)))
            if ducked:
                ducked.write(quantised(sound * _duck_gains(duck, first, len(total))))
        progress.step(1.0, "writing")
        heard = meter.levels()
        if whole.broadcast is not None:
            whole.broadcast = _described(whole.broadcast, heard)
    return heard


def _duck_gains(duck: Duck, first: int, count: int) -> NDArray[np.float64]:
    """Linear gain of the ducking curve: (count, 1)."""
    times, decibels = zip(*duck, strict=True)
    at = np.arange(first, first + count) / SAMPLE_RATE
    return np.asarray(gain_of(np.interp(at, times, decibels)), np.float64)[:, None]


def _described(broadcast: Broadcast, heard: Levels) -> Broadcast:
    return replace(
        broadcast,
        loudness=gated_loudness(heard.hops),
        loudness_range=loudness_range(heard.hops),
        true_peak=heard.true_peak,
        momentary=loudest_momentary(heard.hops),
        short_term=loudest_short_term(heard.hops),
    )


def _ahead(
    pool: Executor, rough: RoughSound, parts: int, span: range, work: Callable[[int, int, NDArray[np.float32]], _Block]
) -> Iterator[tuple[int, list[_Block]]]:
    """For each block of a span of samples its first one, and what ``work`` makes of that block of each part.

    The next block is worked on meanwhile. A part's blocks come in order, one at a time.
    """

    def blocks(first: int) -> list[Future[_Block]]:
        """Start the work on one block of every part; ``first`` is its first sample."""
        count = min(_BLOCK, span.stop - first)
        return [pool.submit(lambda n: work(n, first, rough.read(n, first, count)), part) for part in range(parts)]

    following = blocks(span.start)
    for first in range(span.start, span.stop, _BLOCK):
        done = [future.result() for future in following]
        if first + _BLOCK < span.stop:
            following = blocks(first + _BLOCK)
        yield first, done
