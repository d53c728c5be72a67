"""Sentences about an edit that every road tells its editor."""

from __future__ import annotations

from hitpoint.core.edit import Edit

_MOST_NAMES = 5


GIVE_FOLDER = "give the folder with --media DIR"
PRESS_FIND = "File > Find Media… asks for their folder"


def missing_media(edit: Edit, remedy: str = GIVE_FOLDER, frames: tuple[int, int] | None = None) -> tuple[str, ...]:
    """That media of an edit was not found, and what to do on this road; nothing if all is there.

    Args:
        edit: as it was read.
        remedy: what to do.
        frames: first frame that concerns the editor, and the first one after it; None for all.
    """
    first, end = frames or (0, edit.frames)
    under = {shot.media_name for shot in edit.shots if shot.start < end and first < shot.end}
    missing = [name for name in edit.missing if name in under]
    if not missing:
        return ()
    names = ", ".join(missing[:_MOST_NAMES])
    more = f" and {len(missing) - _MOST_NAMES} more" if len(missing) > _MOST_NAMES else ""
    return (f"media not found: {names}{more}; these shots are scored from the cut alone ({remedy})",)
