"""A plan for steps that come from elsewhere: the cut changed, or the tempo did.

Bars stay bars where they were; what is new in between is counted in whole bars, the last of which may be half a one. A
section lasts as long as what is left of it, and what is new belongs to the one before. There is still one summit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, groupby, pairwise

from hitpoint.core.cue.form.form_plan import STEPS_PER_BAR, FormPlan, PlannedSection, phrases_of

_BELOW, _TOP = 0.93, 1.0  # tension of any bar at most, and of the summit
_FINAL_SECONDS = 3.4  # that a new last chord lasts at best
_SUMMIT, _PLAIN = "Summit", "Theme"

Origin = int | None


def carried_plan(
    old: FormPlan, origins: Sequence[Origin], starts: Sequence[Fraction], *, keeps_bars: bool = True
) -> FormPlan:
    """The plan of a cue whose steps come from those of another.

    Args:
        old: of the other cue.
        origins: number of the old step that each new one comes from; None for a new one.
        starts: at which the steps start, and the end of the music, in seconds.
        keeps_bars: whether old bars stay bars; else all bars are counted anew inside each section.
    """
    if list(origins) == list(range(old.steps)):
        return old
    bar_steps = _bar_steps(old, origins, keeps_bars=keeps_bars)
    firsts = (0, *accumulate(bar_steps))
    owners = [_owner(old, origins[a:b]) for a, b in pairwise(firsts)]
    tension = _tension(old, owners)
    final = _final_bar(old, origins, firsts, starts)
    known = [index for index in owners if index is not None]
    forces = _filled([None if bar is None else old.forces[bar] for bar in owners], 1.0)
    forces[final:] = [1.0] * (len(forces) - final)
    sections = _sections(old, owners, tension) if known else _one_section(old, len(owners), tension)
    return replace(
        old, sections=sections, tension=tuple(tension), bar_steps=bar_steps, forces=tuple(forces), final_bar=final
    )


def _bar_steps(old: FormPlan, origins: Sequence[Origin], *, keeps_bars: bool) -> tuple[int, ...]:
    sizes: list[int] = []
    last: Origin = None
    for index, origin in enumerate(origins):
        begins = not sizes or sizes[-1] >= STEPS_PER_BAR
        if origin is not None and origin != last and index:
            if keeps_bars:
                begins = begins or old.place_in_bar(origin) == 0
            elif last is not None:
                begins = begins or old.section_index(origin) != old.section_index(last)
        sizes[len(sizes) :] = [0] if begins else []
        sizes[-1] += 1
        last = origin if origin is not None else last
    return tuple(sizes)


def _owner(old: FormPlan, origins: Sequence[Origin]) -> int | None:
    """The old bar that a new one comes from."""
    return next((old.bar_of(origin) for origin in origins if origin is not None), None)


def _tension(old: FormPlan, owners: Sequence[int | None]) -> list[float]:
    values = _filled([None if bar is None else old.tension[bar] for bar in owners], 0.5)
    top = values.index(max(values))
    return [_TOP if bar == top else min(value, _BELOW) for bar, value in enumerate(values)]


def _filled(values: Sequence[float | None], default: float) -> list[float]:
    """The values, with the one before, else the one after, where there is none."""
    last = next((value for value in values if value is not None), default)
    found = []
    for value in values:
        last = last if value is None else value
        found.append(last)
    return found


def _sections(old: FormPlan, owners: Sequence[int | None], tension: Sequence[float]) -> tuple[PlannedSection, ...]:
    indices: list[int] = []
    first_known = next(bar for bar in owners if bar is not None)
    here = old.section_index(old.bar_starts[first_known])
    for bar in owners:
        here = here if bar is None else old.section_index(old.bar_starts[bar])
        indices.append(here)
    top = tension.index(_TOP)
    sections: list[PlannedSection] = []
    for index, group in groupby(indices):
        first = sections[-1].end_bar if sections else 0
        bars = sum(1 for _ in group)
        own = old.sections[index]
        mean = sum(tension[first : first + bars]) / bars
        is_summit = first <= top < first + bars
        sections.append(
            replace(
                own,
                first_bar=first,
                bars=bars,
                phrases=_phrases(old, owners[first : first + bars]),
                tension=round(mean, 3),
                summit=is_summit,
                name=_PLAIN if own.name == _SUMMIT and not is_summit else own.name,
            )
        )
    return tuple(sections)


def _phrases(old: FormPlan, owners: Sequence[int | None]) -> tuple[int, ...]:
    """The phrases of a section whose bars come from old ones.

    They begin where they did, and where what follows is new.
    """
    starts = set(old.phrase_starts())
    begins = [
        bar == 0 or owner in starts or (owner is None and owners[bar - 1] is not None)
        for bar, owner in enumerate(owners)
    ]
    places = [bar for bar, begin in enumerate(begins) if begin]
    phrases: list[int] = []
    for first, end in pairwise([*places, len(owners)]):
        is_new = owners[first] is None
        phrases.extend(phrases_of(end - first, is_sentence=False) if is_new else (end - first,))
    return tuple(phrases)


def _one_section(old: FormPlan, bars: int, tension: Sequence[float]) -> tuple[PlannedSection, ...]:
    """All of a cue of which nothing was there before."""
    own, mean = old.sections[0], round(sum(tension) / bars, 3)
    return (
        replace(own, first_bar=0, bars=bars, phrases=phrases_of(bars, is_sentence=False), tension=mean, summit=True),
    )


def _final_bar(old: FormPlan, origins: Sequence[Origin], firsts: Sequence[int], starts: Sequence[Fraction]) -> int:
    """The bar of the last chord: where the old one is, if the music still ends with it.

    Else a few seconds before the end.
    """
    bars = range(len(firsts) - 1)
    place = next((at for at, origin in enumerate(origins) if origin == old.final_step), None)
    if place is not None and all(origin is not None and origin >= old.final_step for origin in origins[place:]):
        return max(bar for bar in bars if firsts[bar] <= place)
    left = [abs(float(starts[-1] - starts[firsts[bar]]) - _FINAL_SECONDS) for bar in bars]
    return min(bars, key=lambda bar: (round(left[bar], 6), bar))
