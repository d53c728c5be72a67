"""The bars of a cue as players see them: metre, place in phrase and section, tension, who plays.

A cue that was planned takes them from its plan, another from its form: bars of 4/4, two steps each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from hitpoint.core.arrange.form.form import FormStep
from hitpoint.core.arrange.form.sections import SectionKind
from hitpoint.core.cue.cue import BEATS_PER_STEP
from hitpoint.core.cue.form.form_plan import STEPS_PER_BAR, FormPlan, PlannedSection
from hitpoint.core.music.metre import COMMON_TIME, Metre

SLOTS_PER_BEAT = 4

# how tense a section is where no plan tells it, and the share of the players who play: None leaves that to the style
_TENSION = {
    SectionKind.INTRO: 0.25,
    SectionKind.BUILD: 0.55,
    SectionKind.PEAK: 0.9,
    SectionKind.RELEASE: 0.35,
    SectionKind.FINALE: 0.9,
    SectionKind.THEME: 0.5,
}


@dataclass(frozen=True)
class Bar:
    """One bar.

    Attributes:
        number: counted from the start of the cue.
        first: its first step.
        steps: how many it has.
        beat: where it starts.
        metre: of a whole bar; a shorter one has its beginning only.
        phrase: number by which the choices of its phrase are drawn.
        in_phrase: its number in its phrase.
        phrase_bars: how many its phrase has, as far as the cue goes.
        place: the number that its first step had when it was new.
        opening: the place of the first step of its phrase.
        section: what its section is for.
        letter: the theme of its section without primes; the kind of the section where themes have no names.
        phrase_in_section: number of its phrase in its section.
        is_section_start: whether a section begins with it.
        is_section_end: whether it is the last of a section, and another follows.
        tension: 0..1.
        force: share of the players who play, 0..1; None where the style decides.
    """

    number: int
    first: int
    steps: int
    beat: float
    metre: Metre
    phrase: int
    in_phrase: int
    phrase_bars: int
    place: int
    opening: int
    section: SectionKind
    letter: str
    phrase_in_section: int
    is_section_start: bool
    is_section_end: bool
    tension: float
    force: float | None

    @property
    def slots(self) -> int:
        """Sixteenths of a whole bar of its metre."""
        return int(self.metre.beats_per_bar * SLOTS_PER_BEAT)

    @property
    def signature(self) -> str:
        """Its metre as the tables of textures name it."""
        return str(self.metre)


def bars_of(steps: Sequence[FormStep], plan: FormPlan | None) -> tuple[Bar, ...]:
    """The bars that cover the steps of a form."""
    firsts = _first_steps(len(steps), plan)
    begun = list(accumulate(int(step.begins_phrase) for step in steps))  # phrases that a change has brought together
    phrases = _runs([(steps[first].opening, begun[first]) for first in firsts])
    numbers = _section_numbers(steps, plan)
    sections = _runs([numbers[first] for first in firsts])
    found: list[Bar] = []
    for number, first in enumerate(firsts):
        step, end = steps[first], firsts[number + 1] if number + 1 < len(firsts) else len(steps)
        phrase, section = phrases[number], sections[number]
        planned = None if plan is None else plan.sections[numbers[first]]
        found.append(
            Bar(
                number=number,
                first=first,
                steps=end - first,
                beat=step.beat,
                metre=COMMON_TIME if plan is None else plan.metre,
                phrase=step.phrase,
                in_phrase=number - phrase.start,
                phrase_bars=len(phrase),
                place=step.place,
                opening=step.opening,
                section=step.section,
                letter=_letter(step, planned),
                phrase_in_section=len({phrases[bar].start for bar in range(section.start, number + 1)}) - 1,
                is_section_start=number == section.start,
                is_section_end=number == section.stop - 1 and section.stop < len(firsts),
                tension=_TENSION[step.section] if plan is None else plan.tension[number],
                force=None if plan is None else plan.forces[number],
            )
        )
    return tuple(found)


def slots_per_step(plan: FormPlan | None) -> int:
    """Sixteenths a step."""
    beats = Fraction(BEATS_PER_STEP) if plan is None else plan.beats_per_step
    return int(beats * SLOTS_PER_BEAT)


def _first_steps(count: int, plan: FormPlan | None) -> list[int]:
    if plan is None:
        return list(range(0, count, STEPS_PER_BAR))
    return [first for first in plan.bar_starts[:-1] if first < count]


def _section_numbers(steps: Sequence[FormStep], plan: FormPlan | None) -> list[int]:
    """A number for the section that each step belongs to."""
    if plan is not None:
        return [plan.section_index(step) for step in range(len(steps))]
    return list(accumulate(int(step.begins_section) for step in steps))


def _runs(values: Sequence[object]) -> list[range]:
    """For each value, the places of its run of equal neighbours."""
    return [run for run in _each_run(values) for _ in run]


def _each_run(values: Sequence[object]) -> Iterator[range]:
    first = 0
    for place in range(1, len(values) + 1):
        if place == len(values) or values[place] != values[first]:
            yield range(first, place)
            first = place


def _letter(step: FormStep, planned: PlannedSection | None) -> str:
    return (planned.letter if planned is not None else "") or step.section.value
