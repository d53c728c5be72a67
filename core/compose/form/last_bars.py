"""The last bars of a planned cue: how they slow down to its last chord, or turn to the tempo of what follows.

The last chord is struck on a bar line a few seconds before the end: on the last cut if that leaves it time, and never
just before one; the two bars before it slow down by about a tenth. Where the music leads over to another cue, the bars
after the last moment turn to that one's tempo instead, and the last chord fills the last bar, which ends with the
music.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from hitpoint.core.cue.form.form_plan import STEPS_PER_BAR

UNITS = 4  # a bar
UNITS_PER_STEP = UNITS // STEPS_PER_BAR
FINAL = (2.2, 3.4, 5.6)  # seconds of the last chord: at least, best, at most
SLOWING = (Fraction(10, 100), Fraction(8, 100), Fraction(12, 100), Fraction(15, 100))  # of the last two bars
SLOWING_UNITS = 2 * UNITS
_DRIFTS = tuple(Fraction(100 + d, 100) for d in (0, -1, 1, -2, 2, -3, 3))  # of what leads to the last chord
_TURNS = (8, 4, 12, 16)  # units over which the tempo turns to the next cue's, in order of liking
_MOST_TURN = 0.06  # by which one step may be longer or shorter than the next meanwhile
_MOST_DRIFT = 0.07  # of what leads there
_LAST_BAR = tuple(Fraction(100 + off, 100) for off in (0, -1, 1, -2, 2))  # of the next cue's tempo, in the last bar
_DRIFT = Fraction(79, 1000)  # of what leads to a last chord on a cut, from the tempo before it and from the base
_ON_CUT, _BEFORE_CUT = 3.5, 4.0  # what a last chord on a cut saves, and one costs that comes just before one
_JUST_BEFORE = Fraction(3, 2)  # seconds
_DIGITS = 6


def final_cut(cuts: Sequence[Fraction], seconds: Fraction, final: tuple[float, float, float]) -> Fraction | None:
    """The last cut that leaves the last chord its time, with no other just after it if there is such a one.

    None for none.
    """
    least, _, most = final
    fair = [cut for cut in reversed(cuts) if least <= seconds - cut <= most]
    return next((cut for cut in fair if cut_cost(cut, cuts) < 0), next(iter(fair), None))


def turned(seconds: Fraction, unit: Fraction, place: int, following: Fraction | None) -> list[tuple[int, Fraction]]:
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


def ended(
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
    for drift, slowing in product(_DRIFTS, SLOWING):
        for units in _bar_lines(seconds / (unit * drift), place):
            yield units, drift, slowing


def _ways_to_cuts(
    seconds: Fraction, unit: Fraction, place: int, cuts: Sequence[Fraction], base: Fraction
) -> Iterator[tuple[int, Fraction, Fraction]]:
    """Likewise those with which a bar line lies exactly on a cut."""
    for cut, slowing in product(cuts, SLOWING):
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
    least, best, most = (min(value, float(seconds) * share) for value, share in zip(FINAL, shares, strict=True))
    return least, best, most


def _bar_lines(reach: Fraction, place: int) -> range:
    """Units to each bar line ahead."""
    return range((-place) % UNITS, int(reach) + 1, UNITS)


def _slowed_length(units: int, slowing: Fraction) -> Fraction:
    """What so many units last, in units, if the last two bars slow down."""
    return units + slowing * _slow_units(units)


def _slow_units(units: int) -> int:
    """How many of so many units slow down: whole steps of the last two bars."""
    return min(units, SLOWING_UNITS) // UNITS_PER_STEP * UNITS_PER_STEP


def _slowed(units: int, unit: Fraction, slowing: Fraction) -> list[tuple[int, Fraction]]:
    """Units of which those of the last two bars last longer and longer, by ``slowing`` on the mean."""
    steps = _slow_units(units) // UNITS_PER_STEP
    parts = [(UNITS_PER_STEP, unit * (1 + slowing * Fraction(2 * index + 1, steps))) for index in range(steps)]
    even = units - _slow_units(units)
    return [*([(even, unit)] if even else []), *parts]
