"""A project without the music that was put into it: what ``patcher.py`` has added goes, and all tracks count as before.

An editor's own clips on our track stay, at their times, and the track with them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from hitpoint.bridge.kdenlive.groups import without_track
from hitpoint.bridge.kdenlive.guides import GUIDES, guides_text, json_list
from hitpoint.bridge.kdenlive.marks import FoundMusic, find_music
from hitpoint.bridge.kdenlive.project import SEQUENCE, Project, ProjectTrack, track_elements
from hitpoint.bridge.kdenlive.track_numbers import moved_tracks
from hitpoint.bridge.xml_tree import Change, Element, changed, text_change


def without_music_track(content: bytes, path: Path, kept: Collection[str] = ()) -> bytes:
    """The project without anything of ours but the music with ``kept`` ids; the same bytes if there is nothing.

    Raises:
        EditReadError: if it is no project, or damaged.
    """
    project = Project(content, path.name)
    found = find_music(project, path.absolute().parent, kept)
    if found is None:
        return content
    gone = [track for track in found.tracks if _is_wholly_ours(track, found)]
    content = _without_groups_of(project, gone)
    project = Project(content, path.name)
    found = find_music(project, path.absolute().parent, kept)
    assert found is not None, "it was there a moment ago"
    gone = [track for track in found.tracks if _is_wholly_ours(track, found)]
    cuts = merged(_spans([*_track_cuts(project, gone), *_file_cuts(project, found)]))
    changes = [
        *moved_tracks(project, _downwards([track.index for track in gone]), -len(gone)),
        *_guides(project, found),
        *_blanks(project, found, gone),
    ]
    outside = [change for change in changes if not any(start <= change.start < end for start, end in cuts)]
    return changed(content, [*outside, *(Change(start, end, b"") for start, end in cuts)])


def merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches of a file, those that touch or overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _without_groups_of(project: Project, gone: Sequence[ProjectTrack]) -> bytes:
    """The file with the clips of our tracks in no group."""
    content = project.content
    for track in gone:
        groups = Project(content, project.name).sequence.property_element(SEQUENCE + "groups")
        written = without_track(groups.text, track.index - 1) if groups is not None else None
        if groups is not None and written is not None:
            content = changed(content, [Change(groups.inside, groups.inside_end, written)])
    return content


def _track_cuts(project: Project, gone: Sequence[ProjectTrack]) -> Iterator[tuple[Element, Element]]:
    """Tracks, their playlists, and the transitions with them, each with its parent."""
    sequence, root = project.sequence, project.root
    references = track_elements(sequence)
    for track in gone:
        yield sequence, references[track.index]
        inside = [project.definitions[each.get("producer")] for each in track_elements(track.element)]
        for element in (track.element, *inside):
            yield root, element
    indices = {str(track.index) for track in gone}
    for transition in sequence.all("transition"):
        if transition.property("b_track") in indices or transition.property("a_track") in indices:
            yield sequence, transition


def _file_cuts(project: Project, found: FoundMusic) -> Iterator[tuple[Element, Element]]:
    """The files that nothing else uses, and their entries in the bin, each with its parent."""
    ours = {id(entry) for entry in found.entries}
    inside = [entry for each in project.definitions.values() if each is not project.bin for entry in each.all("entry")]
    used = {entry.get("producer") for entry in inside if id(entry) not in ours}
    for chain in found.chains:
        if chain.get("id") in used:
            continue
        yield project.root, chain
        if project.bin is not None:
            listed = [entry for entry in project.bin.all("entry") if entry.get("producer") == chain.get("id")]
            yield from ((project.bin, entry) for entry in listed)


def _blanks(project: Project, found: FoundMusic, gone: Sequence[ProjectTrack]) -> Iterator[Change]:
    """Gaps for our clips between those of an editor; a playlist that two tracks play has each only once."""
    changes: dict[int, Change] = {}
    for track in found.tracks:
        if track in gone:
            continue
        for clip in track.clips:
            if clip.entry in found.entries:
                blank = f'<blank length="{project.clock(clip.end - clip.start)}"/>'.encode()
                changes[clip.entry.start] = Change(clip.entry.start, clip.entry.end, blank)
    yield from changes.values()


def _guides(project: Project, found: FoundMusic) -> Iterator[Change]:
    """The guides without ours."""
    element = project.sequence.property_element(GUIDES)
    listed = json_list(element.text) if element is not None else []
    kept = [guide for guide in listed if (guide.get("pos"), guide.get("comment")) not in found.guides]
    if element is not None and len(kept) < len(listed):
        yield text_change(element, guides_text(kept))


def _is_wholly_ours(track: ProjectTrack, found: FoundMusic) -> bool:
    return all(clip.entry in found.entries for clip in track.clips)


def _downwards(gone: Sequence[int]) -> Callable[[int], int]:
    """New track indices for old ones; what names a track that goes names the one that takes its place."""
    return lambda index: index - sum(1 for each in gone if each < index)


def _spans(cuts: Sequence[tuple[Element, Element]]) -> list[tuple[int, int]]:
    """Elements with the space behind them; with that before them, if nothing that stays follows."""
    gone = {id(child) for _, child in cuts}
    spans = []
    for parent, child in cuts:
        place = parent.children.index(child)
        if any(id(later) not in gone for later in parent.children[place + 1 :]):
            spans.append((child.start, parent.children[place + 1].start))
        else:
            spans.append((parent.children[place - 1].end if place else child.start, child.end))
    return spans
