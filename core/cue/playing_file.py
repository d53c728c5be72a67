"""How the playing of each step is written in ``cue.json``: its level, then the pitches of its voicing from the bass up.

::

    "playing": [[3, 36, 60, 64, 67], [3], [null, 36, 60, 64, 67], null]

No pitches in a rest, or where voices are to be led anew; null for a level that is not known, or a step that is not.
"""

from __future__ import annotations

from typing import Any

from hitpoint.core.cue.cue import Played
from hitpoint.core.cue.json_values import items, whole
from hitpoint.core.errors import CueFileError

_HIGHEST = 127


def playing_to_document(playing: tuple[Played | None, ...]) -> list[list[int | None] | None]:
    """What is known of each step as JSON values."""
    return [None if one is None else [one.level, *(one.voicing or ())] for one in playing]


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
            return Played(level)
        case (level, int(bass), int(tenor), int(alto), int(soprano)):
            return Played(level, (bass, tenor, alto, soprano))
    raise CueFileError(f"{where}: it is a level, or a level and four pitches")


def _number(value: Any, where: str) -> int | None:
    return None if value is None else whole(value, where, 0, _HIGHEST)
