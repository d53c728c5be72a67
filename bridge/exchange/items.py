"""Items at their own times on a track, as most formats tell them, and the track of gaps, clips and dissolves they make.

OpenTimelineIO knows no times on a track, only lengths one after another. Here an item knows from when to when it is
seen, and what of its media at its start, so that one that cannot be read moves none of the others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from hitpoint.bridge.exchange import nodes
from hitpoint.bridge.otio.flatten import Mark
from hitpoint.bridge.otio.otio_json import Node
from hitpoint.core.timebase import FrameRate

_NONE = Fraction(0)


@dataclass(frozen=True, eq=False)
class Item:
    """A stretch of a track; all times in seconds.

    Attributes:
        name: as the editor sees it.
        start, end: on the track.
        reference: its media reference, as in OpenTimelineIO; None for tracks of its own.
        source: what of its media, or of its own tracks, is seen at ``start``, in the media's own timecode.
        speed: seconds of media per second of track; 0 is a freeze frame, negative plays backwards.
        is_on: whether it is seen or heard.
        tracks: what is inside, if it is a sequence itself.
        marks: its markers, counted from ``start``.
    """

    name: str
    start: Fraction
    end: Fraction
    reference: Node | None = None
    source: Fraction = _NONE
    speed: Fraction = Fraction(1)
    is_on: bool = True
    tracks: Sequence[Node] = ()
    marks: tuple[Mark, ...] = field(default=())


def cut_to(item: Item, start: Fraction, end: Fraction) -> Item:
    """The item made to begin and end elsewhere, inside or outside its bounds."""
    if (start, end) == (item.start, item.end):
        return item
    moved = start - item.start
    marks = tuple(replace(mark, start=mark.start - moved) for mark in item.marks)
    return replace(item, start=start, end=end, source=item.source + moved * item.speed, marks=marks)


def track_children(items: Sequence[Item], mixes: Sequence[tuple[Fraction, Fraction]], rate: FrameRate) -> list[Node]:
    """The children of a track that shows items at their times.

    Args:
        items: in any order. Where two overlap, the later one is seen, unless they are mixed there: then the cut lies
            in the middle of what they share. What lies before the track begins is left out.
        mixes: from when to when one item is mixed into the next, in order of time.
        rate: of the timeline.
    """
    in_order = sorted(items, key=lambda item: item.start)
    inside = [cut_to(item, max(item.start, _NONE), item.end) for item in in_order if item.end >= _NONE]
    shown, dissolves = _meeting(inside, mixes)
    children: list[Node] = []
    at = _NONE
    for item in shown:
        if item.start > at:
            children.append(nodes.gap(item.start - at, rate))
        elif item.start in dissolves:
            start, end = dissolves[item.start]
            children.append(nodes.dissolve(item.start - start, end - item.start, rate))
        children.append(item_node(item, rate))
        at = item.end
    return children


def item_node(item: Item, rate: FrameRate) -> Node:
    """The clip or stack of an item; a still image is shown from its beginning at normal speed."""
    if item.reference is not None and nodes.is_still(item.reference):
        item = replace(item, source=_NONE, speed=Fraction(1))
    length = item.end - item.start
    first = item.source + min(item.speed, _NONE) * length  # backwards, a range is told from where it ends
    marks = [nodes.marker(first + each.start, each.length, each.text, each.color, rate) for each in item.marks]
    rest: Node = {"effects": nodes.speed_effects(item.speed), "markers": marks, "enabled": item.is_on}
    source_range = nodes.span(first, length, rate)
    if item.reference is not None:
        return nodes.clip(item.name, item.reference, source_range, rest)
    reach = first + length * max(abs(item.speed), Fraction(1))
    return nodes.stack(item.name, [*item.tracks, _as_long_as(reach, rate)], source_range, rest)


def _as_long_as(length: Fraction, rate: FrameRate) -> Node:
    """An empty track that keeps a stack from being shorter than what is asked of it."""
    return nodes.track("", [nodes.gap(max(length, _NONE), rate)])


def _meeting(
    items: Sequence[Item], mixes: Sequence[tuple[Fraction, Fraction]]
) -> tuple[list[Item], dict[Fraction, tuple[Fraction, Fraction]]]:
    """The items without overlap, and the spans of the dissolves by their cuts."""
    shown: list[Item] = []
    dissolves: dict[Fraction, tuple[Fraction, Fraction]] = {}
    starts = [start for start, _ in mixes]
    for item in items:
        before = shown[-1] if shown else None
        if before is None or item.start >= before.end:
            shown.append(item)
            continue
        start, end = item.start, min(before.end, item.end)
        cut = start
        if _is_within((start + end) / 2, mixes, starts):
            cut = (start + end) / 2 if before.is_on and item.is_on else end if before.is_on else start
            dissolves[cut] = (start, end)
        if cut > before.start:
            shown[-1] = cut_to(before, before.start, cut)
        else:
            shown.pop()
        shown.append(cut_to(item, cut, item.end))
    return shown, dissolves


def _is_within(time: Fraction, mixes: Sequence[tuple[Fraction, Fraction]], starts: Sequence[Fraction]) -> bool:
    place = bisect_right(starts, time) - 1
    return place >= 0 and time <= mixes[place][1]
