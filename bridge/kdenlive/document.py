"""A project as the document of an edit, so that it takes the same road as every .otio file.

More is in it than in Kdenlive's own export: speeds, clips and tracks that are switched off, sequences inside sequences,
clip markers at their places. All times are at the project's rate, which the document names.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path, PurePosixPath, PureWindowsPath

from hitpoint.bridge.exchange.nodes import speed_effects
from hitpoint.bridge.kdenlive.guides import category_colors, guides_of, sequence_guides
from hitpoint.bridge.kdenlive.marks import FoundMusic, find_music
from hitpoint.bridge.kdenlive.producers import Source, is_on, is_see_through, source_of
from hitpoint.bridge.kdenlive.project import Mix, PlacedClip, Project, ProjectTrack
from hitpoint.bridge.kdenlive.versions import reading_warnings
from hitpoint.bridge.otio.metadata import Place, with_ours
from hitpoint.bridge.otio.otio_json import Node
from hitpoint.bridge.xml_tree import Element
from hitpoint.core.errors import EditReadError
from hitpoint.core.timebase import FrameRate

PROJECT_SUFFIX = ".kdenlive"

_MOST_SEQUENCES = 1000  # built for one project, each use of one inside another counted
_DEEPEST = 20


@dataclass
class _Build:
    """The facts that building needs everywhere; ``told`` and ``sequences`` are filled on the way."""

    project: Project
    folder: Path
    colors: dict[int, str]
    music: FoundMusic | None
    told: list[str] = field(default_factory=list)
    sequences: int = 0


def project_document(content: bytes, path: Path) -> tuple[Node, list[str]]:
    """The document of a project's active sequence, and warnings for the editor.

    Raises:
        EditReadError: if it is no project, or makes no sense.
    """
    project = Project(content, path.name)
    folder = path.absolute().parent
    music = find_music(project, folder)
    build = _Build(project, folder, category_colors(project), music, reading_warnings(project))
    stack = _stack(project.sequence, build, ())
    name = project.sequence.property("kdenlive:clipname") if len(project.sequences) > 1 else ""
    metadata: Node = {"kdenlive": {"version": project.host_version, "project": path.name}}
    if music is not None:
        mark = music.mark
        metadata = with_ours(metadata, Place.TIMELINE, id=mark.id, cue=mark.cue)
        known = music.guides
        stack["markers"] = [_as_ours(each, mark.id) if _key(each) in known else each for each in stack["markers"]]
    document = {
        "OTIO_SCHEMA": "Timeline.1",
        "metadata": metadata,
        "name": name,
        "global_start_time": None,
        "tracks": stack,
    }
    return document, list(dict.fromkeys(build.told))


def _stack(sequence: Element, build: _Build, inside: Sequence[Element]) -> Node:
    build.sequences += 1
    if build.sequences > _MOST_SEQUENCES or len(inside) > _DEEPEST or sequence in inside:
        raise EditReadError(f"{build.project.name}: its sequences contain each other too deep: flatten them")
    tracks = build.project.tracks(sequence)
    pictures = [track for track in tracks if not track.is_audio]
    sounds = [track for track in tracks if track.is_audio]
    guides = sequence_guides(build.project, sequence)
    rate = build.project.rate
    return {
        "OTIO_SCHEMA": "Stack.1",
        "metadata": {},
        "name": "tracks",
        "source_range": None,
        "effects": [],
        "markers": [
            _marker(Fraction(guide.frame), guide.frames, guide.text, build.colors.get(guide.category, ""), rate)
            for guide in guides
        ],
        "enabled": True,
        "children": [_track(track, build, (*inside, sequence)) for track in (*pictures, *reversed(sounds))],
    }


def _track(track: ProjectTrack, build: _Build, inside: Sequence[Element]) -> Node:
    children: list[Node] = []
    at = 0
    clips, mixes = _meeting(track)
    for shown in clips:
        if shown.start > at:
            children.append(_gap(shown.start - at, build.project.rate))
        elif shown.start in mixes and children:
            children.append(_transition(mixes[shown.start], build.project.rate))
        children.append(_clip(shown, track, build, inside))
        at = shown.end
    music, metadata = build.music, Node()
    if music is not None and any(each.element is track.element for each in music.tracks):
        metadata = with_ours(metadata, Place.TRACK, id=music.mark.id, state=music.mark.state)
    return {
        "OTIO_SCHEMA": "Track.1",
        "metadata": metadata,
        "name": track.name,
        "source_range": None,
        "effects": [],
        "markers": [],
        "enabled": track.is_on,
        "children": children,
        "kind": "Audio" if track.is_audio else "Video",
    }


def _meeting(track: ProjectTrack) -> tuple[list[PlacedClip], dict[int, Mix]]:
    """The clips made to meet at the cuts of their mixes, and the mixes by their cuts."""
    shown: list[PlacedClip] = []
    mixes: dict[int, Mix] = {}
    for clip in track.shown:
        before = shown[-1] if shown else None
        if before is None or clip.start >= before.end:
            shown.append(clip)
            continue
        start, end = clip.start, before.end
        told = next((mix for mix in track.mixes if mix.start <= end and start <= mix.end), None)
        cut = min(max(told.cut if told else (start + end) // 2, before.start + 1), clip.end - 1)
        if before.start < cut and start <= cut:
            shown[-1] = replace(before, end=cut)
            shown.append(replace(clip, start=cut, source=clip.source + cut - start))
            mixes[cut] = Mix(start, max(end, cut), cut)
    return shown, mixes


def _clip(clip: PlacedClip, track: ProjectTrack, build: _Build, inside: Sequence[Element]) -> Node:
    source = source_of(clip, build.project, build.folder)
    rate, frames = build.project.rate, clip.end - clip.start
    if source.is_ramp:
        build.told.append(
            f"Kdenlive: the speed of {source.name!r} varies; its mean in the edit, {float(source.speed):.2f}, was read"
        )
    node: Node = {
        "OTIO_SCHEMA": "Clip.2",
        "metadata": {},
        "name": source.name,
        "source_range": _range(source.start, frames, rate),
        "effects": speed_effects(source.speed),
        "markers": _clip_markers(clip, source, build),
        "enabled": is_on(clip.producer, is_audio=track.is_audio) and not _is_clear(clip.producer, source),
    }
    mark = build.music.mark_of(clip.producer) if build.music is not None else None
    if mark is not None and build.music is not None and clip.entry in build.music.entries:
        node["metadata"] = with_ours({}, Place.CLIP, id=mark.id, cue=mark.cue)
    if source.kind == "sequence":
        nested = _stack(clip.producer, build, inside)
        return {**node, "OTIO_SCHEMA": "Stack.1", "children": nested["children"]}
    references = {"DEFAULT_MEDIA": _reference(source, rate)}
    return {**node, "media_references": references, "active_media_reference_key": "DEFAULT_MEDIA"}


def _is_clear(producer: Element, source: Source) -> bool:
    return source.kind == "color" and is_see_through(producer)


def _reference(source: Source, rate: FrameRate) -> Node:
    known = None if source.available is None else _range(Fraction(0), source.available, rate)
    common: Node = {"metadata": {}, "name": source.name, "available_range": known, "available_image_bounds": None}
    if source.hold:
        return {"OTIO_SCHEMA": "ImageSequenceReference.1", **common, **_images(source, rate)}
    if source.kind == "file":
        return {"OTIO_SCHEMA": "ExternalReference.1", **common, "target_url": source.url}
    kind = {"color": "kdenlive:SolidColor", "title": "kdenlive:Title"}.get(source.kind, "kdenlive:Generator")
    return {"OTIO_SCHEMA": "GeneratorReference.1", **common, "generator_kind": kind, "parameters": {}}


def _images(source: Source, rate: FrameRate) -> Node:
    """A slide show of numbered images; the first number is that of the first file there is."""
    path = PureWindowsPath(source.url) if "\\" in source.url else PurePosixPath(source.url)
    prefix, digits, suffix = re.split(r"%0?(\d*)d", path.name, maxsplit=1)
    return {
        "target_url_base": str(path.parent),
        "name_prefix": prefix,
        "name_suffix": suffix,
        "start_frame": _first_number(Path(str(path.parent)), prefix, suffix),
        "frame_step": 1,
        "rate": float(rate.frames_per_second / source.hold),
        "frame_zero_padding": int(digits or 0),
        "missing_frame_policy": "hold",
    }


def _first_number(folder: Path, prefix: str, suffix: str) -> int:
    numbered = re.compile(re.escape(prefix) + r"(\d{1,9})" + re.escape(suffix))
    try:
        return min(int(found[1]) for name in os.listdir(folder) if (found := numbered.fullmatch(name)))
    except (OSError, ValueError):
        return 0


def _clip_markers(clip: PlacedClip, source: Source, build: _Build) -> list[Node]:
    """The markers of a clip that lie in what is shown of it, counted from its first frame as Kdenlive exports them."""
    original = build.project.bin_clips.get(clip.producer.property("kdenlive:id"), clip.producer)
    if source.is_ramp or not original.property("kdenlive:markers"):
        return []
    rate, frames = build.project.rate, clip.end - clip.start
    guides = guides_of(original, "kdenlive:markers", float(rate.frames_per_second))
    found = []
    for guide in guides:
        at = (guide.frame - source.start) / source.speed
        at = at + frames if source.speed < 0 else at
        if 0 <= at < frames:
            color = build.colors.get(guide.category, "")
            found.append(_marker(at, guide.frames, guide.text, color, rate))
    return found


def _marker(frame: Fraction, frames: int, text: str, color: str, rate: FrameRate) -> Node:
    return {
        "OTIO_SCHEMA": "Marker.2",
        "metadata": {},
        "name": "",
        "color": color,
        "marked_range": _range(frame, frames, rate),
        "comment": text,
    }


def _as_ours(marker: Node, id_: str) -> Node:
    return {**marker, "metadata": with_ours({}, Place.MARKER, id=id_)}


def _key(marker: Node) -> tuple[float, str]:
    return marker["marked_range"]["start_time"]["value"], marker["comment"]


def _transition(mix: Mix, rate: FrameRate) -> Node:
    return {
        "OTIO_SCHEMA": "Transition.1",
        "metadata": {},
        "name": "",
        "in_offset": _time(Fraction(mix.cut - mix.start), rate),
        "out_offset": _time(Fraction(mix.end - mix.cut), rate),
        "transition_type": "SMPTE_Dissolve",
    }


def _gap(frames: int, rate: FrameRate) -> Node:
    return {
        "OTIO_SCHEMA": "Gap.1",
        "metadata": {},
        "name": "",
        "source_range": _range(Fraction(0), frames, rate),
        "effects": [],
        "markers": [],
        "enabled": True,
    }


def _range(start: Fraction, frames: int, rate: FrameRate) -> Node:
    return {"OTIO_SCHEMA": "TimeRange.1", "duration": _time(Fraction(frames), rate), "start_time": _time(start, rate)}


def _time(frames: Fraction, rate: FrameRate) -> Node:
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": float(rate.frames_per_second), "value": float(frames)}
