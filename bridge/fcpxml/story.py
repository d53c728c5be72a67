"""One timeline of FCPXML while it is collected, and the tracks that it makes in the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from hitpoint.bridge.exchange import nodes
from hitpoint.bridge.exchange.items import Item, cut_to, track_children
from hitpoint.bridge.exchange.xml_text import Element
from hitpoint.bridge.fcpxml.resources import seconds
from hitpoint.bridge.otio.flatten import Mark
from hitpoint.bridge.otio.otio_json import Node
from hitpoint.core.timebase import FrameRate

ELEMENTS = (
    "asset-clip", "audio", "audition", "clip", "gap", "live-drawing", "mc-clip", "ref-clip", "spine", "sync-clip",
    "title", "video",
)  # fmt: skip
Lane: TypeAlias = tuple[int, ...]
Span: TypeAlias = tuple[Fraction, Fraction]

_MARKS = ("marker", "chapter-marker")


@dataclass(frozen=True)
class Tracks:
    """Tracks of a timeline, and the markers on its elements."""

    video: Sequence[Node] = ()
    audio: Sequence[Node] = ()
    marks: Sequence[Mark] = ()


@dataclass(frozen=True)
class Placed:
    """An element, where it lies on the timeline, and what of its own time begins there; all in seconds.

    ``lane`` is empty for the main storyline; each number more leads to what is connected above (or, if negative,
    below).
    """

    element: Element
    at: Fraction
    start: Fraction
    length: Fraction
    lane: Lane

    @property
    def name(self) -> str:
        """As the editor called it."""
        return self.element.get("name", "")

    @property
    def is_on(self) -> bool:
        """Whether it is seen or heard."""
        return self.element.get("enabled") != "0"


@dataclass
class Story:
    """The parts collected from one timeline: its items by lanes and by roles, in seconds from ``origin`` on."""

    origin: Fraction
    depth: int
    pictures: dict[Lane, list[Item]] = field(default_factory=dict)
    mixes: dict[Lane, list[Span]] = field(default_factory=dict)
    sounds: dict[str, list[Item]] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)

    def item(self, placed: Placed, source: Fraction, speed: Fraction) -> Item:
        """An item that as yet shows nothing, at the place of an element."""
        at = placed.at - self.origin
        return Item(placed.name, at, at + placed.length, None, source, speed, placed.is_on)

    def show(self, lane: Lane, item: Item) -> None:
        """Add a picture."""
        self.pictures.setdefault(lane, []).append(item)

    def hear(self, placed: Placed, item: Item) -> None:
        """Add a sound under its role, from where it is heard: not with the picture, where the two are cut apart."""
        element = placed.element
        first = item.start + seconds(element.get("audioStart"), placed.start) - placed.start
        last = first + seconds(element.get("audioDuration"), placed.length)
        first = max(first, Fraction(0))
        if first < last:
            self.sounds.setdefault(_role(element), []).append(cut_to(item, first, last))

    def mix(self, lane: Lane, fade: Span) -> None:
        """Let the last two pictures of a lane, if they meet, run through a transition that reaches into both."""
        items = self.pictures.get(lane, [])
        start, end = fade[0] - self.origin, fade[1] - self.origin
        if len(items) < 2 or items[-2].end != items[-1].start:
            return
        before, now = items[-2:]
        if not (before.is_on and now.is_on):
            return
        if start <= now.start <= end and before.start < start < end < now.end:
            items[-2:] = [cut_to(before, before.start, end), cut_to(now, start, now.end)]
            self.mixes.setdefault(lane, []).append((start, end))

    def mark(self, placed: Placed) -> None:
        """Add the markers of an element that lie in what is seen of it."""
        for marker in placed.element:
            if marker.tag in _MARKS:
                at = seconds(marker.get("start"), placed.start) - placed.start
                words = marker.get("value") or marker.get("note") or ""
                if 0 <= at < placed.length:
                    length = max(seconds(marker.get("duration")), Fraction(0))
                    self.marks.append(Mark(placed.at - self.origin + at, length, words, ""))

    def tracks(self, rate: FrameRate) -> Tracks:
        """The tracks: a picture track for each lane, sounds by their roles."""
        deepest = max((len(lane) for lane in self.pictures), default=0)
        lanes = sorted(self.pictures, key=lambda lane: lane + (0,) * (deepest - len(lane)))
        video = [
            nodes.track(f"V{number}", track_children(self.pictures[lane], sorted(self.mixes.get(lane, [])), rate))
            for number, lane in enumerate(lanes, start=1)
        ]
        audio = [
            nodes.track(f"{role} {place}", track_children(items, [], rate), is_audio=True)
            for role in sorted(self.sounds)
            for place, items in enumerate(_side_by_side(self.sounds[role]), start=1)
        ]
        return Tracks(video, audio, self.marks)


def role_of(track: Node) -> str:
    """The role of a sound track that was made here."""
    return str(track["name"]).rpartition(" ")[0]


def _role(element: Element) -> str:
    """The main role of a sound: that of its first channel, else its own."""
    channels = (each.get("role") for each in element.iterfind("audio-channel-source") if each.get("enabled") != "0")
    told = next((each for each in channels if each), None)
    return (told or element.get("audioRole") or element.get("role") or "dialogue").partition(".")[0]


def _side_by_side(items: Sequence[Item]) -> list[list[Item]]:
    """Items on as few tracks as hold them without overlap."""
    tracks: list[list[Item]] = []
    for item in sorted(items, key=lambda item: item.start):
        free = next((track for track in tracks if track[-1].end <= item.start), None)
        if free is None:
            tracks.append([item])
        else:
            free.append(item)
    return tracks
