"""The walk from OpenTimelineIO's tree to layers of what is seen.

The tree is taken as JSON, so that effects and children of unknown schemas do not stop it. Lengths follow
OpenTimelineIO's rule, which Resolve and Avid keep: an item is as long as its ``source_range``, whatever its speed.
Premiere differs (reported by those who write for it): a retimed clip's range is in source frames, so that it lasts
``duration / speed``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from hitpoint.bridge.otio.flatten import (
    Content,
    Dissolve,
    Layer,
    Mark,
    MediaReference,
    Piece,
    Rank,
    in_sequence,
    retimed,
    stacked,
    touches_end,
    touches_start,
)
from hitpoint.bridge.otio.host_warnings import is_project
from hitpoint.bridge.otio.markers import clip_offset, marks_of
from hitpoint.bridge.otio.metadata import Place, ours_in
from hitpoint.bridge.otio.otio_json import (
    Node,
    children_of,
    is_enabled,
    nodes_in,
    number_in,
    object_in,
    schema_of,
    text_in,
)
from hitpoint.bridge.otio.references import active_reference, media_reference, rank_of
from hitpoint.bridge.otio.speeds import speed_of
from hitpoint.bridge.otio.times import Span, rate_of, seconds_of, span_of
from hitpoint.core.errors import EditReadError
from hitpoint.core.timebase import FrameRate

MAX_DEPTH = 120  # compositions inside each other
MAX_ITEMS = 1_000_000

_KNOWN_SCHEMAS = ("Clip", "Track", "Stack", "Gap", "Filler", "Transition")
_TRACK_NUMBER = re.compile(r"(?:V|Video)\s*(\d{1,4})", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """What the walk needs to know everywhere: the timeline's rate and host, and which kind of track counts.

    ``warnings`` is filled on the way.
    """

    rate: FrameRate
    host: str = ""
    kind: str = "video"
    warnings: list[str] = field(default_factory=list)


def check_size(timeline: Node) -> None:
    """Refuse what would take forever.

    Raises:
        EditReadError: if there are more than a million items, or compositions nested more than 120 deep.
    """
    waiting = [(child, 1) for child in children_of(object_in(timeline, "tracks"))]
    seen = 0
    while waiting:
        node, depth = waiting.pop()
        seen += 1
        if seen > MAX_ITEMS:
            raise EditReadError(f"the timeline has more than {MAX_ITEMS} items: export a shorter part")
        if depth > MAX_DEPTH:
            raise EditReadError(f"the timeline is nested more than {MAX_DEPTH} deep: flatten its compound clips")
        waiting.extend((child, depth + 1) for child in children_of(node))


def picture_layers(timeline: Node, reading: Reading) -> list[Layer]:
    """The timeline's video tracks as layers, the lowest first, without films that Hitpoint has added itself."""
    tracks = [track for track in _tracks(timeline, "video") if ours_in(track, Place.FILM) is None]
    return _track_layers(bottom_to_top(tracks, timeline), replace(reading, kind="video"))


def sound_layers(timeline: Node, reading: Reading) -> list[Layer]:
    """The timeline's audio tracks as layers, without the music Hitpoint has added itself."""
    tracks = [_without_music(track) for track in _tracks(timeline, "audio")]
    return _track_layers(tracks, replace(reading, kind="audio", warnings=[]))


def named_sound_layers(timeline: Node, reading: Reading) -> list[tuple[str, bool, bool, Layer]]:
    """Every audio track, switched off or not: its name, if it is on and has music of ours, the layer without it."""
    root = object_in(timeline, "tracks")
    tracks = [root] if schema_of(root) == "Track" else children_of(root)
    sounding = [track for track in tracks if schema_of(track) == "Track" and _is_of_kind(track, "audio")]
    switched_on = [{**_without_music(track), "enabled": True} for track in sounding]
    layers = _track_layers(switched_on, replace(reading, kind="audio", warnings=[]))
    names = [text_in(track, "name") or "" for track in sounding]
    has_ours = (any(ours_in(item, Place.CLIP) for item in children_of(track)) for track in sounding)
    return list(zip(names, map(is_enabled, sounding), has_ours, layers, strict=True))


def has_marked_sounds(timeline: Node) -> bool:
    """Whether any marker lies on a sound track or on what is in one."""
    waiting = _tracks(timeline, "audio")
    while waiting:
        node = waiting.pop()
        if nodes_in(node, "markers"):
            return True
        waiting.extend(children_of(node))
    return False


