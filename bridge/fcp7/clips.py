"""One clip item: what it shows, from where, and how fast."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hitpoint.bridge.exchange.items import Item
from hitpoint.bridge.exchange.xml_text import Element, child, text
from hitpoint.bridge.fcp7.media import Media, media_of
from hitpoint.bridge.fcp7.rates import frames_in, rate_of
from hitpoint.bridge.fcp7.retime import Retime, retime_of
from hitpoint.core.timebase import FrameRate

_ONE = Fraction(1)
_FURTHEST = 10**7  # seconds into a media file


@dataclass(frozen=True)
class Place:
    """From when to when an item lies on its track, in seconds."""

    start: Fraction
    end: Fraction


class Definitions:
    """Definitions that a file gives once, in full, and then names by their ids: files, sequences and multicam clips."""

    def __init__(self, root: Element) -> None:
        self._known: dict[tuple[str, str], Element] = {}
        self._media: dict[Element, Media] = {}
        for tag in ("file", "sequence", "multiclip"):
            for element in root.iter(tag):
                if len(element):
                    self._known.setdefault((tag, element.get("id", "")), element)

    def sequence(self, named: Element) -> Element | None:
        """The sequence that an element is or names; None if nothing defines one with tracks."""
        found = self._full(named)
        return found if found is not None and child(found, "media") is not None else None

    def file(self, clip: Element) -> Element | None:
        """The file of a clip item, or of the active angle of its multicam clip; None if nothing defines it."""
        named = child(clip, "file")
        if named is None:
            angle = self._active_angle(clip)
            named = next(angle.iter("file"), None) if angle is not None else None
        return self._full(named) if named is not None else None

    def media(self, clip: Element, file: Element | None, name: str, rate: FrameRate) -> Media:
        """The media a clip item shows; those of a file are made once."""
        if file is None or child(file, "pathurl") is None:
            return media_of(clip, file, name, rate)
        if file not in self._media:
            self._media[file] = media_of(clip, file, name, rate)
        return self._media[file]

    def _full(self, named: Element) -> Element | None:
        return named if len(named) else self._known.get((named.tag, named.get("id", "")))

    def _active_angle(self, clip: Element) -> Element | None:
        named = next(clip.iter("multiclip"), None)
        multiclip = self._full(named) if named is not None else None
        angles = list(multiclip.iterfind("angle")) if multiclip is not None else []
        active = (each for each in angles if text(each, "activevideoangle").casefold() == "true")
        return next(active, angles[0] if angles else None)


@dataclass(frozen=True)
class _Counting:
    """How ``in`` counts: frames of a rate, of the clip as it plays or of the media it plays."""

    rate: FrameRate
    is_media: bool


def clip_item(
    clip: Element,
    place: Place,
    rate: FrameRate,
    timeline_rate: FrameRate,
    found: Definitions,
    told: list[str],
    *,
    inside: tuple[Fraction, Fraction] | None = None,
    is_audio: bool = False,
) -> Item:
    """A clip item at its place.

    Args:
        clip: the element.
        place: where it lies.
        rate: of the sequence it lies in.
        timeline_rate: of the document that is built.
        found: what the file defines.
        told: gets what an editor should know.
        inside: start timecode and length, in seconds, of the sequence it is; None for other clips.
        is_audio: whether it is heard, not seen.
    """
    name = text(clip, "name")
    file = found.file(clip) if inside is None else None
    media = found.media(clip, file, name, timeline_rate)
    if file is None and inside is None and not is_audio:
        told.append(f"{name!r} names no media file and is shown as offline")
    start, length = inside if inside is not None else (media.start, media.seconds)
    retime = retime_of(clip)
    source, speed = _source(clip, place, rate, media, retime, length)
    if inside is not None:
        source = source - start if source >= start and source >= (length or 0) else source
    else:
        source += media.start
    if abs(source) > _FURTHEST:
        source = Fraction(0)
    if retime is not None and retime.is_ramp and not is_audio:
        told.append(f"the speed of {name!r} varies; its mean in the edit, {float(speed):.2f}, was read")
    return Item(name, place.start, place.end, media.reference, source, speed)


def _source(
    clip: Element, place: Place, rate: FrameRate, media: Media, retime: Retime | None, length: Fraction | None
) -> tuple[Fraction, Fraction]:
    """Seconds from the media's first frame to what is seen first, and the speed."""
    first = frames_in(clip, "in") or 0
    shown = place.end - place.start
    speed = retime.speed if retime is not None else _ONE
    counting = _counting(clip, shown, speed, rate, media)
    offset = counting.rate.seconds(max(0, first) + _subclip_offset(clip, first, counting.rate, length))
    if retime is None:
        return offset, _ONE
    if counting.is_media:
        return offset + (abs(speed) * shown if speed < 0 else 0), speed
    start = retime.media_frame(Fraction(first))
    end = retime.media_frame(first + shown * counting.rate.frames_per_second)
    if start is not None and end is not None:
        start, end = start / counting.rate.frames_per_second, end / counting.rate.frames_per_second
        return start, (end - start) / shown if retime.is_ramp else speed
    if speed == 0:
        return _frozen(clip, offset, counting.rate), speed
    if speed < 0 and length is not None:
        return max(length + offset * speed, Fraction(0)), speed
    return offset * abs(speed), speed


def _counting(clip: Element, shown: Fraction, speed: Fraction, rate: FrameRate, media: Media) -> _Counting:
    """How ``in`` and ``out`` count, by how far they lie apart.

    Premiere and Resolve count frames as the sequence plays.
    """
    first, last = frames_in(clip, "in"), frames_in(clip, "out")
    default = _Counting(rate, is_media=False)
    if first is None or last is None or last <= first:
        return default
    if speed == 1 and shown * rate.frames_per_second == last - first:
        return default
    best, least = default, Fraction(last - first)
    for counting in _countings(clip, speed, rate, media):
        factor = abs(speed) if counting.is_media else _ONE
        error = abs(last - first - shown * counting.rate.frames_per_second * factor)
        if error <= 1:
            return counting
        if error < least:
            best, least = counting, error
    return best


def _countings(clip: Element, speed: Fraction, rate: FrameRate, media: Media) -> Iterator[_Counting]:
    for each in dict.fromkeys(each for each in (rate, rate_of(clip), media.rate) if each is not None):
        yield _Counting(each, is_media=False)
        if abs(speed) not in (0, 1):
            yield _Counting(each, is_media=True)


def _subclip_offset(clip: Element, first: int, rate: FrameRate, length: Fraction | None) -> int:
    """Frames from the media's start to that of a subclip, of which ``in`` counts."""
    offset = frames_in(clip, "subclipinfo", "startoffset")
    if not offset or offset < 0:
        return 0
    is_inside = length is None or rate.seconds(first + offset) < length
    return offset if is_inside else 0


def _frozen(clip: Element, offset: Fraction, rate: FrameRate) -> Fraction:
    still = frames_in(clip, "stillframeoffset")
    return offset if still is None or still < 0 else rate.seconds(still)
