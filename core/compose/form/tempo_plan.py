"""The tempo of a planned cue: each stretch of mood in its own tempo, its bars laid between the moments that are met.

Inside a stretch the tempo is fitted as :mod:`hitpoint.core.music.tempo_fit` does, within 8 % of its base; moments weigh most
on a bar line, less on half a bar, little on a beat. A stretch ends on a bar line, or on half a bar where no whole bar leads
there. The last one goes on from its last moment to the last chord, which is struck on a bar line a few seconds before the
end: on the last cut if that leaves it time, and never just before one; the two bars before it slow down by about a tenth. A
tempo that the editor fixed is steady, and never slows.

It is counted in units of half a step (a quarter note in 4/4), four to a bar in every metre.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from hitpoint.core.cue.form.form_plan import STEPS_PER_BAR
from hitpoint.core.music.metre import Metre
from hitpoint.core.music.tempo import TempoMap, TempoPoint
from hitpoint.core.music.tempo_fit import END_WORTH, Plan, Target, TempoLimits, best_plans, fit_tempo, map_of

UNITS = 4  # a bar
UNITS_PER_STEP = UNITS // STEPS_PER_BAR
_SHARES = {(4, 4): (1.0, 0.3, 0.75, 0.3), (3, 4): (1.0, 0.05, 0.4, 0.05), (6, 8): (1.0, 0.05, 0.7, 0.05)}
_ENDS = (END_WORTH, -math.inf, 0.7 * END_WORTH, -math.inf)
_BASES = 14  # tempi that a stretch may choose from
_LIGHT = 0.1  # weight of a moment below which it has no say in the last bars
_NEAREST = 1.5  # seconds from the start of a stretch to the first moment it is fitted to
_FINAL = (2.2, 3.4, 5.6)  # seconds of the last chord: at least, best, at most
_SLOWING = (Fraction(10, 100), Fraction(8, 100), Fraction(12, 100), Fraction(15, 100))  # of the last two bars
_SLOWING_UNITS = 2 * UNITS
_DRIFTS = tuple(Fraction(100 + d, 100) for d in (0, -1, 1, -2, 2, -3, 3))  # of what leads to the last chord
_DRIFT = Fraction(
    79, 1000
)  # by which what leads to a last chord on a cut may differ from the tempo before it, and the base
_CROWN = 5.0  # weight from which a moment belongs on a bar line
_CROWN_SHARES = (1.0, 0.05, 0.3, 0.05)
_ON_CUT, _BEFORE_CUT = 3.5, 4.0  # what a last chord on a cut saves, and one costs that comes just before one
_JUST_BEFORE = Fraction(3, 2)  # seconds
_DIGITS = 6


@dataclass(frozen=True)
class TempoWish:
    """What one stretch asks for.

    Attributes:
        seconds: its length.
        low: quarter notes a minute at least.
        high: at most.
        preferred: between them.
        moments: seconds from the start of the stretch to what is met in it, and how much that matters.
        cuts: seconds from the start of the stretch to its last cuts, with which its last chord is thought of.
    """

    seconds: Fraction
    low: float
    high: float
    preferred: float
    moments: Mapping[Fraction, float]
    cuts: tuple[Fraction, ...] = ()


@dataclass(frozen=True)
class TempoPlan:
    """A tempo map, and where in it stretches begin.

    Attributes:
        tempo: beats are quarter notes.
        borders: the first step of each stretch.
        final_step: on which the last chord is struck.
    """

    tempo: TempoMap
    borders: tuple[int, ...]
    final_step: int


def tempo_plan(wishes: Sequence[TempoWish], metre: Metre, bpm: float | None = None) -> TempoPlan:
    """The tempo of a cue.

    Args:
        wishes: of its stretches, in order; the last one ends with the music.
        metre: of its bars.
        bpm: quarter notes a minute if the editor fixed them.
    """
    unit = metre.beats_per_bar / UNITS
    if bpm is not None:
        return _steady(wishes, metre, Fraction(60) / Fraction(bpm).limit_denominator(1000))
    lengths: list[tuple[int, Fraction]] = []  # (units, seconds of each), one after the other
    borders = [0]
    for wish in wishes[:-1]:
        lengths += _fitted(wish, metre)
        borders.append(sum(units for units, _ in lengths) // UNITS_PER_STEP)
    lengths += _to_the_last_chord(wishes[-1], metre, sum((wish.seconds for wish in wishes), Fraction(0)))
    final = sum(units for units, _ in lengths[:-1]) // UNITS_PER_STEP
    return TempoPlan(_map(lengths, unit, metre), tuple(borders), final)


def limits_for(wish: TempoWish, metre: Metre) -> TempoLimits:
    """The limits of a stretch's tempo, in units a minute."""
    unit = float(metre.beats_per_bar / UNITS)
    ratio = (wish.high / wish.low) ** (1 / (_BASES - 1))
    bases = tuple(round(wish.low * ratio**index / unit, _DIGITS) for index in range(_BASES))
    shares = _SHARES.get((metre.numerator, metre.denominator), _SHARES[4, 4])
    return TempoLimits(bases, shares=shares, ends=_ENDS, preferred=wish.preferred / unit)


