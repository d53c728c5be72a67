"""The level of a cue that may last hours, worked out stretch by stretch: what ``bus.master`` finds, in little memory.

Everything that ``bus.py`` does to a stretch hangs on a second before it at most, but for two numbers; so stretches are
worked out with some seconds of context, and only what hangs on the whole is collected: a number for every tenth of a
second. It may be stopped between two stretches, which a window needs whose editor goes on working. The tests hold it to
``bus.master``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.cue.sound import Level
from hitpoint.core.machine.exact import decibels_of, gain_of
from hitpoint.core.progress import Progress
from hitpoint.core.render.mix.bus import KEPT_WITHIN, MAX_GAIN, MAX_REDUCTION, compressing_curve, provisional
from hitpoint.core.render.mix.levels import CHUNK, Levels
from hitpoint.core.render.mix.limiter import limiting_curve
from hitpoint.core.render.mix.loudness import HOP, gated_loudness
from hitpoint.core.render.mix.mix import MixSettings

_HOP = HOP // CHUNK  # chunks
STRETCH = 1024 * _HOP  # chunks that are worked out at a time: 102 s
CONTEXT = 6 * 1500  # chunks to either side: 6 s, when the slowest release is long over
_MARGIN, _STEM_PEAK, _SILENCE, _TOLERANCE, _DECIMALS = 0.1, 0.99, -70.0, 0.01, 4  # as in ``bus.py``

Floats = NDArray[np.float64]
Read = Callable[[int, int], Levels]
"""The levels of chunks ``first`` to ``last`` (exclusive)."""


@dataclass(frozen=True)
class _Stretch:
    """Chunks ``first`` to ``end`` (exclusive) of a cue, read from ``begin`` to ``last``."""

    first: int
    end: int
    begin: int
    last: int

    def inside(self, values: Floats) -> Floats:
        """Of numbers for what was read, one a chunk, those of the stretch."""
        return values[self.first - self.begin : self.end - self.begin]


class LongMaster:
    """Finds the level of one cue.

    Args:
        read: gives what was measured of it.
        chunks: of the cue.
        settings: of its mix.
        progress: stepped for every stretch.
    """

    def __init__(self, read: Read, chunks: int, settings: MixSettings, progress: Progress) -> None:
        self._read, self._chunks, self._settings, self._progress = read, chunks, settings, progress
        self._ceiling = float(10.0 ** ((settings.peak_dbtp - _MARGIN) / 20.0))
        self._before = _SILENCE
        self._tops: dict[int, float] = {}  # decibels above the ceiling, of each stretch and its context
        self._unlimited = np.zeros(0)  # energy of each hop under the compression alone

    def level(self) -> Level | None:
        """That of before if it is near enough; None for silence that has none.

        Raises:
            Cancelled: if the caller has asked for an end.
        """
        fresh, kept = self._own(), self._settings.level
        if fresh is None or kept is None or kept.target != fresh.target:
            return fresh or kept
        (own, _), (held, deepest) = self._under(fresh), self._under(kept)
        is_near = abs(held - own) <= KEPT_WITHIN and deepest >= -MAX_REDUCTION - _TOLERANCE
        return kept if is_near else fresh

    def _own(self) -> Level | None:
        """The level of a cue that remembers none."""
        energy, highest = np.zeros(self._hops), 0.0
        for stretch in self._stretches():
            levels = self._read(stretch.first, stretch.end)
            self._collect(energy, stretch, levels.energy)
            highest = max(highest, float(self._peaks(levels).max(initial=0.0)))
        if highest <= 0.0:
            return None
        self._before = round(max(_loudness(energy), _SILENCE), _DECIMALS)
        self._compress()
        target, most = self._settings.target_lufs, min(MAX_GAIN, MAX_REDUCTION - max(self._tops.values()))
        return Level(self._before, round(self._gain(target, most), _DECIMALS), target)

    def _gain(self, target: float, most: float) -> float:
        """Decibels before the limiter with which the loudness after it is the target, as ``bus.py`` searches them."""
        low = min(target - max(_loudness(self._unlimited), _SILENCE), most)
        found = self._limited(low)
        if found > target - _TOLERANCE or self._limited(most) < target:
            return low if found > target - _TOLERANCE else most
        high = most
        while high - low > _TOLERANCE / 2:
            middle = (low + high) / 2
            low, high = (middle, high) if self._limited(middle) < target else (low, middle)
        return (low + high) / 2

    def _compress(self) -> None:
        """Find out how far each stretch reaches above the ceiling, and how loud it is, before the limiter."""
        self._unlimited = np.zeros(self._hops)
        for stretch in self._stretches():
            levels = self._read(stretch.begin, stretch.last)
            compression = compressing_curve(levels.energy, self._before)
            self._tops[stretch.first] = float(self._over(levels, compression).max())
            self._collect(self._unlimited, stretch, stretch.inside(levels.energy * _mean_square(compression)))

    def _limited(self, gain: float) -> float:
        """LUFS of the cue with so many decibels before the limiter."""
        hops = self._unlimited * gain_of(gain) ** 2
        for stretch in self._stretches():
            if self._tops[stretch.first] + gain > 0.0:
                levels = self._read(stretch.begin, stretch.last)
                compression = compressing_curve(levels.energy, self._before)
                curve = compression + gain + limiting_curve(self._over(levels, compression) + gain)
                self._collect(hops, stretch, stretch.inside(levels.energy * _mean_square(curve)))
        return _loudness(hops)

    def _under(self, level: Level) -> tuple[float, float]:
        """LUFS of the cue at a level, -70 for silence, and decibels of its deepest limiting."""
        hops, deepest = np.zeros(self._hops), 0.0
        for stretch in self._stretches():
            levels = self._read(stretch.begin, stretch.last)
            curve = provisional(levels, self._settings, level.before, level.gain)
            linear = (curve.points[:-1] + curve.points[1:]) / 2
            self._collect(hops, stretch, stretch.inside(levels.energy * linear**2))
            deepest = min(deepest, curve.deepest_limiting)
        return max(_loudness(hops), _SILENCE), deepest

    @property
    def _hops(self) -> int:
        return max(self._chunks // _HOP, 4)  # 400 ms is the least that BS.1770 measures

    def _stretches(self) -> Iterator[_Stretch]:
        for first in range(0, self._chunks, STRETCH):
            self._progress.step(0.5, "mastering")
            end = min(first + STRETCH, self._chunks)
            yield _Stretch(first, end, max(first - CONTEXT, 0), min(end + CONTEXT, self._chunks))

    def _collect(self, hops: Floats, stretch: _Stretch, energy: Floats) -> None:
        """Sum the energy of a stretch into its hops.

        A hop that is not whole does not count, but in the shortest cues.
        """
        padded = np.zeros(-(-len(energy) // _HOP) * _HOP)
        padded[: len(energy)] = energy
        found, at = padded.reshape(-1, _HOP).sum(axis=1), stretch.first // _HOP
        count = min(len(found), len(hops) - at)
        hops[at : at + count] = found[:count]

    def _peaks(self, levels: Levels) -> Floats:
        return np.asarray(np.maximum(levels.peak, levels.stem_peak * (self._ceiling / _STEM_PEAK)), np.float64)

    def _over(self, levels: Levels, compression: Floats) -> Floats:
        over = decibels_of(np.maximum(self._peaks(levels), 1e-9)) + np.maximum(compression[:-1], compression[1:])
        return np.asarray(over - 20.0 * math.log10(self._ceiling), np.float64)


def _loudness(hops: Floats) -> float:
    return gated_loudness(hops / HOP)


def _mean_square(decibels: Floats) -> Floats:
    linear = gain_of(decibels)
    return np.asarray(((linear[:-1] + linear[1:]) / 2) ** 2, np.float64)
