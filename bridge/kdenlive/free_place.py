"""A place for music on a music track that is there already: a gap between its clips, or behind the last of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hitpoint.bridge.kdenlive.marks import find_music
from hitpoint.bridge.kdenlive.music_xml import blank_xml, entry_xml
from hitpoint.bridge.kdenlive.project import Project, ProjectTrack, track_elements
from hitpoint.bridge.xml_tree import Change, Element, attribute_change


@dataclass(frozen=True, eq=False)
class FreePlace:
    """Frames ``start .. end`` of a playlist in which nothing lies.

    Attributes:
        playlist: of the track.
        item: the gap that holds them; None behind the last item.
        first: frame at which the gap, or what is behind the last item, begins.
        until: first frame after the gap; None behind the last item.
        track: whose playlist it is.
    """

    playlist: Element
    item: Element | None
    first: int
    until: int | None
    track: ProjectTrack


def free_place(project: Project, folder: Path, start: int, end: int) -> FreePlace | None:
    """Where music from frame ``start`` to ``end`` fits on a track that holds nothing but ours; None if nowhere."""
    found = find_music(project, folder)
    for track in found.tracks if found is not None else ():
        if found is None or not all(clip.entry in found.entries for clip in track.clips):
            continue
        if any(clip.start < end and start < clip.end for clip in track.clips):
            continue
        playlist = next((each for each in _playlists(project, track) if each.all("entry")), None)
        place = None if playlist is None else _place_in(project, playlist, track, start, end)
        if place is not None:
            return place
    return None


def filled(project: Project, place: FreePlace, chain: str, kdenlive_id: str, start: int, end: int) -> Iterator[Change]:
    """The changes that put a sound there."""
    before = [blank_xml(start - place.first, project)] if start > place.first else []
    after = [blank_xml(place.until - end, project)] if place.until is not None and place.until > end else []
    lines = [*before, *entry_xml(chain, kdenlive_id, end - start, project), *after]
    text = "\n  ".join(lines).encode()
    if place.item is not None:
        yield Change(place.item.start, place.item.end, text)
    else:
        last = place.playlist.children[-1].end
        yield Change(last, last, b"\n  " + text)
    element = place.track.element
    if element.tag == "tractor" and project.frames(element.get("out"), default=end) < end - 1:
        yield attribute_change(project.content, element, "out", project.clock(end - 1))


def _playlists(project: Project, track: ProjectTrack) -> list[Element]:
    inner = track_elements(track.element) if track.element.tag == "tractor" else []
    return [project.definitions[each.get("producer")] for each in inner] or [track.element]


def _place_in(project: Project, playlist: Element, track: ProjectTrack, start: int, end: int) -> FreePlace | None:
    clips = {id(clip.entry): clip for clip in track.clips}
    at = 0
    for item in playlist.children:
        if item.tag == "blank":
            length = max(0, project.frames(item.get("length"), what="a gap"))
            if at <= start and end <= at + length:
                return FreePlace(playlist, item, at, at + length, track)
            at += length
        elif id(item) in clips:
            at = clips[id(item)].end
    return FreePlace(playlist, None, at, None, track) if start >= at else None
