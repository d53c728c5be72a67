"""Bars as the network knows them, sixteen sixteenths, and bars of other metres: which of its places are used.

Three quarters are its beats 1, 3 and 4; two dotted quarters its halves, the eighths of each at its first, third and
fourth quarter of the half. What is heard is a waltz written by somebody who grew up in common time, without its place
2.
"""

from __future__ import annotations

from dataclasses import dataclass

from hitpoint.core.melody.line import BAR

_THREE = (0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15)
_SIX = (0, 1, 4, 5, 6, 7, 8, 9, 12, 13, 14, 15)


@dataclass(frozen=True)
class BarPlaces:
    """The places of a bar.

    Attributes:
        places: for each sixteenth of the bar, its place among the network's.
    """

    places: tuple[int, ...]

    def slot_at(self, place: int) -> int:
        """The sixteenth of the bar at or before a place of the network's; of those that share a place the first."""
        return self.places.index(max(one for one in self.places if one <= place))


def bar_places(slots: int, *, is_compound: bool) -> BarPlaces:
    """The places of a bar with so many sixteenths."""
    if slots == len(_THREE):
        return BarPlaces(_SIX if is_compound else _THREE)
    if slots <= BAR:
        return BarPlaces(tuple(range(slots)))
    return BarPlaces(tuple(slot * BAR // slots for slot in range(slots)))
