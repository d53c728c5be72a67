"""The media of a clip item of Final Cut Pro 7 XML: a file, something generated, or nothing that can be found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from hitpoint.bridge.exchange import nodes
from hitpoint.bridge.exchange.xml_text import Element, child, text
from hitpoint.bridge.fcp7.rates import frames_in, rate_of, timecode_frame
from hitpoint.bridge.otio.otio_json import Node
from hitpoint.core.timebase import FrameRate

_SEE_THROUGH = re.compile(
    r"\b(title|text|type|typewriter|scroll|crawl|lower.?(3rd|third)|caption|subtitle|adjustment|transparent|graphic|"
    r"shape|circle|oval|rectangle|square|fusion|credits?)",
    re.IGNORECASE,
)
_ADJUSTMENT = re.compile(  # what Premiere calls it in the languages it speaks
    r"adjustment|einstellungsebene|calque d.effets|capa de ajuste|camada de ajuste|livello di regolazione|"
    r"調整レイヤー|调整图层|조정 레이어|корректирующ",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Media:
    """The media shown.

    Attributes:
        reference: as in OpenTimelineIO.
        rate: of the file; None if untold.
        start: timecode of its first frame, in seconds.
        seconds: its length; None if untold.
    """

    reference: Node
    rate: FrameRate | None = None
    start: Fraction = Fraction(0)
    seconds: Fraction | None = None


def media_of(clip: Element, file: Element | None, name: str, rate: FrameRate) -> Media:
    """The media that a clip item shows.

    Args:
        clip: the clip item, or the clip of a multicam angle.
        file: its file as it is defined; None if it has none.
        name: of the clip.
        rate: of the timeline.
    """
    if file is None:
        return Media(nodes.file_reference(name, "", None))
    url = text(file, "pathurl")
    called = text(file, "name") or name
    if not url and (text(file, "mediaSource") or called == "Slug"):
        return Media(_drawn(clip, file, name))
    own = rate_of(file) or rate_of(child(file, "media", "video", "samplecharacteristics"))
    frames = frames_in(file, "duration")
    if own is None or not frames or frames < 0:
        return Media(nodes.file_reference(called, url, None, own or rate), own)
    frame, counted, _ = timecode_frame(file, own)
    start, seconds = counted.seconds(frame), own.seconds(frames)
    return Media(nodes.file_reference(called, url, nodes.span(start, seconds, rate), own), own, start, seconds)


def generator_of(item: Element) -> Node:
    """The reference of a generator item: titles and shapes let the picture through, all others hide it."""
    effect = child(item, "effect")
    name = text(item, "name") or text(effect, "name")
    words = " ".join((name, text(effect, "name"), text(effect, "effectid"), text(effect, "effectcategory")))
    kind = text(effect, "effectid") or text(effect, "name") or "generator"
    return nodes.generator_reference(name, _kind(kind, is_opaque=_SEE_THROUGH.search(words) is None))


def _drawn(clip: Element, file: Element, name: str) -> Node:
    """What Premiere draws itself; it tells by ``alphatype`` whether the picture below is seen."""
    alpha = text(clip, "alphatype").casefold()
    source = text(file, "mediaSource") or "Slug"
    words = " ".join((name, text(file, "name"), source))
    is_opaque = alpha == "none" or (not alpha and _SEE_THROUGH.search(words) is None)
    if _SEE_THROUGH.search(source) or _ADJUSTMENT.search(words):
        is_opaque = False
    return nodes.generator_reference(name, _kind(source, is_opaque=is_opaque))


def _kind(kind: str, *, is_opaque: bool) -> str:
    return f"{nodes.OPAQUE}:{kind}" if is_opaque else kind