def unknown_sounds(timeline: Node) -> list[str]:
    """A sentence for each schema nobody knows on the sound tracks: nothing is heard of such items."""
    waiting, found = _tracks(timeline, "audio"), list[str]()
    while waiting:
        node = waiting.pop()
        waiting.extend(children_of(node))
        if schema_of(node) not in _KNOWN_SCHEMAS and object_in(node, "source_range"):
            found.append(schema_of(node)[:60])
    return [
        f"what is called {schema!r} on the sound tracks is unknown and is not heard; if clips or gaps are meant, the "
        "file is damaged: export it again"
        for schema in sorted(set(found))
    ]


def seen_through_stack(layers: Sequence[Layer], timeline: Node, reading: Reading) -> Layer:
    """The layers of a timeline over each other, through the range and speed of the stack that holds them."""
    stack = object_in(timeline, "tracks")
    whole = stacked(layers)
    whole = Layer(whole.length, whole.pieces, (*whole.marks, *marks_of(stack, reading.rate)))
    if rate_of(object_in(stack, "source_range", "duration")) is None:
        return whole
    return _through_range(whole, stack, reading)


def _without_music(track: Node) -> Node:
    """A track with our clips on it switched off."""
    if ours_in(track, Place.TRACK) is None:
        return track
    children = [{**item, "enabled": False} if ours_in(item, Place.CLIP) else item for item in children_of(track)]
    return {**track, "children": children}


def _tracks(timeline: Node, kind: str) -> list[Node]:
    root = object_in(timeline, "tracks")
    tracks = [root] if schema_of(root) == "Track" else children_of(root)
    return [track for track in tracks if is_enabled(track) and _is_of_kind(track, kind)]


def _is_of_kind(node: Node, kind: str) -> bool:
    """Whether an item can hold something of a kind; only tracks are of one kind, and video if they do not say."""
    return schema_of(node) != "Track" or (text_in(node, "kind") or "video").casefold() == kind


def bottom_to_top(tracks: list[Node], timeline: Node) -> list[Node]:
    """Video tracks with the lowest first, whatever order the host lists them in.

    Tracks that are all named V1, V2 ... or Video 1, Video 2 ... lie in the order of their numbers. Kdenlive before 26
    lists them from the top.
    """
    numbers = [_TRACK_NUMBER.fullmatch(text_in(track, "name").strip()) for track in tracks]
    if is_project(timeline) or "timecode" in object_in(timeline, "metadata"):  # our own readers know the order
        return tracks
    if len(tracks) > 1 and all(numbers):
        order = [int(number[1]) for number in numbers if number]
        if len(set(order)) == len(order):
            return [track for _, track in sorted(zip(order, tracks, strict=True), key=lambda pair: pair[0])]
    return tracks[::-1] if _is_early_kdenlive(timeline) else tracks


def _is_early_kdenlive(timeline: Node) -> bool:
    """Whether a file has the shape of Kdenlive 25's export, which does not name its maker.

    It has no metadata, no names but the stack's, and a range that starts at 0 on every track.
    """
    stack = object_in(timeline, "tracks")
    if timeline.get("metadata") or text_in(timeline, "name") or text_in(stack, "name") != "tracks":
        return False
    ranges = [object_in(track, "source_range") for track in children_of(stack)]
    return bool(ranges) and all(number_in(object_in(range_, "start_time"), "value") == 0 for range_ in ranges)


def _track_layers(tracks: Sequence[Node], reading: Reading) -> list[Layer]:
    return [_layer(track, reading, Fraction(0)) for track in tracks]


def _layer(node: Node, reading: Reading, at: Fraction) -> Layer:
    """One item as a layer; ``at`` is where it begins on its track, in seconds."""
    schema = schema_of(node)
    if schema == "Clip":
        layer = _clip(node, reading, at)
    elif schema in ("Track", "Stack"):
        layer = _composition(node, reading)
    elif schema in ("Gap", "Filler"):
        layer = Layer(_span(node, reading).duration)
    else:
        layer = _unknown(node, reading)
    return layer if is_enabled(node) else Layer(layer.length)


def _composition(node: Node, reading: Reading) -> Layer:
    if schema_of(node) == "Track":
        inside = _sequence(node, reading)
    else:
        shown = [child for child in children_of(node) if _is_of_kind(child, reading.kind)]
        inside = stacked(_layer(child, reading, Fraction(0)) for child in shown)
    inside = replace(inside, marks=(*inside.marks, *marks_of(node, reading.rate)))
    return _through_range(inside, node, reading)


def _through_range(inside: Layer, node: Node, reading: Reading) -> Layer:
    """A composition trimmed and retimed; a range wholly outside of it is in timecode (so does the EDL adapter)."""
    span = Span(Fraction(0), inside.length)
    if rate_of(object_in(node, "source_range", "duration")) is not None:
        span = span_of(object_in(node, "source_range"), reading.rate, _called(node)) or span
    if span.end <= 0 or span.start >= inside.length:
        span = Span(Fraction(0), span.duration)
    return _without_sliver(retimed(inside, span, _speed(node, reading)), reading.rate)


