"""The heart of Hitpoint: from an edit to a cue, with no host, no window and no timeline format in sight.

The road of one cue runs ``edit`` -> ``features`` -> ``model`` -> ``arrange`` -> ``render``; the document that is
carried along is :class:`hitpoint.core.cue.cue.Cue`. Nothing here imports PyQt6 or OpenTimelineIO.

What programs need of it can be had from here by name; each is loaded when it is asked for (``resources/docs/api.md``)::

    from hitpoint.bridge import deliver, read_edit
    from hitpoint.core import Wishes, compose_cue
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hitpoint.core.compose.one_cue import compose_cue, reroll_cue, score_of
    from hitpoint.core.compose.wishes import Wishes
    from hitpoint.core.cue.changes import (
        chord_set,
        key_changed,
        mood_set,
        span_locked,
        span_unlocked,
        style_changed,
        transposed,
    )
    from hitpoint.core.cue.cue import Cue
    from hitpoint.core.cue.documents.cue_file import read_cue, write_cue
    from hitpoint.core.cue.documents.cue_list_file import read_list
    from hitpoint.core.cue.film.cue_list import CueEntry, CueList, added, changed, deleted, joined, listed, split
    from hitpoint.core.edit import Edit
    from hitpoint.core.errors import HitpointError
    from hitpoint.core.mood import Mood, MoodSpan
    from hitpoint.core.music.chord import Chord, parse_chord
    from hitpoint.core.music.key import Key, parse_key
    from hitpoint.core.progress import Cancelled, Progress

_NAMES = {
    "hitpoint.core.compose.one_cue": ("compose_cue", "reroll_cue", "score_of"),
    "hitpoint.core.compose.wishes": ("Wishes",),
    "hitpoint.core.cue.changes": (
        "chord_set", "key_changed", "mood_set", "span_locked", "span_unlocked", "style_changed", "transposed",
    ),
    "hitpoint.core.cue.cue": ("Cue",),
    "hitpoint.core.cue.film.cue_list": (
        "CueEntry", "CueList", "added", "changed", "deleted", "joined", "listed", "split",
    ),
    "hitpoint.core.cue.documents.cue_file": ("read_cue", "write_cue"),
    "hitpoint.core.cue.documents.cue_list_file": ("read_list",),
    "hitpoint.core.edit": ("Edit",),
    "hitpoint.core.errors": ("HitpointError",),
    "hitpoint.core.mood": ("Mood", "MoodSpan"),
    "hitpoint.core.music.chord": ("Chord", "parse_chord"),
    "hitpoint.core.music.key": ("Key", "parse_key"),
    "hitpoint.core.progress": ("Cancelled", "Progress"),
}  # fmt: skip
_PLACES = {name: module for module, names in _NAMES.items() for name in names}

__all__ = [
    "Cancelled", "Chord", "Cue", "CueEntry", "CueList", "Edit", "HitpointError", "Key", "Mood", "MoodSpan", "Progress",
    "Wishes", "added", "changed", "chord_set", "compose_cue", "deleted", "joined", "key_changed", "listed", "mood_set",
    "parse_chord", "parse_key", "read_cue", "read_list", "reroll_cue", "score_of", "span_locked", "span_unlocked",
    "split", "style_changed", "transposed", "write_cue",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """A name of the programming interface, loaded now."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)
