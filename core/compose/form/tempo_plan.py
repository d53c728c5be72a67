"""The tempo of a planned cue: each stretch of mood in its own tempo, its bars laid between the moments that are met.

Inside a stretch the tempo is fitted as :mod:`hitpoint.core.music.tempo_fit` does, within 8 % of its base; moments weigh most
on a bar line, less on half a bar, little on a beat. A stretch ends on a bar line, or on half a bar where no whole bar leads
there. The last one goes on from its last moment to the last chord, which is struck on a bar line a few seconds before the
end; the two bars before it slow down by about a tenth. Where the music leads over to another cue, the bars after the last moment
turn to that one's tempo instead, and the last chord fills the last bar, which ends with the music. A tempo that the editor fixed is steady, and never slows.

It is counted in units of half a step (a quarter note in 4/4), four to a bar in every metre.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
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
_BASES = 8  # tempi that a stretch may choose from
_LIGHT = 0.1  # weight of a moment below which it has no say in the last bars
_NEAREST = 1.5  # seconds from the start of a stretch to the first moment it is fitted to
_FINAL = (2.2, 3.4, 5.6)  # seconds of the last chord: at least, best, at most
_SLOWING = (Fraction(10, 100), Fraction(8, 100), Fraction(12, 100), Fraction(15, 100))  # of the last two bars
_SLOWING_UNITS = 2 * UNITS
_DRIFTS = tuple(Fraction(100 + d, 100) for d in (0, -1, 1, -2, 2, -3, 3))  # of what leads to the last chord
_TURNS = (8, 4, 12, 16)  # units over which the tempo turns to the next cue's, in order of liking
_MOST_TURN = 0.06  # by which one step may be longer or shorter than the next meanwhile
_MOST_DRIFT = 0.07  # of what leads there
_LAST_BAR = tuple(Fraction(100 + off, 100) for off in (0, -1, 1, -2, 2))  # of the next cue's tempo, in the last bar
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
    """

    seconds: Fraction
    low: float
    high: float
    preferred: float
    moments: Mapping[Fraction, float]


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
    """The units of the last stretch; those of the last entry are the last chord's, to the end of the music and beyond."""
    limits = limits_for(wish, metre)
    final = final_seconds(whole)
    targets = _targets(wish, wish.seconds - Fraction(_FINAL[2]))
    bars = 60 / wish.preferred * float(metre.beats_per_bar) * _SLOWING_UNITS / UNITS
    calm = wish.seconds - Fraction(_FINAL[1] + bars)
    targets = [target for target in targets if target.weight >= _LIGHT or target.time < calm]
    if not targets:
        tempi = [limits.preferred, *sorted(limits.bases, key=lambda base: abs(math.log(base / limits.preferred)))]
        lasting = [60 / Fraction(tempo).limit_denominator(1000) for tempo in tempi]
        led = (_led(wish.seconds, unit, 0, following) for unit in lasting if following is not None)
        return next(filter(None, led), None) or _ended(wish.seconds, lasting[0], 0, final)
    last = targets[-1]
    ends = tuple(share * last.weight for share in limits.shares)
    bounds = TempoLimits(limits.bases, limits.tolerance, limits.neighbours, limits.shares, ends, limits.preferred)
    plan = max(best_plans(last.time, targets[:-1], bounds), key=lambda one: one.worth)
    tempo, reached = _reached(plan, [Fraction(0), *(target.time for target in targets)])
    units = tempo.beat_at(reached)
    assert units.denominator == 1, "anchors lie on beats"
    unit = tempo.points[-1].seconds_per_beat
    left, place = wish.seconds - reached, int(units) % UNITS
    return [*_lengths(tempo, int(units)), *(_led(left, unit, place, following) or _ended(left, unit, place, final))]


def _reached(plan: Plan, times: Sequence[Fraction]) -> tuple[TempoMap, Fraction]:
    """A plan as a map, and the time of its last anchor."""
    return map_of(plan, times), times[plan.stretches[-1].last] if plan.stretches else Fraction(0)


