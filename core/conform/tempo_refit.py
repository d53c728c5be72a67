"""The tempo map of a cue whose picture changed: the old one where nothing did, fitted anew between.

The old map stays under the runs that :mod:`kept_runs` finds, beat for beat. Between two of them the beats are fitted to
the hit points as :mod:`hitpoint.core.music.tempo_fit` does, so that a whole number of bars leads from one to the other
at tempi that differ little from theirs. Where that cannot be, the runs give up steps at the edge, a few at a time; if
that does not help, half a bar more or less is taken; else the later run is not kept.

It is counted in units, two of which are a step (quarter notes in 4/4). A cue with a plan may have another tempo in each
of its sections, and slows down at its end: what is new joins on to the tempo before it, then.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from hitpoint.core.arrange.form.hit_points import fitted_tempo
from hitpoint.core.conform.kept_runs import LEAST_STEPS, Run
from hitpoint.core.cue.cue import Cue
from hitpoint.core.music.tempo import TempoMap, TempoPoint
from hitpoint.core.music.tempo_fit import Neighbours, Target, TempoLimits, best_plans, map_of

LIMITS = TempoLimits()
UNITS_PER_STEP = 2
_NEAR_MEAN = (1.0, 0.97, 1.03, 0.94, 1.06, 0.91, 1.09)  # base tempi for a planned cue of which nothing can be kept
_FEW = 8
_OFF_MEAN = (1.0, 0.97, 1.03, 0.95, 1.05)  # base tempi to try, as shares of the old cue's
_INNER = 0.03  # by which beats may stray from such a base
_SURRENDERED = (0, 2, 4, 8, 16, 24, 32)  # steps that two neighbouring runs give up together, tried in this order
_MOST_STRAY = 0.07  # of what is fitted between, so that the mean of the whole may move
_ATTEMPTS = 4
_EPSILON = 1e-9


@dataclass(frozen=True)
class Pinned:
    """A run of old steps at its place in the new cue.

    Attributes:
        run: of the old cue.
        step: number of its first step in the new cue.
    """

    run: Run
    step: int


@dataclass(frozen=True)
class Refit:
    """A new tempo map, and what of the old one is in it."""

    tempo: TempoMap
    pinned: tuple[Pinned, ...] = ()


def refitted(old: Cue, new: Cue, runs: Sequence[Run]) -> Refit:
    """The tempo of a new cue that keeps what it can of the old one's.

    Args:
        old: the cue as it was.
        new: a cue on the new edit, of which range, hits and fixed tempo are looked at.
        runs: what did not change, in the order of the new cue.
    """
    unit = old.beats_per_step / UNITS_PER_STEP
    found = _refitted(_in_units(old, unit), _in_units(new, unit), runs)
    return replace(found, tempo=_stretched(found.tempo, unit))


def _in_units(cue: Cue, unit: Fraction) -> Cue:
    """The cue with a tempo map that counts units of so many quarter notes."""
    return replace(cue, tempo=_stretched(cue.tempo, 1 / unit), bpm=None if cue.bpm is None else cue.bpm / float(unit))


def _stretched(tempo: TempoMap, factor: Fraction) -> TempoMap:
    """A map of beats that are ``factor`` times as many for the same time."""
    points = (TempoPoint(point.beat * factor, point.seconds_per_beat / factor) for point in tempo.points)
    return TempoMap(tuple(points), tempo.beats_per_bar)


def _refitted(old: Cue, new: Cue, runs: Sequence[Run]) -> Refit:
    """:func:`refitted`, in units."""
    if new.bpm is not None:
        return _steady(old, new, runs)
    kept = list(runs)
    for _ in range(_ATTEMPTS):
        found = _Builder(old, new).built(kept) if kept else None
        if found is None or old.plan is not None or _is_even(found.tempo, new.seconds):
            break
        mean = new.seconds / found.tempo.beat_at(new.seconds)
        even = [run for run in kept if _keeps_to(old, run, mean)]
        kept = even if len(even) < len(kept) else [run for run in kept if run.is_head]
        found = None
    return found or Refit(_in_metre(old, fitted_tempo(new.seconds, new.wanted_times, limits=_limits(old))))


def _in_metre(old: Cue, tempo: TempoMap) -> TempoMap:
    """A tempo in the metre of the old cue."""
    return replace(tempo, beats_per_bar=old.tempo.beats_per_bar)


def _limits(old: Cue) -> TempoLimits:
    """The limits of a tempo that keeps nothing: around the old one's mean, if the cue has a plan."""
    if old.plan is None:
        return LIMITS
    mean = 60 / float(old.seconds / old.tempo.beat_at(old.seconds))
    return TempoLimits(tuple(round(mean * share, 3) for share in _NEAR_MEAN), preferred=round(mean, 3))


