"""A movie file as a timeline, built with OpenTimelineIO: a clip for each shot that was found in it, and its sound."""

from __future__ import annotations

import json
from typing import Any

import opentimelineio as otio

from hitpoint.bridge.otio.otio_json import Node
from hitpoint.core.edit import Edit
from hitpoint.core.media.media_file import opened

_KINDS = otio.schema.TrackKind


def timeline_of_movie(edit: Edit) -> Node:
    """The document for an edit that was read from a movie file.

    Source ranges are in the movie's own timecode, as hosts write and expect them; the timeline starts there too.
    """
    rate = float(edit.rate.frames_per_second)
    first = edit.start_timecode_frame
    timeline = otio.schema.Timeline(edit.name)
    timeline.global_start_time = otio.opentime.RationalTime(first, rate) if first else None
    picture = otio.schema.Track("Video 1", kind=_KINDS.Video)
    picture.extend(_clip(edit, shot.start, shot.end, rate) for shot in edit.shots)
    timeline.tracks.append(picture)
    if _has_sound(edit):
        sound = otio.schema.Track("Audio 1", kind=_KINDS.Audio)
        sound.append(_clip(edit, 0, edit.frames, rate))
        timeline.tracks.append(sound)
    document: dict[str, Any] = json.loads(timeline.to_json_string())
    return document


def _clip(edit: Edit, start: int, end: int, rate: float) -> otio.schema.Clip:
    first = edit.start_timecode_frame
    reference = otio.schema.ExternalReference(str(edit.path.absolute()), _frames(first, edit.frames, rate))
    return otio.schema.Clip(edit.path.name, reference, _frames(first + start, end - start, rate))


def _frames(start: int, frames: int, rate: float) -> otio.opentime.TimeRange:
    time = otio.opentime.RationalTime
    return otio.opentime.TimeRange(time(start, rate), time(frames, rate))


def _has_sound(edit: Edit) -> bool:
    with opened(edit.path) as (container, _):
        return bool(container.streams.audio)