def _fitted(wish: TempoWish, metre: Metre) -> list[tuple[int, Fraction]]:
    """The units of a stretch that ends where the next one begins, on the start of a step."""
    tempo = fit_tempo(wish.seconds, _targets(wish, wish.seconds), limits_for(wish, metre))
    total = tempo.beat_at(wish.seconds)
    if total.denominator == 1 and total % UNITS_PER_STEP == 0:
        return _lengths(tempo, int(total))
    unit = 60 / Fraction(wish.preferred).limit_denominator(1000) * metre.beats_per_bar / UNITS
    steps = max(round(wish.seconds / (unit * UNITS_PER_STEP)), 1)
    return [(steps * UNITS_PER_STEP, wish.seconds / (steps * UNITS_PER_STEP))]


def _to_the_last_chord(wish: TempoWish, metre: Metre, whole: Fraction) -> list[tuple[int, Fraction]]:
    """The units of the last stretch; those of the last entry are the last chord's, to the end of the music and beyond."""
    limits = limits_for(wish, metre)
    final = final_seconds(whole)
    targets = _targets(wish, wish.seconds - Fraction(_FINAL[2]))
    bars = 60 / wish.preferred * float(metre.beats_per_bar) * _SLOWING_UNITS / UNITS
    calm = wish.seconds - Fraction(_FINAL[1] + bars)
    targets = [target for target in targets if target.weight >= _LIGHT or target.time < calm]
    if not targets:
        unit = 60 / Fraction(limits.preferred).limit_denominator(1000)
        return _ended(wish.seconds, unit, 0, final, wish.cuts, unit)
    goal = _final_cut(wish.cuts, wish.seconds, final)
    led = None if goal is None else _led_to(goal, wish, limits, targets, final)
    if led is not None:
        return led
    last = targets[-1]
    ends = tuple(share * last.weight for share in limits.shares)
    bounds = TempoLimits(limits.bases, limits.tolerance, limits.neighbours, limits.shares, ends, limits.preferred)
    plan = max(best_plans(last.time, targets[:-1], bounds), key=lambda one: one.worth)
    tempo, reached = _reached(plan, [Fraction(0), *(target.time for target in targets)])
    units = tempo.beat_at(reached)
    assert units.denominator == 1, "anchors lie on beats"
    unit = tempo.points[-1].seconds_per_beat
    cuts = [cut - reached for cut in wish.cuts if cut > reached]
    base = 60 / Fraction(plan.base).limit_denominator(1000)
    place = int(units) % UNITS
    return [*_lengths(tempo, int(units)), *_ended(wish.seconds - reached, unit, place, final, cuts, base)]


def _final_cut(cuts: Sequence[Fraction], seconds: Fraction, final: tuple[float, float, float]) -> Fraction | None:
    """The last cut that leaves the last chord its time, with no other just after it if there is such a one; None for none."""
    least, _, most = final
    fair = [cut for cut in reversed(cuts) if least <= seconds - cut <= most]
    return next((cut for cut in fair if cut_cost(cut, cuts) < 0), next(iter(fair), None))