def _steady(old: Cue, new: Cue, runs: Sequence[Run]) -> Refit:
    """At a fixed tempo only what moved by whole steps can be kept."""
    tempo = _in_metre(old, fitted_tempo(new.seconds, new.wanted_times, new.bpm))
    if tempo != old.tempo:
        return Refit(tempo)
    places = [(run, tempo.beat_at(run.start) / UNITS_PER_STEP) for run in runs]
    return Refit(tempo, tuple(Pinned(run, int(place)) for run, place in places if place.denominator == 1))


def _keeps_to(old: Cue, run: Run, beat: Fraction) -> bool:
    """Whether no old beat of a run strays too far from a length."""
    starts = [point.beat for point in old.tempo.points]
    first = bisect_right(starts, UNITS_PER_STEP * run.first) - 1
    last = bisect_left(starts, UNITS_PER_STEP * run.end)
    lengths = (float(point.seconds_per_beat) for point in old.tempo.points[first:last])
    return all(abs(math.log(length / beat)) <= math.log1p(LIMITS.tolerance) for length in lengths)


def _is_even(tempo: TempoMap, seconds: Fraction) -> bool:
    """Whether a map keeps to the limits of all maps."""
    mean = float(seconds / tempo.beat_at(seconds))
    lengths = [float(point.seconds_per_beat) for point in tempo.points]
    strays = all(abs(math.log(length / mean)) <= math.log1p(LIMITS.tolerance) + _EPSILON for length in lengths)
    return strays and all(_is_near(a, b) for a, b in pairwise(lengths))


def _is_near(before: Fraction | float | None, after: Fraction | float | None) -> bool:
    """Whether neighbouring beats may be so long; None is next to nothing."""
    if before is None or after is None:
        return True
    return abs(math.log(float(after) / float(before))) <= math.log1p(LIMITS.neighbours) + _EPSILON


@dataclass(frozen=True)
class _Bridge:
    """Beats between two runs that have given up some steps."""

    before: Run | None
    after: Run | None
    tempo: TempoMap
    beats: int
    is_barred: bool


