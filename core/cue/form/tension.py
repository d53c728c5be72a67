"""What the tension of a plan does to density and loudness: it shapes, around what the picture asks for.

At the mean tension of a cue, a little above one half, nothing changes; at the summit there are four tenths more notes
and six tenths more loudness, where all is calm a third less of the one and half of the other: the regressor's own
curves hardly differ from scene to scene, and its picture has to be heard.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from hitpoint.core.cue.form.form_plan import FormPlan

SUMMIT_FULLER, SUMMIT_LOUDER = (
    1.1,
    1.25,
)  # density and loudness of the summit, times those of the greatest other section
CREST_LOUDER = 1.1  # loudness of the summit's first bar, times that of any other
_EQUAL = 1.0 + 1e-9
NEUTRAL = 0.56  # the tension that changes nothing
_DENSITY, _LOUDNESS = (0.45, 0.98), (0.25, 1.34)  # at no tension, and what full tension adds


def density_factor(tension: float) -> float:
    """What the picture's density is multiplied by at a tension of 0..1."""
    return _DENSITY[0] + _DENSITY[1] * tension


def loudness_factor(tension: float) -> float:
    """Likewise its loudness."""
    return _LOUDNESS[0] + _LOUDNESS[1] * tension


def culminating(
    values: Sequence[float], sections: Sequence[range], summit: int, above: float, most: float
) -> list[float]:
    """A curve whose summit is its greatest section, its mean ``above`` times that of any other.

    The summit is lifted; where it cannot rise so far, greater sections come down to it.

    Args:
        values: one a step.
        sections: steps of each section, in order.
        summit: number of the one in which the cue culminates.
        above: 1 or more.
        most: of a value.
    """
    means = _means(values, sections)
    greatest = max((mean for index, mean in enumerate(means) if index != summit), default=0.0)
    found = list(values)
    if means[summit] <= 0:
        for at in sections[summit]:
            found[at] = min(above * greatest, most)
    factor = max(above * greatest / means[summit], 1.0) if means[summit] > 0 else 1.0
    for at in sections[summit] if factor > 1.0 else ():
        found[at] = min(values[at] * factor, most)
    reached = _means(found, sections)[summit] / above
    for index, mean in enumerate(means):
        if index != summit and mean > reached * _EQUAL > 0:
            for at in sections[index]:
                found[at] = values[at] * reached / mean
    return found


def crested(values: Sequence[float], crest: range, above: float, most: float) -> list[float]:
    """A curve whose crest, the bar with most tension, is nowhere lower than ``above`` times all others, up to ``most``.

    Args:
        values: one a step.
        crest: steps of that bar.
        above: 1 or more.
        most: of a value.
    """
    others = [value for at, value in enumerate(values) if at not in crest]
    least = min(above * max(others, default=0.0), most)
    return [max(value, least) if at in crest else value for at, value in enumerate(values)]


def crest_steps(plan: FormPlan) -> range:
    """The steps of the bar with most tension."""
    bar = plan.tension.index(max(plan.tension))
    return range(plan.bar_starts[bar], plan.bar_starts[bar + 1])


def no_greater(values: Sequence[float], sections: Sequence[range], which: int) -> list[float]:
    """The curve with one section brought down to the mean of the greatest other, if it was greater."""
    means = _means(values, sections)
    most = max((mean for index, mean in enumerate(means) if index != which), default=math.inf)
    factor = most / means[which] if means[which] > most else 1.0
    return [value * factor if at in sections[which] else value for at, value in enumerate(values)]


def _means(values: Sequence[float], sections: Sequence[range]) -> list[float]:
    """Exact, so that machines agree."""
    stretches = [values[one.start : one.stop] for one in sections]  # those that are there
    return [math.fsum(one) / max(len(one), 1) for one in stretches]


def section_steps(plan: FormPlan) -> tuple[range, ...]:
    """The steps of each section."""
    starts = plan.bar_starts
    return tuple(range(starts[one.first_bar], starts[min(one.end_bar, len(starts) - 1)]) for one in plan.sections)


def step_tension(plan: FormPlan) -> tuple[float, ...]:
    """The tension of each step, on straight lines between the starts of bars."""
    found: list[float] = []
    for bar, steps in enumerate(plan.bar_steps):
        here, following = plan.tension[bar], plan.tension[min(bar + 1, len(plan.tension) - 1)]
        found.extend(round(here + (following - here) * place / steps, 4) for place in range(steps))
    return tuple(found)
