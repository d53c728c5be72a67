"""How the plan of a cue is written in ``cue.json``; a cue without one has none, as all had once.

::

    "plan": {"metre": "4/4", "final_bar": 30, "ending": null, "hits_per_minute": 3.0,
             "bar_steps": [2, 2], "tension": [0.3, 1.0], "forces": [0.01, 1.0],
             "full_hits": [{"frame": 210, "weight": 1.0, "preparation": "swell"}],
             "sections": [{"first_bar": 0, "bars": 2, "name": "Theme", "theme": "A", "key": "A minor", "tension": 0.65,
                           "summit": true, "phrases": [2], "locked": false}]}
"""

from __future__ import annotations

from enum import Enum
from typing import Any, TypeVar

from hitpoint.core.cue.form.form_plan import Ending, FormPlan, FullHit, PlannedSection, Preparation
from hitpoint.core.cue.json_values import field, items, number, text, truth, whole
from hitpoint.core.errors import CueFileError, OptionError
from hitpoint.core.music.key import parse_key
from hitpoint.core.music.metre import parse_metre

_MOST_BARS = 100_000
_MOST_STEPS_A_BAR = 4
_LATEST_FRAME = 10**9
_LONGEST_NAME = 40
_MOST_HITS = 60.0

Choice = TypeVar("Choice", bound=Enum)


def plan_to_document(plan: FormPlan | None) -> dict[str, Any] | None:
    """A plan as JSON values."""
    if plan is None:
        return None
    return {
        "metre": str(plan.metre),
        "final_bar": plan.final_bar,
        "ending": None if plan.ending is None else plan.ending.value,
        "hits_per_minute": plan.hits_per_minute,
        "bar_steps": list(plan.bar_steps),
        "tension": list(plan.tension),
        "forces": list(plan.forces),
        "full_hits": [
            {"frame": hit.frame, "weight": hit.weight, "preparation": hit.preparation.value} for hit in plan.full_hits
        ],
        "sections": [
            {
                "first_bar": section.first_bar,
                "bars": section.bars,
                "name": section.name,
                "theme": section.theme,
                "key": str(section.key),
                "tension": section.tension,
                "summit": section.summit,
                "phrases": list(section.phrases),
                "locked": section.locked,
            }
            for section in plan.sections
        ],
    }


def plan_of(value: Any, steps: int) -> FormPlan | None:
    """The plan that JSON values describe, of a cue with so many steps.

    Raises:
        CueFileError: if they describe none, or one of another cue.
    """
    if value is None:
        return None
    try:
        plan = FormPlan(
            metre=parse_metre(text(field(value, "metre", "plan"), "plan.metre")),
            sections=items(field(value, "sections", "plan"), "plan.sections", _section),
            tension=items(field(value, "tension", "plan"), "plan.tension", _share),
            bar_steps=items(field(value, "bar_steps", "plan"), "plan.bar_steps", _bar),
            forces=items(field(value, "forces", "plan"), "plan.forces", _share),
            final_bar=whole(field(value, "final_bar", "plan"), "plan.final_bar", 0, _MOST_BARS),
            full_hits=items(field(value, "full_hits", "plan"), "plan.full_hits", _full_hit),
            ending=None if value.get("ending") is None else _choice(Ending, value["ending"], "plan.ending"),
            hits_per_minute=number(value.get("hits_per_minute", 3.0), "plan.hits_per_minute", 0, _MOST_HITS),
        )
    except (ValueError, OptionError) as error:
        raise CueFileError(f"plan: {error}") from None
    if plan.steps != steps:
        raise CueFileError(f"plan: its bars have {plan.steps} steps, the cue {steps}")
    return plan


def _section(value: Any, where: str) -> PlannedSection:
    try:
        key = parse_key(text(field(value, "key", where), f"{where}.key", longest=_LONGEST_NAME))
    except OptionError as error:
        raise CueFileError(f"{where}.key: {error}") from None
    return PlannedSection(
        first_bar=whole(field(value, "first_bar", where), f"{where}.first_bar", 0, _MOST_BARS),
        bars=whole(field(value, "bars", where), f"{where}.bars", 1, _MOST_BARS),
        name=text(field(value, "name", where), f"{where}.name", longest=_LONGEST_NAME),
        theme=text(field(value, "theme", where), f"{where}.theme", longest=_LONGEST_NAME),
        key=key,
        tension=_share(field(value, "tension", where), f"{where}.tension"),
        summit=truth(field(value, "summit", where), f"{where}.summit"),
        phrases=items(field(value, "phrases", where), f"{where}.phrases", _phrase),
        locked=truth(value.get("locked", False), f"{where}.locked"),
    )


def _full_hit(value: Any, where: str) -> FullHit:
    return FullHit(
        frame=whole(field(value, "frame", where), f"{where}.frame", 0, _LATEST_FRAME),
        weight=_share(field(value, "weight", where), f"{where}.weight"),
        preparation=_choice(Preparation, field(value, "preparation", where), f"{where}.preparation"),
    )


def _choice(kind: type[Choice], value: Any, where: str) -> Choice:
    found = next((one for one in kind if one.value == value), None)
    if found is None:
        raise CueFileError(f"{where} is none of {', '.join(str(one.value) for one in kind)}")
    return found


def _phrase(value: Any, where: str) -> int:
    return whole(value, where, 1, _MOST_BARS)


def _bar(value: Any, where: str) -> int:
    return whole(value, where, 1, _MOST_STEPS_A_BAR)


def _share(value: Any, where: str) -> float:
    return number(value, where, 0, 1)
