"""How ``cue.json`` tells which ensemble plays where, and by which seeds players choose in single steps.

::

    "styling": [{"start_frame": 250, "end_frame": 500, "style": "piano", "other": "strings", "first": 0.0, "last": 1.0,
                 "curve": "ease"}],
    "hands": [{"step": 12, "part": "", "seed": 7}]

Both are left out where there is nothing to tell. An empty part stands for all of them.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

from hitpoint.core.cue.cue import Played
from hitpoint.core.cue.json_values import field, items, number, text, whole
from hitpoint.core.cue.styling import CURVES, StyleSpan
from hitpoint.core.errors import CueFileError

_LATEST_FRAME = 10**9
_LEAST_SEED = -(2**128)


def styling_to_document(spans: tuple[StyleSpan, ...], playing: tuple[Played | None, ...]) -> dict[str, Any]:
    """The keys that stretches and hands need in a cue's document; none where there are none."""
    found: dict[str, Any] = {}
    if spans:
        found["styling"] = [
            {
                "start_frame": span.start_frame,
                "end_frame": span.end_frame,
                "style": span.style,
                "other": span.other,
                "first": span.first,
                "last": span.last,
                "curve": span.curve,
            }
            for span in spans
        ]
    hands = [
        {"step": step, "part": part, "seed": seed}
        for step, one in enumerate(playing)
        for part, seed in (() if one is None else one.hands)
    ]
    return {**found, **({"hands": hands} if hands else {})}


def styling_of(value: Any) -> tuple[StyleSpan, ...]:
    """The stretches that JSON values describe.

    Raises:
        CueFileError: if they describe none, or are not in order.
    """
    spans = items(value, "styling", _span)
    if any(a.end_frame > b.start_frame for a, b in pairwise(spans)):
        raise CueFileError("styling: stretches are in order and do not overlap")
    return spans


def with_hands(playing: tuple[Played | None, ...], value: Any, steps: int) -> tuple[Played | None, ...]:
    """What is known of the playing, with the seeds that JSON values tell.

    Raises:
        CueFileError: if they tell none, or of steps that are not there.
    """
    hands = items(value, "hands", lambda one, where: _hand(one, where, steps))
    if not hands:
        return playing
    known = list(playing or (None,) * steps)
    for step, part, seed in hands:
        one = known[step] or Played()
        known[step] = replace(one, hands=(*one.hands, (part, seed)))
    return tuple(known)


def _span(value: Any, where: str) -> StyleSpan:
    start = whole(field(value, "start_frame", where), f"{where}.start_frame", 0, _LATEST_FRAME)
    curve = text(field(value, "curve", where), f"{where}.curve", longest=40)
    style = text(field(value, "style", where), f"{where}.style", longest=200)
    if curve not in CURVES or not style:
        raise CueFileError(f"{where}: it names a style, and one of the curves {', '.join(CURVES)}")
    return StyleSpan(
        start,
        whole(field(value, "end_frame", where), f"{where}.end_frame", start + 1, _LATEST_FRAME),
        style,
        text(field(value, "other", where), f"{where}.other", longest=200),
        number(field(value, "first", where), f"{where}.first", 0, 1),
        number(field(value, "last", where), f"{where}.last", 0, 1),
        curve,
    )


def _hand(value: Any, where: str, steps: int) -> tuple[int, str, int]:
    return (
        whole(field(value, "step", where), f"{where}.step", 0, steps - 1),
        text(field(value, "part", where), f"{where}.part", longest=200),
        whole(field(value, "seed", where), f"{where}.seed", _LEAST_SEED),
    )
