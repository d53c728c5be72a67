"""OpenTimelineIO's objects as plain dictionaries, built from exact times.

All times here are seconds; in the document they stand as frames of the timeline's rate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from hitpoint.bridge.formats import STILL_SUFFIXES
from hitpoint.bridge.lookup.media import local_paths
from hitpoint.bridge.otio.otio_json import Node, text_in
from hitpoint.bridge.otio.references import is_file_url
from hitpoint.core.timebase import FrameRate

OPAQUE = "opaque"  # first word of the kind of a generator that hides what lies below it

_IMAGES = re.compile(r"\[(\d{1,9})-(\d{1,9})\](\.\w+)$")
_MEDIA_KEY = "DEFAULT_MEDIA"


def time(seconds: Fraction, rate: FrameRate) -> Node:
    """A RationalTime."""
    fps = rate.frames_per_second
    frames = (seconds.numerator * fps.numerator) / (seconds.denominator * fps.denominator)
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": fps.numerator / fps.denominator, "value": frames}


def span(start: Fraction, length: Fraction, rate: FrameRate) -> Node:
    """A TimeRange."""
    return {"OTIO_SCHEMA": "TimeRange.1", "duration": time(length, rate), "start_time": time(start, rate)}


def gap(length: Fraction, rate: FrameRate) -> Node:
    """Nothing for a while."""
    return {"OTIO_SCHEMA": "Gap.1", **_item("", span(Fraction(0), length, rate))}


def clip(name: str, reference: Node, source_range: Node, rest: Node) -> Node:
    """A clip; ``rest`` holds its effects, markers and whether it is enabled."""
    media = {"media_references": {_MEDIA_KEY: reference}, "active_media_reference_key": _MEDIA_KEY}
    return {"OTIO_SCHEMA": "Clip.2", **_item(name, source_range), **rest, **media}


def stack(name: str, tracks: Sequence[Node], source_range: Node | None = None, rest: Node | None = None) -> Node:
    """Tracks over each other."""
    return {"OTIO_SCHEMA": "Stack.1", **_item(name, source_range), **(rest or {}), "children": list(tracks)}


def track(name: str, children: Sequence[Node], *, is_audio: bool = False, is_on: bool = True) -> Node:
    """Items one after another."""
    kind = "Audio" if is_audio else "Video"
    return {"OTIO_SCHEMA": "Track.1", **_item(name, None), "enabled": is_on, "children": list(children), "kind": kind}


def dissolve(before: Fraction, after: Fraction, rate: FrameRate) -> Node:
    """A transition that begins ``before`` seconds before the edit point and ends ``after`` seconds after it."""
    return {
        "OTIO_SCHEMA": "Transition.1",
        "metadata": {},
        "name": "",
        "in_offset": time(before, rate),
        "out_offset": time(after, rate),
        "transition_type": "SMPTE_Dissolve",
    }


def marker(start: Fraction, length: Fraction, text: str, color: str, rate: FrameRate) -> Node:
    """A marker with its text as comment."""
    return {
        "OTIO_SCHEMA": "Marker.2",
        "metadata": {},
        "name": text,
        "color": color,
        "marked_range": span(start, length, rate),
        "comment": text,
    }


def file_reference(name: str, url: str, available: Node | None, rate: FrameRate | None = None) -> Node:
    """A media file; one without ``url`` is offline. Resolve and Kdenlive read plain paths, not escaped URLs.

    Images that are called ``shot.[1001-1050].exr``, as Resolve does, are a sequence if their ``rate`` is known.
    """
    plain = next(local_paths(url), url) if is_file_url(url) else url
    images = _IMAGES.search(plain)
    if images is not None and rate is not None:
        return {
            "OTIO_SCHEMA": "ImageSequenceReference.1",
            **_reference(name, available),
            **_images(plain, images, rate),
        }
    schema = "ExternalReference.1" if plain else "MissingReference.1"
    address = {"target_url": plain} if plain else {}
    return {"OTIO_SCHEMA": schema, **_reference(name, available), **address}


def is_still(reference: Node) -> bool:
    """Whether a reference is that of one image, which has no time of its own."""
    return text_in(reference, "target_url").casefold().endswith(STILL_SUFFIXES)


def _images(path: str, images: re.Match[str], rate: FrameRate) -> Node:
    folder, _, prefix = path[: images.start()].replace("\\", "/").rpartition("/")
    return {
        "target_url_base": folder,
        "name_prefix": prefix,
        "name_suffix": images[3],
        "start_frame": int(images[1]),
        "frame_step": 1,
        "rate": float(rate.frames_per_second),
        "frame_zero_padding": len(images[1]),
        "missing_frame_policy": "hold",
    }


def generator_reference(name: str, kind: str) -> Node:
    """Something the host draws itself."""
    return {"OTIO_SCHEMA": "GeneratorReference.1", **_reference(name, None), "generator_kind": kind, "parameters": {}}


def speed_effects(speed: Fraction) -> list[Node]:
    """The time effects for a speed; none for normal speed."""
    if speed == 1:
        return []
    schema, name = ("FreezeFrame.1", "FreezeFrame") if speed == 0 else ("LinearTimeWarp.1", "LinearTimeWarp")
    return [
        {
            "OTIO_SCHEMA": schema,
            "metadata": {},
            "name": "",
            "effect_name": name,
            "enabled": True,
            "time_scalar": float(speed),
        }
    ]


def timeline(
    name: str,
    tracks: Sequence[Node],
    rate: FrameRate,
    *,
    start: Fraction = Fraction(0),
    is_drop_frame: bool = False,
    markers: Sequence[Node] = (),
) -> Node:
    """The document; ``start`` is the timecode of its first frame in seconds of running time."""
    return {
        "OTIO_SCHEMA": "Timeline.1",
        "metadata": {"timecode": {"drop_frame": is_drop_frame}},
        "name": name,
        "global_start_time": time(start, rate),
        "tracks": stack("tracks", tracks, rest={"markers": list(markers)}),
    }


def _item(name: str, source_range: Node | None) -> Node:
    return {
        "metadata": {},
        "name": name,
        "source_range": source_range,
        "effects": [],
        "markers": [],
        "enabled": True,
    }


def _reference(name: str, available: Node | None) -> Node:
    return {"metadata": {}, "name": name, "available_range": available, "available_image_bounds": None}
