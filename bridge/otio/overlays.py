"""What lies over cuts and shots: dissolves on the tracks of a timeline, and titles above its lowest one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hitpoint.bridge.otio.flatten import Layer, Rank
from hitpoint.bridge.otio.otio_json import Node, object_in
from hitpoint.bridge.otio.times import rate_of
from hitpoint.core.edit import Overlay, OverlayKind, Shot
from hitpoint.core.timebase import FrameRate


def overlays_of(layers: Sequence[Layer], timeline: Node, shots: Sequence[Shot], rate: FrameRate) -> tuple[Overlay, ...]:
    """Dissolves that are seen and titles, in order of time.

    Args:
        layers: of the video tracks, the lowest first, in the time of the timeline.
        timeline: that they are of; of one whose stack is trimmed nothing is told.
        shots: what is seen.
        rate: of the timeline.
    """
    stack = object_in(timeline, "tracks")
    if not shots or rate_of(object_in(stack, "source_range", "duration")) is not None:
        return ()
    found = {*_dissolves(layers, shots, rate), *_titles(layers, shots, rate)}
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.kind.value, one.name)))


def _dissolves(layers: Sequence[Layer], shots: Sequence[Shot], rate: FrameRate) -> Iterator[Overlay]:
    """Those with a cut that is seen inside, or that fade the edit in or out."""
    edges = {0, shots[-1].end, *(shot.start for shot in shots)}
    for layer in layers:
        for one in layer.dissolves:
            start, end = rate.nearest_frame(one.start), min(rate.nearest_frame(one.end), shots[-1].end)
            if start < end and any(start <= edge <= end for edge in edges):
                yield Overlay(start, end, OverlayKind.DISSOLVE, one.name)


def _titles(layers: Sequence[Layer], shots: Sequence[Shot], rate: FrameRate) -> Iterator[Overlay]:
    """What a host draws itself above the lowest track; what is seen alone is a shot already."""
    alone = {(shot.start, shot.end, shot.name) for shot in shots}
    for layer in layers[1:]:
        for piece in layer.pieces:
            start, end = rate.nearest_frame(piece.start), min(rate.nearest_frame(piece.end), shots[-1].end)
            name = piece.content.name
            if piece.content.rank is Rank.GENERATED and start < end and (start, end, name) not in alone:
                yield Overlay(start, end, OverlayKind.TITLE, name)
