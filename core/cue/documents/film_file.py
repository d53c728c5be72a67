"""All cues of a window as JSON values, for the recovery file: the list, and the music of each cue that has some.

::

    {"cues": {"schema": "hitpoint.cues.1", ...}, "music": {"1M1": {"schema": ...}}, "name": "1M1"}
"""

from __future__ import annotations

from typing import Any

from hitpoint.core.cue.documents.cue_file import cue_from_document
from hitpoint.core.cue.documents.cue_list_file import list_from_document
from hitpoint.core.cue.film.film_cues import FilmCues
from hitpoint.core.cue.json_values import field
from hitpoint.core.errors import CueFileError

MOST_CUES = 2000


def film_from_document(document: Any) -> FilmCues:
    """The cues that JSON values describe.

    Raises:
        CueFileError: if they describe none.
    """
    cues = list_from_document(field(document, "cues", "the film"))
    written = field(document, "music", "the film")
    if not isinstance(written, dict) or len(written) > MOST_CUES:
        raise CueFileError("the music of the cues is damaged")
    strange = next((name for name in written if name not in cues.names), None)
    if strange is not None:
        raise CueFileError(f"there is music for {strange[:60]!r}, which is in no list")
    music = {name: cue_from_document(value) for name, value in written.items()}
    edits = [cue.edit for cue in music.values()]
    if any(not edit.has_cut_of(edits[0]) for edit in edits):
        raise CueFileError("the cues are for different cuts")
    return FilmCues(cues, music, edits[0] if edits else None)
