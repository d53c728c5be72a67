"""A project with our music on a new audio track, and every other byte as it was.

The new track is the lowest, just above the black one that MLT needs, which is where the last audio track lies in
Kdenlive. Everything that counts tracks moves up by one: the transitions between tracks, the track that is active, the
targets, and the clips of each group.

::

    scored = with_music_track(content, path, track)
    assert without_music_track(scored, path) == content
"""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from hitpoint.bridge.kdenlive.free_place import FreePlace, filled, free_place
from hitpoint.bridge.kdenlive.guides import GUIDES, guides_text, json_list
from hitpoint.bridge.kdenlive.marks import PROPERTY, Mark, mark_text
from hitpoint.bridge.kdenlive.music_xml import chain_xml, mix_xml, playlists_xml, tractor_xml
from hitpoint.bridge.kdenlive.project import Project, track_elements
from hitpoint.bridge.kdenlive.removal import without_music_track
from hitpoint.bridge.kdenlive.track_numbers import moved_tracks
from hitpoint.bridge.kdenlive.versions import check_writable
from hitpoint.bridge.xml_tree import Change, Element, attribute_change, changed, escaped, text_change
from hitpoint.core.edit import Marker

INDEX = 1  # of the new track, the black one being 0

_NAMESPACE = uuid.UUID("6f1c1b0e-2f0b-5d53-9a8e-6d1d0c2f7a11")
_FOLDER = re.compile(r"kdenlive:folder\.-?\d+\.(\d+)")


@dataclass(frozen=True)
class MusicTrack:
    """The music, and where it goes.

    Attributes:
        wav: where the sound file will lie, absolute.
        name: of the track.
        start, end: frames of the timeline.
        mark: to find it again; its guides are added to the timeline's.
        guides: markers to be set as guides.
    """

    wav: Path
    name: str
    start: int
    end: int
    mark: Mark
    guides: tuple[Marker, ...] = ()


@dataclass(frozen=True)
class _Names:
    """Names in the file that are free."""

    chain: str
    playlists: tuple[str, str]
    tractor: str
    transition: str
    kdenlive_id: str


def with_music_track(
    content: bytes, path: Path, track: MusicTrack, out_folder: Path | None = None, kept: Collection[str] = ()
) -> bytes:
    """A copy of a project with music; earlier music of ours is gone, unless it is kept.

    Music that is kept stays where it is, and what is added lies on its track wherever that is free.

    Args:
        content: of the project file.
        path: of the project file.
        track: what to add.
        out_folder: where the copy will lie, if it is not beside the project.
        kept: ids of the music that stays.

    Raises:
        EditReadError: if it is no project, or damaged.
        EditWriteError: if it is of a format that was never tried.
    """
    plain = without_music_track(content, path, kept)
    project = Project(plain, path.name)
    check_writable(project)
    names, folder = _free_names(project), path.absolute().parent
    place = free_place(project, folder, track.start, track.end)
    changes = [
        *(_on_new_track(project, track, names, folder) if place is None else ()),
        *(_on_own_track(project, track, names, folder, place) if place is not None else ()),
        *_bin_entry(project, track, names),
        *_guides(project, track),
        *_lengthened(project, track.end),
        *_rooted(project, folder, out_folder),
    ]
    return changed(plain, changes)


def _on_new_track(project: Project, track: MusicTrack, names: _Names, folder: Path) -> Iterator[Change]:
    texts = (
        _chain(project, track, names, folder),
        playlists_xml(names.playlists, names.chain, names.kdenlive_id, track.start, track.end - track.start, project),
        tractor_xml(names.tractor, names.playlists, track.name, track.end, project),
    )
    yield _defined(project, texts)
    yield from _place_in_sequence(project, names)
    yield from moved_tracks(project, lambda index: index + 1 if index >= INDEX else index, 1)


def _on_own_track(
    project: Project, track: MusicTrack, names: _Names, folder: Path, place: FreePlace
) -> Iterator[Change]:
    """The sound is defined in front of the playlist that uses it."""
    before = _space_before(project, project.root, place.playlist)
    text = _chain(project, track, names, folder).encode() + before
    yield Change(place.playlist.start, place.playlist.start, text)
    yield from filled(project, place, names.chain, names.kdenlive_id, track.start, track.end)


def _chain(project: Project, track: MusicTrack, names: _Names, folder: Path) -> str:
    """The sound file."""
    uid = uuid.uuid5(_NAMESPACE, track.mark.id)
    properties = (
        ("resource", _written(track.wav, project, folder)),
        ("kdenlive:clipname", track.wav.name),
        ("kdenlive:id", names.kdenlive_id),
        ("kdenlive:control_uuid", f"{{{uid}}}"),
        (PROPERTY, mark_text(track.mark)),
    )
    return chain_xml(names.chain, track.end - track.start, properties, project)


def _defined(project: Project, texts: tuple[str, ...]) -> Change:
    """File, playlists and track, in front of the sequence, for MLT knows nothing before it is defined."""
    before = _space_before(project, project.root, project.sequence)
    return Change(project.sequence.start, project.sequence.start, b"".join(text.encode() + before for text in texts))


