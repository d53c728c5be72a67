"""Our music in a project: how it is marked, and found again.

The chain (the file in the bin, which its use on the track shares) has a property ``kdenlive:hitpoint``: JSON with the
schema, id, cue and state that an .otio file has in its metadata, and the guides that we have set.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hitpoint.bridge.kdenlive.producers import resource_of
from hitpoint.bridge.kdenlive.project import Project, ProjectTrack
from hitpoint.bridge.lookup.known_music import known_music
from hitpoint.bridge.otio.otio_json import Node, object_in, text_in
from hitpoint.bridge.xml_tree import Element

PROPERTY = "kdenlive:hitpoint"

SCHEMA = "hitpoint.project.1"

_FAMILY = "hitpoint.project."


@dataclass(frozen=True)
class Mark:
    """Our own note on our music.

    Attributes:
        id: of the music.
        cue: path of the cue file, relative to the project's folder; empty if there is none.
        state: as on an .otio file's track.
        guides: (frame, text) of those that we set.
    """

    id: str
    cue: str
    state: Node
    guides: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, eq=False)
class FoundMusic:
    """Our music in a project.

    Attributes:
        marks: what we wrote of each file, those that are used first.
        chains: the files, in the order of their marks.
        tracks: of the active sequence, on which it lies.
        entries: where it is used on them.
    """

    marks: tuple[Mark, ...]
    chains: tuple[Element, ...]
    tracks: tuple[ProjectTrack, ...] = field(default=())
    entries: tuple[Element, ...] = field(default=())

    @property
    def mark(self) -> Mark:
        """What we wrote of the first."""
        return self.marks[0]

    @property
    def guides(self) -> frozenset[tuple[int, str]]:
        """(frame, text) of all guides that we set."""
        return frozenset(guide for mark in self.marks for guide in mark.guides)

    def mark_of(self, producer: Element) -> Mark | None:
        """What we wrote of a file; None if it is not ours."""
        return next((mark for mark, chain in zip(self.marks, self.chains, strict=True) if chain is producer), None)


def find_music(project: Project, folder: Path, kept: Collection[str] = ()) -> FoundMusic | None:
    """Our music in the active sequence, or left in the bin; None if there is none.

    A file that has lost its mark is known by its name or by what is written in it. Music whose mark has one of the
    ``kept`` ids is left out.
    """
    tracks = [track for track in project.tracks(project.sequence) if track.is_audio]
    used = {id(clip.producer) for track in tracks for clip in track.clips}
    marks: dict[int, Mark] = {}
    for element in project.definitions.values():
        mark = _mark_of(element, project, folder, is_used=id(element) in used)
        if mark is not None and mark.id not in kept:
            marks[id(element)] = mark
    if not marks:
        return None
    found = (each for each in project.definitions.values() if id(each) in marks)
    chains = tuple(sorted(found, key=lambda chain: id(chain) not in used))
    ours = tuple(track for track in tracks if any(id(clip.producer) in marks for clip in track.clips))
    entries = tuple(clip.entry for track in ours for clip in track.clips if id(clip.producer) in marks)
    return FoundMusic(tuple(marks[id(chain)] for chain in chains), chains, ours, entries)


def mark_text(mark: Mark) -> str:
    """The property of a mark."""
    values: dict[str, Any] = {"schema": SCHEMA, "id": mark.id, "cue": mark.cue, "state": mark.state}
    if mark.guides:
        values["guides"] = [list(guide) for guide in mark.guides]
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _mark_of(element: Element, project: Project, folder: Path, *, is_used: bool) -> Mark | None:
    if element.tag not in ("chain", "producer"):
        return None
    text = element.property(PROPERTY)
    if text:
        return _read(text)
    if not is_used:
        return None
    known = known_music(resource_of(element, project, folder), folder)
    return None if known is None else Mark(known.id, known.cue, {})


def _read(text: str) -> Mark | None:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not text_in(values, "schema").startswith(_FAMILY):
        return None
    listed = values.get("guides")
    guides = tuple(
        (guide[0], guide[1])
        for guide in (listed if isinstance(listed, list) else [])
        if isinstance(guide, list) and len(guide) == 2 and isinstance(guide[0], int) and isinstance(guide[1], str)
    )
    return Mark(text_in(values, "id"), text_in(values, "cue"), object_in(values, "state"), guides)
