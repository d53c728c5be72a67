"""The document that music is put into, whatever kind of file the edit came in."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from hitpoint.bridge.kdenlive.document import PROJECT_SUFFIX, project_document
from hitpoint.bridge.lookup.known_music import with_known_music
from hitpoint.bridge.lookup.media import local_paths
from hitpoint.bridge.otio.otio_json import Node, parse_document, read_bounded, text_in
from hitpoint.bridge.otio.references import media_name
from hitpoint.bridge.sources.bundles import load_folder_bundle, load_zip_bundle
from hitpoint.bridge.sources.exchange import exchange_document, is_exchange
from hitpoint.core.edit import Edit
from hitpoint.core.timebase import FrameRate

_INDENTED = b"{\n    "  # as OpenTimelineIO writes
_ADDRESSES = ("target_url", "target_url_base")


def load_source(
    path: Path, edit: Edit | None = None, *, keeps_bundled: bool = False, rate: FrameRate | None = None
) -> tuple[Node, bytes]:
    """A new document for the edit in a file, and text to spell it like.

    Args:
        path: an .otio, a bundle, a project, an exchange format, a movie, or what an installed adapter reads.
        edit: what was read from it; needed for a movie.
        keeps_bundled: whether references into a bundle stay as they are; else they lead to where its media lie.
        rate: of the edit as it was read, for one that does not tell it.

    Raises:
        EditReadError: if it cannot be read.
    """
    if edit is not None and edit.host == "movie":
        from hitpoint.bridge.sources.movie_timeline import timeline_of_movie  # decoding is loaded for movies only

        return timeline_of_movie(edit), _INDENTED
    if is_exchange(path):
        document = exchange_document(path, edit.rate if edit is not None else rate)[0]
        base = path.absolute() if path.is_dir() else path.absolute().parent
        if edit is not None:
            found = {name: str(file) for file in reversed(edit.media_files) for name in (file.stem, file.name)}
            document = _readdressed(document, partial(_moved, base, found))
        return with_known_music(document, base), _INDENTED
    if path.is_dir() or path.suffix.lower() == ".otioz":
        document, folder = load_folder_bundle(path) if path.is_dir() else load_zip_bundle(path)
        document = with_known_music(document, folder)
        return (document if keeps_bundled else _readdressed(document, partial(_inside, folder.absolute()))), _INDENTED
    document, spelling = _loaded(path)
    return with_known_music(document, path.absolute().parent), spelling


def _loaded(path: Path) -> tuple[Node, bytes]:
    content = read_bounded(path)
    if path.suffix.lower() == PROJECT_SUFFIX:
        return project_document(content, path)[0], _INDENTED
    if path.suffix.lower() == ".otio" or content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        return parse_document(content, path.name), content
    from hitpoint.bridge.sources.adapters import load_through_adapter  # loads OpenTimelineIO

    return load_through_adapter(path)[0], _INDENTED


def led_to(document: Node, folder: Path) -> Node:
    """The document, changed in place, with what it names from the folder as absolute paths."""
    return _readdressed(document, partial(_found, folder))


def _readdressed(document: Node, find: Callable[[str], str | None]) -> Node:
    """The document, changed in place, with what ``find`` answers for each address, if it is not None."""
    waiting: list[object] = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            for key in _ADDRESSES:
                found = find(text_in(node, key))
                if found is not None:
                    node[key] = found
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return document


def _inside(folder: Path, address: str) -> str | None:
    """The absolute path of what a relative address means inside the folder; None if nothing is there."""
    paths = (folder / text for text in local_paths(address))
    inside = (path for path in paths if path.is_relative_to(folder) and ".." not in path.parts)
    return next((str(path) for path in inside if os.path.exists(path)), None)


def _moved(folder: Path, found: Mapping[str, str], address: str) -> str | None:
    """Where the media of an address was found, if it is not where that says."""
    if any(os.path.exists(folder / text) for text in local_paths(address)):
        return None
    return found.get(media_name(address)) if address else None


def _found(folder: Path, address: str) -> str | None:
    """The absolute path of what a relative address means; None if nothing is there, or it is absolute."""
    relative = (text for text in local_paths(address) if not os.path.isabs(text))
    paths = (os.path.normpath(folder / text) for text in relative)
    return next((path for path in paths if os.path.exists(path)), None)
