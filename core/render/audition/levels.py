"""The loudness of a cue while it is worked on, and the gain of the bus that follows from it.

There are two answers. The quick one is guessed from the plain energy and the sample peaks of what was just rendered,
with the gain and the threshold that the cue had before; it is near the right one and never lets the sum pass full scale
by more than the true peak exceeds the sample peak. The exact one measures what was rendered since, as the files are
measured (``levels.py``), and masters the whole again (``audition_master.py``).

What was measured lies in a file without a name, so that a cue of hours takes no more memory than one of minutes, but
for the
curve: four bytes for 32 samples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.progress import Progress
from hitpoint.core.render.audition.curve import CHUNKS, CurveTile, TiledCurve, curve_tile
from hitpoint.core.render.audition.master import LongMaster
from hitpoint.core.render.audition.store import ScratchFile
from hitpoint.core.render.mix.bus import guessed_gain, provisional
from hitpoint.core.render.mix.levels import CHUNK, LevelMeter, Levels
from hitpoint.core.render.mix.loudness import HOP, gated_loudness
from hitpoint.core.render.mix.mix import MixSettings, faded
from hitpoint.core.render.mix.stem import TILE, tile_count

_WARM_UP = 24_000  # samples that the meter hears first: its slowest pole, at 38 Hz, has then forgotten the start
_AFTER = 8_192  # samples after a change in which the meter still remembers it
_RUN = 8  # tiles that are measured in one go
_REACH = 3  # tiles to either side of a change whose curve is worked out again, and that are read beside it
_TOGETHER = 64  # tiles whose curve is worked out in one go
_HOPS = TILE // HOP  # whole hops of a tile
_SILENCE = -70.0  # LUFS

Sounds = Callable[[int, int], Sequence[NDArray[np.float32]]]
"""The parts from one sample up to another, with their gains, before the fades: (n, 2) each."""


class LevelFile:
    """Levels of a cue on disk.

    Args:
        chunks: of the cue.
        folder: in which the file lies.
    """

    def __init__(self, chunks: int, folder: Path | None) -> None:
        self._chunks, self._file = chunks, ScratchFile(folder)
        for row in range(3):
            self._file.write(8 * ((row + 1) * chunks), b"\0" * 8)  # what was never written reads as silence

    def read(self, first: int, last: int) -> Levels:
        """Those of chunks ``first`` to ``last`` (exclusive)."""
        places = (8 * (row * self._chunks + first) for row in range(3))
        return Levels(*(np.frombuffer(self._file.read(at, 8 * (last - first)), np.float64) for at in places))

    def write(self, first: int, levels: Sequence[NDArray[np.float64]]) -> None:
        """Put levels (energy, peak, stem peak) where they belong."""
        for row, values in enumerate(levels):
            self._file.write(8 * (row * self._chunks + first), np.ascontiguousarray(values, np.float64).tobytes())


class AuditionLevels:
    """Levels of a cue, tile by tile, and its curve.

    Args:
        samples: length of the cue.
        folder: in which their file lies; None for the system's folder of temporary files.

    Attributes:
        measured: tiles that are measured as the files are; the others are guessed, or not known.
    """

    def __init__(self, samples: int, folder: Path | None = None) -> None:
        self._samples, self._chunks, count = samples, -(-samples // CHUNK), tile_count(samples)
        self._file = LevelFile(self._chunks, folder)
        self.measured: set[int] = set()
        self._known: set[int] = set()
        self._dirty: set[int] = set()  # their curve is not that of their levels
        self._hops, self._peaks = np.zeros((count, _HOPS)), np.zeros(count)
        self._points: list[CurveTile | None] = [None] * count
        self._basis: tuple[float, float] | None = None  # loudness before the bus, and gain without the target
        self._shown: tuple[float, float] | None = None  # loudness and gain of the curve as it stands
        self._guessed_from = 0  # tiles that were known when the basis was guessed; 0 for one that was measured

    def forget(self, tiles: Iterable[int]) -> None:
        """Take nothing from what the cue was in these tiles: another gain and threshold are guessed."""
        self._basis = None
        self._known.difference_update(tiles)

    def doubt(self, tiles: Iterable[int]) -> None:
        """These are to be measured again."""
        self.measured.difference_update(tiles)

    def guess(self, index: int, whole: NDArray[np.float32], settings: MixSettings) -> None:
        """Take in a tile of the sum, (n, 2)."""
        sound = faded(whole, index * TILE, self._samples, settings)
        chunks = -(-len(sound) // CHUNK)
        padded = np.zeros((chunks * CHUNK, 2), np.float32)
        padded[: len(sound)] = sound
        framed = padded.reshape(chunks, CHUNK * 2)
        energy = np.einsum("ij,ij->i", framed, framed).astype(np.float64)
        peak = np.maximum(framed.max(axis=1), -framed.min(axis=1)).astype(np.float64)
        self._file.write(index * CHUNKS, (energy, peak, np.zeros(chunks)))
        self._note(index, energy, peak)
        self._known.add(index)
        self._dirty.add(index)
        self.measured.discard(index)

    def measure(self, tiles: Iterable[int], sounds: Sounds, is_there: Callable[[int], bool], settings: MixSettings,
                progress: Progress) -> None:  # fmt: skip
        """Measure some tiles as the files are measured.

        Args:
            tiles: that are known.
            sounds: gives what is heard in them, and before and after them where it is there.
            is_there: whether a tile's sound is.
            settings: of the mix.
            progress: stepped; what was measured before a cancel is kept.
        """
        runs = _runs(sorted(set(tiles)), _RUN)
        for done, run in enumerate(runs):
            progress.step(done / len(runs), "measuring the mix")
            after = _AFTER if is_there(run.stop) else 0
            self._measure(run, after, sounds, settings)
            self.measured.update(run)

    def quick_curve(self, settings: MixSettings) -> TiledCurve:
        """The curve by the guesses; one that was guessed from little is guessed again from twice as much."""
        is_vague = self._basis is None or 0 < 2 * self._guessed_from <= len(self._known)
        if is_vague:
            tiles = sorted(self._known)
            loudness = max(gated_loudness(self._hops[tiles].ravel()), _SILENCE) if tiles else _SILENCE
            peak = self._peaks[tiles]
            gain = guessed_gain(Levels(peak, peak, peak), settings, loudness)
            self._basis, self._guessed_from = (loudness, gain - settings.target_lufs), len(tiles)
        assert self._basis is not None
        gain = self._basis[1] + settings.target_lufs
        if (self._basis[0], gain) != self._shown:
            self._dirty |= self._known
        deepest = self._work_out(self._basis[0], gain, settings)
        return TiledCurve(self._chunks, tuple(self._points), gain, deepest)

    def exact_curve(self, settings: MixSettings, progress: Progress) -> TiledCurve:
        """The curve that the files get; all of the cue is measured.

        Raises:
            Cancelled: if the caller has asked for an end.
        """
        level = LongMaster(self._file.read, self._chunks, settings, progress).level()
        before, gain = (_SILENCE, 0.0) if level is None else (level.before, level.gain)
        self._dirty = set(range(len(self._points)))
        deepest = self._work_out(before, gain, settings)
        self._basis, self._guessed_from = (before, gain - settings.target_lufs), 0
        return TiledCurve(self._chunks, tuple(self._points), gain, deepest, level)

    def _work_out(self, loudness: float, gain: float, settings: MixSettings) -> float:
        """Bring the curve of all dirty tiles, and of those that they reach, up to date.

        Answers its deepest limiting.
        """
        count, deepest = len(self._points), 0.0
        reached = {near for index in self._dirty for near in range(index - _REACH, index + _REACH + 1)}
        for run in _runs(sorted(reached & (self._known | self._dirty)), _TOGETHER):
            begin = max(run.start - _REACH, 0) * CHUNKS
            end = min((run.stop + _REACH) * CHUNKS, self._chunks)
            local = provisional(self._file.read(begin, end), settings, loudness, gain)
            deepest = min(deepest, local.deepest_limiting)
            for index in run:
                last = (index + 1) * CHUNKS if index + 1 < count else self._chunks + 1
                self._points[index] = curve_tile(local.points[index * CHUNKS - begin : last - begin])
        self._dirty.clear()
        self._shown = loudness, gain
        return deepest

    def _measure(self, run: range, after: int, sounds: Sounds, settings: MixSettings) -> None:
        """Measure some tiles, and the little after them that still hears them."""
        first = max(run.start * TILE - _WARM_UP // CHUNK * CHUNK, 0)
        last = min(run.stop * TILE + after, self._samples)
        mixed, peaks = np.zeros((last - first, 2), np.float32), np.zeros(last - first, np.float32)
        for sound in sounds(first, last):
            mixed += sound
            heard = faded(sound, first, self._samples, settings)
            np.maximum(peaks, np.maximum(np.abs(heard[:, 0]), np.abs(heard[:, 1])), out=peaks)
        meter = LevelMeter()
        meter.add(faded(mixed, first, self._samples, settings).astype(np.float64), peaks.astype(np.float64))
        begin = max(run.start * CHUNKS - 1, 0)
        levels = meter.levels()
        fresh = [one[begin - first // CHUNK :] for one in (levels.energy, levels.peak, levels.stem_peak)]
        self._file.write(begin, fresh)
        for index in run:
            place = slice(index * CHUNKS - begin, (index + 1) * CHUNKS - begin)
            self._note(index, fresh[0][place], fresh[1][place])
        self._dirty.update(run)

    def _note(self, index: int, energy: NDArray[np.float64], peak: NDArray[np.float64]) -> None:
        """Remember of a tile what guesses are made from."""
        hop = HOP // CHUNK
        whole = energy[: len(energy) // hop * hop].reshape(-1, hop).sum(axis=1) / HOP
        self._hops[index] = 0.0
        self._hops[index, : len(whole)] = whole
        self._peaks[index] = peak.max(initial=0.0)


def _runs(tiles: Sequence[int], longest: int) -> list[range]:
    """Neighbouring tiles together, at most so many of them."""
    runs: list[range] = []
    for index in tiles:
        if runs and runs[-1].stop == index and len(runs[-1]) < longest:
            runs[-1] = range(runs[-1].start, index + 1)
        else:
            runs.append(range(index, index + 1))
    return runs
