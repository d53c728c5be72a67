"""Two neighbours that become one cue: which they are, and what is lost by it. Pure functions."""

from __future__ import annotations

from collections.abc import Callable

from hitpoint.core.cue.film.cue_list import CueList
from hitpoint.core.cue.film.film_cues import FilmCues
from hitpoint.core.cue.heard import heard_span, is_same_music


def with_neighbour(cues: CueList, name: str) -> list[str]:
    """A cue with the one after it, or with the one before if that touches it and the one after does not.

    Only its own name if there is no other; it must be in the list.
    """
    at = cues.names.index(name)
    here, after = cues.entries[at], cues.entries[at + 1] if at + 1 < len(cues.entries) else None
    before = cues.entries[at - 1] if at else None
    touches = after is not None and after.start_frame <= here.end_frame
    if before is not None and not touches and before.end_frame >= here.start_frame:
        return [before.name, name]
    return [name] if after is None else [name, after.name]


def lost_by_joining(film: FilmCues, first: str, second: str, _tr: Callable[[str], str] = str) -> str:
    """The second cue with its styles and locks, if it has music that the joined cue would not have; else empty."""
    lost = film.music.get(second)
    if lost is None or (first in film.music and is_same_music(film.music[first], lost)):
        return ""
    told = ", ".join(dict.fromkeys((lost.style, *(span.style for span in lost.styling))))
    locked = sum(lost.steps[index].locked for index in heard_span(lost))
    if locked:
        told += "; " + _tr("locked steps: {count}").format(count=locked)
    return f"{second} ({told})"
