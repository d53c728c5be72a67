"""The edit inside a cue's file: the cut that its music was written for.

The cues of one timeline hold the same edit, so that one that was just read is not made again.
"""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import Any

from hitpoint.core.cue.json_values import field, fraction, items, text, truth, whole
from hitpoint.core.edit import Edit, Marker, Shot, ShotKind
from hitpoint.core.errors import CueFileError
from hitpoint.core.timebase import FrameRate

_LATEST_FRAME = 10**9
_REMEMBERED: deque[tuple[Any, Edit]] = deque(maxlen=4)  # edits read last, and what they were read from


def edit_of(value: Any) -> Edit:
    """The edit that JSON values describe.

    Raises:
        CueFileError: if they describe none.
    """
    for known, edit in _REMEMBERED:
        if known == value:
            return edit
    edit = _edit(value, "edit")
    _REMEMBERED.appendleft((value, edit))
    return edit


def edit_to_document(edit: Edit) -> dict[str, Any]:
    """An edit as JSON values."""
    return {
        "name": edit.name,
        "path": str(edit.path),
        "rate": str(edit.rate),
        "frames": edit.frames,
        "start_timecode_frame": edit.start_timecode_frame,
        "drop_frame": edit.drop_frame,
        "host": edit.host,
        "missing": list(edit.missing),
        "warnings": list(edit.warnings),
        "markers": [
            {"frame": marker.frame, "frames": marker.frames, "text": marker.text, "color": marker.color}
            for marker in edit.markers
        ],
        "shots": [_shot_to_document(shot) for shot in edit.shots],
    }


def _shot_to_document(shot: Shot) -> dict[str, Any]:
    return {
        "name": shot.name,
        "start": shot.start,
        "end": shot.end,
        "kind": shot.kind.value,
        "media": None if shot.media is None else str(shot.media),
        "media_name": shot.media_name,
        "source_start": str(shot.source_start),
        "speed": str(shot.speed),
    }


def _edit(value: Any, where: str) -> Edit:
    try:
        return Edit(
            name=text(field(value, "name", where), "edit.name"),
            path=_path(field(value, "path", where), "edit.path"),
            rate=FrameRate(fraction(field(value, "rate", where), "edit.rate")),
            frames=whole(field(value, "frames", where), "edit.frames", 1, _LATEST_FRAME),
            shots=items(field(value, "shots", where), "edit.shots", _shot),
            markers=items(field(value, "markers", where), "edit.markers", _marker),
            start_timecode_frame=whole(
                field(value, "start_timecode_frame", where), "edit.start_timecode_frame", -(10**9)
            ),
            drop_frame=truth(field(value, "drop_frame", where), "edit.drop_frame"),
            host=text(field(value, "host", where), "edit.host"),
            missing=items(field(value, "missing", where), "edit.missing", text),
            warnings=items(field(value, "warnings", where), "edit.warnings", text),
        )
    except ValueError as error:
        raise CueFileError(f"edit: {error}") from None


def _shot(value: Any, where: str) -> Shot:
    kind, media = field(value, "kind", where), field(value, "media", where)
    media_name = field(value, "media_name", where)
    if kind not in [known.value for known in ShotKind]:
        raise CueFileError(f"{where}.kind is no kind of shot")
    return Shot(
        name=text(field(value, "name", where), f"{where}.name"),
        start=whole(field(value, "start", where), f"{where}.start", 0, _LATEST_FRAME),
        end=whole(field(value, "end", where), f"{where}.end", 0, _LATEST_FRAME),
        kind=ShotKind(kind),
        media=None if media is None else _path(media, f"{where}.media"),
        media_name=None if media_name is None else text(media_name, f"{where}.media_name"),
        source_start=fraction(field(value, "source_start", where), f"{where}.source_start"),
        speed=fraction(field(value, "speed", where), f"{where}.speed"),
    )


def _marker(value: Any, where: str) -> Marker:
    return Marker(
        frame=whole(field(value, "frame", where), f"{where}.frame", -_LATEST_FRAME, _LATEST_FRAME),
        frames=whole(field(value, "frames", where), f"{where}.frames", 0, _LATEST_FRAME),
        text=text(field(value, "text", where), f"{where}.text"),
        color=text(field(value, "color", where), f"{where}.color"),
    )


def _path(value: Any, where: str) -> Path:
    written = text(value, where)
    if "\0" in written:
        raise CueFileError(f"{where} is no path")
    return Path(written)
