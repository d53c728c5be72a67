"""Where the chords lie: higher as the plan grows tense, lower in quiet sections, and apart in themes that contrast.

A phrase has one register, so that voices do not climb from bar to bar; a cue without a plan stays at its style's home.
"""

from __future__ import annotations

from collections.abc import Sequence

from hitpoint.core.arrange.form.form import Form
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.form.form_plan import FormPlan

_SPREAD, _MIDDLE, _MOST = (
    12.0,
    0.5,
    4,
)  # semitones for the whole of the tension; the tension at home; semitones either way
_FARTHEST = 5  # semitones from home
_CONTRAST = 3  # semitones by which a theme that is not the first lies higher where it is lively, else lower


def registers(cue: Cue, form: Form) -> tuple[int, ...]:
    """Semitones above the style's home, for each step of a form."""
    if cue.plan is None:
        return (0,) * len(form.steps)
    plan = cue.plan
    found: list[int] = []
    for index, step in enumerate(form.steps):
        if step.begins_phrase or not found:
            found.append(_register(plan, index, _phrase_bars(form, index, plan)))
        else:
            found.append(found[-1])
    return tuple(found)


def _phrase_bars(form: Form, first: int, plan: FormPlan) -> range:
    end = next((at for at in range(first + 1, len(form.steps)) if form.steps[at].begins_phrase), len(form.steps))
    return range(plan.bar_of(first), plan.bar_of(end - 1) + 1)


def _register(plan: FormPlan, step: int, bars: Sequence[int]) -> int:
    mean = sum(plan.tension[bar] for bar in bars) / len(bars)
    lift = min(max(round(_SPREAD * (round(mean, 6) - _MIDDLE)), -_MOST), _MOST)
    section = plan.section_at(step)
    if section.letter in ("", "A") or section.summit:
        return lift
    return min(max(lift + (_CONTRAST if lift > 0 else -_CONTRAST), -_FARTHEST), _FARTHEST)
