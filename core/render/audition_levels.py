"""How loud a cue is while it is worked on, and the gain of the bus that follows from it.

There are two answers. The quick one is guessed from the plain energy and the sample peaks of what was just rendered, with
the gain and the threshold that the cue had before; it is near the right one and never lets the sum pass full scale by
more than the true peak exceeds the sample peak. The exact one measures what was rendered since, as the files are
measured (``levels.py``), and masters the whole again (``bus.py``).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.progress import Progress
from hitpoint.core.render.audition_sound import Stem, Tiles, cut_out
from hitpoint.core.render.bus import GainCurve, guessed_gain, integrated, master, provisional
from hitpoint.core.render.levels import CHUNK, LevelMeter, Levels
from hitpoint.core.render.mix import MixSettings, faded
from hitpoint.core.render.stem import TILE, tile_count

_CHUNKS = TILE // CHUNK  # of a tile
_WARM_UP = 24_000  # samples that the meter hears first: its slowest pole, at 38 Hz, has then forgotten the start
_AFTER = 8_192  # samples after a change in which the meter still remembers it
_RUN = 8  # tiles that are measured in one go
_CONTEXT = 5  # tiles to either side of a change whose curve is worked out again; the slowest release is over by then


class AuditionLevels:
    """Levels of a cue, tile by tile, and its curve.

    Args:
        samples: length of the cue.
    """

    def __init__(self, samples: int) -> None:
        chunks = -(-samples // CHUNK)
        self._samples = samples
        self._levels = Levels(np.zeros(chunks), np.zeros(chunks), np.zeros(chunks))
        self._known: set[int] = set()
        self._guessed: set[int] = set()
        self._points = np.ones(chunks + 1)
        self._basis: tuple[float, float] | None = None  # loudness before the bus, and gain without the target

    def forget(self) -> None:
        """Take nothing from what the cue was: another gain and threshold are guessed."""
        self._basis = None
        self._known.clear()

    def doubt(self) -> None:
        """All levels are to be measured again, because the fades have changed."""
        self._guessed |= self._known

    def guess(self, index: int, whole: NDArray[np.float32], settings: MixSettings) -> None:
        """Take in a tile of the sum, (n, 2)."""
        sound = faded(whole, index * TILE, self._samples, settings)
        chunks = -(-len(sound) // CHUNK)
        padded = np.zeros((chunks * CHUNK, 2), np.float32)
        padded[: len(sound)] = sound
        framed = padded.reshape(chunks, CHUNK * 2)
        place = slice(index * _CHUNKS, index * _CHUNKS + chunks)
        self._levels.energy[place] = np.einsum("ij,ij->i", framed, framed)
        self._levels.peak[place] = np.maximum(framed.max(axis=1), -framed.min(axis=1))
        self._known.add(index)
        self._guessed.add(index)

    def quick_curve(self, settings: MixSettings) -> GainCurve:
        """The curve by the guesses."""
        if self._basis is None:
            known = self._part(sorted(self._known))
            loudness = integrated(known)
            gain = guessed_gain(known, settings, loudness)
            first, last = 0, tile_count(self._samples)
        else:
            loudness, gain = self._basis[0], self._basis[1] + settings.target_lufs
            first, last = min(self._guessed, default=0), max(self._guessed, default=-1) + 1
        begin, end = max(first - _CONTEXT, 0) * _CHUNKS, (last + _CONTEXT) * _CHUNKS
        stretch = Levels(*(one[begin:end] for one in self._arrays()))
        local = provisional(stretch, settings, loudness, gain)
        self._points = self._points.copy()
        self._points[begin : begin + len(local.points)] = local.points
        return GainCurve(self._points, gain, local.deepest_limiting)

    def exact_curve(self, whole: Tiles, stems: Sequence[Stem], settings: MixSettings, progress: Progress) -> GainCurve:
        """The curve that the files get, for the sum and the stems of all of the cue."""
        runs = _runs(sorted(self._guessed))
        for done, run in enumerate(runs):
            progress.step(done / len(runs), "measuring the mix")
            self._measure(run, whole, stems, settings)
            self._guessed -= set(run)
        curve = master(self._levels, settings)
        self._points = curve.points
        before = integrated(self._levels) if curve.level is None else curve.level.before
        self._basis = before, curve.gain_decibels - settings.target_lufs
        return curve

    def _measure(self, run: range, whole: Tiles, stems: Sequence[Stem], settings: MixSettings) -> None:
        """Measure some tiles, and the little after them that still hears them."""
        first = max(run.start * TILE - _WARM_UP // CHUNK * CHUNK, 0)
        last = min(run.stop * TILE + _AFTER, self._samples)
        mixed = faded(cut_out(whole, first, last), first, self._samples, settings)
        peaks = np.zeros(last - first, np.float32)
        for stem in stems:
            sound = faded(stem.sound(first, last), first, self._samples, settings)
            np.maximum(peaks, np.maximum(np.abs(sound[:, 0]), np.abs(sound[:, 1])), out=peaks)
        meter = LevelMeter()
        meter.add(mixed.astype(np.float64), peaks.astype(np.float64))
        begin = max(run.start * _CHUNKS - 1, 0)
        for kept, found in zip(self._arrays(), _arrays_of(meter.levels()), strict=True):
            fresh = found[begin - first // CHUNK :]
            kept[begin : begin + len(fresh)] = fresh

    def _part(self, tiles: Sequence[int]) -> Levels:
        places = [slice(index * _CHUNKS, (index + 1) * _CHUNKS) for index in tiles]
        return Levels(*(np.concatenate([np.zeros(0), *(one[place] for place in places)]) for one in self._arrays()))

    def _arrays(self) -> tuple[NDArray[np.float64], ...]:
        return _arrays_of(self._levels)


def _arrays_of(levels: Levels) -> tuple[NDArray[np.float64], ...]:
    return levels.energy, levels.peak, levels.stem_peak


def _runs(tiles: Sequence[int]) -> list[range]:
    """Neighbouring tiles together, at most ``_RUN`` of them."""
    runs: list[range] = []
    for index in tiles:
        if runs and runs[-1].stop == index and len(runs[-1]) < _RUN:
            runs[-1] = range(runs[-1].start, index + 1)
        else:
            runs.append(range(index, index + 1))
    return runs
