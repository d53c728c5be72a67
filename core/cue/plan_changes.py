"""What an editor can do to the plan of a cue: one pure function for each, from cue to cue.

Borders, names and locks change the plan at once and the music when it is composed again; the summit is heard at once,
because density and loudness follow the tension.

>>> cue = border_moved(cue, 2, 17)          # the third section begins with bar 17    # doctest: +SKIP
>>> cue = summit_set(cue, 24)                                                         # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.form.form_plan import Ending, FormPlan, PlannedSection, phrases_of
from hitpoint.core.cue.form.section_names import FINALE, INTRO, NAMES, SUMMIT, names_of
from hitpoint.core.cue.form.tension import (
    SUMMIT_FULLER,
    SUMMIT_LOUDER,
    culminating,
    density_factor,
    loudness_factor,
    no_greater,
    section_steps,
    step_tension,
)
from hitpoint.core.errors import OptionError

LONGEST_NAME = 40
BELOW_THE_SUMMIT = 0.93  # the most tension of any other bar
_QUIET, _NEAR = 0.3, 0.83  # far from the summit and next to it, of a curve that had no rise or no fall
_MOST_DENSITY, _MOST_LOUDNESS = 42.0, 1.0
_DIGITS = 3


def border_moved(cue: Cue, index: int, bar: int) -> Cue:
    """The cue whose section ``index`` begins with another bar; the one before it gives or takes.

    Raises:
        OptionError: if there is no such border, if one of the sections is locked, or if none of it would be left.
    """
    plan = _plan(cue)
    if not 1 <= index < len(plan.sections):
        raise OptionError(
            f"section {index + 1} has no border to move: borders lie before section 2 to {len(plan.sections)}"
        )
    before, after = plan.sections[index - 1], plan.sections[index]
    if before.locked or after.locked:
        raise OptionError(f"the border of {after.name} is locked: unlock both sections that it lies between")
    if not before.first_bar < bar < after.end_bar:
        raise OptionError(
            f"{after.name} can begin with bar {before.first_bar + 2} to {after.end_bar}, not with bar {bar + 1}"
        )
    shorter = _resized(before, before.first_bar, bar - before.first_bar)
    longer = _resized(after, bar, after.end_bar - bar)
    sections = (*plan.sections[: index - 1], shorter, longer, *plan.sections[index + 1 :])
    return altered(cue, plan=_weighed(_with_summit_in_place(replace(plan, sections=sections))))


def section_named(cue: Cue, index: int, name: str) -> Cue:
    """The cue with another name for one of its sections.

    Raises:
        OptionError: if there is no such section, or the name is empty or too long.
    """
    return _with_section(cue, index, name=_checked_name(name))


def theme_named(cue: Cue, index: int, theme: str) -> Cue:
    """The cue with another theme for one of its sections: a letter, with a prime for a varied return; empty for free.

    Raises:
        OptionError: if there is no such section, or that is no theme.
    """
    letter = theme.strip().rstrip("'")
    if len(letter) > 1 or (letter and not letter.isalpha()) or len(theme) > LONGEST_NAME:
        raise OptionError(f"{theme!r} is no theme: write A, A', B ...")
    return _with_section(cue, index, theme=theme.strip().upper())


def section_locked(cue: Cue, index: int, *, locked: bool) -> Cue:
    """The cue with the plan of one section locked, or free again.

    Raises:
        OptionError: if there is no such section.
    """
    return _with_section(cue, index, locked=locked)


def summit_set(cue: Cue, bar: int) -> Cue:
    """The cue that culminates in another bar: tension, density and loudness rise to it.

    Raises:
        OptionError: if there is no such bar.
    """
    plan = _plan(cue)
    if not 0 <= bar < len(plan.tension):
        raise OptionError(f"bar {bar + 1} is none of this cue, which has {len(plan.tension)}")
    tension = _led_to(plan.tension, bar)
    changed = _weighed(_renamed(replace(plan, tension=tension), bar))
    return _reshaped(altered(cue, plan=changed), plan, changed)


def _led_to(tension: Sequence[float], bar: int) -> tuple[float, ...]:
    """A curve stretched so that it has its summit in another bar: it rises to it and falls after it as it did before.

    Where it did not rise or fall because the summit was its first bar or its last, it does so evenly.
    """
    old, last = tension.index(max(tension)), len(tension) - 1
    values = [min(value, BELOW_THE_SUMMIT) for value in tension]
    found = []
    for at in range(len(tension)):
        if at == bar:
            found.append(1.0)
        elif at < bar:
            found.append(_between(values, at * old / bar) if old else _QUIET + (_NEAR - _QUIET) * at / bar)
        else:
            share = (at - bar) / (last - bar)
            found.append(
                _between(values, old + share * (last - old)) if old < last else _NEAR - (_NEAR - _QUIET) * share
            )
    return tuple(round(value, _DIGITS) for value in found)


def _between(values: Sequence[float], place: float) -> float:
    """A curve between two of its bars."""
    first = min(int(place), len(values) - 1)
    second = min(first + 1, len(values) - 1)
    return values[first] + (place - first) * (values[second] - values[first])


def _reshaped(cue: Cue, old: FormPlan, new: FormPlan) -> Cue:
    """The cue with the density and loudness that another tension asks for, except where the editor drew them."""
    tensions = list(zip(step_tension(old), step_tension(new), strict=True))
    fuller = [density_factor(b) / density_factor(a) for a, b in tensions]
    louder = [loudness_factor(b) / loudness_factor(a) for a, b in tensions]
    densities = _risen([one.density for one in cue.steps], fuller, old, new, (SUMMIT_FULLER, _MOST_DENSITY))
    levels = _risen([one.loudness for one in cue.steps], louder, old, new, (SUMMIT_LOUDER, _MOST_LOUDNESS))
    steps = [
        replace(
            step,
            density=step.density if step.drawn else min(density, _MOST_DENSITY),
            loudness=step.loudness if step.loudness_drawn else min(loudness, _MOST_LOUDNESS),
        )
        for step, density, loudness in zip(cue.steps, densities, levels, strict=True)
    ]
    playing = tuple(
        one and (one if step == other else replace(one, level=None))
        for one, step, other in zip(cue.playing, cue.steps, steps, strict=False)
    )
    return altered(cue, steps=tuple(steps), playing=playing)


def _risen(
    values: Sequence[float], factors: Sequence[float], old: FormPlan, new: FormPlan, summit: tuple[float, float]
) -> list[float]:
    """A curve that rose to one summit, so that it rises to another; values that stay are the same to the bit.

    ``summit`` is how far it stands above all others, and the most that any value may be.
    """
    before, after = old.sections.index(old.summit), new.sections.index(new.summit)
    shaped = [value * factor for value, factor in zip(values, factors, strict=True)]
    if before != after:
        shaped = no_greater(shaped, section_steps(new), before)
    shaped = culminating(shaped, section_steps(new), after, *summit)
    return [one if one == value else round(one, 6) for one, value in zip(shaped, values, strict=True)]


def _renamed(plan: FormPlan, bar: int) -> FormPlan:
    """The plan whose summit is the section that a bar lies in, its sections called so; names of the editor stay."""
    own = plan.sections
    summit = next(number for number, section in enumerate(own) if section.first_bar <= bar < section.end_bar)
    names = names_of(
        [section.theme for section in own],
        summit,
        has_intro=own[0].name == INTRO,
        stops=own[-1].name == FINALE or (own[-1].name == SUMMIT and plan.ending is Ending.BUTTON),
    )
    sections = [
        replace(section, summit=number == summit, name=name if section.name in NAMES else section.name)
        for number, (section, name) in enumerate(zip(own, names, strict=True))
    ]
    return replace(plan, sections=tuple(sections))


def _with_summit_in_place(plan: FormPlan) -> FormPlan:
    """The plan whose summit is where its tension has it, after a border moved over it."""
    bar = plan.tension.index(max(plan.tension))
    return plan if plan.summit.first_bar <= bar < plan.summit.end_bar else _renamed(plan, bar)


def _weighed(plan: FormPlan) -> FormPlan:
    """The plan whose sections have the mean tension of their bars."""
    sections = (replace(s, tension=_mean(plan.tension[s.first_bar : s.end_bar])) for s in plan.sections)
    return replace(plan, sections=tuple(sections))


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), _DIGITS)


def _resized(section: PlannedSection, first_bar: int, bars: int) -> PlannedSection:
    return replace(section, first_bar=first_bar, bars=bars, phrases=phrases_of(bars, is_sentence=False))


def _with_section(cue: Cue, index: int, **fields: object) -> Cue:
    plan = _plan(cue)
    if not 0 <= index < len(plan.sections):
        raise OptionError(f"there is no section {index + 1}: this cue has {len(plan.sections)}")
    changed = replace(plan.sections[index], **fields)  # type: ignore[arg-type]
    return altered(cue, plan=replace(plan, sections=(*plan.sections[:index], changed, *plan.sections[index + 1 :])))


def _checked_name(name: str) -> str:
    short = name.strip()
    if not short or len(short) > LONGEST_NAME:
        raise OptionError(f"the name of a section has 1 to {LONGEST_NAME} characters")
    return short


def _plan(cue: Cue) -> FormPlan:
    if cue.plan is None:
        raise OptionError("this cue has no plan: compose it again to have one")
    return cue.plan
