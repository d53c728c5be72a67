"""Advice on taking the music in by hand, where the host that the edit came from cannot simply take it back."""

from __future__ import annotations

from pathlib import Path

from hitpoint.bridge.formats import Way, format_of
from hitpoint.bridge.kdenlive.document import PROJECT_SUFFIX
from hitpoint.bridge.kdenlive.project import Project
from hitpoint.bridge.kdenlive.versions import check_writable
from hitpoint.bridge.otio.otio_json import read_bounded
from hitpoint.bridge.writing.film_track import TRACK_NAME, has_film
from hitpoint.core.errors import EditReadError, EditWriteError

_DROP = "drop the WAV at the start of a new stereo audio track"
_FILM = (
    f"the film on the track {TRACK_NAME!r} was drawn for the music as it was before: 'hitpoint visualise' makes it anew"
)
_BACK = {
    "Kdenlive project": f"opening the .otio in Kdenlive resets in-points: {_DROP}",
    "EDL (CMX 3600)": f"an EDL cannot hold this music: in the editor, {_DROP}",
    "Final Cut Pro 7 XML": "for an XML with the music on two linked tracks give -o OUT.xml",
    "FCPXML": f"Final Cut Pro reads no .otio: there, {_DROP} (connect it to the first frame)",
    "AAF": f"an AAF cannot hold this music: in the program it came from, {_DROP} (Avid reads no .otio; Resolve does)",
}


def advice(source: Path, out: Path, *, section_markers: bool = False) -> tuple[str, ...]:
    """Sentences for the editor on a scored edit.

    Args:
        source: the edit it is a copy of.
        out: what was written.
        section_markers: whether markers were asked for.
    """
    row = format_of(source)
    if row is None:
        return ()
    told = [_FILM] if has_film(out) else []
    is_same_kind = format_of(out) is row
    if not is_same_kind and row.name in _BACK:
        better = ", or leave out -o for a .kdenlive" if _is_writable_project(source) else ""
        told.append(f"{source.name}: {_BACK[row.name]}{better}")
    if row.way is Way.BUNDLE and out.suffix.lower() == ".otio":
        told.append(f"media of {source.name} lie in the cache, where they may be cleared: -o NAME.otioz keeps them")
    if is_same_kind and row.name == "Final Cut Pro 7 XML" and section_markers:
        told.append("section markers are written into .otio and .kdenlive only; this is an .xml")
    return tuple(told)


def _is_writable_project(path: Path) -> bool:
    """Whether music can be put into a copy of a Kdenlive project."""
    if path.suffix.lower() != PROJECT_SUFFIX:
        return False
    try:
        check_writable(Project(read_bounded(path), path.name))
    except (EditReadError, EditWriteError):
        return False
    return True
