"""Sequences of Final Cut Pro 7 XML as tracks of items, with the sequences inside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from hitpoint.bridge.exchange import nodes
from hitpoint.bridge.exchange.items import Item, track_children
from hitpoint.bridge.exchange.xml_text import Element, child, text
from hitpoint.bridge.fcp7.clips import Definitions, Place, clip_item
from hitpoint.bridge.fcp7.media import generator_of
from hitpoint.bridge.fcp7.rates import frames_in, rate_of, timecode_frame
from hitpoint.bridge.otio.flatten import Mark
from hitpoint.bridge.otio.otio_json import Node
from hitpoint.core.timebase import FrameRate

_DEEPEST = 20
_LONGEST = 30 * 24 * 3600  # seconds; what lies beyond lies nowhere
_ITEMS = ("clipitem", "generatoritem")


@dataclass
class Build:
    """The facts that building needs everywhere; ``told``, ``lost`` and ``built`` are filled on the way.

    Attributes:
        found: files, sequences and multicam clips by their ids.
        rate: of the timeline.
        lost: names of items that could not be placed.
        built: tracks of the sequences inside, by the element that defines them; None while they are being built.
    """

    found: Definitions
    rate: FrameRate
    told: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    built: dict[Element, list[Node] | None] = field(default_factory=dict)


def sequence_tracks(sequence: Element, build: Build, depth: int = 0) -> list[Node]:
    """The tracks of a sequence: pictures from the bottom up, then sounds."""
    rate = rate_of(sequence) or build.rate
    tracks = []
    for kind in ("video", "audio"):
        for number, track in enumerate(sequence.iterfind(f"media/{kind}/track"), start=1):
            name = track.get("MZ.TrackName") or text(track, "name") or f"{kind[0].upper()}{number}"
            children = _children(track, rate, build, depth, is_audio=kind == "audio")
            tracks.append(nodes.track(name, children, is_audio=kind == "audio", is_on=_is_on(track)))
    return tracks


def marks_of(element: Element, rate: FrameRate, first: int = 0) -> tuple[Mark, ...]:
    """The markers of a sequence or clip, counted from the frame ``first``."""
    found = []
    for marker in element.iterfind("marker"):
        start, end = frames_in(marker, "in"), frames_in(marker, "out")
        if start is not None and start >= first:
            length = max(1, (end or 0) - start)
            words = text(marker, "comment") or text(marker, "name")
            found.append(Mark(rate.seconds(start - first), rate.seconds(length), words, ""))
    return tuple(found)


def _children(track: Element, rate: FrameRate, build: Build, depth: int, *, is_audio: bool) -> list[Node]:
    placed = list(_placed(track, rate, build))
    mixes = sorted(
        (place.start, place.end)
        for each in track.iterfind("transitionitem")
        if (place := _own_place(each, rate)) is not None
    )
    items = [_item(element, place, rate, build, depth, is_audio=is_audio) for element, place in placed]
    return track_children(items, mixes, build.rate)


def _placed(track: Element, rate: FrameRate, build: Build) -> Iterator[tuple[Element, Place]]:
    """The items of a track that lie somewhere, each with its place."""
    children = [each for each in track if each.tag in (*_ITEMS, "transitionitem")]
    end = Fraction(0)
    for number, element in enumerate(children):
        if element.tag == "transitionitem":
            continue
        before = children[number - 1] if number else None
        after = children[number + 1] if number + 1 < len(children) else None
        place = _place(element, before, after, end, rate)
        if place is None:
            build.lost.append(text(element, "name") or element.tag)
            continue
        end = place.end
        yield element, place


def _place(
    element: Element, before: Element | None, after: Element | None, at: Fraction, rate: FrameRate
) -> Place | None:
    """An item's start and end; an edge of -1 is that of the transition beside it, or follows from its length."""
    start, end = frames_in(element, "start"), frames_in(element, "end")
    if start is None and end is None:
        return None
    first = rate.seconds(start) if start is not None and start >= 0 else _edge(before, "start", rate)
    last = rate.seconds(end) if end is not None and end >= 0 else _edge(after, "end", rate)
    used = (frames_in(element, "out") or 0) - (frames_in(element, "in") or 0)
    length = rate.seconds(max(0, used))
    if first is None:
        first = last - length if last is not None else at
    last = first + length if last is None else last
    return Place(first, last) if 0 <= first < last <= _LONGEST else None


def _edge(transition: Element | None, tag: str, rate: FrameRate) -> Fraction | None:
    place = _own_place(transition, rate) if transition is not None and transition.tag == "transitionitem" else None
    return None if place is None else place.start if tag == "start" else place.end


def _own_place(element: Element, rate: FrameRate) -> Place | None:
    start, end = frames_in(element, "start"), frames_in(element, "end")
    if start is None or end is None or not 0 <= start < end:
        return None
    return Place(rate.seconds(start), rate.seconds(end))


def _item(element: Element, place: Place, rate: FrameRate, build: Build, depth: int, *, is_audio: bool) -> Item:
    name = text(element, "name")
    if element.tag == "generatoritem":
        return Item(name, place.start, place.end, generator_of(element), is_on=_is_on(element))
    inner = _inner_sequence(element, build)
    tracks = _tracks_inside(inner, build, depth) if inner is not None else None
    if inner is not None and tracks is None:
        build.told.append(f"{name!r} contains itself, or too many sequences inside each other: it is shown as offline")
        inner = None
    length = _length(inner, build) if inner is not None else None
    item = clip_item(element, place, rate, build.rate, build.found, build.told, inside=length, is_audio=is_audio)
    marks = marks_of(element, rate, frames_in(element, "in") or 0)
    marks = tuple(mark for mark in marks if mark.start < place.end - place.start)
    return Item(
        name=item.name,
        start=item.start,
        end=item.end,
        reference=None if tracks is not None else item.reference,
        source=item.source,
        speed=item.speed,
        is_on=_is_on(element),
        tracks=tracks or (),
        marks=marks,
    )


def _inner_sequence(element: Element, build: Build) -> Element | None:
    named = child(element, "sequence")
    return build.found.sequence(named) if named is not None else None


def _tracks_inside(sequence: Element, build: Build, depth: int) -> Sequence[Node] | None:
    """The tracks of a sequence inside another, built once; None if it contains itself."""
    if sequence in build.built or depth >= _DEEPEST:
        return build.built.get(sequence)
    build.built[sequence] = None
    tracks = sequence_tracks(sequence, build, depth + 1)
    build.built[sequence] = tracks
    return tracks


def _length(sequence: Element, build: Build) -> tuple[Fraction, Fraction]:
    """Start timecode and length of a sequence, in seconds."""
    rate = rate_of(sequence) or build.rate
    frame, counted, _ = timecode_frame(sequence, rate)
    return counted.seconds(frame), rate.seconds(max(0, frames_in(sequence, "duration") or 0))


def _is_on(element: Element) -> bool:
    return text(element, "enabled").casefold() not in ("false", "0")
