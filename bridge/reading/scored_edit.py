"""The cues of a scored edit: where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hitpoint.bridge.formats import Way, format_of
from hitpoint.bridge.lookup.media import local_paths
from hitpoint.bridge.otio.file_manner import nodes_of
from hitpoint.bridge.otio.metadata import OURS, Place, ours_in
from hitpoint.bridge.otio.otio_json import Node, find_timeline, nodes_in, object_in, read_bounded, text_in
from hitpoint.bridge.sources.source_document import load_source
from hitpoint.bridge.writing import fcp7_xml
from hitpoint.bridge.writing.otio_music import music_clips, scored_cue
from hitpoint.core.errors import CueFileError, EditReadError
from hitpoint.core.files.output import Outputs


def find_cue(path: Path) -> Path:
    """The cue file of a scored edit: what the timeline says, else that in its ``.music`` folder, else beside its sound.

    Raises:
        EditReadError: if the edit cannot be read.
        CueFileError: if there is no cue.
    """
    if not path.exists():
        raise EditReadError(f"nothing found at {path}: check the path to the scored edit")
    document, _ = load_source(path)
    found = next((place for place in _places(path, document) if place.is_file()), None)
    if found is None:
        raise CueFileError(
            f"{path.name} has no cue: neither the timeline nor {Outputs(path).folder.name} leads to a cue.json; "
            "give an edit that 'hitpoint score' has written, with its .music folder beside it"
        )
    return found


@dataclass(frozen=True)
class PlacedMusic:
    """One clip of our music in an edit.

    Attributes:
        key: names it to whoever writes the edit again.
        cue: its cue file; None if that is lost.
        noted: where the edit says that file lies; empty if it does not say.
    """

    key: str
    cue: Path | None
    noted: str = ""


def placed_music(path: Path, kind: str | None = None) -> tuple[PlacedMusic, ...]:
    """Our music in an edit, in order of its tracks; nothing if there is none.

    Args:
        path: the edit.
        kind: suffix of the file that is going to be written, because keys differ; None for that of the edit.

    Raises:
        EditReadError: if the edit cannot be read.
    """
    if not path.exists():
        raise EditReadError(f"nothing found at {path}: check the path to the edit")
    beside = path.absolute().parent
    if (path.suffix if kind is None else kind).lower() == fcp7_xml.SUFFIX == path.suffix.lower():
        known = fcp7_xml.placed_in_fcp7(read_bounded(path), path)
        return tuple(PlacedMusic(address, _file(beside, music.cue), music.cue) for address, music in known)
    row = format_of(path)
    if row is not None and row.way is Way.MOVIE and not path.is_dir():
        return ()
    document, _ = load_source(path)
    clips = music_clips(document)
    found = [object_in(clip, "metadata", OURS) for clip in clips]
    noted = [(text_in(ours, "id"), text_in(ours, "cue")) for ours in found]
    placed = [PlacedMusic(key, _file(beside, cue), cue) for key, cue in noted]
    if len(placed) == 1 and placed[0].cue is None:  # written when a timeline led to its one cue by itself
        cue = next((place for place in _places(path, document) if place.is_file()), None)
        return (PlacedMusic(placed[0].key, cue),)
    return tuple(placed)


def _file(folder: Path, written: str) -> Path | None:
    """The file that a timeline's metadata names, if it is there."""
    found = folder / written
    return found if written and found.is_file() else None


def has_section_markers(path: Path) -> bool:
    """Whether we wrote markers into an edit."""
    timeline = find_timeline(load_source(path)[0])
    return any(
        ours_in(marker, Place.MARKER) is not None for marker in nodes_in(object_in(timeline, "tracks"), "markers")
    )


def _places(path: Path, document: Node) -> Iterator[Path]:
    """The places where a cue may lie, likeliest first."""
    beside = path.absolute().parent
    told = scored_cue(document)
    if told is not None:
        yield beside / told
    yield Outputs(path.absolute()).cue
    for node in nodes_of(document):
        for sound in local_paths(text_in(node, "target_url")):
            if sound.endswith("_mix.wav"):
                yield (beside / sound).parent / "cue.json"
