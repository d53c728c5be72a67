"""A tempo map fitted to moments: beats are laid so that as many moments as can be lie on them.

Chosen moments become *anchors*, each exactly on a beat; a step of two beats starts on the even ones. Between two
anchors lies a whole number of beats of equal length. The best choice is the one with the highest worth:

* each anchor is worth its weight on an even beat, :data:`BEAT_SHARE` of it on an odd one; other moments are worth
  nothing (:class:`TempoLimits` can tell longer bars apart: so much of the weight for each place in the bar);
* the end of the music on an even beat is worth :data:`END_WORTH`, more than anything else;
* a stretch of ``s`` seconds whose beats last ``e**r`` times the base costs ``STRAY_COST * s * r**2``;
* where the tempo changes between two stretches, the change ``c`` (a logarithm) costs ``CHANGE_COST * c**2``; ``c`` is
  counted in bins, 31 of which fill the tolerance;
* a base tempo off 120 beats a minute (or the tempo preferred) by ``e**k`` costs ``BASE_COST * length * k**2``.

Nothing strays from the base by more than four fifths of ``tolerance``, so that nothing strays from the mean tempo of
the map by more than all of it, and no two neighbouring beats differ by more than ``neighbours``
(two bins in a step of tempo count as a whole bin more, so that this holds for the lengths themselves). An anchor is at
most :data:`REACH` seconds after the one before, or is one of the first :data:`BEYOND` moments after that.

Dynamic programming over (moment, place of its beat in the bar, bin of the tempo before it), all base tempi at once,
finds the optimum; the tests hold it against exhaustive search.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.music.tempo import TempoMap, TempoPoint, steady_tempo

BEAT_SHARE = 0.3
END_WORTH = 1000.0
STRAY_COST = 1.0  # a second with beats 8 % off costs .006 of a cut
CHANGE_COST = 60.0  # a change by 5 % costs .15 of a cut
BASE_COST = 0.2  # a minute at 100 beats a minute costs .4 of a cut
REACH = 12.0
BEYOND = 4
BINS = 31
_INNER = 0.8  # share of the tolerance that the search uses, so that the mean tempo of what it finds may move
_DIGITS = 9  # to which logarithms are rounded, so that what is equal is equal everywhere
_SLACK = 1e-9  # of a beat

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Target:
    """A moment to meet.

    Attributes:
        time: seconds from the start of the music, above 0, below its length.
        weight: how much it matters.
        shares: of the weight that it is worth on each beat of a bar; None for those of the limits.
    """

    time: Fraction
    weight: float = 1.0
    shares: tuple[float, ...] | None = None


@dataclass(frozen=True)
class TempoLimits:
    """What a fitted map keeps to.

    Attributes:
        bases: beats a minute to choose from. Steps of two beats stay about a second.
        tolerance: share by which any beat may be longer or shorter than the base.
        neighbours: share by which a beat may be longer or shorter than the next.
        shares: of its weight that an anchor is worth on each beat of a bar.
        ends: what the end of the music is worth on each beat of a bar.
        preferred: beats a minute that cost nothing.
    """

    bases: tuple[float, ...] = tuple(range(100, 142, 4))
    tolerance: float = 0.08
    neighbours: float = 0.06
    shares: tuple[float, ...] = (1.0, BEAT_SHARE)
    ends: tuple[float, ...] = (END_WORTH, -math.inf)
    preferred: float = 120.0

    def __post_init__(self) -> None:
        if len(self.shares) != len(self.ends):
            raise ValueError("a bar has as many beats for moments as for the end")

    @property
    def stray(self) -> float:
        """How far a plan may stray from the base it is made for, as a logarithm; its mean is the base in the end."""
        return math.log1p(self.tolerance * _INNER)

    @property
    def bin_width(self) -> float:
        """Of a bin of tempo, as a logarithm."""
        return 2 * self.stray / BINS

    @property
    def most_bins(self) -> int:
        """By which the bins of neighbouring beats may differ: lengths differ by less than a bin more."""
        return max(int(math.log1p(self.neighbours) / self.bin_width) - 1, 0)


@dataclass(frozen=True)
class Stretch:
    """Beats of equal length between two anchors (their numbers: 0 is the start, then the targets, then the end)."""

    first: int
    last: int
    beats: int


@dataclass(frozen=True)
class Plan:
    """A choice of anchors for one base tempo, and what it is worth."""

    base: float
    worth: float
    stretches: tuple[Stretch, ...]


def fit_tempo(seconds: Fraction, targets: Sequence[Target], limits: TempoLimits | None = None) -> TempoMap:
    """The best map for music of this length, by the worth that the module states.

    Of the base tempi, the best whose map stays within the tolerance of its own mean tempo is taken; should none do so,
    half the tolerance is given.

    Args:
        seconds: length of the music, above 0.
        targets: in any order.
        limits: of tempo; the defaults when None.
    """
    bounds = limits or TempoLimits()
    ordered = sorted(targets, key=lambda target: target.time)
    times = [Fraction(0), *(target.time for target in ordered), seconds]
    plans = sorted(best_plans(seconds, ordered, bounds), key=lambda plan: -plan.worth)
    fitting = (plan for plan in plans if _keeps_to_its_mean(plan, times, bounds.tolerance))
    chosen = next(fitting, None)
    if chosen is None:
        return fit_tempo(seconds, ordered, replace(bounds, tolerance=bounds.tolerance / 2))
    return map_of(chosen, times)


@dataclass(frozen=True)
class Neighbours:
    """Seconds that the beats before and after a stretch last, to which it must join on; None where nothing is."""

    before: Fraction | None = None
    after: Fraction | None = None


def best_plans(
    seconds: Fraction, targets: Sequence[Target], limits: TempoLimits, neighbours: Neighbours | None = None
) -> tuple[Plan, ...]:
    """The best plan for each base tempo; targets in order.

    A plan that cannot join on to its neighbours does not reach the end, or has no stretches.
    """
    search = _Search.of(seconds, targets, limits, neighbours or Neighbours())
    for moment in range(1, len(search.times)):
        search.arrive(moment)
    return tuple(search.plan(index) for index in range(len(limits.bases)))


@dataclass(frozen=True, eq=False)
class _Search:
    """The tables of the search; M moments with start and end, B bases, P beats a bar, Q bins of tempo.

    Attributes:
        times: (M,) seconds.
        worths: (M, P) of an anchor on each beat of a bar.
        first: (M,) the earliest anchor that may come before each.
        beats: (B,) seconds a beat.
        limits: of tempo.
        arrived: (M, B, P, Q) the best worth of anchors up to this one, by the tempo before it.
        leaving: (M, B, P, Q) the same by the tempo after it, with the cost of the change.
        change: (Q, Q) what it costs to go from one bin of tempo to another.
        origin: (M, B, P, Q) the anchor before.
        counts: (M, B, P, Q) beats since then.
        closing: (B, Q) what it costs to go from each tempo to the beats after the end.
    """

    times: Floats
    worths: Floats
    first: Whole
    beats: Floats
    limits: TempoLimits
    arrived: Floats
    leaving: Floats
    change: Floats
    origin: Whole
    counts: Whole
    closing: Floats

    @classmethod
    def of(cls, seconds: Fraction, targets: Sequence[Target], limits: TempoLimits, neighbours: Neighbours) -> _Search:
        """Empty tables, with the start as the first anchor: on a bar line, at any tempo that joins on."""
        times = np.array([0.0, *(float(target.time) for target in targets), float(seconds)])
        worths = np.zeros((len(times), len(limits.shares)))
        for row, target in enumerate(targets, start=1):
            worths[row] = target.weight * np.array(target.shares or limits.shares)
        worths[-1] = limits.ends
        reach = np.searchsorted(times, times + REACH, side="right") - 1 + BEYOND
        first = np.searchsorted(reach, np.arange(len(times)))
        shape = (len(times), len(limits.bases), len(limits.shares), BINS)
        arrived, leaving = np.full(shape, -np.inf), np.full(shape, -np.inf)
        arrived[0, :, 0] = 0.0
        leaving[0, :, 0] = -_joining_costs(limits, neighbours.before)
        origin, counts = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        change, closing = _change_costs(limits), _joining_costs(limits, neighbours.after)
        beats = 60 / np.array(limits.bases)
        return cls(times, worths, first, beats, limits, arrived, leaving, change, origin, counts, closing)

    def arrive(self, moment: int) -> None:
        """Fill the tables of a moment from those before it."""
        base, before, count, stray = self._stretches(moment)
        tempo = np.minimum(((stray + self.limits.stray) / self.limits.bin_width).astype(np.int64), BINS - 1)
        cost = STRAY_COST * (self.times[moment] - self.times[before]) * stray**2
        beats_a_bar = len(self.limits.shares)
        for place_before in range(beats_a_bar):
            after = (place_before + count) % beats_a_bar
            worth = self.leaving[before, base, place_before, tempo] - cost + self.worths[moment, after]
            place = np.ravel_multi_index((base, after, tempo), self.arrived.shape[1:])
            self._keep_best(moment, place, worth, before, count)
        from_each = np.moveaxis(self.arrived[moment], -1, 0)[..., None] - self.change[:, None, None, :]
        self.leaving[moment] = from_each.max(axis=0)

    def plan(self, base: int) -> Plan:
        """The best plan of a base: ending as it should if it can, else going on in the last tempo."""
        arrived = self.arrived[:, base].copy()
        arrived[-1] -= self.closing[base]
        ends = arrived.max(axis=(1, 2))
        last = int(ends.argmax())
        place, tempo = (int(i) for i in np.unravel_index(arrived[last].argmax(), arrived[last].shape))
        off = math.log(self.limits.bases[base] / self.limits.preferred)
        worth = float(ends[last]) - BASE_COST * float(self.times[-1]) * off**2
        stretches = tuple(self._trace(base, last, place, tempo))[::-1]
        return Plan(self.limits.bases[base], worth, stretches)

    def _stretches(self, moment: int) -> tuple[Whole, Whole, Whole, Floats]:
        """All stretches that end here and keep to the tolerance: base, anchor before, beats, logarithm off the base."""
        first = int(self.first[moment])
        beats = (self.times[moment] - self.times[first:moment]) / self.beats[:, None]
        fewest = np.maximum(np.ceil(beats / math.exp(self.limits.stray) - _SLACK), 1)
        most = np.floor(beats * math.exp(self.limits.stray) + _SLACK)
        counts = fewest[..., None] + np.arange(max(int((most - fewest).max()) + 1, 0))
        base, before, choice = np.nonzero(counts <= most[..., None])
        count = counts[base, before, choice]
        stray = np.round(np.log(beats[base, before] / count), _DIGITS)
        return base, before + first, count.astype(np.int64), stray

    def _keep_best(self, moment: int, place: Whole, worth: Floats, before: Whole, count: Whole) -> None:
        arrived = self.arrived[moment].reshape(-1)
        np.maximum.at(arrived, place, worth)
        won = (worth == arrived[place]) & np.isfinite(worth)
        self.origin[moment].reshape(-1)[place[won]] = before[won]
        self.counts[moment].reshape(-1)[place[won]] = count[won]

    def _trace(self, base: int, moment: int, place: int, tempo: int) -> Iterator[Stretch]:
        """The stretches that led here, the last first."""
        while moment > 0:
            before = int(self.origin[moment, base, place, tempo])
            count = int(self.counts[moment, base, place, tempo])
            yield Stretch(before, moment, count)
            place = (place - count) % len(self.limits.shares)
            tempo = int((self.arrived[before, base, place] - self.change[:, tempo]).argmax())
            moment = before


def _change_costs(limits: TempoLimits) -> Floats:
    change = np.abs(np.subtract.outer(np.arange(BINS), np.arange(BINS)))
    return np.where(change <= limits.most_bins, CHANGE_COST * (change * limits.bin_width) ** 2, np.inf)


def _joining_costs(limits: TempoLimits, beat: Fraction | None) -> Floats:
    """(B, Q) what it costs to go from a beat's length to the middle of each bin, or back.

    Nothing if there is no beat.
    """
    if beat is None:
        return np.zeros((len(limits.bases), BINS))
    middles = (np.arange(BINS) + 0.5) * limits.bin_width - limits.stray
    change = np.abs(middles - np.log(float(beat) * np.array(limits.bases) / 60.0)[:, None])
    most = math.log1p(limits.neighbours) - limits.bin_width / 2
    return np.where(change <= most, CHANGE_COST * change**2, np.inf)


def _keeps_to_its_mean(plan: Plan, times: Sequence[Fraction], tolerance: float) -> bool:
    lengths = [_beat_length(stretch, times) for stretch in plan.stretches]
    if not lengths:
        return True
    mean = float(times[plan.stretches[-1].last]) / sum(stretch.beats for stretch in plan.stretches)
    return all(abs(math.log(float(length) / mean)) <= math.log1p(tolerance) for length in lengths)


def map_of(plan: Plan, times: Sequence[Fraction]) -> TempoMap:
    """The plan with exact times (the start's, the targets' in order, the end's).

    Where the tempo stays, no new point begins.
    """
    if not plan.stretches:
        return steady_tempo(Fraction(60) / Fraction(plan.base).limit_denominator(1000))
    points: list[TempoPoint] = []
    beat = 0
    for stretch in plan.stretches:
        length = _beat_length(stretch, times)
        if not points or points[-1].seconds_per_beat != length:
            points.append(TempoPoint(Fraction(beat), length))
        beat += stretch.beats
    return TempoMap(tuple(points))


def _beat_length(stretch: Stretch, times: Sequence[Fraction]) -> Fraction:
    return (times[stretch.last] - times[stretch.first]) / stretch.beats
