"""The packets of a file that must be decoded to see a few of its frames: plain arithmetic over a packet index.

A coded file is a row of packets in decoding order. Some are keyframes; a keyframe and what follows up to the next one
are a GOP (group of pictures). Presentation times (pts) are ticks of the stream's clock and rise only after sorting,
because B-frames are stored after the frames they refer to. A GOP is *open* when some of its pictures are shown before
its keyframe (leading pictures): those also need the GOP before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

SLACK_SECONDS = Fraction(1, 2000)  # a time this little before a frame means that frame: Matroska rounds to 1 ms


@dataclass(frozen=True, eq=False)
class PacketIndex:
    """The packets of one video stream, in the order of the file.

    Attributes:
        pts: (n,) presentation times in ticks.
        keyframe: (n,) where decoding can begin.
        discarded: (n,) packets before an edit list's beginning: needed by the decoder, never shown.
        time_base: seconds per tick.
        start: the tick of the first frame, which is second 0.
    """

    pts: NDArray[np.int64]
    keyframe: NDArray[np.bool_]
    discarded: NDArray[np.bool_]
    time_base: Fraction
    start: int

    @cached_property
    def shown(self) -> NDArray[np.int64]:
        """Ticks at which a new frame is shown, rising."""
        return np.unique(self.pts[~self.discarded])

    @cached_property
    def gop_starts(self) -> NDArray[np.int64]:
        """Places of the keyframes in the file, rising."""
        return np.flatnonzero(self.keyframe)


@dataclass(frozen=True)
class TickPair:
    """Two neighbouring frames, and which of them is the one that was asked for."""

    first: int
    second: int
    shown: int


def tick_at(seconds: Fraction | float, time_base: Fraction, start: int) -> int:
    """The tick of a time from the first frame, not falling short of a frame by a rounding of the file's clock."""
    slack = min(Fraction(1, 2), SLACK_SECONDS / time_base)
    exact = Fraction(seconds) / time_base + slack
    return exact.numerator // exact.denominator + start


def pairs_at(index: PacketIndex, seconds: Sequence[Fraction | float]) -> list[TickPair]:
    """The frame shown at each time (the last one with pts <= t) and the one after it.

    The last frame is paired with the one before it; before the first frame is the first, after the last is the last.
    """
    shown = index.shown
    last = len(shown) - 1
    pairs = []
    for time in seconds:
        at = int(np.searchsorted(shown, tick_at(time, index.time_base, index.start), side="right")) - 1
        at = min(max(at, 0), last)
        first = at if at < last else max(last - 1, 0)
        pairs.append(TickPair(int(shown[first]), int(shown[min(first + 1, last)]), int(shown[at])))
    return pairs


def runs_for(index: PacketIndex, needed: Iterable[int]) -> list[range]:
    """The stretches of packets to send, so that every frame at a needed tick comes out, and no more than that.

    Each run begins at a keyframe; between two runs the decoder is drained and flushed.
    """
    wanted = np.isin(index.pts, np.fromiter(needed, dtype=np.int64)) & ~index.discarded
    stretches = sorted((_decoding_start(index, place), place + 1) for place in map(int, np.flatnonzero(wanted)))
    runs: list[range] = []
    for start, stop in stretches:
        if runs and start <= runs[-1].stop:
            runs[-1] = range(runs[-1].start, max(runs[-1].stop, stop))
        else:
            runs.append(range(start, stop))
    return runs


def cuts(index: PacketIndex, pairs: Sequence[TickPair], count: int) -> list[int]:
    """Where to cut pairs (in order of time) into about ``count`` parts: places in ``pairs``, rising.

    Each part is decoded on its own. A cut inside a GOP decodes the beginning of that GOP twice. Each cut is moved to
    where that is least, and left out where it is more than a quarter of a part's packets.
    """
    count = min(count, len(pairs))
    if count < 2:
        return []
    first, end = _spans(index, pairs)
    begins = np.minimum.accumulate(first[::-1])[::-1][1:]  # of all that comes after each place
    shared = np.maximum(np.maximum.accumulate(end)[:-1] - begins, 0)
    fair = sum(map(len, runs_for(index, {tick for pair in pairs for tick in (pair.first, pair.second)}))) / count
    found = set()
    for number in range(1, count):
        ideal = len(pairs) * number / count
        near = range(
            max(round(ideal - len(pairs) / count / 2), 1),
            min(round(ideal + len(pairs) / count / 2), len(pairs) - 1) + 1,
        )
        place = min(near, key=lambda at: (shared[at - 1], abs(at - ideal)))
        if shared[place - 1] <= fair / 4:
            found.add(place)
    return sorted(found)


def _spans(index: PacketIndex, pairs: Sequence[TickPair]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each pair the place of the first packet to decode, and of the one after the last: (n,) each."""
    there = np.flatnonzero(~index.discarded)
    in_time = there[np.argsort(index.pts[there], kind="stable")]
    ticks = index.pts[in_time]
    places = in_time[np.searchsorted(ticks, [(pair.first, pair.second) for pair in pairs])]
    starts = np.array([[_decoding_start(index, int(place)) for place in both] for both in places], np.int64)
    return starts.min(axis=1), places.max(axis=1) + 1


def _decoding_start(index: PacketIndex, place: int) -> int:
    """Where decoding must begin for the packet at ``place``: its keyframe, or for a leading picture the one before."""
    starts = index.gop_starts
    gop = int(np.searchsorted(starts, place, side="right")) - 1
    if gop < 0:
        return 0
    is_leading = index.pts[place] < index.pts[starts[gop]]
    return int(starts[gop - 1] if is_leading and gop > 0 else starts[gop])
