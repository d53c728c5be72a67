"""Resources that FCPXML defines once and names by ids: formats, assets, effects, compound clips and multicam clips."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hitpoint.bridge.exchange import nodes
from hitpoint.bridge.exchange.xml_text import Element, child
from hitpoint.bridge.otio.otio_json import Node
from hitpoint.core.timebase import FrameRate

_TIME = re.compile(r"\s*([+-]?\d{1,18})(?:\.(\d{1,12}))?(?:/(\d{1,12}))?\s*s?\s*")
_LONGEST = 10**9  # seconds: what is further off is no time of an edit
_NAMED_RATE = re.compile(r"[pi](\d{2,5})$", re.IGNORECASE)
_NAMED = {"2398": 23.976, "2997": 29.97, "4795": 47.952, "5994": 59.94, "11988": 119.88}
_SEE_THROUGH = re.compile(r"title|text|shape|counting|timecode|caption|/elements", re.IGNORECASE)


def seconds(words: str | None, default: Fraction = Fraction(0)) -> Fraction:
    """A time such as ``1001/24000s``, ``5s`` or ``2.5s``; the default for what is none."""
    found = _TIME.fullmatch(words or "")
    if found is None or (found[3] is not None and int(found[3]) == 0):
        return default
    whole = Fraction(f"{found[1]}.{found[2] or 0}") / int(found[3] or 1)
    return whole if abs(whole) <= _LONGEST else default


def frame_rate_of(words: str | None) -> FrameRate | None:
    """The rate at which a frame has this length; None where it is none, or longer than a second."""
    length = seconds(words)
    if not Fraction(1, 1000) <= length <= 1:
        return None
    return FrameRate.from_float(float(1 / length)) if length.denominator > 10_000 else _exact(1 / length)


@dataclass(frozen=True)
class Asset:
    """A media file, or a generator.

    Attributes:
        reference: as in OpenTimelineIO.
        start: timecode of its first frame, in seconds.
        length: in seconds; 0 for a still or where nobody tells.
        has_video, has_audio: what is in it.
    """

    reference: Node
    start: Fraction = Fraction(0)
    length: Fraction = Fraction(0)
    has_video: bool = True
    has_audio: bool = False


class Resources:
    """The resources of a file.

    Args:
        root: of the file.
    """

    def __init__(self, root: Element) -> None:
        defined = [each for resources in root.iter("resources") for each in resources]
        self._known = {each.get("id", ""): each for each in defined}
        self._assets: dict[str, Asset] = {}

    def get(self, id_: str | None) -> Element | None:
        """The resource of an id; None if there is none."""
        return self._known.get(id_ or "")

    def sequences(self) -> Iterator[Element]:
        """The sequences of all compound clips."""
        for each in self._known.values():
            found = child(each, "sequence")
            if found is not None:
                yield found

    def rate(self, id_: str | None) -> FrameRate | None:
        """The rate of a format; None if it does not tell one."""
        format_ = self.get(id_)
        if format_ is None:
            return None
        told = frame_rate_of(format_.get("frameDuration"))
        if told is not None:
            return told
        named = _NAMED_RATE.search(format_.get("name", ""))
        return _named_rate(named[1], is_interlaced=named[0][0] in "iI") if named else None

    def asset(self, id_: str | None, name: str, rate: FrameRate) -> Asset:
        """The asset or generator of an id; offline if nothing defines it.

        Args:
            id_: as ``ref`` names it.
            name: for what has none of its own.
            rate: of the timeline.
        """
        found = self.get(id_)
        if found is None:
            return Asset(nodes.file_reference(name, "", None))
        if found.tag == "effect":
            return Asset(generator(name or found.get("name", ""), found))
        if id_ not in self._assets:
            self._assets[id_ or ""] = _asset(found, name, rate)
        return self._assets[id_ or ""]


def generator(name: str, effect: Element) -> Node:
    """The reference of a generator: elements such as shapes and counters let the picture through, others hide it."""
    words = " ".join((name, effect.get("name", ""), effect.get("uid", "")))
    kind = effect.get("name") or "generator"
    return nodes.generator_reference(name, kind if _SEE_THROUGH.search(words) else f"{nodes.OPAQUE}:{kind}")


def _asset(asset: Element, name: str, rate: FrameRate) -> Asset:
    original = [each for each in asset.iterfind("media-rep") if each.get("kind", "original-media") == "original-media"]
    places = [*original, *asset.iterfind("media-rep")]
    url = next((each.get("src", "") for each in (asset, *places) if each.get("src")), "")
    start, length = seconds(asset.get("start")), seconds(asset.get("duration"))
    available = nodes.span(start, length, rate) if length > 0 else None
    has_audio = asset.get("hasAudio") == "1"
    return Asset(
        nodes.file_reference(asset.get("name") or name, url, available, rate),
        start,
        max(length, Fraction(0)),
        has_video=asset.get("hasVideo", "0" if has_audio else "1") == "1",
        has_audio=has_audio,
    )


def _exact(rate: Fraction) -> FrameRate:
    near = FrameRate.from_float(float(rate))
    return near if abs(near.frames_per_second - rate) * 10_000 < rate else FrameRate(rate)


def _named_rate(digits: str, *, is_interlaced: bool) -> FrameRate | None:
    """The rate in the name of a format, such as 1080p2398; an interlaced one counts fields."""
    rate = _NAMED.get(digits) or float(digits)
    rate = rate / 2 if is_interlaced and rate >= 47 else rate
    return FrameRate.from_float(rate) if 1 <= rate <= 240 else None
