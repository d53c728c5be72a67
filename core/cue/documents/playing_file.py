"""How the playing of each step is written in ``cue.json``.

Its level, its figure, the pitches of its voicing from the bass up.

::

    "playing": [[3, 512, 36, 60, 64, 67], [3], [null, 36, 60, 64, 67], null]

No pitches in a rest, or where voices are to be led anew; no figure where none is known; null for a
level that is not known, or a step that is not.
"""

from __future__ import annotations

from typing import Any

from hitpoint.core.cue.cue import Played
from hitpoint.core.cue.json_values import items, whole
from hitpoint.core.errors import CueFileError

_HIGHEST = 127
_LAST_FIGURE = 65_535


def playing_to_document(playing: tuple[Played | None, ...]) -> list[list[int | None] | None]:
    """What is known of each step as JSON values."""
    return [None if one is None else [one.level, *_figure(one), *(one.voicing or ())] for one in playing]


def _figure(one: Played) -> tuple[int, ...]:
    return () if one.figure is None else (one.figure,)


def playing_of(value: Any, steps: int) -> tuple[Played | None, ...]:
    """What JSON values tell of a cue with so many steps.

    Raises:
        CueFileError: if they tell of other steps, or nothing that could be played.
    """
    playing = items(value, "playing", _played)
    if playing and len(playing) != steps:
        raise CueFileError(f"playing: it tells of {len(playing)} steps, but the cue has {steps}")
    return playing


def _played(value: Any, where: str) -> Played | None:
    if value is None:
        return None
    match items(value, where, _number):
        case (level,):
            return Played(_level(level, where))
        case (level, figure):
            return Played(_level(level, where), figure=figure)
        case (level, int(bass), int(tenor), int(alto), int(soprano)):
            return Played(_level(level, where), _pitches((bass, tenor, alto, soprano), where))
        case (level, int(figure), int(bass), int(tenor), int(alto), int(soprano)):
            return Played(_level(level, where), _pitches((bass, tenor, alto, soprano), where), figure)
    raise CueFileError(f"{where}: it is a level, perhaps a figure, and no or four pitches")


def _level(value: int | None, where: str) -> int | None:
    return None if value is None else whole(value, where, 0, _HIGHEST)


def _pitches(pitches: tuple[int, int, int, int], where: str) -> tuple[int, int, int, int]:
    for pitch in pitches:
        whole(pitch, where, 0, _HIGHEST)
    return pitches


def _number(value: Any, where: str) -> int | None:
    return None if value is None else whole(value, where, 0, _LAST_FIGURE)
