"""Our music in an OpenTimelineIO document: put in, taken out, everything else as it was.

The music is inserted into the JSON itself, not through OpenTimelineIO, which would rewrite what it understands and
refuse what it does not. All times are at the timeline's own rate, written with the very number the file uses for it,
because hosts take the rate of a whole project from whatever range they meet first.

Copy in, new object out: no function here changes a document it was given.

::

    scored = with_music(load_timeline_document(path), MusicClip(wav, wav.name, rate, 0, 750, {"seed": 7}))
    assert remove_music(scored) == load_timeline_document(path)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from hitpoint.bridge.otio.file_manner import Manner, manner_of, target_url
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
    number_in,
    object_in,
    schema_of,
    text_in,
)
from hitpoint.bridge.writing.music_clip import TRACK_NAME, MusicClip
from hitpoint.core.edit import Marker
from hitpoint.core.errors import EditReadError, EditWriteError

_MEDIA_KEY = "DEFAULT_MEDIA"


def with_music(document: Node, music: MusicClip, kept: Collection[str] = ()) -> Node:
    """The document with the music on a track of its own after the other audio tracks; earlier music of ours is gone.

    Music that is kept stays where it is, and what is added lies on its track wherever that is free.

    Args:
        document: of the edit.
        music: what to add.
        kept: ids of the music that stays.

    Raises:
        EditReadError: if the document holds no timeline.
        EditWriteError: if its timeline has no tracks to add to.
    """
    plain = remove_music(document, kept)
    timeline = find_timeline(plain)
    stack = timeline.get("tracks")
    if not isinstance(stack, dict) or schema_of(stack) == "Track" or not isinstance(stack.get("children", []), list):
        raise EditWriteError("the timeline has no tracks to put music beside: export it again")
    manner = manner_of(timeline, music.rate)
    tracks = list(stack.get("children", []))
    place = next((index for index, track in enumerate(tracks) if _is_free(track, music, manner)), None)
    if place is None:
        tracks.insert(_place_for_audio(tracks), _music_track(music, manner))
    else:
        tracks[place] = _filled(tracks[place], music, manner)
    scored_stack = {**stack, "children": tracks}
    if music.section_markers:
        markers = stack.get("markers")
        ours = [_section_marker(marker, music, manner) for marker in music.section_markers]
        scored_stack["markers"] = [*(markers if isinstance(markers, list) else []), *ours]
    metadata = with_ours(timeline.get("metadata"), Place.TIMELINE, id=music.id, cue=music.cue)
    return with_timeline(plain, timeline, {**timeline, "metadata": metadata, "tracks": scored_stack})


def music_clips(document: Node) -> tuple[Node, ...]:
    """Our clips in a document, in the order of its tracks."""
    tracks = children_of(object_in(find_timeline(document), "tracks"))
    ours = (track for track in tracks if ours_in(track, Place.TRACK) is not None)
    return tuple(item for track in ours for item in children_of(track) if ours_in(item, Place.CLIP) is not None)


def remove_music(document: Node, kept: Collection[str] = ()) -> Node:
    """The document without anything of ours but the music with ``kept`` ids.

    Clips that an editor has put on our track stay, at their times.
    """
    try:
        timeline = find_timeline(document)
    except EditReadError:
        return document
    changed = dict(timeline)
    stays = any(_is_kept(clip, kept) for clip in music_clips(document))
    if ours_in(timeline, Place.TIMELINE) is not None and not stays:
        changed["metadata"] = without_ours(timeline["metadata"])
    stack = timeline.get("tracks")
    if isinstance(stack, dict):
        changed["tracks"] = _plain_stack(stack, kept)
    return with_timeline(document, timeline, changed)


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
        "metadata": with_ours(clip_metadata(manner.hosts), Place.CLIP, id=music.id, cue=music.cue),
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


def _plain_stack(stack: Node, kept: Collection[str]) -> Node:
    plain = dict(stack)
    if isinstance(stack.get("children"), list):
        tracks = (_plain_track(track, kept) if isinstance(track, dict) else track for track in stack["children"])
        plain["children"] = [track for track in tracks if track is not None]
    if any(_is_marker_to_go(marker, kept) for marker in nodes_in(stack, "markers")):
        plain["markers"] = [marker for marker in stack["markers"] if not _is_marker_to_go(marker, kept)]
    return plain


def _is_marker_to_go(marker: Any, kept: Collection[str]) -> bool:
    ours = ours_in(marker, Place.MARKER) if isinstance(marker, dict) else None
    return ours is not None and text_in(ours, "id") not in kept


def _plain_track(track: Node, kept: Collection[str]) -> Node | None:
    """None for our track, the track itself for another; ours keeps an editor's clips on it, and what is kept."""
    if ours_in(track, Place.TRACK) is None:
        return track
    foreign = [item for item in children_of(track) if not _is_ours_or_gap(item)]
    stays = any(_is_kept(item, kept) for item in children_of(track))
    if not foreign and not stays:
        return None
    children = [_silenced(item, kept) if isinstance(item, dict) else item for item in track["children"]]
    while stays and not foreign and children and schema_of(children[-1]) == "Gap":
        children.pop()
    return {**track, "metadata": track["metadata"] if stays else without_ours(track["metadata"]), "children": children}


