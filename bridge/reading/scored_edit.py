"""The cue of a scored edit: where it lies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hitpoint.bridge.lookup.media import local_paths
from hitpoint.bridge.otio.file_manner import nodes_of
from hitpoint.bridge.otio.metadata import Place, ours_in
from hitpoint.bridge.otio.otio_json import Node, find_timeline, nodes_in, object_in, text_in
from hitpoint.bridge.sources.source_document import load_source
from hitpoint.bridge.writing.timeline_writer import scored_cue
from hitpoint.core.errors import CueFileError, EditReadError
from hitpoint.core.files.output import Outputs


def find_cue(path: Path) -> Path:
    """The cue file of a scored edit: what the timeline says, else what lies in its ``.music`` folder, else beside its sound.

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


def has_section_markers(path: Path) -> bool:
    """Whether we wrote markers into an edit."""
    timeline = find_timeline(load_source(path)[0])
    return any(
        ours_in(marker, Place.MARKER) is not None for marker in nodes_in(object_in(timeline, "tracks"), "markers")
    )


def _places(path: Path, document: Node) -> Iterator[Path]:
    """Where a cue may lie, likeliest first."""
    beside = path.absolute().parent
    told = scored_cue(document)
    if told is not None:
        yield beside / told
    yield Outputs(path.absolute()).cue
    for node in nodes_of(document):
        for sound in local_paths(text_in(node, "target_url")):
            if sound.endswith("_mix.wav"):
                yield (beside / sound).parent / "cue.json"