def _led_to(
    goal: Fraction,
    wish: TempoWish,
    limits: TempoLimits,
    targets: Sequence[Target],
    final: tuple[float, float, float],
) -> list[tuple[int, Fraction]] | None:
    """The units of a stretch whose last chord is struck on a cut, slowing down to it; None if no tempo leads there.

    The tempo is fitted as if it did not slow down: to a bar line that lies so much before the cut.
    """
    unit = 60 / Fraction(limits.preferred).limit_denominator(1000)
    goal_unslowed = goal - _SLOWING[0] * _SLOWING_UNITS * unit
    inside = [target for target in targets if target.time < goal_unslowed - UNITS * unit]
    ends = (END_WORTH, -math.inf, -math.inf, -math.inf)
    bounds = TempoLimits(limits.bases, limits.tolerance, limits.neighbours, limits.shares, ends, limits.preferred)
    plan = max(best_plans(goal_unslowed, inside, bounds), key=lambda one: one.worth)
    times = [Fraction(0), *(target.time for target in inside), goal_unslowed]
    if not plan.stretches or plan.stretches[-1].last != len(times) - 1:
        return None
    *before, ending = plan.stretches
    units, reached = sum(stretch.beats for stretch in before), times[ending.first]
    own = (goal_unslowed - reached) / ending.beats
    cuts = [cut - reached for cut in wish.cuts if cut > reached]
    base = 60 / Fraction(plan.base).limit_denominator(1000)
    tail = _ended(wish.seconds - reached, own, units % UNITS, final, cuts, base)
    if sum(count * length for count, length in tail[:-1]) != goal - reached:
        return None
    tempo = map_of(Plan(plan.base, plan.worth, tuple(before)), times)
    return [*_lengths(tempo, units), *tail]


def _reached(plan: Plan, times: Sequence[Fraction]) -> tuple[TempoMap, Fraction]:
    """A plan as a map, and the time of its last anchor."""
    return map_of(plan, times), times[plan.stretches[-1].last] if plan.stretches else Fraction(0)


def _ended(
    seconds: Fraction,
    unit: Fraction,
    place: int,
    final: tuple[float, float, float],
    cuts: Sequence[Fraction],
    base: Fraction,
) -> list[tuple[int, Fraction]]:
    """Units from a place in the bar to the last chord, slower at last, and the last chord's own.

    Args:
        seconds: to the end of the music.
        unit: seconds of a unit up to here.
        place: in the bar, in units.
        final: seconds of the last chord: at least, at best, at most.
        cuts: seconds to the last cuts.
        base: seconds of a unit in the base tempo of the stretch, from which nothing strays far.
    """
    least, best, most = final
    ways = []
    for units, drift, slowing in (*_free_ways(seconds, unit, place), *_ways_to_cuts(seconds, unit, place, cuts, base)):
        struck = _slowed_length(units, slowing) * unit * drift
        left = float(seconds - struck)
        if least <= left <= most:
            cost = abs(left - best) + 20 * abs(float(drift) - 1) + 10 * abs(float(slowing) - 0.1)
            ways.append((round(cost + cut_cost(struck, cuts), _DIGITS), units, drift, slowing))
    if not ways:
        units = max((-place) % UNITS, 0)
        return [*([(units, unit)] if units else []), (UNITS, unit)]
    _, units, drift, slowing = min(ways)
    return [*_slowed(units, unit * drift, slowing), (UNITS, unit * drift * (1 + slowing))]


def _free_ways(seconds: Fraction, unit: Fraction, place: int) -> Iterator[tuple[int, Fraction, Fraction]]:
    """Units, drift and slowing with which a bar line is reached somewhere."""
    for drift, slowing in product(_DRIFTS, _SLOWING):
        for units in _bar_lines(seconds / (unit * drift), place):
            yield units, drift, slowing


def _ways_to_cuts(
    seconds: Fraction, unit: Fraction, place: int, cuts: Sequence[Fraction], base: Fraction
) -> Iterator[tuple[int, Fraction, Fraction]]:
    """Likewise those with which a bar line lies exactly on a cut."""
    for cut, slowing in product(cuts, _SLOWING):
        for units in _bar_lines(seconds / unit, place):
            length = _slowed_length(units, slowing) * unit
            if length and max(abs(cut / length - 1), abs(cut / length * unit / base - 1)) <= _DRIFT:
                yield units, cut / length, slowing


