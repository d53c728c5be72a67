"""The tempo of a planned cue: each stretch of mood in its own tempo, its bars laid between the moments that are met.

Inside a stretch the tempo is fitted as :mod:`hitpoint.core.music.tempo_fit` does, within 8 % of its base; moments weigh
most on a bar line, less on half a bar, little on a beat. A stretch ends on a bar line, or on half a bar where no whole
bar leads there. The last one goes on from its last moment to the last chord (:mod:`.last_bars`). A tempo that the
editor fixed is steady, and never slows.

It is counted in units of half a step (a quarter note in 4/4), four to a bar in every metre.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hitpoint.core.compose.form.last_bars import (
    FINAL,
    SLOWING,
    SLOWING_UNITS,
    UNITS,
    UNITS_PER_STEP,
    cut_cost,
    ended,
    final_cut,
    final_seconds,
    turned,
)
from hitpoint.core.cue.form.form_plan import STEPS_PER_BAR
from hitpoint.core.music.metre import Metre
from hitpoint.core.music.tempo import TempoMap, TempoPoint
from hitpoint.core.music.tempo_fit import END_WORTH, Plan, Target, TempoLimits, best_plans, fit_tempo, map_of

_SHARES = {(4, 4): (1.0, 0.3, 0.75, 0.3), (3, 4): (1.0, 0.05, 0.4, 0.05), (6, 8): (1.0, 0.05, 0.7, 0.05)}
_ENDS = (END_WORTH, -math.inf, 0.7 * END_WORTH, -math.inf)
_BASES = 14  # tempi that a stretch may choose from
_LIGHT = 0.1  # weight of a moment below which it has no say in the last bars
_NEAREST = 1.5  # seconds from the start of a stretch to the first moment it is fitted to
_CROWN = 5.0  # weight from which a moment belongs on a bar line
_CROWN_SHARES = (1.0, 0.05, 0.3, 0.05)
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


def tempo_plan(
    wishes: Sequence[TempoWish], metre: Metre, bpm: float | None = None, leads_to: float | None = None
) -> TempoPlan:
    """The tempo of a cue.

    Args:
        wishes: of its stretches, in order; the last one ends with the music.
        metre: of its bars.
        bpm: quarter notes a minute if the editor fixed them.
        leads_to: of the music that follows without a break, 0 if it takes over this one's; None if none does.
    """
    unit = metre.beats_per_bar / UNITS
    if bpm is not None:
        return _steady(wishes, metre, Fraction(60) / Fraction(bpm).limit_denominator(1000))
    lengths: list[tuple[int, Fraction]] = []  # (units, seconds of each), one after the other
    borders = [0]
    for wish in wishes[:-1]:
        lengths += _fitted(wish, metre)
        borders.append(sum(units for units, _ in lengths) // UNITS_PER_STEP)
    whole = sum((wish.seconds for wish in wishes), Fraction(0))
    lengths += _to_the_last_chord(wishes[-1], metre, whole, _unit_of(leads_to, unit))
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


def _unit_of(bpm: float | None, unit: Fraction) -> Fraction | None:
    """Seconds of a unit at a tempo; 0 for whatever tempo there is."""
    return None if bpm is None else Fraction(60) / Fraction(bpm).limit_denominator(1000) * unit if bpm else Fraction(0)


def _to_the_last_chord(
    wish: TempoWish, metre: Metre, whole: Fraction, following: Fraction | None = None
) -> list[tuple[int, Fraction]]:
    """The units of the last stretch.

    Those of the last entry are the last chord's, to the end of the music and beyond.
    """
    limits = limits_for(wish, metre)
    final = final_seconds(whole)
    targets = _targets(wish, wish.seconds - Fraction(FINAL[2]))
    bars = 60 / wish.preferred * float(metre.beats_per_bar) * SLOWING_UNITS / UNITS
    calm = wish.seconds - Fraction(FINAL[1] + bars)
    targets = [target for target in targets if target.weight >= _LIGHT or target.time < calm]
    if not targets:
        tempi = [limits.preferred, *sorted(limits.bases, key=lambda base: abs(math.log(base / limits.preferred)))]
        lasting = [60 / Fraction(tempo).limit_denominator(1000) for tempo in tempi]
        turning = (turned(wish.seconds, unit, 0, following) for unit in lasting if following is not None)
        own = lasting[0]
        return next(filter(None, turning), None) or ended(wish.seconds, own, 0, final, wish.cuts, own)
    goal = final_cut(wish.cuts, wish.seconds, final) if following is None else None
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
    left, place = wish.seconds - reached, int(units) % UNITS
    tail = turned(left, unit, place, following) or ended(left, unit, place, final, cuts, base)
    return [*_lengths(tempo, int(units)), *tail]


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
    goal_unslowed = goal - SLOWING[0] * SLOWING_UNITS * unit
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
    tail = ended(wish.seconds - reached, own, units % UNITS, final, cuts, base)
    if sum(count * length for count, length in tail[:-1]) != goal - reached:
        return None
    tempo = map_of(Plan(plan.base, plan.worth, tuple(before)), times)
    return [*_lengths(tempo, units), *tail]


def _reached(plan: Plan, times: Sequence[Fraction]) -> tuple[TempoMap, Fraction]:
    """A plan as a map, and the time of its last anchor."""
    return map_of(plan, times), times[plan.stretches[-1].last] if plan.stretches else Fraction(0)


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
