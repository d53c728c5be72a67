"""The bus: gentle compression, the loudness asked for, and a true-peak limiter, as one gain curve.

Compressor and limiter listen to the sum of the stems and come out as one gain that varies in time. Multiplying the sum
by it or each stem by it is the same thing, so all stems get the same curve, and the stems still sum to the finished
mix, number by number. Dividing a stem by the curve would give the dry one back.

The curve is worked out on control points 1500 times a second. Because a slow gain and K-weighting commute closely, the
loudness of the result is known from the weighted energies of the sum for any curve; the gain before the limiter is
found by bisection.

Two numbers hang on the whole cue: that gain, and the loudness that the compressor's threshold is counted from. All else
is local. A cue that remembers both (:class:`~hitpoint.core.cue.sound.Level`) gets them again while its loudness stays
where it would be with numbers of its own, so that a change is not heard, nor found in a file, where it does not reach.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from hitpoint.core.cue.sound import Level
from hitpoint.core.machine.exact import decibels_of, gain_of, log10
from hitpoint.core.render.mix.levels import CHUNK, Levels
from hitpoint.core.render.mix.limiter import POINTS_PER_SECOND, limiting_curve, with_recovery
from hitpoint.core.render.mix.loudness import HOP, gated_loudness
from hitpoint.core.render.mix.mix import MixSettings

MAX_GAIN = 40.0  # decibels that a quiet cue is lifted by at the most
MAX_REDUCTION = 15.0  # decibels that the limiter may take from the highest peak
_STEM_PEAK = 0.99  # no stem comes nearer to full scale, though the mix might allow it
_MARGIN = 0.1  # decibels below the peak allowed: meters interpolate differently
_SILENCE = -70.0  # LUFS, the gate of BS.1770
_TOLERANCE = 0.01  # LU
KEPT_WITHIN = 0.45  # LU that a level of before may be off; half a LU is promised, and the file is measured otherwise
_DECIMALS = 4  # of the curve's decibels: the last bits of a product of matrices differ between machines

# The compressor, in LU above the cue's own integrated loudness: only what is louder than the whole is held back.
_THRESHOLD, _KNEE, _RATIO, _DEEPEST = 1.0, 6.0, 2.0, 6.0
_LISTENING, _ATTACK, _RELEASE = 0.030, 0.020, 12.0  # seconds, seconds, decibels a second


@dataclass(frozen=True)
class GainCurve:
    """A gain that varies in time, linear between points that lie a chunk apart.

    Attributes:
        points: (chunks + 1,) linear gain at the edges of the chunks.
        gain_decibels: the constant part of it.
        deepest_limiting: decibels, 0 or less.
        level: what of it hangs on the whole cue; None for silence that has none of before.
        level_change: decibels of gain more than the level asked for, which was too far off; None if nothing was given
            up.
    """

    points: NDArray[np.float64]
    gain_decibels: float
    deepest_limiting: float
    level: Level | None = None
    level_change: float | None = None

    def gains(self, first: int, last: int) -> NDArray[np.float64]:
        """At samples ``first`` to ``last`` (exclusive) of the cue: (n,)."""
        left = first // CHUNK
        points = self.points[left : last // CHUNK + 2]
        return np.interp(np.arange(first, last) / CHUNK - left, np.arange(len(points)), points)


def master(levels: Levels, settings: MixSettings) -> GainCurve:
    """The curve that brings a cue to its loudness without passing its true peak; 1 throughout for silence.

    A cue that would need more than ``MAX_GAIN``, or more than ``MAX_REDUCTION`` of limiting, stays quieter than asked.
    A level of before for the same target is taken if it is at most ``KEPT_WITHIN`` off.
    """
    peaks = _peaks(levels, settings)
    if not len(peaks) or peaks.max() <= 0.0:
        return GainCurve(np.ones(len(peaks) + 1), 0.0, 0.0, settings.level)
    fresh, kept = _own_level(levels, peaks, settings), settings.level
    own = _leveled(levels, settings, fresh)
    if kept is None or kept.target != fresh.target:
        return own
    held = _leveled(levels, settings, kept)
    is_near = abs(_loudness_under(held, levels) - _loudness_under(own, levels)) <= KEPT_WITHIN
    if is_near and held.deepest_limiting >= -MAX_REDUCTION - _TOLERANCE:
        return held
    return replace(own, level_change=fresh.gain - kept.gain)


def _own_level(levels: Levels, peaks: NDArray[np.float64], settings: MixSettings) -> Level:
    """The level of a cue that remembers none; rounded, so that what is stored says all of it."""
    before = round(integrated(levels), _DECIMALS)
    compression = compressing_curve(levels.energy, before)
    over = _excess(peaks, compression, settings)
    most = min(MAX_GAIN, MAX_REDUCTION - float(over.max()))
    gain = _gain(levels.energy, compression, over, settings.target_lufs, most)
    return Level(before, round(gain, _DECIMALS), settings.target_lufs)


def _leveled(levels: Levels, settings: MixSettings, level: Level) -> GainCurve:
    return replace(provisional(levels, settings, level.before, level.gain), level=level)


def _loudness_under(curve: GainCurve, levels: Levels) -> float:
    """LUFS of a cue under a curve; -70 for silence."""
    linear = (curve.points[:-1] + curve.points[1:]) / 2
    return max(_integrated(levels.energy * linear**2), _SILENCE)


def provisional(levels: Levels, settings: MixSettings, loudness: float, gain: float) -> GainCurve:
    """The curve of a stretch of a cue whose loudness and gain are known, or guessed, from elsewhere.

    Args:
        levels: of the stretch.
        settings: of the mix.
        loudness: of the cue before the bus, LUFS: what the compressor takes for its threshold.
        gain: decibels before the limiter.
    """
    peaks = _peaks(levels, settings)
    compression = compressing_curve(levels.energy, loudness)
    limiting = limiting_curve(_excess(peaks, compression, settings) + gain)
    decibels = np.round(compression + gain + limiting, _DECIMALS)
    return GainCurve(gain_of(decibels), gain, float(limiting.min(initial=0.0)))


def guessed_gain(levels: Levels, settings: MixSettings, loudness: float) -> float:
    """Decibels before the limiter for a cue of which only some levels are known, its loudness (LUFS) among them."""
    highest = float(np.maximum(levels.peak, levels.stem_peak).max(initial=0.0))
    if highest <= 0.0:
        return 0.0
    most = MAX_REDUCTION - 20.0 * math.log10(highest / _ceiling(settings))
    return min(settings.target_lufs - loudness, MAX_GAIN, most)


def integrated(levels: Levels) -> float:
    """LUFS of a cue before the bus; -70 for silence."""
    return max(_integrated(levels.energy), _SILENCE)


def compressing_curve(energy: NDArray[np.float64], loudness: float | None = None) -> NDArray[np.float64]:
    """Gain in decibels, 0 or less, at the edges of the chunks, for the weighted energies of these.

    A quadratic knee (Giannoulis, Massberg and Reiss, JAES 60-6, 2012, eq. 4) on the level of the last 30 ms. What is
    louder than ``loudness`` (LUFS; None for that of the energies) by a threshold is held back.
    """
    keep = math.exp(-1.0 / (_LISTENING * POINTS_PER_SECOND))
    heard = lfilter([1.0 - keep], [1.0, -keep], energy / CHUNK)
    level = log10(np.maximum(heard, 1e-12, out=heard))
    level *= 10.0  # in place: a feature film has ten million chunks
    level += -0.691
    threshold = _THRESHOLD + (max(_integrated(energy), _SILENCE) if loudness is None else loudness)
    over = np.subtract(level, threshold, out=level)
    inside = np.clip(over + _KNEE / 2, 0.0, _KNEE) ** 2 / (2 * _KNEE) + np.maximum(over - _KNEE / 2, 0.0)
    inside *= 1.0 / _RATIO - 1.0
    wanted = np.maximum(inside, -_DEEPEST, out=inside)
    keep = math.exp(-1.0 / (_ATTACK * POINTS_PER_SECOND))
    wanted = with_recovery(np.append(wanted, wanted[-1:]), _RELEASE)
    return np.asarray(lfilter([1.0 - keep], [1.0, -keep], wanted), np.float64)


def _gain(
    energy: NDArray[np.float64],
    compression: NDArray[np.float64],
    over: NDArray[np.float64],
    target: float,
    most: float,
) -> float:
    """Decibels before the limiter with which the loudness after it is the target, as far as ``most`` allows."""

    def loudness(gain: float) -> float:
        """LUFS of the mix with so many decibels of gain before the limiter."""
        return _integrated(energy * _mean_square(compression + gain + limiting_curve(over + gain)))

    unlimited = max(_integrated(energy * _mean_square(compression)), _SILENCE)
    low = min(target - unlimited, most)
    found = loudness(low)
    if found > target - _TOLERANCE or loudness(most) < target:
        return low if found > target - _TOLERANCE else most
    high = most
    while high - low > _TOLERANCE / 2:
        middle = (low + high) / 2
        low, high = (middle, high) if loudness(middle) < target else (low, middle)
    return (low + high) / 2


def _peaks(levels: Levels, settings: MixSettings) -> NDArray[np.float64]:
    """The peaks for the limiter: those of the mix, and those of a stem that would pass full scale by itself."""
    return np.asarray(np.maximum(levels.peak, levels.stem_peak * (_ceiling(settings) / _STEM_PEAK)), np.float64)


def _excess(peaks: NDArray[np.float64], compression: NDArray[np.float64], settings: MixSettings) -> NDArray[np.float64]:
    """Decibels by which the compressed peak of each chunk lies above the ceiling."""
    over = decibels_of(np.maximum(peaks, 1e-9)) + np.maximum(compression[:-1], compression[1:])
    return np.asarray(over - 20.0 * math.log10(_ceiling(settings)), np.float64)


def _integrated(energy: NDArray[np.float64]) -> float:
    """LUFS of weighted energies a chunk; a cue shorter than BS.1770's 400 ms is followed by silence."""
    chunks = HOP // CHUNK
    hops = max(len(energy) // chunks, 4)
    padded = np.zeros(hops * chunks)
    padded[: min(len(energy), len(padded))] = energy[: len(padded)]
    return gated_loudness(padded.reshape(hops, chunks).sum(axis=1) / HOP)


def _mean_square(decibels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Squared gain in each chunk, for decibels at the edges."""
    linear = gain_of(decibels)
    return np.asarray(((linear[:-1] + linear[1:]) / 2) ** 2, dtype=np.float64)


def _ceiling(settings: MixSettings) -> float:
    return float(10.0 ** ((settings.peak_dbtp - _MARGIN) / 20.0))
