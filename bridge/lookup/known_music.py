"""Our music known again without our metadata, which hosts drop: by the name of the file, then by what is written in it.

``X.music/X_mix.wav`` is a name nobody else gives. A file that was copied elsewhere still has a note in it
(``core/render/formats/sound_note.py``) with the id of its cue, which is looked for in the ``.music`` folders around.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from hitpoint.bridge.lookup.media import local_paths
from hitpoint.bridge.otio.metadata import Place, ours_in, with_ours
from hitpoint.bridge.otio.otio_json import Node, children_of, find_timeline, object_in, schema_of, text_in
from hitpoint.bridge.otio.references import active_reference
from hitpoint.core.files.output import MUSIC_FOLDER, Outputs
from hitpoint.core.render.formats.sound_note import SoundNote, cue_id, read_note

_CUE = "cue.json"
_MOST_FOLDERS = 200
_LARGEST_CUE = 64 * 2**20


@dataclass(frozen=True)
class KnownMusic:
    """Music of ours: its id, empty if only its name is known, and the cue file relative to the edit, empty if lost."""

    id: str
    cue: str


def known_music(address: str, base: Path) -> KnownMusic | None:
    """What a media address of an edit in the folder ``base`` means, if it is our music.

    The cue that the file's own place tells comes first, then the one whose id is in the file.
    """
    if not address.casefold().endswith(".wav"):
        return None
    paths = [base / text for text in local_paths(address)]
    file = next((path for path in (*paths, base / _file_name(address)) if path.is_file()), None)
    note = read_note(file) if file is not None else None
    if note is None and not any(_has_our_name(path) for path in paths):
        return None
    places = [*(_home(path) / _CUE for path in paths), *(_noted(note, file, base) if note and file else ())]
    cue = next((place for place in places if place.is_file()), None)
    return KnownMusic(note.cue if note else "", _relative(cue, base) if cue else "")


def with_known_music(document: Node, base: Path) -> Node:
    """The document with our metadata on the tracks that hold our music and lost it; the document itself if none did.

    Where our metadata is still there it is trusted, and no other track is looked at.
    """
    timeline = find_timeline(document)
    stack = object_in(timeline, "tracks")
    tracks = children_of(stack)
    tracks = [track for track in tracks if ours_in(track, Place.TRACK) is not None] or tracks
    cues = [known for track in tracks if (known := _mark_track(track, base)) is not None]
    if cues and ours_in(timeline, Place.TIMELINE) is None:
        known = next((each for each in cues if each.cue), cues[0])
        timeline["metadata"] = with_ours(timeline.get("metadata"), Place.TIMELINE, id=known.id, cue=known.cue)
    return document


def _mark_track(track: Node, base: Path) -> KnownMusic | None:
    """Mark our clips on a track, in place, and the track if there are any."""
    if text_in(track, "kind").casefold() != "audio":
        return None
    found = None
    for item in children_of(track):
        is_open = schema_of(item) == "Clip" and ours_in(item, Place.CLIP) is None
        address = text_in(active_reference(item), "target_url")
        known = known_music(address, base) if is_open else None
        if known is not None:
            id_ = known.id or _file_name(address)
            item["metadata"] = with_ours(item.get("metadata"), Place.CLIP, id=id_, cue=known.cue)
            found = found or known
    if found is not None and ours_in(track, Place.TRACK) is None:
        track["metadata"] = with_ours(track.get("metadata"), Place.TRACK, id=found.id, state={})
    return found


def _has_our_name(path: Path) -> bool:
    """Whether a file is called as we call a mix or a stem, in the folder that we would put it into."""
    home = _home(path)
    stem = home.name.removesuffix(MUSIC_FOLDER)
    is_home = home.name.endswith(MUSIC_FOLDER) and bool(stem)
    return is_home and (path.stem in (f"{stem}_mix", f"{stem}_mix_ducked") or _is_stem(path, stem))


def _is_stem(path: Path, stem: str) -> bool:
    return path.parent.name == Outputs(Path(stem)).stems_folder.name and path.name.startswith(f"{stem}_")


def _home(path: Path) -> Path:
    """The ``.music`` folder a sound would lie in."""
    stems = Outputs(Path("x")).stems_folder.name
    return path.parent.parent if path.parent.name == stems else path.parent


def _noted(note: SoundNote, file: Path, base: Path) -> Iterator[Path]:
    """Cue files with the id of a note."""
    for place in (*_cues_in(base), *_cues_in(file.parent)):
        if _has_id(place, note.cue):
            yield place


def _cues_in(folder: Path) -> Iterator[Path]:
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(MUSIC_FOLDER))
    except OSError:
        return
    for name in names[:_MOST_FOLDERS]:
        yield folder / name / _CUE


def _has_id(cue: Path, id_: str) -> bool:
    try:
        return cue.is_file() and cue.stat().st_size <= _LARGEST_CUE and cue_id(cue.read_bytes()) == id_
    except OSError:
        return False


def _relative(path: Path, base: Path) -> str:
    """A path as the timeline's metadata has it: from the timeline's folder."""
    return Path(os.path.relpath(os.path.abspath(path), os.path.abspath(base))).as_posix()


def _file_name(address: str) -> str:
    text = next(iter(local_paths(address)), "")
    return PureWindowsPath(text).name or "."
