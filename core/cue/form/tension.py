"""What the tension of a plan does to density and loudness: it shapes, around what the picture asks for.

At the mean tension of a cue, a little above one half, nothing changes; at the summit there are four tenths more notes
and six tenths more loudness, where all is calm a third less of the one and half of the other: the regressor's own
curves hardly differ from scene to scene, and its picture has to be heard.
"""

from __future__ import annotations

from hitpoint.core.cue.form.form_plan import FormPlan

NEUTRAL = 0.56  # the tension that changes nothing
_DENSITY, _LOUDNESS = (0.45, 0.98), (0.25, 1.34)  # at no tension, and what full tension adds


def density_factor(tension: float) -> float:
    """What the picture's density is multiplied by at a tension of 0..1."""
    return _DENSITY[0] + _DENSITY[1] * tension


def loudness_factor(tension: float) -> float:
    """Likewise its loudness."""
    return _LOUDNESS[0] + _LOUDNESS[1] * tension


def step_tension(plan: FormPlan) -> tuple[float, ...]:
    """The tension of each step, on straight lines between the starts of bars."""
    found: list[float] = []
    for bar, steps in enumerate(plan.bar_steps):
        here, following = plan.tension[bar], plan.tension[min(bar + 1, len(plan.tension) - 1)]
        found.extend(round(here + (following - here) * place / steps, 4) for place in range(steps))
    return tuple(found)
