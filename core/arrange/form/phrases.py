"""Phrases: four bars each, give or take one so that the next begins on a hit; those of kept steps stay where they were.

Where a cut changed before them, steps have other numbers than when they were new. What players chose for them hangs on
the numbers that they had (``place``), and on those of their phrases, so that unchanged music sounds the same to the
note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from hitpoint.core.cue.cue import KeptPhrase, KeptSteps
from hitpoint.core.cue.form.form_plan import FormPlan

PHRASE_STEPS = 8
_CHOICES = (8, 10, 6)  # in order of liking; always whole bars
_HALF_PHRASE = 2  # bars of each half of a theme's first phrase
_SHORTEST = 2  # steps of what is left before a phrase that stays


@dataclass(frozen=True)
class Phrase:
    """One phrase.

    Attributes:
        first: number of its first step.
        number: by which its motif, line and silence are drawn.
        opening: the place of its first step.
        section: what it was for, if that is to stay.
    """

    first: int
    number: int
    opening: int
    section: str | None = None


def phrases_of(count: int, hits: frozenset[int], kept: Sequence[KeptSteps] = ()) -> list[Phrase]:
    """The phrases of a cue with so many steps, in order; the first begins with it.

    Args:
        count: of steps.
        hits: steps that start on hit points.
        kept: steps whose phrases are known.
    """
    found: list[Phrase] = []
    free_from = 0  # no phrase begins among kept steps but those they had
    for one in kept:
        for phrase in one.phrases:
            first = _first_of(phrase, one, free_from)
            if first >= min(one.end, count) or (found and first <= found[-1].first):
                continue
            _fill(found, free_from, first, hits)
            found.append(Phrase(first, phrase.number, phrase.opening, phrase.section))
            free_from = first + 1
        free_from = max(one.end, free_from)
    _fill(found, free_from, count, hits)
    return found


def planned_phrases(plan: FormPlan, count: int, kept: Sequence[KeptSteps] = ()) -> list[Phrase]:
    """The phrases of a plan, in order; one that was kept has the number and opening it had.

    Before the summit a theme that comes back is opened as it was at first, so that it is accompanied alike.

    Args:
        plan: of the cue.
        count: of steps.
        kept: steps whose phrases are known.
    """
    places = places_of(count, kept)
    known = {phrase.first: phrase for one in kept for phrase in one.phrases}
    stated: dict[str, dict[int, int]] = {}
    found: list[Phrase] = []
    for section in plan.sections:
        before: dict[int, int] = {}  # bars of the section before each phrase, and its opening
        known_here = stated.get(section.letter) if section.first_bar < plan.summit.first_bar else None
        for offset in accumulate((0, *section.phrases[:-1])):
            first = plan.bar_starts[section.first_bar + offset]
            if first >= count:
                break
            own = known.get(first)
            opening = places[first] if own is None else own.opening
            if own is None and known_here:
                opening = known_here[max(one for one in known_here if one <= offset)]
            elif own is None and offset == _HALF_PHRASE:  # the two halves of a sentence's first phrase
                opening = before[0]
            before[offset] = opening
            found.append(Phrase(first, len(found) if own is None else own.number, opening))
        if section.letter and before:
            stated.setdefault(section.letter, before)
    return found


def places_of(count: int, kept: Sequence[KeptSteps] = ()) -> list[int]:
    """The number that each step had when it was new."""
    places = list(range(count))
    for one in kept:
        for step in range(one.first, min(one.end, count)):
            places[step] = one.place + step - one.first
    return places


def _first_of(phrase: KeptPhrase, one: KeptSteps, free_from: int) -> int:
    """Where a known phrase begins; with the kept steps, on a bar, if what it began with is gone."""
    return phrase.first if phrase.first >= free_from else one.first + one.first % 2


def _fill(found: list[Phrase], free_from: int, end: int, hits: frozenset[int]) -> None:
    """Phrases up to a step at which another begins, or the cue ends."""
    if not found and end > 0:
        found.append(Phrase(0, 0, 0))
    while found and end - found[-1].first >= PHRASE_STEPS + PHRASE_STEPS // 2:
        last = found[-1].first
        lowest = max(free_from + free_from % 2, last + 1)
        on_a_hit = (last + length for length in _CHOICES if last + length in hits and last + length >= lowest)
        following = next(on_a_hit, max(last + PHRASE_STEPS, lowest))
        if end - following < _SHORTEST:
            break
        found.append(Phrase(following, len(found), following))