def _led(seconds: Fraction, unit: Fraction, place: int, following: Fraction | None) -> list[tuple[int, Fraction]]:
    """Units from a place in the bar to the end, turning to the tempo of what follows; nothing if there is no room.

    Args:
        seconds: to the end of the music.
        unit: seconds of a unit up to here.
        place: in the bar, in units.
        following: seconds of a unit of what follows, 0 if it takes over this tempo; None if nothing follows.
    """
    if following is None:
        return []
    near = _pulse_near(following, unit) if following else Fraction(0)
    ways = []
    for turn, off in product(_TURNS, _LAST_BAR) if near else ((0, Fraction(0)),):
        for units in _bar_lines(seconds / unit * Fraction(11, 10), place):
            own, end = _led_unit(seconds, units, turn, near * off), near * off
            drift = abs(float(own / unit) - 1) if own else math.inf
            if drift <= _MOST_DRIFT:
                strain = abs(math.log((end or own) / own)) / (turn // UNITS_PER_STEP + 1)
                cost = round(drift + strain + (abs(float(off) - 1) if near else 0.0), _DIGITS)
                ways += [(cost, units, turn, own, end or own)] if strain <= _MOST_TURN else []
    if not ways:
        return []
    _, units, turn, own, end = min(ways)
    steps = turn // UNITS_PER_STEP
    turning = [(UNITS_PER_STEP, own + (end - own) * Fraction(2 * index + 1, 2 * steps)) for index in range(steps)]
    return [*([(units - turn, own)] if units > turn else []), *turning, (UNITS, end)]


def _pulse_near(following: Fraction, unit: Fraction) -> Fraction:
    """A unit, twice or half of it, whichever is nearest to another."""
    return min((following * level for level in (1, 2, Fraction(1, 2))), key=lambda one: abs(math.log(one / unit)))


def _led_unit(seconds: Fraction, units: int, turn: int, last: Fraction) -> Fraction:
    """Seconds of each unit before the turn, if so many units and a bar fill the time; 0 if they cannot."""
    if not last:
        return seconds / (units + UNITS)
    before = units - turn + Fraction(turn, 2)
    left = seconds - (Fraction(turn, 2) + UNITS) * last
    return left / before if units >= turn and before and left > 0 else Fraction(0)


def _ended(
    seconds: Fraction, unit: Fraction, place: int, final: tuple[float, float, float]
) -> list[tuple[int, Fraction]]:
    """Units from a place in the bar to the last chord, slower at last, and the last chord's own.

    Args:
        seconds: to the end of the music.
        unit: seconds of a unit up to here.
        place: in the bar, in units.
        final: seconds of the last chord: at least, at best, at most.
    """
    least, best, most = final
    ways = []
    for drift, slowing in product(_DRIFTS, _SLOWING):
        for units in _bar_lines(seconds / (unit * drift), place):
            length = _slowed_length(units, slowing) * unit * drift
            left = float(seconds - length)
            if least <= left <= most:
                cost = abs(left - best) + 20 * abs(float(drift) - 1) + 10 * abs(float(slowing) - 0.1)
                ways.append((round(cost, _DIGITS), units, drift, slowing))
    if not ways:
        units = max((-place) % UNITS, 0)
        return [*([(units, unit)] if units else []), (UNITS, unit)]
    _, units, drift, slowing = min(ways)
    return [*_slowed(units, unit * drift, slowing), (UNITS, unit * drift * (1 + slowing))]


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
    return [Target(time, wish.moments[time]) for time in inside]


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
    final = min(fair or [step for step in halves if left[step] > 0] or halves, key=lambda step: abs(left[step] - best))
    return TempoPlan(TempoMap((TempoPoint(Fraction(0), beat),), _beats_per_bar(metre)), tuple(borders), final)


def _beats_per_bar(metre: Metre) -> int:
    """What a tempo map says of its metre, in whole quarter notes."""
    return max(int(metre.beats_per_bar), 1)
