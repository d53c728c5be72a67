"""Sections and phrases: where the music turns, in whole bars, on the greatest moments of the picture if it can.

A section is best when it begins on a moment met in full, has a multiple of four bars, and lasts about as long as the
length of the cue lets expect. The best division is found by dynamic programming over the steps on which a section may
begin.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hitpoint.core.cue.form.form_plan import STEPS_PER_BAR

_SECTIONS = 6.5  # that a cue of middling length has
_SHORTEST, _LONGEST = 15.0, 38.0  # seconds that a section has at best
_LEAST_BARS, _MOST_BARS = 2, 24
_LENGTH_COST, _HALF_BAR_COST = 1.4, 0.55
_BARS_COST = (0.0, 1.1, 0.4, 1.1)  # by bars beyond a multiple of four
_HIT_WORTH = 1.1  # of beginning on a moment of full weight
_DIGITS = 6


@dataclass(frozen=True)
class Division:
    """Where sections begin, and what bars they have.

    Attributes:
        sections: bars of each section.
        bar_steps: steps of each bar of the cue.
    """

    sections: tuple[int, ...]
    bar_steps: tuple[int, ...]


def divided(
    steps: int, final_step: int, borders: Sequence[int], hits: Mapping[int, float], seconds_a_step: float
) -> Division:
    """The sections of a cue.

    Args:
        steps: of the cue.
        final_step: on which the last chord is struck, a bar line if all goes well; its section goes on to the end.
        borders: steps at which sections must begin, the first 0.
        hits: step -> weight of the moment that it starts on.
        seconds_a_step: on the mean.
    """
    starts: list[int] = []
    edges = [*borders, max(final_step, borders[-1] + 1)]
    best = min(max(final_step * seconds_a_step / _SECTIONS, _SHORTEST), _LONGEST) / seconds_a_step
    for first, end in pairwise(edges):
        starts += _best_starts(first, end, hits, best)
    bars: list[tuple[int, ...]] = [
        bars_between(start, end) for start, end in pairwise([*starts, max(final_step, starts[-1] + 1)])
    ]
    if final_step > starts[-1]:
        bars[-1] = (*bars[-1], *bars_between(final_step, steps))
    else:
        bars[-1] = bars_between(starts[-1], steps)
    return Division(tuple(len(one) for one in bars), tuple(size for one in bars for size in one))


def with_early_end(division: Division, section: int, bars: int) -> Division:
    """The division with a section that ends after so many of its bars; what is left of it is a section of its own."""
    before, own, after = division.sections[:section], division.sections[section], division.sections[section + 1 :]
    return replace(division, sections=(*before, bars, own - bars, *after))


def bars_between(start: int, end: int) -> tuple[int, ...]:
    """Steps of the bars from one step to another; half a bar at last if they are odd in number."""
    whole, rest = divmod(end - start, STEPS_PER_BAR)
    return (*(STEPS_PER_BAR,) * whole, *((rest,) if rest else ()))


def _best_starts(first: int, end: int, hits: Mapping[int, float], best: float) -> list[int]:
    """The first step of each section in a stretch."""
    worth: dict[int, float] = {first: 0.0}
    before: dict[int, int] = {}
    for place in range(first + STEPS_PER_BAR * _LEAST_BARS, end + 1):
        if place != end and place not in hits and (place - first) % STEPS_PER_BAR:
            continue
        bonus = _HIT_WORTH * hits.get(place, 0.0) if place != end else 0.0
        lowest = max(first, place - STEPS_PER_BAR * _MOST_BARS - 1)
        ways = [
            (round(worth[start] + bonus - _cost(place - start, best), _DIGITS), start)
            for start in range(lowest, place - STEPS_PER_BAR * _LEAST_BARS + 1)
            if start in worth
        ]
        if ways:
            worth[place], before[place] = max(ways)
    starts, place = [], end
    while place in before:
        place = before[place]
        starts.append(place)
    return starts[::-1] or [first]


def _cost(steps: int, best: float) -> float:
    """What a section of so many steps costs."""
    bars = steps // STEPS_PER_BAR
    odd = _HALF_BAR_COST if steps % STEPS_PER_BAR else 0.0
    return _LENGTH_COST * math.log(steps / best) ** 2 + _BARS_COST[bars % 4] + odd
