"""Thinner bars inside plateaus, so that music which is equally full for long breathes.

A plateau is a stretch in which about the same share of the players play. In one that lasts, the first bar or two of a
phrase, else its last bar, are left to fewer players; the tune goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hitpoint.core.cue.form.form_plan import PlannedSection

DIP = 0.55  # share of the players of a plateau that play in a thinner bar
_LONGEST = 12.0  # seconds in which nothing changes, at the most
_SOONEST = 5.0  # seconds from one change to the next dip
_ALIKE = 0.13  # difference of the shares that is heard as none
_LEAST = 0.2  # share of players from which music can be thinned
_SHORT_BAR = 2.6  # seconds of a bar up to which two of them are thinner
_SUMMIT_BARS = 4  # at the start of the summit, which are full whatever comes


def with_dips(
    forces: Sequence[float], sections: Sequence[PlannedSection], times: Sequence[float], busy: frozenset[int]
) -> list[float]:
    """The forces of bars, with thinner ones inside plateaus of more than :data:`_LONGEST` seconds.

    Args:
        forces: a bar, as far as they may be changed.
        sections: of the plan.
        times: at which each bar starts, and the end, in seconds from the start of the music.
        busy: bars in which nobody leaves.
    """
    found = list(forces)
    places = _places(sections, busy)
    for plateau in _plateaus(forces, sections):
        since = times[plateau.start]
        while times[plateau.stop] - since > _LONGEST:
            chosen = _chosen(plateau, places, times, since)
            if not chosen:
                break
            for bar in chosen:
                found[bar] = round(forces[bar] * DIP, 3)
            since = times[chosen.stop]
    return found


def _plateaus(forces: Sequence[float], sections: Sequence[PlannedSection]) -> Iterator[range]:
    """Bars in a row in which each phrase has about as many players as the first of them."""
    levels = _levels(forces, sections)
    first = 0
    for bar in range(1, len(levels) + 1):
        if bar == len(levels) or abs(levels[bar] - levels[first]) > _ALIKE:
            if levels[first] > _LEAST:
                yield range(first, bar)
            first = bar


def _levels(forces: Sequence[float], sections: Sequence[PlannedSection]) -> list[float]:
    """The share of players in each bar as it is heard: a phrase has one, but where few or none play."""
    found = list(forces)
    for section in sections:
        first = section.first_bar
        for length in section.phrases or (section.bars,):
            bars = range(first, min(first + length, len(found)))
            many = sorted(forces[bar] for bar in bars if forces[bar] > _LEAST)
            for bar in bars:
                found[bar] = many[len(many) // 2] if forces[bar] > _LEAST and first else forces[bar]
            first += length
    return found


def _places(sections: Sequence[PlannedSection], busy: frozenset[int]) -> dict[int, int]:
    """The bars in which a dip may begin, and how good a place each is: the smaller, the better."""
    found: dict[int, int] = {}
    for section in sections:
        first = section.first_bar
        free = range(first + (_SUMMIT_BARS if section.summit else 2), section.end_bar)
        for length in section.phrases or (section.bars,):
            for bar in range(first, first + length):
                if bar in free and bar not in busy:
                    found[bar] = 0 if bar == first else 1 if bar == first + length - 1 else 2
            first += length
    return found


def _chosen(plateau: range, places: dict[int, int], times: Sequence[float], since: float) -> range:
    """The bars of the next dip of a plateau; none if there is no place for one."""
    inside = range(plateau.start + 1, plateau.stop - 1)
    near = [bar for bar in inside if bar in places and _SOONEST <= times[bar] - since <= _LONGEST]
    later = [bar for bar in inside if bar in places and times[bar] - since > _LONGEST]
    if not near and not later:
        return range(0)
    bar = min(near, key=lambda one: (places[one], -one)) if near else later[0]
    is_long = places[bar] == 0 and times[bar + 1] - times[bar] <= _SHORT_BAR and bar + 1 in places
    return range(bar, bar + 1 + (is_long and bar + 2 < plateau.stop))
