"""The rooms that cues are played in, by style.

An orchestra wants a hall, a band a small room that is hardly heard, and most other things something in between. A style
that is not named here, such as one of an editor's own, plays in the chamber.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RoomKind:
    """A room.

    Attributes:
        decibels: of the room to the sound itself.
        seconds: until its answer is 60 dB down.
        seed: of the noise it is made of.
    """

    decibels: float
    seconds: float
    seed: int


STUDIO = RoomKind(-19.0, 0.7, 1959)
CHAMBER = RoomKind(-15.0, 1.6, 1968)
HALL = RoomKind(-12.5, 2.4, 1813)

_BY_STYLE = {
    **dict.fromkeys(
        ("acoustic", "electronic", "synthwave", "lofi", "folk", "uplifting", "jazz", "noir", "comedy"), STUDIO
    ),
    **dict.fromkeys(("strings", "cinematic", "tension", "trailer", "horror", "ambient"), HALL),
}


def room_of(style: str) -> RoomKind:
    """The room of a style."""
    return _BY_STYLE.get(style, CHAMBER)
