"""A project as its XML says it: rate, sequences, tracks, and which clip lies where.

Positions are frames of the project, ends exclusive. Nothing is interpreted here: what a producer is
(``producers.py``) and what is seen (the common road of all edits) come later.

In MLT a clock time is in the project's rate, ``out`` is the last frame, and a track of Kdenlive is a tractor over two
playlists, so that two clips can overlap where one is mixed into the other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from hitpoint.bridge.kdenlive.clock import clock_of, frames_of
from hitpoint.bridge.xml_tree import Element, parse_xml
from hitpoint.core.errors import EditReadError
from hitpoint.core.timebase import FrameRate

MAX_FRAMES = 10**9
SEQUENCE = "kdenlive:sequenceproperties."
DOCUMENT = "kdenlive:docproperties."

_DEFINITIONS = ("producer", "chain", "playlist", "tractor")
_OWN_TRACKS = ("black_track", "timeline_preview", "timeline_overlay")


@dataclass(frozen=True, eq=False)
class PlacedClip:
    """A clip on a track: from ``start`` to ``end`` of the timeline it shows its producer from frame ``source`` on."""

    start: int
    end: int
    source: int
    producer: Element
    entry: Element


@dataclass(frozen=True)
class Mix:
    """One clip mixed into the next on the same track, from ``start`` to ``end``; the cut lies at ``cut``."""

    start: int
    end: int
    cut: int


@dataclass(frozen=True, eq=False)
class ProjectTrack:
    """One track of a sequence.

    Attributes:
        index: among the ``<track>`` elements of the sequence, the black one included.
        name: as the editor called it; may be empty.
        is_audio: whether it is for sound.
        is_on: whether it is seen or heard.
        clips: in order of time; they overlap where one is mixed into the other.
        shown: those of them that lie in no hidden playlist, if any does not.
        mixes: in order of time.
        element: the tractor (or playlist) that it is.
    """

    index: int
    name: str
    is_audio: bool
    is_on: bool
    clips: tuple[PlacedClip, ...]
    shown: tuple[PlacedClip, ...]
    mixes: tuple[Mix, ...]
    element: Element


class Project:
    """One project file.

    Args:
        content: of the file.
        name: what it is called in messages.

    Raises:
        EditReadError: if it is no project, or damaged.
    """

    def __init__(self, content: bytes, name: str) -> None:
        self.content = content
        self.name = name
        self.root = parse_xml(content, name)
        if self.root.tag != "mlt":
            raise EditReadError(f"{name} is no Kdenlive project: its root is <{self.root.tag[:40]}>, not <mlt>")
        self.definitions = {element.get("id"): element for element in self.root.children if element.tag in _DEFINITIONS}
        self.rate = self._rate()
        self.sequence = self._active_sequence()

    @cached_property
    def bin(self) -> Element | None:
        """The playlist of all that is in the project bin; before Kdenlive 19 its name had a space."""
        return self.definitions.get("main_bin") or self.definitions.get("main bin")

    @cached_property
    def bin_clips(self) -> dict[str, Element]:
        """The clips of the bin by their ``kdenlive:id``; all their uses on tracks have the same."""
        entries = self.bin.all("entry") if self.bin is not None else []
        found = [self.definitions.get(entry.get("producer")) for entry in entries]
        return {clip.property("kdenlive:id"): clip for clip in found if clip is not None}

    @cached_property
    def host_version(self) -> str:
        """Version of the Kdenlive that saved it, such as "26.08.2"; empty if it does not tell."""
        return self.document_property("kdenliveversion")

    @cached_property
    def document_version(self) -> str:
        """Version of the project format; empty if it does not tell."""
        return self.document_property("version")

    @cached_property
    def sequences(self) -> tuple[Element, ...]:
        """All sequences, as Kdenlive 23.04 and later have them."""
        return tuple(each for each in self.definitions.values() if each.tag == "tractor" and is_sequence(each))

    def document_property(self, name: str) -> str:
        """A property of the document; empty if there is none."""
        return self.bin.property(DOCUMENT + name) if self.bin is not None else ""

    def frames(self, text: str, *, default: int | None = None, what: str = "a clip") -> int:
        """A time as frames.

        Raises:
            EditReadError: if it is none, and there is no default.
        """
        found = frames_of(text, self.rate) if text else default
        if found is None or abs(found) > MAX_FRAMES:
            raise EditReadError(f"{self.name}: {what} has an impossible time ({text[:40]!r}): repair it in Kdenlive")
        return found

    def clock(self, frames: int) -> str:
        """Frames as the project writes them."""
        return clock_of(frames, self.rate)

    def length_of(self, producer: Element) -> int | None:
        """The number of frames that a producer gives itself."""
        text = producer.property("length")
        return self.frames(text) if text else None

    def tracks(self, sequence: Element) -> list[ProjectTrack]:
        """The tracks of a sequence from the bottom up, as MLT counts them.

        Those that Kdenlive adds itself are left out.

        Raises:
            EditReadError: if a track or a clip has no producer, or a time makes no sense.
        """
        found = []
        for index, reference in enumerate(track_elements(sequence)):
            element = self._defined(reference.get("producer"), "a track")
            if element.tag in ("tractor", "playlist") and not _is_of_kdenlive(element):
                found.append(self._track(index, element, reference))
        return found

    def _track(self, index: int, element: Element, reference: Element) -> ProjectTrack:
        told = element.property("kdenlive:audio_track")
        is_audio = told == "1" or (not told and element.tag == "playlist" and reference.get("hide") == "video")
        hidden = ("audio" if is_audio else "video", "both")
        inner = track_elements(element) if element.tag == "tractor" else []
        seen = [track for track in inner if track.get("hide") not in hidden]
        is_on = reference.get("hide") not in hidden and (bool(seen) or not inner)
        clips = [(lane, clip) for lane, playlist in self._lanes(element, inner) for clip in self._clips(playlist)]
        clips.sort(key=lambda pair: pair[1].start)
        shown = (clip for lane, clip in clips if not seen or lane in seen)
        return ProjectTrack(
            index,
            element.property("kdenlive:track_name"),
            is_audio,
            is_on,
            tuple(clip for _, clip in clips),
            tuple(shown),
            tuple(self._mixes(element)),
            element,
        )

    def _lanes(self, element: Element, inner: Sequence[Element]) -> Iterator[tuple[Element, Element]]:
        """The playlists of a track, each with the ``<track>`` that holds it, or with itself if it is the track."""
        if not inner:
            yield element, element
        for track in inner:
            yield track, self._defined(track.get("producer"), "a track")

    def _clips(self, playlist: Element) -> Iterator[PlacedClip]:
        at = 0
        for item in playlist.children:
            if item.tag == "blank":
                at += max(0, self.frames(item.get("length"), what="a gap"))
            elif item.tag == "entry":
                producer = self._defined(item.get("producer"), "a clip")
                first = self.frames(item.get("in") or producer.get("in"), default=0)
                length = self.length_of(producer)
                last = self.frames(item.get("out") or producer.get("out"), default=(length or 0) - 1)
                if last >= first:
                    yield PlacedClip(at, at + last - first + 1, first, producer, item)
                    at += last - first + 1

    def _mixes(self, track: Element) -> Iterator[Mix]:
        for transition in track.all("transition"):
            start = self.frames(transition.get("in"), default=0, what="a mix")
            end = self.frames(transition.get("out"), default=start, what="a mix")
            after = transition.property("kdenlive:mixcut")
            if end > start:
                cut = end - self.frames(after, what="a mix") if after else (start + end) // 2
                yield Mix(start, end, min(max(cut, start), end))

    def _defined(self, id_: str, what: str) -> Element:
        element = self.definitions.get(id_)
        if element is None:
            raise EditReadError(f"{self.name}: {what} uses {id_[:60]!r}, which is not in the project: repair it")
        return element

    def _rate(self) -> FrameRate:
        profile = next(iter(self.root.all("profile")), None)
        try:
            above, below = (int(profile.get(f"frame_rate_{end}")) for end in ("num", "den")) if profile else (0, 0)
            rate = Fraction(above, below)
        except (ValueError, ZeroDivisionError):
            rate = Fraction(0)
        if not 1 <= rate <= 1000:
            raise EditReadError(f"{self.name} tells no frame rate: open it in Kdenlive and save it again")
        return (
            FrameRate.from_float(float(rate)) if math.isclose(_rounded(rate), rate, rel_tol=1e-5) else FrameRate(rate)
        )

    def _active_sequence(self) -> Element:
        wanted = [self.document_property("activetimeline"), self.document_property("uuid")]
        for uuid in filter(None, wanted):
            for sequence in self.sequences:
                if uuid in (sequence.property("kdenlive:uuid"), sequence.get("id")):
                    return sequence
        if self.sequences:
            return self.sequences[0]
        tractors = [each for each in self.definitions.values() if each.tag == "tractor" and track_elements(each)]
        if not tractors:
            raise EditReadError(f"{self.name} holds no timeline: open it in Kdenlive and save it again")
        return tractors[-1]  # before 23.04 the timeline is the last thing in the file


def is_sequence(element: Element) -> bool:
    """Whether a tractor is a sequence."""
    return bool(element.property("kdenlive:uuid"))


def track_elements(tractor: Element) -> list[Element]:
    """The ``<track>`` elements of a tractor, from the bottom up."""
    inside = [track for multitrack in tractor.all("multitrack") for track in multitrack.all("track")]
    return inside + tractor.all("track")


def _is_of_kdenlive(element: Element) -> bool:
    return element.get("id") in _OWN_TRACKS or element.property("kdenlive:playlistid") in _OWN_TRACKS


def _rounded(rate: Fraction) -> float:
    """The broadcast rate that is meant: profiles write 2997/100 as well as 30000/1001."""
    return float(FrameRate.from_float(float(rate)).frames_per_second)
