"""A film that we drew on a video track of its own, on top of an edit's others; everything else as it was.

The track says that it is ours, so that the edit's own picture is still what is read when it is scored again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hitpoint.bridge.otio.file_manner import Manner, manner_of, target_url
from hitpoint.bridge.otio.metadata import Place, ours_in, with_ours
from hitpoint.bridge.otio.otio_json import Node, find_timeline, load_timeline_document, schema_of, text_in
from hitpoint.bridge.otio.visible import bottom_to_top
from hitpoint.bridge.sources.source_document import led_to, load_source
from hitpoint.bridge.writing.otio_music import with_timeline
from hitpoint.core.edit import Edit
from hitpoint.core.errors import EditWriteError
from hitpoint.core.timebase import FrameRate

TRACK_NAME = "Pictures"
_NUMBERED = re.compile(r"(V|Video )(\d{1,4})")


@dataclass(frozen=True)
class FilmClip:
    """The film, and where it goes: timeline frames, end exclusive."""

    film: Path
    rate: FrameRate
    start_frame: int
    end_frame: int


def write_with_film(source: Path, out: Path, film: FilmClip, edit: Edit | None = None) -> None:
    """Write a copy of an edit, as .otio, with a film on its top video track; an earlier film of ours goes.

    Args:
        source: the edit's file, of any kind that can be read.
        out: the copy.
        film: what to add.
        edit: what was read from ``source``; needed for a movie.

    Raises:
        EditReadError: if the source cannot be read.
        EditWriteError: if its timeline has no tracks.
    """
    from hitpoint.bridge.otio.timeline_text import text_like

    document, spelling = load_source(source, edit, rate=film.rate)
    if out.absolute().parent != source.absolute().parent:
        document = led_to(document, source.absolute().parent)
    out.write_bytes(text_like(with_film(document, film), spelling))


def with_film(document: Node, film: FilmClip) -> Node:
    """The document with the film on top of its video tracks, in place of an earlier one of ours.

    Raises:
        EditWriteError: if its timeline has no tracks to put it above.
    """
    timeline = find_timeline(document)
    stack = timeline.get("tracks")
    if not isinstance(stack, dict) or schema_of(stack) == "Track" or not isinstance(stack.get("children", []), list):
        raise EditWriteError("the timeline has no tracks to put a film above: export it again")
    tracks = [track for track in stack.get("children", []) if not _is_film(track)]
    places = [place for place, track in enumerate(tracks) if _is_video(track)]
    own = [tracks[place] for place in places]
    is_top_first = len(own) > 1 and bottom_to_top(own, timeline)[0] is not own[0]
    place = (places[0] if is_top_first else places[-1] + 1) if places else 0
    tracks.insert(place, _track(film, manner_of(timeline, film.rate), _name(own)))
    return with_timeline(document, timeline, {**timeline, "tracks": {**stack, "children": tracks}})


def has_film(path: Path) -> bool:
    """Whether a file is an .otio that has a film of ours on a track."""
    if path.suffix.lower() != ".otio" or not path.is_file() or Place.FILM.value.encode() not in path.read_bytes():
        return False
    tracks = find_timeline(load_timeline_document(path)).get("tracks")
    return isinstance(tracks, dict) and any(_is_film(track) for track in tracks.get("children", ()))


def _is_film(track: Any) -> bool:
    return isinstance(track, dict) and ours_in(track, Place.FILM) is not None


def _is_video(track: Any) -> bool:
    return isinstance(track, dict) and (text_in(track, "kind") or "video").casefold() == "video"


def _name(tracks: list[Node]) -> str:
    """The next number where all tracks are numbered, because they are read in the order of their numbers."""
    numbers = [_NUMBERED.fullmatch(text_in(track, "name").strip()) for track in tracks]
    if not numbers or not all(numbers):
        return TRACK_NAME
    known = [number for number in numbers if number is not None]
    return f"{known[0][1]}{max(int(number[2]) for number in known) + 1}"


def _track(film: FilmClip, manner: Manner, name: str) -> Node:
    start, frames = film.start_frame + manner.offset, film.end_frame - film.start_frame
    reference = {
        "OTIO_SCHEMA": "ExternalReference.1", "metadata": {}, "name": film.film.name,
        "available_range": _range(0, frames, manner), "available_image_bounds": None,
        "target_url": target_url(film.film, manner),
    }  # fmt: skip
    if manner.uses_clip_1:
        media: Node = {"media_reference": reference}
    else:
        media = {"media_references": {"DEFAULT_MEDIA": reference}, "active_media_reference_key": "DEFAULT_MEDIA"}
    plain = {"metadata": {}, "effects": [], "markers": [], "enabled": True}
    clip = {
        "OTIO_SCHEMA": "Clip.1" if manner.uses_clip_1 else "Clip.2", "name": film.film.name, **plain,
        "source_range": _range(0, frames, manner), **media,
    }  # fmt: skip
    gap = {"OTIO_SCHEMA": "Gap.1", "name": "", **plain, "source_range": _range(0, start, manner)}
    return {
        "OTIO_SCHEMA": "Track.1", **plain, "metadata": with_ours({}, Place.FILM), "name": name, "source_range": None,
        "children": [*([gap] if start > 0 else []), clip], "kind": "Video",
    }  # fmt: skip


def _range(start: int, frames: int, manner: Manner) -> Node:
    """A time range in frames, as the file spells its rate."""

    def time(value: int) -> Node:
        """A RationalTime of so many frames, its number spelt as the document spells numbers."""
        spelt = value if isinstance(manner.rate, int) else float(value)
        return {"OTIO_SCHEMA": "RationalTime.1", "rate": manner.rate, "value": spelt}

    return {"OTIO_SCHEMA": "TimeRange.1", "duration": time(frames), "start_time": time(start)}