def _place_in_sequence(project: Project, names: _Names) -> Iterator[Change]:
    sequence = project.sequence
    tracks = track_elements(sequence)
    text = f'<track producer="{escaped(names.tractor)}"/>'.encode()
    yield _added(project, sequence, text, tracks[INDEX - 1])
    mixes = [
        each for each in sequence.all("transition") if each.property("mlt_service") == "mix" and _is_internal(each)
    ]
    mix = mix_xml(names.transition, INDEX, mixes[0] if mixes else None).encode()
    transitions = sequence.all("transition")
    if transitions:
        before = _space_before(project, sequence, transitions[0])
        yield Change(transitions[0].start, transitions[0].start, mix + before)
    else:
        space = _space_before(project, sequence, tracks[-1])
        yield Change(tracks[-1].end, tracks[-1].end, space + mix)


def _bin_entry(project: Project, track: MusicTrack, names: _Names) -> Iterator[Change]:
    assert project.bin is not None, "checked before"
    last = project.clock(track.end - track.start - 1)
    text = f'<entry in="{project.clock(0)}" out="{last}" producer="{escaped(names.chain)}"/>'.encode()
    yield _added(project, project.bin, text, project.bin.children[-1])


def _added(project: Project, parent: Element, text: bytes, after: Element) -> Change:
    """The change that puts an element behind another, on a line of its own."""
    return Change(after.end, after.end, _space_before(project, parent, after) + text)


def _guides(project: Project, track: MusicTrack) -> Iterator[Change]:
    if not track.guides:
        return
    listed = json_list(project.sequence.property(GUIDES))
    ours = [{"comment": guide.text, "pos": guide.frame, "type": 0} for guide in track.guides]
    both = sorted([*listed, *ours], key=lambda guide: guide["pos"] if isinstance(guide.get("pos"), int) else 0)
    text = guides_text(both)
    found = project.sequence.property_element(GUIDES)
    if found is not None and found.inside_end > found.inside:
        yield text_change(found, text)
        return
    written = f'<property name="{GUIDES}">{escaped(text)}</property>'.encode()
    if found is not None:
        yield Change(found.start, found.end, written)
    else:
        first = project.sequence.children[0]
        yield Change(first.start, first.start, written + _space_before(project, project.sequence, first))


def _lengthened(project: Project, end: int) -> Iterator[Change]:
    """The changes that let the timeline last until the music ends."""
    sequence = project.sequence
    if project.frames(sequence.get("out"), default=end) >= end - 1:
        return
    yield attribute_change(project.content, sequence, "out", project.clock(end - 1))
    duration, longest = (sequence.property_element(f"kdenlive:{name}") for name in ("duration", "maxduration"))
    if duration is not None and duration.text:
        yield text_change(duration, project.clock(end))
    if longest is not None and longest.text:
        yield text_change(longest, str(end))
    last = project.root.children[-1]
    if last.property("kdenlive:projectTractor") == "1":
        for element in (last, *track_elements(last)):
            if project.frames(element.get("out"), default=end) < end - 1:
                yield attribute_change(project.content, element, "out", project.clock(end - 1))


def _rooted(project: Project, folder: Path, out_folder: Path | None) -> Iterator[Change]:
    """The change that lets relative paths mean the same in another folder; MLT counts them from ``root``."""
    root = project.root.get("root")
    is_absolute = PurePosixPath(root).is_absolute() or PureWindowsPath(root).is_absolute()
    if out_folder is not None and out_folder != folder and not is_absolute:
        yield attribute_change(project.content, project.root, "root", str(folder / root))


def _written(wav: Path, project: Project, folder: Path) -> str:
    """The path of the music in the manner of the project.

    It is absolute unless the project's own files are all named from its root.
    """
    named = [each.property("resource") for each in project.definitions.values() if _is_file(each)]
    root = Path(os.path.abspath(folder / project.root.get("root")))
    is_relative = named and not any(PurePosixPath(name).is_absolute() or ":" in name[:3] for name in named)
    return os.path.relpath(wav, root) if is_relative and root.is_dir() else str(wav)


def _is_file(element: Element) -> bool:
    return element.property("mlt_service").startswith("avformat") and bool(element.property("resource"))


def _is_internal(transition: Element) -> bool:
    return transition.property("internal_added") not in ("", "0")


def _space_before(project: Project, parent: Element, child: Element) -> bytes:
    """The line break and indentation in front of a child."""
    place = parent.children.index(child)
    start = parent.children[place - 1].end if place else parent.inside
    space = project.content[start : child.start]
    return space if not space.strip() else b"\n "


def _free_names(project: Project) -> _Names:
    taken = {element.get("id") for element in project.root.walk()}

    def free(name: str) -> str:
        """The name with the first number that nothing in the project has, which is taken now."""
        number = 0
        while f"{name}{number}" in taken:
            number += 1
        return f"{name}{number}"

    playlists = free("playlist_hitpoint"), free("playlist_hitpoint_mix")
    return _Names(
        free("chain_hitpoint"), playlists, free("tractor_hitpoint"), free("transition_hitpoint"), _free_id(project)
    )


def _free_id(project: Project) -> str:
    """A number for the bin that neither a clip nor a folder has."""
    clips = (element.property("kdenlive:id") for element in project.root.walk())
    folders = (_FOLDER.fullmatch(each.get("name")) for each in (project.bin.all("property") if project.bin else []))
    numbers = [*(text for text in clips if text), *(folder[1] for folder in folders if folder)]
    return str(
        1 + max((int(text) for text in numbers if text.isascii() and text.isdigit() and len(text) < 10), default=0)
    )