class _Builder:
    """Puts a map together from the left to the right."""

    def __init__(self, old: Cue, new: Cue) -> None:
        self._old, self._new = old, new
        self._mean = old.seconds / old.tempo.beat_at(old.seconds)
        self._starts = [point.beat for point in old.tempo.points]
        self._times = sorted(new.wanted_times)
        self._pinned: list[Pinned] = []
        self._points: list[TempoPoint] = []
        self._open: tuple[Run | None, int] = None, 0  # the last run and the step of its first, not yet written

    def built(self, runs: Sequence[Run]) -> Refit | None:
        """The map; None if what follows the last run could not be fitted."""
        for run in runs:
            last, step = self._open
            if last is None and run.is_head:
                self._open = run, 0
            elif last is None or run.start >= self._end_of(last):
                self._lead_to(run)
        last, step = self._open
        if last is None:
            return None
        if last.is_tail:
            self._write(last, step)
        elif not self._finish(last, step):
            return None
        return Refit(TempoMap(tuple(_joined(self._points)), self._old.tempo.beats_per_bar), tuple(self._pinned))

    def _lead_to(self, run: Run) -> None:
        """Bridge from the last run to this one, if that can be."""
        last, step = self._open
        bridge = self._best_bridge(last, step, run)
        if bridge is None or bridge.after is None:
            return
        first = step
        if bridge.before is not None:
            self._write(bridge.before, step)
            first += bridge.before.end - bridge.before.first
        self._add(bridge.tempo, bridge.beats, UNITS_PER_STEP * first)
        self._open = bridge.after, first + bridge.beats // UNITS_PER_STEP

    def _best_bridge(self, last: Run | None, step: int, run: Run) -> _Bridge | None:
        """The first bridge of whole bars that meets all moments it passes, else one of whole bars, else any."""
        any_bridge, barred = None, None
        for before, after in _given_up(self._old, last, run):
            for bridge, is_meeting in self._bridges(before, after, step):
                any_bridge = any_bridge or bridge
                if bridge.is_barred:
                    barred = barred or bridge
                    if is_meeting:
                        return bridge
        return barred or any_bridge

    def _bridges(self, before: Run | None, after: Run, step: int) -> Iterator[tuple[_Bridge, bool]]:
        """Ways to get from one run to the other, and whether each meets the moments it passes."""
        start = Fraction(0) if before is None else self._end_of(before)
        first = step if before is None else step + before.end - before.first
        left = None if before is None else self._length_at(before.end, from_left=True)
        right = self._length_at(after.first, from_left=False)
        seconds = after.start - start
        if seconds <= 0:
            if seconds == 0 and (self._old.plan is not None or _is_near(left, right)):
                yield _Bridge(before, after, self._old.tempo, 0, (first - after.first) % 2 == 0), True
            return
        targets = self._targets(start, after.start)
        joined = (
            None if self._old.plan is not None and not _is_near(left, right) else right
        )  # else a section's tempo begins
        for tempo in self._plans(seconds, targets, Neighbours(left, joined)):
            beats = tempo.beat_at(seconds)
            if beats.denominator == 1 and beats % UNITS_PER_STEP == 0 and self._fits(tempo, left, joined):
                steps = first + int(beats) // UNITS_PER_STEP
                meets = all((tempo.beat_at(t.time) / UNITS_PER_STEP).denominator == 1 for t in targets)
                yield _Bridge(before, after, tempo, int(beats), (steps - after.first) % 2 == 0), meets

    def _finish(self, last: Run, step: int) -> bool:
        """Fit the beats from the last run to the end."""
        for kept in _shortened(last):
            self_end = self._end_of(kept)
            seconds = self._new.seconds - self_end
            left = self._length_at(kept.end, from_left=True)
            first = step + kept.end - kept.first
            if seconds <= 0:
                self._write(kept, step)
                return True
            for tempo in self._plans(seconds, self._targets(self_end, self._new.seconds), Neighbours(left)):
                if self._fits(tempo, left, None):
                    self._write(kept, step)
                    self._add(tempo, math.ceil(tempo.beat_at(seconds)), UNITS_PER_STEP * first)
                    return True
        return False

    def _plans(self, seconds: Fraction, targets: list[Target], neighbours: Neighbours) -> list[TempoMap]:
        """Fitted maps for a stretch, the best first."""
        mean = 60 / float(self._local(neighbours.before, neighbours.after))
        limits = TempoLimits(tuple(mean * share for share in _OFF_MEAN), _INNER / 0.8, LIMITS.neighbours)
        times = [Fraction(0), *(target.time for target in targets), seconds]
        plans = sorted(best_plans(seconds, targets, limits, neighbours), key=lambda plan: -plan.worth)
        return [map_of(plan, times) for plan in plans]

    def _targets(self, start: Fraction, end: Fraction) -> list[Target]:
        first, last = bisect_left(self._times, start), bisect_left(self._times, end)
        weights = self._new.wanted_times
        return [Target(time - start, weights[time]) for time in self._times[first:last] if time > start]

    def _fits(self, tempo: TempoMap, left: Fraction | None, right: Fraction | None) -> bool:
        """Whether a map keeps to the old cue's mean tempo and joins on to its neighbours."""
        lengths = [point.seconds_per_beat for point in tempo.points]
        most, beat = math.log1p(_MOST_STRAY), self._local(left, right)
        strays = any(abs(math.log(length / beat)) > most for length in lengths)
        return not strays and _is_near(left, lengths[0]) and _is_near(lengths[-1], right)

    def _local(self, left: Fraction | None, right: Fraction | None) -> Fraction:
        """The unit that new ones are near to: the old cue's mean, or that of what they join on to in a planned one."""
        known = [length for length in (left, right) if length is not None]
        return self._mean if self._old.plan is None or not known else sum(known, Fraction(0)) / len(known)

    def _length_at(self, step: int, *, from_left: bool) -> Fraction:
        """Seconds that the old beat next to the start of a step lasts."""
        beat = Fraction(UNITS_PER_STEP * step)
        place = (bisect_left if from_left else bisect_right)(self._starts, beat) - 1
        return self._old.tempo.points[max(place, 0)].seconds_per_beat

    def _end_of(self, run: Run) -> Fraction:
        """Seconds from the start of the new cue at which a run ends."""
        seconds_at = self._old.tempo.seconds_at
        return run.start + seconds_at(UNITS_PER_STEP * run.end) - seconds_at(UNITS_PER_STEP * run.first)

    def _write(self, run: Run, step: int) -> None:
        """Put the old map of a run at its new place."""
        first, end = UNITS_PER_STEP * run.first, UNITS_PER_STEP * run.end
        shift = UNITS_PER_STEP * (step - run.first)
        self._points.append(TempoPoint(Fraction(first + shift), self._length_at(run.first, from_left=False)))
        low = bisect_right(self._starts, first)
        high = len(self._starts) if run.is_tail else bisect_left(self._starts, end)
        self._points += [
            TempoPoint(point.beat + shift, point.seconds_per_beat) for point in self._old.tempo.points[low:high]
        ]
        self._pinned.append(Pinned(run, step))

    def _add(self, tempo: TempoMap, beats: int, first: int) -> None:
        self._points += [
            TempoPoint(point.beat + first, point.seconds_per_beat) for point in tempo.points if point.beat < beats
        ]


