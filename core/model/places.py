"""The place of a chord: in its bar, its phrase and its section, and which other chords stand in the same place.

A step knows eight things, :data:`PLACES`, each a small whole number and 0 where it is unknown, as all are for chords
that were written down by the second. Bars and phrases are counted in bars, whatever a step is:

* ``bar``: the kind of its place in the bar, one of :data:`BAR_PLACES`;
* ``since phrase``, ``to phrase end``: bars since the phrase began, and to its end, from 1;
* ``since section``, ``to section end``: the same for the section;
* ``letter``: whether the section's theme is new, comes back, or comes back varied;
* ``slot``: equal for the same offset in two sections of one theme: what stood there last is the best single guess;
* ``metre place``: equal for the same place in two phrases, whatever their themes.

What a step is like in the last two, compared with another, makes :data:`PLACE_FEATURES` of the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]  # (rows, len(PLACES))
Unit = Literal["beat", "half", "bar"]  # what a step is

PLACES = (
    "bar", "since phrase", "to phrase end", "since section", "to section end", "letter", "slot", "metre place",
)  # fmt: skip
EMBEDDED = {  # those the model has a vector for, and how many values each has, the unknown one counted
    "bar": 8, "since phrase": 10, "to phrase end": 10, "since section": 18, "to section end": 18, "letter": 4,
}  # fmt: skip
BAR_PLACES = (
    "unknown", "half bar: its line", "half bar: its middle", "bar", "beat: the line", "beat: the middle", "beat: weak",
    "part of an odd bar",
)  # fmt: skip
NEW, RETURNING, VARIED = 1, 2, 3  # letters

PLACE_FEATURES = (
    "same slot, the latest",
    "same slot",
    "same kind of place in the bar",
    "same place in the phrase",
    "same place in the section",
)

_COLUMN = {name: number for number, name in enumerate(PLACES)}
_GROUPS = (("bar", "metre place"), ("since phrase", "to phrase end", "metre place"),
           ("since section", "to section end", "letter", "slot"))  # fmt: skip

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class PlacedSection:
    """A stretch with a theme.

    Attributes:
        bars: how many.
        theme: a letter; with strokes it is a variation (``A'``); "" for none.
        phrases: bars of each phrase; they add up to ``bars``.
    """

    bars: int
    theme: str
    phrases: tuple[int, ...]


def unknown_places(rows: int) -> Places:
    """Of rows of which nothing is known."""
    return np.zeros((rows, len(PLACES)), np.int64)


def places_of(sections: Sequence[PlacedSection], unit: Unit, steps_per_bar: Sequence[int]) -> Places:
    """Of each step of a piece.

    Args:
        sections: all of it.
        unit: what a step is.
        steps_per_bar: of each bar, at least 1.
    """
    rows: list[tuple[int, ...]] = []
    slots: dict[tuple[str, int, int], int] = {}
    seen: set[str] = set()
    first = 0
    for section in sections:
        letter = _letter(section.theme, seen)
        seen |= {section.theme, _base(section.theme)}
        for bar in range(section.bars):
            since, left = _in_phrase(section.phrases, bar)
            count = steps_per_bar[first + bar]
            for step in range(count):
                kind = bar_place(unit, step, count)
                slot = slots.setdefault((_base(section.theme), bar, step), len(slots) + 1) if section.theme else 0
                whole = (_capped("since section", bar + 1), _capped("to section end", section.bars - bar))
                own = (_capped("since phrase", since + 1), _capped("to phrase end", left))
                rows.append((kind, *own, *whole, letter, slot, 1 + 16 * since + step))
        first += section.bars
    return np.array(rows, np.int64).reshape(-1, len(PLACES))


def bar_place(unit: Unit, step: int, count: int) -> int:
    """The kind of place, an index of :data:`BAR_PLACES`, of a step of a bar that has so many."""
    if unit == "bar":
        return 3
    if unit == "half":
        return 1 + step if count == 2 else 1 if step == 0 else 7
    return 4 if step == 0 else 5 if count % 2 == 0 and step == count // 2 else 6


def hidden_places(places: Places, shares: Sequence[float], chances: Sequence[float]) -> Places:
    """A copy in which bar, phrase, section are unknown where a chance, 0..1, lies below the share of each."""
    shown = places.copy()
    for names, share, chance in zip(_GROUPS, shares, chances, strict=True):
        if chance < share:
            shown[:, [_COLUMN[name] for name in names]] = 0
    return shown


def place_features(places: Places) -> Reals:
    """(features, rows, rows): what rows ``t`` and ``j`` share, :data:`PLACE_FEATURES`; 0 for ``j`` from ``t`` on."""
    columns = {name: places[:, number] for name, number in _COLUMN.items()}
    earlier = np.tri(len(places), k=-1, dtype=np.bool_)

    def alike(*names: str) -> NDArray[np.bool_]:
        """(S, S): which earlier steps have the same known values in these columns."""
        result = earlier.copy()
        for name in names:
            values = columns[name]
            result &= (values[:, None] == values[None]) & (values[:, None] > 0)
        return result

    slot = alike("slot")
    order = np.arange(1, len(places) + 1)
    latest = (slot * order).max(axis=1, initial=0) if len(places) else order
    is_latest = slot & (order[None] == latest[:, None])
    same = (is_latest, slot, alike("bar"), alike("metre place"), alike("since section", "bar", "metre place"))
    return np.stack(same).astype(np.float64)


def _letter(theme: str, seen: set[str]) -> int:
    if not theme:
        return 0
    return RETURNING if theme in seen else VARIED if _base(theme) in seen else NEW


def _base(theme: str) -> str:
    return theme.rstrip("'").upper()


def _in_phrase(phrases: Sequence[int], bar: int) -> tuple[int, int]:
    """Bars since the phrase of a bar began, and bars to its end, that bar counted."""
    begun = 0
    for length in phrases:
        if bar < begun + length:
            return bar - begun, begun + length - bar
        begun += length
    return bar - begun, 1


def _capped(name: str, value: int) -> int:
    return min(value, EMBEDDED[name] - 1)
