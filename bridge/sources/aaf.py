"""Facts that OpenTimelineIO's adapter for AAF gets wrong: markers as Resolve writes them, and start timecodes.

Resolve's markers say neither what they describe nor on which track, which the adapter does not survive; it is given a
copy without them then, and they are read here. A Pro Tools session has no picture whose rate could be asked; the
timecode's is that of the film it belongs to.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aaf2

from hitpoint.bridge.exchange import nodes
from hitpoint.bridge.otio.otio_json import Node, find_timeline, nodes_in, object_in
from hitpoint.bridge.otio.times import is_picture_rate
from hitpoint.core.timebase import FrameRate, format_timecode, parse_time

_NTSC = Fraction(1000, 1001)
_SEEN_AND_HEARD = ("Picture", "Sound")  # tracks without timecode and markers; reading their clips takes its time


@dataclass(frozen=True)
class Facts:
    """The facts of a composition.

    Attributes:
        picture_rate: edit rate of its first picture track; None if it has none.
        start: timecode of its first frame, in frames; None if it has no timecode.
        fps: frames that a second of the timecode counts.
        is_drop: whether it drops numbers.
        marks: seconds from the beginning, and text.
    """

    picture_rate: Fraction | None = None
    start: int | None = None
    fps: int = 25
    is_drop: bool = False
    marks: tuple[tuple[Fraction, str], ...] = ()

    @property
    def rate(self) -> FrameRate | None:
        """The rate of the film; None if nothing tells it."""
        if self.picture_rate is not None:
            return FrameRate(self.picture_rate)
        if self.start is None or not is_picture_rate(Fraction(self.fps)):
            return None
        return FrameRate(self.fps * _NTSC if self.is_drop else Fraction(self.fps))


def facts_of(path: Path) -> Facts:
    """The facts of the composition that a file is of; no facts if it cannot be read."""
    try:
        with aaf2.open(str(path)) as file:
            return facts_in(file.content)
    except Exception:  # noqa: BLE001  a damaged file raises whatever it likes; the adapter will say that it is
        return Facts()


def facts_in(content: Any) -> Facts:
    """The same of the content of a file that is open.

    Raises:
        Exception: of any kind, if it is damaged.
    """
    composition = next(iter([*content.toplevel(), *content.compositionmobs()]), None)
    return Facts() if composition is None else _facts(composition)


@contextmanager
def without_marks(path: Path) -> Iterator[Path]:
    """A copy of a file without its markers, as long as the context lasts."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        shutil.copyfile(path, copy)
        with aaf2.open(str(copy), "rw") as file:
            for mob in file.content.mobs:
                for place in reversed(range(len(mob.slots))):
                    if isinstance(mob.slots[place], aaf2.mobslots.EventMobSlot):
                        mob.slots.pop(place)
        yield copy


def completed(document: Node, facts: Facts, *, with_marks: bool) -> Node:
    """The adapter's document, changed in place.

    It gets the start timecode as the file means it, and the markers if they lack.
    """
    timeline = find_timeline(document)
    rate = facts.rate
    if rate is None:
        return document
    if facts.start is not None:
        timeline["global_start_time"] = nodes.time(rate.seconds(_start(facts, rate)), rate)
        drops = facts.is_drop and rate.is_ntsc and rate.nominal % 30 == 0
        timeline["metadata"] = {**object_in(timeline, "metadata"), "timecode": {"drop_frame": drops}}
    if with_marks:
        stack = object_in(timeline, "tracks")
        marks = [nodes.marker(at, rate.seconds(1), text, "", rate) for at, text in facts.marks]
        stack["markers"] = [*nodes_in(stack, "markers"), *marks]
    return document


def _start(facts: Facts, rate: FrameRate) -> int:
    """The first frame's timecode as frames of the timeline: its name stays where numbers cannot be dropped."""
    start = facts.start or 0
    if facts.fps != rate.nominal:
        counted = facts.fps * _NTSC if facts.is_drop else Fraction(facts.fps)
        return rate.nearest_frame(start / counted)
    if facts.is_drop and not rate.is_ntsc:
        name = format_timecode(start, FrameRate(facts.fps * _NTSC), drop_frame=True)
        return parse_time(name.replace(";", ":"), rate)
    return start


def _facts(composition: Any) -> Facts:
    rate, code, marks = None, None, []
    for slot in composition.slots:
        own = Fraction(str(slot.edit_rate)) if hasattr(slot, "edit_rate") else Fraction(0)
        for component in [] if slot.media_kind in _SEEN_AND_HEARD else _components(slot.segment):
            if isinstance(component, aaf2.components.Timecode):
                code = code or component
            elif isinstance(component, aaf2.components.DescriptiveMarker) and own > 0:
                marks.append((component["Position"].value / own, component["Comment"].value or ""))
        if rate is None and slot.media_kind == "Picture" and is_picture_rate(own):
            rate = own
    if code is None:
        return Facts(rate, marks=tuple(marks))
    return Facts(rate, int(code.start), int(code.fps), bool(code.drop), tuple(marks))


def _components(segment: Any) -> list[Any]:
    return list(segment.components) if isinstance(segment, aaf2.components.Sequence) else [segment]