def _is_kept(item: Node, kept: Collection[str]) -> bool:
    ours = ours_in(item, Place.CLIP)
    return ours is not None and text_in(ours, "id") in kept


def _is_ours_or_gap(item: Node) -> bool:
    return ours_in(item, Place.CLIP) is not None or schema_of(item) in ("Gap", "Filler")


def _silenced(item: Node, kept: Collection[str]) -> Node:
    is_to_go = ours_in(item, Place.CLIP) is not None and not _is_kept(item, kept)
    return _gap(item["source_range"]) if is_to_go and item.get("source_range") else item


def _is_free(track: Any, music: MusicClip, manner: Manner) -> bool:
    """Whether a track is ours, holds nothing else, and nothing where the music goes."""
    if not isinstance(track, dict) or ours_in(track, Place.TRACK) is None or text_in(track, "kind") != "Audio":
        return False
    placed = list(_placed(track, manner))
    start, end = music.start_frame + manner.offset, music.end_frame + manner.offset
    return all(
        first is not None and (schema_of(item) == "Gap" or (_is_ours_or_gap(item) and (last <= start or end <= first)))
        for item, first, last in placed
    )


def _placed(track: Node, manner: Manner) -> Iterator[tuple[Node, int | None, int]]:
    """The items of a track with their first frame and the one after their last; None where that cannot be told."""
    at = 0
    for item in children_of(track):
        duration = object_in(item, "source_range", "duration")
        value, rate = number_in(duration, "value"), number_in(duration, "rate")
        if value is None or rate is None or abs(rate - float(manner.rate)) > 1e-6 or abs(value - round(value)) > 1e-6:
            yield item, None, at
            continue
        yield item, at, at + round(value)
        at += round(value)


def _filled(track: Node, music: MusicClip, manner: Manner) -> Node:
    """The track with the music where it is free."""
    start, end = music.start_frame + manner.offset, music.end_frame + manner.offset
    clips = [(item, first or 0, last) for item, first, last in _placed(track, manner) if schema_of(item) != "Gap"]
    clips = sorted([*clips, (_music_clip(music, manner), start, end)], key=lambda placed: placed[1])
    children: list[Node] = []
    at = 0
    for item, first, last in clips:
        if first > at:
            children.append(_gap(_time_range(0, first - at, manner)))
        children.append(item)
        at = last
    return {**track, "children": children}


def with_timeline(document: Node, timeline: Node, changed: Node) -> Node:
    """The document with one timeline in place of another: at the root, or in a collection (of collections)."""
    if document is timeline:
        return changed
    return {**document, "children": [_in_place(child, timeline, changed) for child in document["children"]]}


def _in_place(child: Any, timeline: Node, changed: Node) -> Any:
    if child is timeline:
        return changed
    if schema_of(child) == "SerializableCollection" and isinstance(child.get("children"), list):
        return with_timeline(child, timeline, changed)
    return child
