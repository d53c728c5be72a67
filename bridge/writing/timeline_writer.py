"""The edit with music on a new track, in each kind of file that is written, and everything else in it as it was."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from hitpoint.bridge.kdenlive.document import PROJECT_SUFFIX
from hitpoint.bridge.kdenlive.project import Project
from hitpoint.bridge.kdenlive.versions import check_writable
from hitpoint.bridge.otio.file_manner import nodes_of
from hitpoint.bridge.otio.host_warnings import host_of
from hitpoint.bridge.otio.metadata import OURS
from hitpoint.bridge.otio.otio_json import (
    Node,
    find_timeline,
    object_in,
    read_bounded,
    text_in,
)
from hitpoint.bridge.otio.timeline_text import text_like
from hitpoint.bridge.sources.exchange import is_exchange
from hitpoint.bridge.sources.source_document import led_to, load_source
from hitpoint.bridge.writing import fcp7_xml
from hitpoint.bridge.writing.bundle_writer import BUNDLE_SUFFIXES, bundled_names, name_in_bundle, write_bundle
from hitpoint.bridge.writing.music_clip import MusicClip
from hitpoint.bridge.writing.otio_music import music_clips, remove_music, with_music, with_timeline
from hitpoint.bridge.writing.project_writer import scored_project
from hitpoint.core.edit import Edit
from hitpoint.core.errors import EditWriteError
from hitpoint.core.files.output import Outputs

_PATCHED = {
    PROJECT_SUFFIX: scored_project,
    fcp7_xml.SUFFIX: fcp7_xml.scored_fcp7,
}  # written by changing the file itself


def write_scored_timeline(
    source: Path, out: Path, music: Sequence[MusicClip], edit: Edit | None = None, kept: Collection[str] = ()
) -> None:
    """Write a copy of an edit with music; ``out`` must not exist, and is best inside a staging folder.

    Earlier music of ours goes, unless it is kept. Cues lie on one track, on more only where they overlap.

    Args:
        source: the edit's file, of any kind that can be read.
        out: an .otio, or a bundle (.otioz, .otiod) that also holds the music and the media of a source bundle; or of
            the kind of the source, if that is a Kdenlive project or Final Cut Pro 7 XML.
        music: what to add, one clip a cue.
        edit: what was read from ``source``; needed for a movie, whose shots stand nowhere else.
        kept: keys of the music that stays, as :func:`hitpoint.bridge.reading.scored_edit.placed_music` tells them.

    Raises:
        EditReadError: if the source cannot be read.
        EditWriteError: if music cannot be put into it.
    """
    check_target(source, out)
    kind = out.suffix.lower()
    if kind in _PATCHED:
        _write_new(out, _PATCHED[kind](read_bounded(source), source, music, kept))
        return
    document, spelling = load_source(source, edit, keeps_bundled=kind in BUNDLE_SUFFIXES, rate=music[0].rate)
    if kind not in BUNDLE_SUFFIXES:
        beside = source.absolute().parent
        if any(clip.folder is not None and clip.folder != beside for clip in music):
            document = led_to(document, beside)
        _write_new(out, text_like(_renamed_for_host(with_cues(document, music, kept), source, out), spelling))
        return
    named: list[MusicClip] = []
    for clip in music:
        taken = [*bundled_names(source), *(other.url for other in named)]
        named.append(replace(clip, url=name_in_bundle(clip.wav.name, taken)))
    content = text_like(with_cues(document, named, kept), spelling)
    replaced = _addresses(document) - _addresses(remove_music(document, kept))
    sounds = {clip.url: clip.sound or Outputs(out).mix for clip in named}
    write_bundle(out, content, sounds, source, replaced)


def with_cues(document: Node, music: Sequence[MusicClip], kept: Collection[str] = ()) -> Node:
    """The document with several cues; see :func:`~hitpoint.bridge.writing.otio_music.with_music`."""
    document = remove_music(document, kept)
    for clip in music:
        staying = {text_in(object_in(each, "metadata", OURS), "id") for each in music_clips(document)}
        document = with_music(document, clip, staying)
    return document


def check_target(source: Path, out: Path) -> None:
    """Refuse at once what :func:`write_scored_timeline` would refuse at the end.

    Raises:
        EditReadError: if the source is no project that can be read.
        EditWriteError: if music cannot be put into such a copy of it.
    """
    kind = out.suffix.lower()
    if kind in _PATCHED and source.suffix.lower() != kind:
        raise EditWriteError(f"cannot write {out.name}: {kind} is written only as a copy of one; use -o OUT.otio")
    if kind == PROJECT_SUFFIX:
        check_writable(Project(read_bounded(source), source.name))
    elif kind == fcp7_xml.SUFFIX:
        fcp7_xml.check_fcp7(read_bounded(source), source)


def renamed(document: Node, name: str) -> Node:
    """The document with its timeline under another name: Resolve imports none whose name it has already."""
    timeline = find_timeline(document)
    return with_timeline(document, timeline, {**timeline, "name": name})


def _renamed_for_host(document: Node, source: Path, out: Path) -> Node:
    """The document under the name of its file, if it may go back to Resolve, which imports no name a second time."""
    timeline = find_timeline(document)
    is_for_resolve = host_of(timeline) == "resolve" or is_exchange(source)
    return renamed(document, out.stem) if is_for_resolve and text_in(timeline, "name") else document


def _write_new(out: Path, content: bytes) -> None:
    with out.open("xb") as file:
        file.write(content)


def _addresses(document: Node) -> set[str]:
    return {text_in(node, "target_url") for node in nodes_of(document)}
