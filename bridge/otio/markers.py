"""Markers: where they lie and what they say, in each host's own manner.

A stack's and a track's markers are in its own time. A clip's are, by OpenTimelineIO's rule, in the time of its media;
Kdenlive counts from the clip's in-point, and Resolve from the start of the timeline. The text is the comment, else
Resolve's note, else the name.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from hitpoint.bridge.otio.flatten import Mark
from hitpoint.bridge.otio.metadata import Place, ours_in
from hitpoint.bridge.otio.otio_json import Node, color_name, nodes_in, object_in, text_in
from hitpoint.bridge.otio.times import Span, span_of
from hitpoint.core.edit import Marker
from hitpoint.core.errors import EditReadError
from hitpoint.core.timebase import FrameRate

MAX_MARKERS = 100_000


def marks_of(node: Node, rate: FrameRate) -> list[Mark]:
    """The markers of an item in its own time.

    Those that we wrote, and those whose time makes no sense, are left out.
    """
    marks = []
    for marker in nodes_in(node, "markers"):
        if ours_in(marker, Place.MARKER) is not None:
            continue
        try:
            span = span_of(object_in(marker, "marked_range"), rate, "a marker")
        except EditReadError:
            continue
        if span is not None:
            marks.append(Mark(span.start, span.duration, marker_text(marker), color_name(marker)))
    return marks


def marker_text(marker: Node) -> str:
    """The text of a marker: its comment, else Resolve's note, else its name."""
    note = text_in(object_in(marker, "metadata", "Resolve_OTIO"), "Note")
    return text_in(marker, "comment") or note or text_in(marker, "name")


def clip_offset(mark: Mark, source: Span, timeline_start: Fraction, length: Fraction, host: str) -> Fraction | None:
    """Seconds from the clip's beginning at which its marker lies; None if it lies outside the clip.

    Args:
        mark: in the time the host wrote.
        source: the clip's source range.
        timeline_start: where the clip begins, as far as its track knows.
        length: of the clip on its track, in seconds.
        host: as in :class:`hitpoint.core.edit.Edit`.
    """
    from_in = mark.start
    from_media = (mark.start - source.start) * (length / source.duration) if source.duration else None
    readings = [from_media, from_in]
    if host == "kdenlive":
        readings = [from_in]
    elif host == "resolve":
        readings = [mark.start - timeline_start, from_media]
    return next((at for at in readings if at is not None and 0 <= at < length), None)


def timeline_markers(marks: Iterable[Mark], rate: FrameRate, frames: int) -> tuple[Marker, ...]:
    """Marks as markers on frames, in order of time; those outside the picture and copies of another are left out."""
    found = set()
    for mark in marks:
        frame = rate.nearest_frame(mark.start)
        if 0 <= frame < frames:
            length = max(1, rate.nearest_frame(mark.length))
            found.add((frame, min(length, frames - frame), mark.text, mark.color))
    return tuple(Marker(*values) for values in sorted(found)[:MAX_MARKERS])
