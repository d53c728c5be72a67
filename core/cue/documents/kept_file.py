"""How steps that are played as before are written in ``cue.json``.

::

    "kept": [{"first": 24, "end": 60, "place": 30,
              "phrases": [{"first": 22, "number": 3, "section": "Build", "opening": 28}]}]
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hitpoint.core.cue.cue import KeptPhrase, KeptSteps
from hitpoint.core.cue.json_values import field, items, text, whole
from hitpoint.core.errors import CueFileError

_MOST_STEPS = 100_000
_LONGEST_NAME = 40


def kept_to_document(kept: tuple[KeptSteps, ...]) -> list[dict[str, Any]]:
    """Stretches as JSON values."""
    return [
        {
            "first": one.first,
            "end": one.end,
            "place": one.place,
            "phrases": [
                {"first": p.first, "number": p.number, "section": p.section, "opening": p.opening} for p in one.phrases
            ],
        }
        for one in kept
    ]


def kept_of(value: Any, steps: int) -> tuple[KeptSteps, ...]:
    """The stretches that JSON values describe, in a cue of so many steps.

    Raises:
        CueFileError: if they are none, or not in order.
    """
    kept = items(value, "kept", lambda one, where: _kept(one, where, steps))
    if any(a.end > b.first for a, b in pairwise(kept)):
        raise CueFileError("kept: stretches are in order and do not overlap")
    return kept


def _kept(value: Any, where: str, steps: int) -> KeptSteps:
    first = whole(field(value, "first", where), f"{where}.first", 0, steps - 1)
    phrases = items(field(value, "phrases", where), f"{where}.phrases", _phrase)
    if any(a.first >= b.first for a, b in pairwise(phrases)):
        raise CueFileError(f"{where}.phrases: they are in order")
    return KeptSteps(
        first=first,
        end=whole(field(value, "end", where), f"{where}.end", first + 1, steps),
        place=whole(field(value, "place", where), f"{where}.place", 0, _MOST_STEPS),
        phrases=phrases,
    )


def _phrase(value: Any, where: str) -> KeptPhrase:
    section = field(value, "section", where)
    return KeptPhrase(
        first=whole(field(value, "first", where), f"{where}.first", -_MOST_STEPS, _MOST_STEPS),
        number=whole(field(value, "number", where), f"{where}.number", 0, _MOST_STEPS),
        section=None if section is None else text(section, f"{where}.section", longest=_LONGEST_NAME),
        opening=whole(field(value, "opening", where), f"{where}.opening", 0, _MOST_STEPS),
    )
