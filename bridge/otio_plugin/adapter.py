"""Opens Hitpoint's cues (cue.json) and lists of cues (cues.json): stems as tracks.

Chords, sections and hits as markers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any


def read_from_file(filepath: str) -> Any:
    """The timeline of a cue or a list of cues.

    Raises:
        opentimelineio.exceptions.OTIOError: if the file is neither, or is damaged.
    """
    import opentimelineio as otio

    from hitpoint.bridge.otio_plugin.timeline import timeline_of
    from hitpoint.core.errors import HitpointError

    try:
        return timeline_of(Path(filepath))
    except HitpointError as error:
        raise otio.exceptions.OTIOError(str(error)) from None
