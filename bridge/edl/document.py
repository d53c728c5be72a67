"""An edit decision list as the document of an edit, so that it takes the same road as every .otio file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path, PureWindowsPath

from hitpoint.bridge.edl.events import Event, EventList, decoded, event_list
from hitpoint.bridge.edl.rates import MediaRate, frames_of, is_drop_frame, list_rate
from hitpoint.bridge.exchange import nodes
from hitpoint.bridge.exchange.damage import shown, told_damage
from hitpoint.bridge.exchange.items import Item, track_children
from hitpoint.bridge.otio.otio_json import Node
from hitpoint.core.errors import EditReadError
from hitpoint.core.timebase import FrameRate

_UNKNOWN_REEL = "AX"
_Span = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class _Clock:
    """The list's way of counting. Colons drop numbers where the list's mode says so and it uses no semicolons.

    Attributes:
        rate: of the list.
        tells_sources, tells_records: whether source and record times tell drop-frame by semicolons.
        start: the record frame at which the timeline begins.
    """

    rate: FrameRate
    tells_sources: bool
    tells_records: bool
    start: int = 0

    def source(self, event: Event) -> tuple[Fraction, Fraction]:
        """Source in and out, in seconds."""
        is_drop = event.is_drop and not self.tells_sources
        first, last = (frames_of(time, self.rate, is_drop=time.is_drop or is_drop) for time in event.times[:2])
        return self.rate.seconds(first), self.rate.seconds(last)

    def record(self, event: Event) -> tuple[int, int]:
        """From which frame of the timeline to which an event lasts."""
        is_drop = event.is_drop and not self.tells_records
        start, end = (frames_of(time, self.rate, is_drop=time.is_drop or is_drop) for time in event.times[2:])
        return start - self.start, end - self.start


def edl_document(
    content: bytes, path: Path, rate: FrameRate | None = None, media_rate: MediaRate | None = None
) -> tuple[Node, list[str]]:
    """The document of a list, and warnings for the editor.

    Args:
        content: of the file.
        path: of the file.
        rate: frames a second, if the editor or an earlier reading tells them.
        media_rate: answers the rate of media files by their names; None to look at none.

    Raises:
        EditReadError: if it holds no event that shows or plays something.
    """
    found = event_list(decoded(content))
    _check(found, path)
    own, told = list_rate(found, path.name, rate, media_rate)
    unread = [f"{_unread(*each)}; it was left out: mend it in the list" for each in found.unread]
    told += told_damage(path.name, unread, "lines")
    clock = _Clock(own, *(any(e.times[i].is_drop for e in found.events for i in pair) for pair in ((0, 1), (2, 3))))
    events = [event for event in found.events if event.mark is None and event.channels != "NONE"]
    backwards = list(_backwards(events, clock))
    _check_length(events, clock, backwards, path)
    told += told_damage(path.name, backwards, "events")
    clock = replace(clock, start=min(clock.record(event)[0] for event in events))
    tracks = [*_video_tracks(events, clock, told), *_audio_tracks(events, clock)]
    document = nodes.timeline(
        found.title or path.stem,
        tracks,
        own,
        start=own.seconds(clock.start),
        is_drop_frame=is_drop_frame(found) and own.is_ntsc and own.nominal % 30 == 0,
        markers=[_marker(*each, clock) for each in _marks(found, clock)],
    )
    return document, told


def _unread(line: int, words: str, fault: str) -> str:
    return f"line {line} ({shown(words)}) is no event: {fault}"


def _check(found: EventList, path: Path) -> None:
    if not found.events and found.unread:
        raise EditReadError(f"{path.name}: {_unread(*found.unread[0])}; mend it, or export the timeline again")
    if not found.events:
        raise EditReadError(f"{path.name} holds no event of an edit decision list: export the timeline as CMX 3600")
    if all(event.mark is not None for event in found.events):
        raise EditReadError(f"{path.name} holds markers, not clips: export the timeline itself")
    if all(event.mark is not None or event.channels == "NONE" for event in found.events):
        raise EditReadError(f"{path.name} shows and plays nothing: export the timeline with its tracks")


def _check_length(events: Sequence[Event], clock: _Clock, backwards: Sequence[str], path: Path) -> None:
    """Refuse a list of which no event lasts, by the first that does not."""
    spans = [clock.record(event) for event in events]
    if all(end <= start for start, end in spans):
        none = f"{_who(events[0])} begins and ends at {events[0].times[2]}"
        why = (backwards or [none])[0].partition(" and was left out")[0]
        raise EditReadError(f"{path.name} shows nothing: {why}; mend its times, or export the timeline again")


def _who(event: Event) -> str:
    return f"line {event.line}, event {event.number or shown(event.reel)}"


def _backwards(events: Sequence[Event], clock: _Clock) -> Iterable[str]:
    """A sentence for each event that ends before it begins, on the timeline or, if it is not reversed, in its source.

    Events of no length are the lines that dissolves come from.
    """
    for event in events:
        start, end = clock.record(event)
        first, last = clock.source(event)
        who = _who(event)
        if end < start:
            yield (
                f"{who} ends at {event.times[3]} before it begins at {event.times[2]} and was left out: look at it in "
                "the host"
            )
        elif last < first and event.speed is None and not event.is_black:
            yield (
                f"{who}: its source ends at {event.times[1]} before it begins at {event.times[0]}; it was read "
                "forwards from there: look at it in the host"
            )


def _video_tracks(events: Sequence[Event], clock: _Clock, told: list[str]) -> list[Node]:
    pictures = [event for event in events if event.is_picture]
    tracks = []
    for number in sorted({event.video_track for event in pictures}):
        on_track = [event for event in pictures if event.video_track == number]
        keys = [event for event in on_track if event.transition in ("K", "KO")]
        base = _without_holes([event for event in on_track if event not in keys], clock, told)
        tracks.append(_track(f"V{number}", base, clock))
        if keys:
            shown = [_key(event, clock) for event in keys if clock.record(event)[0] < clock.record(event)[1]]
            tracks.append(nodes.track(f"V{number} key", track_children(shown, [], clock.rate)))
    return tracks


def _audio_tracks(events: Sequence[Event], clock: _Clock) -> list[Node]:
    numbers = sorted({number for event in events for number in event.audio_tracks})
    return [
        _track(f"A{number}", [(e, clock.record(e)) for e in events if number in e.audio_tracks], clock, is_audio=True)
        for number in numbers
    ]


_Recorded = list[tuple[Event, tuple[int, int]]]


def _without_holes(events: Sequence[Event], clock: _Clock, told: list[str]) -> _Recorded:
    """The events in order of their record times, one-frame holes closed.

    Where no two events of a list meet, but a frame is missing between them, its out times name the last frame that is
    shown, as generated lists of scenes do; then the last event is a frame longer too.
    """
    placed = sorted(((event, clock.record(event)) for event in events), key=lambda each: each[1])
    spans = [(place, span) for place, (_, span) in enumerate(placed) if span[0] < span[1]]
    steps = [after[1][0] - before[1][1] for before, after in pairwise(spans)]
    holes = steps.count(1)
    if not holes:
        return placed
    is_inclusive = 0 not in steps and holes * 2 > len(steps)
    for number, (place, (start, end)) in enumerate(spans):
        is_last = number == len(steps)
        if (is_last and is_inclusive) or (not is_last and steps[number] == 1):
            placed[place] = placed[place][0], (start, end + 1)
    if is_inclusive:
        told.append("the out times of this list name the last frame shown: each event was made a frame longer")
    else:
        told.append(f"{holes} holes of one frame between events were closed: look at the list if black was meant there")
    return placed


def _track(name: str, placed: _Recorded, clock: _Clock, *, is_audio: bool = False) -> Node:
    items: list[Item] = []
    mixes: list[_Span] = []
    came_black = False
    for event, (start, end) in sorted(placed, key=lambda each: each[1]):
        if end <= start:
            came_black = event.is_black  # the line of what a dissolve comes from
            continue
        mix = _mix(event, start, end, clock) if event.transition[0] in "DW" else None
        meets = bool(items) and items[-1].end == clock.rate.seconds(start)
        if mix is not None and meets and not came_black:
            items[-1] = replace(items[-1], end=mix[1])
            mixes += [] if event.is_black else [mix]
        if not event.is_black:
            items.append(_item(event, clock.rate.seconds(start), clock.rate.seconds(end), clock))
        came_black = False
    return nodes.track(name, track_children(items, mixes, clock.rate), is_audio=is_audio)


def _mix(event: Event, start: int, end: int, clock: _Clock) -> _Span | None:
    """From when to when an event is mixed in; None if it takes no time."""
    length = min(event.length, end - start)
    return (clock.rate.seconds(start), clock.rate.seconds(start + length)) if length > 0 else None


def _item(event: Event, start: Fraction, end: Fraction, clock: _Clock) -> Item:
    first, last = clock.source(event)
    speed = _speed(event, abs(last - first), end - start, clock.rate)
    source = max(first, last) if speed < 0 else first
    name = event.name or _base_name(event.file) or event.reel or _UNKNOWN_REEL
    address = event.file or event.name or (event.reel if event.reel.upper() != _UNKNOWN_REEL else "")
    return Item(name, start, end, nodes.file_reference(name, address, None, clock.rate), source, speed)


def _key(event: Event, clock: _Clock) -> Item:
    """An event keyed over a picture, such as a title: the picture below it is seen."""
    start, end = (clock.rate.seconds(frame) for frame in clock.record(event))
    name = event.name or event.reel
    return Item(name, start, end, nodes.generator_reference(name, "key"))


def _speed(event: Event, used: Fraction, shown: Fraction, rate: FrameRate) -> Fraction:
    """The speed that an ``M2`` line tells in frames a second, exact or nominal, whichever fits the lengths better."""
    if event.speed is None:
        return Fraction(1)
    told = Fraction(str(event.speed))
    speeds = [told / rate.nominal, told / rate.frames_per_second]
    return min(speeds, key=lambda speed: abs(abs(speed) - used / shown))


def _marks(found: EventList, clock: _Clock) -> Iterable[tuple[int, str, str]]:
    for time, color, text in found.locators:
        yield frames_of(time, clock.rate, is_drop=time.is_drop) - clock.start, color, text
    for event in found.events:
        if event.mark is not None:
            yield clock.record(event)[0], *event.mark


def _marker(frame: int, color: str, text: str, clock: _Clock) -> Node:
    return nodes.marker(clock.rate.seconds(frame), clock.rate.seconds(1), text, color.upper(), clock.rate)


def _base_name(file: str) -> str:
    return re.split(r"[\\/]", PureWindowsPath(file).name)[-1]
