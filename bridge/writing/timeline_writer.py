"""The edit with music on a new track, and everything else in it as it was.

The music is inserted into the JSON itself, not through OpenTimelineIO, which would rewrite what it understands and
refuse what it does not. All times are at the timeline's own rate, written with the very number the file uses for it,
because hosts take the rate of a whole project from whatever range they meet first.

Copy in, new object out: no function here changes a document it was given.

::

    scored = with_music(load_timeline_document(path), MusicClip(wav, wav.name, rate, 0, 750, {"seed": 7}))
    assert remove_music(scored) == load_timeline_document(path)
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from hitpoint.bridge.kdenlive.document import PROJECT_SUFFIX
from hitpoint.bridge.kdenlive.project import Project
from hitpoint.bridge.kdenlive.versions import check_writable
from hitpoint.bridge.otio.file_manner import Manner, manner_of, nodes_of, target_url
from hitpoint.bridge.otio.host_warnings import host_of
from hitpoint.bridge.otio.metadata import (
    Place,
    clip_metadata,
    marker_metadata,
    ours_in,
    track_metadata,
    with_ours,
    without_ours,
)
from hitpoint.bridge.otio.otio_json import (
    Node,
    children_of,
    find_timeline,
    nodes_in,
    object_in,
    read_bounded,
    schema_of,
    text_in,
)
from hitpoint.bridge.otio.timeline_text import text_like
from hitpoint.bridge.sources.exchange import is_exchange
from hitpoint.bridge.sources.source_document import led_to, load_source
from hitpoint.bridge.writing import fcp7_xml
from hitpoint.bridge.writing.bundle_writer import BUNDLE_SUFFIXES, bundled_names, name_in_bundle, write_bundle
from hitpoint.bridge.writing.music_clip import TRACK_NAME, MusicClip
from hitpoint.bridge.writing.project_writer import scored_project
from hitpoint.core.edit import Edit, Marker
from hitpoint.core.errors import EditReadError, EditWriteError
from hitpoint.core.files.output import Outputs

_MEDIA_KEY = "DEFAULT_MEDIA"
_PATCHED = {
    PROJECT_SUFFIX: scored_project,
    fcp7_xml.SUFFIX: fcp7_xml.scored_fcp7,
}  # written by changing the file itself


def write_scored_timeline(
    source: Path, out: Path, music: MusicClip, edit: Edit | None = None, sound: Path | None = None
) -> None:
    """Write a copy of an edit with music; ``out`` must not exist, and is best inside a staging folder.

    Args:
        source: the edit's file, of any kind that can be read.
        out: an .otio, or a bundle (.otioz, .otiod) that also holds the music and the media of a source bundle; or of
            the kind of the source, if that is a Kdenlive project or Final Cut Pro 7 XML.
        music: what to add.
        edit: what was read from ``source``; needed for a movie, whose shots stand nowhere else.
        sound: where the music's file lies now, for bundles; the mix planned beside ``out`` if not given.

    Raises:
        EditReadError: if the source cannot be read.
        EditWriteError: if music cannot be put into it.
    """
    check_target(source, out)
    kind = out.suffix.lower()
    if kind in _PATCHED:
        _write_new(out, _PATCHED[kind](read_bounded(source), source, music))
        return
    document, spelling = load_source(source, edit, keeps_bundled=kind in BUNDLE_SUFFIXES, rate=music.rate)
    if kind not in BUNDLE_SUFFIXES:
        beside = source.absolute().parent
        if music.folder is not None and music.folder != beside:
            document = led_to(document, beside)
        _write_new(out, text_like(_renamed_for_host(with_music(document, music), source, out), spelling))
        return
    name = name_in_bundle(music.wav.name, bundled_names(source))
    content = text_like(with_music(document, replace(music, url=name)), spelling)
    replaced = _addresses(document) - _addresses(remove_music(document))
    write_bundle(out, content, sound or Outputs(out).mix, name, source, replaced)


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


def with_music(document: Node, music: MusicClip) -> Node:
    """The document with the music on a track of its own after the other audio tracks; earlier music of ours is gone.

    Raises:
        EditReadError: if the document holds no timeline.
        EditWriteError: if its timeline has no tracks to add to.
    """
    plain = remove_music(document)
    timeline = find_timeline(plain)
    stack = timeline.get("tracks")
    if not isinstance(stack, dict) or schema_of(stack) == "Track" or not isinstance(stack.get("children", []), list):
        raise EditWriteError("the timeline has no tracks to put music beside: export it again")
    manner = manner_of(timeline, music.rate)
    tracks = list(stack.get("children", []))
    tracks.insert(_place_for_audio(tracks), _music_track(music, manner))
    scored_stack = {**stack, "children": tracks}
    if music.section_markers:
        markers = stack.get("markers")
        ours = [_section_marker(marker, music, manner) for marker in music.section_markers]
        scored_stack["markers"] = [*(markers if isinstance(markers, list) else []), *ours]
    metadata = with_ours(timeline.get("metadata"), Place.TIMELINE, id=music.id, cue=music.cue)
    return _with_timeline(plain, timeline, {**timeline, "metadata": metadata, "tracks": scored_stack})


def remove_music(document: Node) -> Node:
    """The document without anything of ours. Clips that an editor has put on our track stay, at their times."""
    try:
        timeline = find_timeline(document)
    except EditReadError:
        return document
    changed = dict(timeline)
    if ours_in(timeline, Place.TIMELINE) is not None:
        changed["metadata"] = without_ours(timeline["metadata"])
    stack = timeline.get("tracks")
    if isinstance(stack, dict):
        changed["tracks"] = _plain_stack(stack)
    return _with_timeline(document, timeline, changed)


def scored_state(document: Node) -> Node | None:
    """The state of the music that we put into this document; None if there is none."""
    for track in children_of(object_in(find_timeline(document), "tracks")):
        ours = ours_in(track, Place.TRACK)
        if ours is not None:
            return object_in(ours, "state")
    return None


def scored_cue(document: Node) -> str | None:
    """The cue file of our music, relative to the document's folder; None if there is none.

    It also stands on the timeline because some hosts forget what they do not know about tracks.
    """
    ours = ours_in(find_timeline(document), Place.TIMELINE)
    return (text_in(ours, "cue") or None) if ours is not None else None


def renamed(document: Node, name: str) -> Node:
    """The document with its timeline under another name: Resolve imports none whose name it has already."""
    timeline = find_timeline(document)
    return _with_timeline(document, timeline, {**timeline, "name": name})


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


def _place_for_audio(tracks: list[Any]) -> int:
    """After the last audio track; at the end if there is none, never first among others."""
    audio = [index for index, track in enumerate(tracks) if text_in(track, "kind").casefold() == "audio"]
    return audio[-1] + 1 if audio else len(tracks)


def _music_track(music: MusicClip, manner: Manner) -> Node:
    start = music.start_frame + manner.offset
    gaps = [_gap(_time_range(0, start, manner))] if start > 0 else []
    return {
        "OTIO_SCHEMA": "Track.1",
        "metadata": with_ours(track_metadata(manner.hosts), Place.TRACK, id=music.id, state=music.state),
        "name": TRACK_NAME,
        "source_range": None,
        "effects": [],
        "markers": [],
        "enabled": True,
        "children": [*gaps, _music_clip(music, manner)],
        "kind": "Audio",
    }


def _music_clip(music: MusicClip, manner: Manner) -> Node:
    frames = music.end_frame - music.start_frame
    reference = {
        "OTIO_SCHEMA": "ExternalReference.1",
        "metadata": {},
        "name": music.name,
        "available_range": _time_range(0, frames, manner),
        "available_image_bounds": None,
        "target_url": music.url or target_url(music.wav, manner),
    }
    if manner.uses_clip_1:
        media: Node = {"media_reference": reference}
    else:
        media = {"media_references": {_MEDIA_KEY: reference}, "active_media_reference_key": _MEDIA_KEY}
    return {
        "OTIO_SCHEMA": "Clip.1" if manner.uses_clip_1 else "Clip.2",
        "metadata": with_ours(clip_metadata(manner.hosts), Place.CLIP, id=music.id),
        "name": music.name,
        "source_range": _time_range(0, frames, manner),
        "effects": [],
        "markers": [],
        "enabled": True,
        **media,
    }


def _gap(source_range: Node) -> Node:
    return {
        "OTIO_SCHEMA": "Gap.1",
        "metadata": {},
        "name": "",
        "source_range": source_range,
        "effects": [],
        "markers": [],
        "enabled": True,
    }


def _section_marker(marker: Marker, music: MusicClip, manner: Manner) -> Node:
    return {
        "OTIO_SCHEMA": "Marker.2",
        "metadata": with_ours(marker_metadata(manner.hosts, marker.text), Place.MARKER, id=music.id),
        "name": marker.text,
        "color": marker.color or "CYAN",
        "marked_range": _time_range(marker.frame + manner.offset, marker.frames, manner),
        "comment": marker.text,
    }


def _time_range(start: int, frames: int, manner: Manner) -> Node:
    return {
        "OTIO_SCHEMA": "TimeRange.1",
        "duration": _time(frames, manner),
        "start_time": _time(start, manner),
    }


def _time(frames: int, manner: Manner) -> Node:
    value = frames if isinstance(manner.rate, int) else float(frames)
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": manner.rate, "value": value}


def _plain_stack(stack: Node) -> Node:
    plain = dict(stack)
    if isinstance(stack.get("children"), list):
        kept = (_plain_track(track) if isinstance(track, dict) else track for track in stack["children"])
        plain["children"] = [track for track in kept if track is not None]
    if any(ours_in(marker, Place.MARKER) is not None for marker in nodes_in(stack, "markers")):
        plain["markers"] = [
            marker
            for marker in stack["markers"]
            if not isinstance(marker, dict) or ours_in(marker, Place.MARKER) is None
        ]
    return plain


def _plain_track(track: Node) -> Node | None:
    """None for our track, the track itself for another; ours with an editor's clips on it keeps those."""
    if ours_in(track, Place.TRACK) is None:
        return track
    foreign = [item for item in children_of(track) if not _is_ours_or_gap(item)]
    if not foreign:
        return None
    children = [_silenced(item) if isinstance(item, dict) else item for item in track["children"]]
    return {**track, "metadata": without_ours(track["metadata"]), "children": children}


def _is_ours_or_gap(item: Node) -> bool:
    return ours_in(item, Place.CLIP) is not None or schema_of(item) in ("Gap", "Filler")


def _silenced(item: Node) -> Node:
    return _gap(item["source_range"]) if ours_in(item, Place.CLIP) is not None and item.get("source_range") else item


def _with_timeline(document: Node, timeline: Node, changed: Node) -> Node:
    """The document with one timeline in place of another: at the root, or in a collection (of collections)."""
    if document is timeline:
        return changed
    return {**document, "children": [_in_place(child, timeline, changed) for child in document["children"]]}


def _in_place(child: Any, timeline: Node, changed: Node) -> Any:
    if child is timeline:
        return changed
    if schema_of(child) == "SerializableCollection" and isinstance(child.get("children"), list):
        return _with_timeline(child, timeline, changed)
    return child
