"""A plan for a file: which of its packets are to be decoded to see its frames at some times, and how they are reached.

The packets are listed without decoding them; from that list :mod:`hitpoint.core.media.packet_plan` works out the few
stretches that hold the wanted frames. A plan can be cut into parts, each for a thread of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from av.container import InputContainer
from av.video.stream import VideoStream

from hitpoint.core.media.image_sequence import is_sequence
from hitpoint.core.media.media_file import opened, packets
from hitpoint.core.media.packet_plan import PacketIndex, TickPair, cuts, pairs_at, runs_for, tick_at
from hitpoint.core.progress import SILENT, Progress

_PLANNED = ("mov", "matroska", "mpeg", "mxf", "gif")  # containers whose packets have true times and keyframe flags
_SEEKABLE = ("mov", "matroska")  # those whose seek was found exact as well
_SEEK_MARGIN = Fraction(20)  # seconds before the first time from which packets are listed
_LANDING = Fraction(1)  # second before a run where a seek aims: a seek goes by decoding times, which are earlier
_WORTH_A_SEEK = 500  # packets that are sooner read than jumped over
_PACKETS_PER_STEP = 2000


@dataclass(frozen=True, eq=False)
class FramePlan:
    """Frames of one file that are wanted.

    Attributes:
        path: a movie, a still, or an image sequence.
        times: rising, seconds from the first frame of the file.
        index: its packets; None where they tell too little to plan (an AVI with B-frames, packets without times), and
            the file is decoded from its beginning; None for an image sequence as well.
        is_intra: whether every frame stands alone.
        seeks_over: packets from which on a gap is jumped over; None where a seek cannot be trusted.
        begins_at_first: whether the index begins with the file's first packet.
        sequence_rate: images a second, where ``path`` is an image sequence.
    """

    path: Path
    times: tuple[Fraction, ...]
    index: PacketIndex | None = None
    is_intra: bool = False
    seeks_over: int | None = None
    begins_at_first: bool = True
    sequence_rate: Fraction = Fraction(25)

    @cached_property
    def pairs(self) -> list[TickPair]:
        """The frames of each time; none without an index."""
        return [] if self.index is None else pairs_at(self.index, self.times)

    @cached_property
    def needed(self) -> set[int]:
        """Ticks of all frames that are wanted."""
        return {tick for pair in self.pairs for tick in (pair.first, pair.second)}

    @property
    def runs(self) -> list[range]:
        """Places of the packets that are decoded, in the index."""
        return [] if self.index is None else runs_for(self.index, self.needed)

    def landing(self, place: int) -> int:
        """The tick to seek to, to come by the packet at a place of the index."""
        assert self.index is not None
        ahead = Fraction(0) if self.is_intra else _LANDING
        return int(self.index.pts[place]) - int(ahead / self.index.time_base)

    def parts(self, count: int, most: int) -> list[FramePlan]:
        """The plan in parts, none of which decodes much that another does.

        Args:
            count: about so many, where it can be cut.
            most: times in a part, where it can be cut.
        """
        count = max(count, -(-len(self.times) // most))
        if is_sequence(self.path):
            places = [len(self.times) * number // count for number in range(1, count)]
        elif self.index is None or self.seeks_over is None:
            places = []
        else:
            places = cuts(self.index, self.pairs, count)
        edges = [0, *sorted({place for place in places if 0 < place < len(self.times)}), len(self.times)]
        return [replace(self, times=self.times[first:end]) for first, end in pairwise(edges)]


def plan_frames(
    path: Path,
    seconds: Sequence[Fraction | float],
    progress: Progress = SILENT,
    *,
    sequence_rate: Fraction = Fraction(25),
) -> FramePlan:
    """List the packets of a file as far as they matter for some times (any order).

    Raises:
        MediaReadError: if the file cannot be opened or holds no picture.
    """
    plan = FramePlan(path, tuple(sorted(Fraction(each) for each in seconds)), sequence_rate=sequence_rate)
    if is_sequence(path) or not seconds:
        return plan
    with opened(path) as (container, stream):
        is_intra = stream.codec_context.codec.intra_only
        if not (container.format.name.startswith(_PLANNED) or is_intra):
            return plan
        is_exact = container.format.name.startswith(_SEEKABLE) and stream.start_time is not None
        if is_intra and is_exact and (index := _index_in_header(container, stream)):
            return replace(plan, index=index, is_intra=True, seeks_over=1)
        from_tick = _first_tick(stream, plan.times[0]) if is_exact else None
        index = _listed(container, stream, plan.times[-1], from_tick, progress)
    return replace(
        plan,
        index=index,
        is_intra=is_intra,
        seeks_over=_WORTH_A_SEEK if is_exact else None,
        begins_at_first=from_tick is None,
    )


def _index_in_header(container: InputContainer, stream: VideoStream) -> PacketIndex | None:
    """The packets as the head of a QuickTime file lists them, where all are keyframes: nothing else need be read.

    It lists decoding times. Those are the presentation times where no frame waits for another; the reader checks it.
    """
    entries = getattr(stream, "index_entries", None)  # old versions of PyAV do not show them
    if not container.format.name.startswith("mov") or not entries or len(entries) != stream.frames:
        return None
    rows = [(entry.timestamp, entry.is_keyframe, entry.is_discard) for entry in entries]
    return _index_of(rows, stream) if all(keyframe for _, keyframe, _ in rows) else None


def _first_tick(stream: VideoStream, first: Fraction) -> int | None:
    """Where listing begins, for a first time far inside the file."""
    if first < 2 * _SEEK_MARGIN:
        return None
    return tick_at(first - _SEEK_MARGIN, _time_base(stream), stream.start_time or 0)


def _listed(
    container: InputContainer, stream: VideoStream, last: Fraction, from_tick: int | None, progress: Progress
) -> PacketIndex | None:
    """The packets as they come; None if they have no times."""
    rows = list(_packet_rows(container, stream, last, from_tick, progress))
    if not rows or any(pts is None for pts, _, _ in rows):
        return None
    index = _index_of([(pts or 0, keyframe, discarded) for pts, keyframe, discarded in rows], stream)
    return index if len(index.shown) else None


def _packet_rows(
    container: InputContainer, stream: VideoStream, last: Fraction, from_tick: int | None, progress: Progress
) -> Iterator[tuple[int | None, bool, bool]]:
    """(pts, keyframe, discarded) of each packet, up to the third keyframe after the last time.

    What follows the second cannot be shown before it any more.
    """
    last_tick = tick_at(last, _time_base(stream), stream.start_time or 0)
    later_keyframes = 0
    for place, packet in enumerate(packets(container, stream, from_tick)):
        if place % _PACKETS_PER_STEP == 0:
            progress.step(0.0, "Listing frames")
        if packet.is_keyframe and packet.pts is not None and packet.pts > last_tick:
            later_keyframes += 1
            if later_keyframes > 2:
                return
        yield packet.pts, packet.is_keyframe, packet.is_discard


def _index_of(rows: Sequence[tuple[int, bool, bool]], stream: VideoStream) -> PacketIndex:
    pts, keyframe, discarded = zip(*rows, strict=True)
    start = min(pts) if stream.start_time is None else stream.start_time
    return PacketIndex(np.array(pts, np.int64), np.array(keyframe), np.array(discarded), _time_base(stream), start)


def _time_base(stream: VideoStream) -> Fraction:
    return stream.time_base or Fraction(1, 1000)
