"""The editor's own hit points on the command line: ``--hit TIME[=PRIORITY]``, ``--hit find:WORDS[=PRIORITY]``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hitpoint.core.cue.hit_wishes import OWN_PRIORITY, HitWish
from hitpoint.core.edit import Edit
from hitpoint.core.errors import OptionError
from hitpoint.core.timebase import parse_time

FIND = "find:"  # before words that the picture looks like, in place of a time
EVENT = "hit"  # what a hit is called that came without a name


@dataclass(frozen=True)
class HitOption:
    """A hit as it was written: a time or ``find:WORDS``, and how much it matters."""

    time: str
    priority: float = OWN_PRIORITY


def hit_wish(edit: Edit, hit: HitOption, find: Callable[[Edit, str], int] | None = None) -> HitWish:
    """The hit on a frame of an edit; ``find`` answers the frame that looks like ``find:WORDS``.

    Raises:
        OptionError: if it is no time, or lies outside the edit.
    """
    if hit.time.startswith(FIND):
        if find is None:
            raise OptionError(f"--hit {hit.time}: words are looked for by 'hitpoint score' alone; give a time")
        return HitWish(find(edit, hit.time), hit.time.removeprefix(FIND), hit.priority)
    frame = parse_time(hit.time, edit.rate, edit.start_timecode_frame)
    if not 0 <= frame < edit.frames:
        raise OptionError(f"--hit {hit.time}: the edit goes from 0 to {float(edit.seconds):.3f} s")
    return HitWish(frame, EVENT, hit.priority)