def _without_sliver(layer: Layer, rate: FrameRate) -> Layer:
    """A layer whose last piece falls short of its end by a frame or less, made to reach it.

    A rounded speed did that.
    """
    if not layer.pieces or not 0 < layer.length - layer.pieces[-1].end <= rate.seconds(1):
        return layer
    return replace(layer, pieces=(*layer.pieces[:-1], replace(layer.pieces[-1], end=layer.length)))


def _sequence(track: Node, reading: Reading) -> Layer:
    """The children of a track one after another, cuts moved to the middle of each dissolve."""
    layers: list[Layer] = []
    shifts: list[Fraction] = []
    dissolves: list[Dissolve] = []
    shift = Fraction(0)
    at = Fraction(0)
    for child in children_of(track):
        if schema_of(child) == "Transition":
            before, after = _reach(child, reading)
            shift = (after - before) / 2
            dissolves.append(Dissolve(max(at - before, Fraction(0)), at + after, _named(child)))
            continue
        layer = _layer(child, reading, at)
        if layers:
            meets = touches_end(layers[-1]) and touches_start(layer)
            shifts.append(shift if meets else Fraction(0))
        layers.append(layer)
        at += layer.length
        shift = Fraction(0)
    return replace(in_sequence(layers, shifts), dissolves=tuple(dissolves)) if layers else Layer(Fraction(0))


def _named(transition: Node) -> str:
    """What an editor calls a transition: its name, else its kind without the word before it."""
    return text_in(transition, "name") or text_in(transition, "transition_type").removeprefix("SMPTE_").replace(
        "_", " "
    )


def _reach(transition: Node, reading: Reading) -> tuple[Fraction, Fraction]:
    """Seconds that a dissolve begins before its edit point, and ends after it."""
    what = _called(transition)
    before = seconds_of(object_in(transition, "in_offset"), reading.rate, what)
    after = seconds_of(object_in(transition, "out_offset"), reading.rate, what)
    return max(before, Fraction(0)), max(after, Fraction(0))


def _clip(clip: Node, reading: Reading, at: Fraction) -> Layer:
    span = _span(clip, reading)
    reference = media_reference(clip, reading.rate, reading.host)
    speed = _speed(clip, reading)
    length = span.duration
    if reading.host == "premiere" and speed != 0:
        length = span.duration / abs(speed)
    start = _from_first_frame(span.start, reference)
    if speed < 0:
        start += length * abs(speed)
    content = Content(text_in(clip, "name"), rank_of(clip, reference, reading.host), reference)
    pieces = (Piece(Fraction(0), length, content, start, speed),) if length else ()
    return Layer(length, pieces, tuple(_clip_marks(clip, span, at, length, reading)))


def _clip_marks(clip: Node, span: Span, at: Fraction, length: Fraction, reading: Reading) -> list[Mark]:
    placed = []
    for mark in marks_of(clip, reading.rate):
        offset = clip_offset(mark, span, at, length, reading.host)
        if offset is not None:
            placed.append(replace(mark, start=offset))
    return placed


def _from_first_frame(start: Fraction, reference: MediaReference | None) -> Fraction:
    """Seconds from the media's first frame, for a start in the media's timecode or in numbers of its images."""
    if reference is None:
        return start
    origin = reference.available.start if reference.available is not None else Fraction(0)
    return start - origin if start >= origin else start


def _unknown(node: Node, reading: Reading) -> Layer:
    """An item of a schema nobody knows: something is shown there for as long as its range says, which is told."""
    span = _span(node, reading)
    name = text_in(node, "name") or schema_of(node)
    if not span.duration:
        return Layer(Fraction(0))
    reading.warnings.append(
        f"what is called {schema_of(node)[:60]!r} in the file is unknown: each was taken for a shot without media; if "
        "clips or gaps are meant, the file is damaged: export it again"
    )
    return Layer(span.duration, (Piece(Fraction(0), span.duration, Content(name, Rank.GENERATED)),))


def _span(item: Node, reading: Reading) -> Span:
    """The range of a clip or gap: its own, else that of its media; of no length if it has neither."""
    what = _called(item)
    span = span_of(object_in(item, "source_range"), reading.rate, what)
    if span is None:
        span = span_of(object_in(active_reference(item), "available_range"), reading.rate, what)
    if span is None:
        reading.warnings.append(f"{what} has no length and was left out: trim it in the host and export again")
        return Span(Fraction(0), Fraction(0))
    return span


def _speed(item: Node, reading: Reading) -> Fraction:
    return speed_of(item, _called(item), reading.warnings.append)


def _called(node: Node) -> str:
    name = text_in(node, "name")
    kind = schema_of(node).lower() or "item"
    return f"{kind} {name[:80]!r}" if name else f"an unnamed {kind}"