def cut_cost(struck: Fraction, cuts: Sequence[Fraction]) -> float:
    """What a last chord costs by the cuts around it: less than nothing on one, much just before one."""
    cost = -_ON_CUT if struck in cuts else 0.0
    return cost + _BEFORE_CUT * any(0 < cut - struck < _JUST_BEFORE for cut in cuts)


def final_seconds(seconds: Fraction) -> tuple[float, float, float]:
    """How long a last chord may last, at least, best and at most, where so much is left; a third of it at best."""
    shares = (0.2, 0.3, 0.6)
    least, best, most = (min(value, float(seconds) * share) for value, share in zip(_FINAL, shares, strict=True))
    return least, best, most


def _bar_lines(reach: Fraction, place: int) -> range:
    """Units to each bar line ahead."""
    return range((-place) % UNITS, int(reach) + 1, UNITS)


def _slowed_length(units: int, slowing: Fraction) -> Fraction:
    """What so many units last, in units, if the last two bars slow down."""
    return units + slowing * _slow_units(units)


def _slow_units(units: int) -> int:
    """How many of so many units slow down: whole steps of the last two bars."""
    return min(units, _SLOWING_UNITS) // UNITS_PER_STEP * UNITS_PER_STEP


def _slowed(units: int, unit: Fraction, slowing: Fraction) -> list[tuple[int, Fraction]]:
    """Units of which those of the last two bars last longer and longer, by ``slowing`` on the mean."""
    steps = _slow_units(units) // UNITS_PER_STEP
    parts = [(UNITS_PER_STEP, unit * (1 + slowing * Fraction(2 * index + 1, steps))) for index in range(steps)]
    even = units - _slow_units(units)
    return [*([(even, unit)] if even else []), *parts]


def _targets(wish: TempoWish, before: Fraction) -> list[Target]:
    inside = (time for time in sorted(wish.moments) if _NEAREST <= time < before)
    return [_target(time, wish.moments[time]) for time in inside]


def _target(time: Fraction, weight: float) -> Target:
    return Target(time, weight, _CROWN_SHARES if weight >= _CROWN else None)


def _lengths(tempo: TempoMap, units: int) -> list[tuple[int, Fraction]]:
    edges = [*(int(point.beat) for point in tempo.points if point.beat < units), units]
    return [
        (end - start, point.seconds_per_beat)
        for start, end, point in zip(edges, edges[1:], tempo.points, strict=False)
        if end > start
    ]


def _map(lengths: Sequence[tuple[int, Fraction]], unit: Fraction, metre: Metre) -> TempoMap:
    """Lengths one after the other as a map of quarter notes."""
    points: list[TempoPoint] = []
    reached = 0
    for units, seconds in lengths:
        if not points or points[-1].seconds_per_beat != seconds / unit:
            points.append(TempoPoint(reached * unit, seconds / unit))
        reached += units
    return TempoMap(tuple(points), _beats_per_bar(metre))


def _steady(wishes: Sequence[TempoWish], metre: Metre, beat: Fraction) -> TempoPlan:
    """A tempo that the editor fixed: stretches begin on the bar line nearest to where they should."""
    bar = beat * metre.beats_per_bar
    borders, time = [0], Fraction(0)
    for wish in wishes[:-1]:
        time += wish.seconds
        borders.append(max(round(time / bar) * STEPS_PER_BAR, borders[-1] + STEPS_PER_BAR))
    total = time + wishes[-1].seconds
    least, best, most = final_seconds(wishes[-1].seconds)
    halves = range(borders[-1], max(int(STEPS_PER_BAR * total / bar), borders[-1]) + 1)
    left = {step: round(float(total - step * bar / STEPS_PER_BAR), _DIGITS) for step in halves}
    fair = [step for step in halves if step % STEPS_PER_BAR == 0 and least <= left[step] <= most]
    cuts = [time + cut for cut in wishes[-1].cuts]
    costs = {s: abs(left[s] - best) + cut_cost(s * bar / STEPS_PER_BAR, cuts) for s in halves}
    final = min(fair or [step for step in halves if left[step] > 0] or halves, key=lambda step: costs[step])
    return TempoPlan(TempoMap((TempoPoint(Fraction(0), beat),), _beats_per_bar(metre)), tuple(borders), final)


def _beats_per_bar(metre: Metre) -> int:
    """What a tempo map says of its metre, in whole quarter notes."""
    return max(int(metre.beats_per_bar), 1)