def _given_up(old: Cue, last: Run | None, run: Run) -> Iterator[tuple[Run | None, Run]]:
    """Two runs with less and less of them at the edge where they meet."""
    seconds_at = old.tempo.seconds_at
    seen: set[tuple[int, int]] = set()
    for steps in _SURRENDERED:
        from_last = 0 if last is None else min(steps // 2, _spare(last, steps))
        from_run = min(steps - from_last, _spare(run, steps))
        if last is not None:
            from_last = min(steps - from_run, _spare(last, steps))
        if (from_last, from_run) in seen:
            continue
        seen.add((from_last, from_run))
        moved = seconds_at(UNITS_PER_STEP * (run.first + from_run)) - seconds_at(UNITS_PER_STEP * run.first)
        later = replace(run, first=run.first + from_run, start=run.start + moved)
        yield None if last is None else replace(last, end=last.end - from_last), later


def _shortened(run: Run) -> Iterator[Run]:
    for steps in dict.fromkeys(min(steps, _spare(run, steps)) for steps in _SURRENDERED):
        yield replace(run, end=run.end - steps)


def _spare(run: Run, asked: int) -> int:
    """Steps that a run can give up: nearly all when a few are asked for, half of it when it is many."""
    length = run.end - run.first
    least = 1 if run.is_head else LEAST_STEPS
    return max(length - least if asked <= _FEW else min(length - least, length // 2), 0)


def _joined(points: Sequence[TempoPoint]) -> Iterator[TempoPoint]:
    """The points without those that change nothing."""
    last: Fraction | None = None
    for point in points:
        if point.seconds_per_beat != last:
            yield point
        last = point.seconds_per_beat
