"""The manner in which a file is written, so that what is added to it is written the same way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hitpoint.bridge.otio.metadata import Host, hosts_in
from hitpoint.bridge.otio.otio_json import Node, number_in, object_in, text_in
from hitpoint.core.timebase import FrameRate


@dataclass(frozen=True)
class Manner:
    """The habits of one file.

    Attributes:
        rate: the number it uses for the timeline's rate, whole or not.
        offset: timeline frame 0 on the tracks' own count: not 0 where the stack that holds them is trimmed.
        uses_clip_1: whether its clips are of the schema before OpenTimelineIO 0.15.
        uses_urls: whether its media are ``file://`` URLs with percent escapes.
        uses_slashes: whether plain paths have slashes on Windows too.
        hosts: whose metadata it holds.
    """

    rate: float | int
    offset: int
    uses_clip_1: bool
    uses_urls: bool
    uses_slashes: bool
    hosts: tuple[Host, ...]


def manner_of(timeline: Node, rate: FrameRate) -> Manner:
    """The habits of the file a timeline stands in; ``rate`` is the timeline's."""
    nodes = list(nodes_of(timeline))
    schemas = {text_in(node, "OTIO_SCHEMA") for node in nodes}
    urls = [text_in(node, "target_url") for node in nodes if "target_url" in node]
    hosts = hosts_in(timeline)
    return Manner(
        rate=_written_rate(nodes, rate),
        offset=_first_frame_shown(object_in(timeline, "tracks", "source_range", "start_time"), rate),
        uses_clip_1="Clip.1" in schemas and "Clip.2" not in schemas,
        uses_urls=_uses_urls(urls, hosts),
        uses_slashes=Host.KDENLIVE in hosts or not any("\\" in url for url in urls),
        hosts=hosts,
    )


def target_url(path: Path, manner: Manner) -> str:
    """A path as the file's own media are written; one that is no Unicode can only be a URL."""
    written = path.as_posix() if manner.uses_slashes else str(path)
    is_text = not any("\ud800" <= character <= "\udfff" for character in written)
    return written if is_text and not manner.uses_urls else path.as_uri()


def nodes_of(root: Node) -> Iterator[Node]:
    """Every object inside a document, in any order and at any depth."""
    waiting: list[Any] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _first_frame_shown(start: Node, rate: FrameRate) -> int:
    """Where a stack that is trimmed begins to be seen: its tracks lie that much earlier than the timeline."""
    own_rate, value = number_in(start, "rate") or 0.0, number_in(start, "value") or 0.0
    return rate.nearest_frame(value / own_rate) if 1e-3 < own_rate < 1e6 and abs(value) < 1e12 else 0


def _written_rate(nodes: list[Node], rate: FrameRate) -> float | int:
    """The number most of the file's times have for that rate, whole or not, else the exact one."""
    written: Counter[tuple[bool, float]] = Counter()
    for node in nodes:
        value = node.get("rate")
        if isinstance(value, int | float) and not isinstance(value, bool) and 1e-3 < value < 1e6:
            written[isinstance(value, int), float(value)] += 1
    for (is_whole, value), _ in written.most_common():
        if FrameRate.from_float(value) == rate:
            return int(value) if is_whole else value
    return float(rate.frames_per_second)


def _uses_urls(urls: list[str], hosts: tuple[Host, ...]) -> bool:
    """Kdenlive and Resolve cannot read percent-encoded URLs, Premiere wants them; else as most media have it."""
    if Host.KDENLIVE in hosts or Host.RESOLVE in hosts:
        return False
    return Host.PREMIERE in hosts or 2 * sum(url.startswith("file:") for url in urls) > len(urls)
