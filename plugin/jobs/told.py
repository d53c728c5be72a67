"""Sentences about an edit that every road tells its editor."""

from __future__ import annotations

from hitpoint.core.edit import Edit

_MOST_NAMES = 5


GIVE_FOLDER = "give the folder with --media DIR"
PRESS_FIND = "File > Find Media… asks for their folder"


def missing_media(edit: Edit, remedy: str = GIVE_FOLDER) -> tuple[str, ...]:
    """That media of an edit was not found, and what to do on this road; nothing if all is there."""
    if not edit.missing:
        return ()
    names = ", ".join(edit.missing[:_MOST_NAMES])
    more = f" and {len(edit.missing) - _MOST_NAMES} more" if len(edit.missing) > _MOST_NAMES else ""
    return (f"media not found: {names}{more}; these shots are scored from the cut alone ({remedy})",)
