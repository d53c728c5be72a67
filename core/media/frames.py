"""Decoded frames of a file at some times, and no other frame of it.

Most files are read twice. The first time only their packets are listed; from that list
:mod:`hitpoint.core.media.frame_plan` works out the few stretches that hold the wanted frames. The second pass sends
those stretches to the decoder and skips the rest, which costs a small part of a full decode and gives the very same
pixels. A file whose list is of no use (packets without times, packets that never become a frame) is decoded from its
beginning instead.

Times are seconds from the first frame of the file; a time outside it means its first or last frame. Image sequences are
paths with a ``%05d`` (or ``%d``) where the number stands, at a rate the caller knows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import chain, islice
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation
from av.video.stream import VideoStream
from numpy.typing import NDArray

from hitpoint.core.errors import MediaReadError
from hitpoint.core.media.frame_plan import FramePlan, plan_frames
from hitpoint.core.media.image_sequence import is_sequence, sequence_files
from hitpoint.core.media.media_file import Packet, opened, packets
from hitpoint.core.media.packet_plan import SLACK_SECONDS, PacketIndex, TickPair, pairs_at
from hitpoint.core.progress import SILENT, Progress

SMALL_SIDE = 336  # pixels of the shorter side of the small picture: what CLIP ViT-L/14@336 looks at
_LONGEST = 4 * SMALL_SIDE  # of its longer side, for banners and strips

Rgb = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class _Decoded:
    """A frame inside this file: its tick (None where the file has no times) and the shape of its pixels."""

    tick: int | None
    frame: VideoFrame
    pixel_aspect: Fraction


@dataclass(frozen=True, eq=False)
class FramePair:
    """Two consecutive frames of a file at its own rate.

    Attributes:
        index: which of the times asked for.
        seconds: when the frame that was asked for begins, in seconds from the first frame of the file.
        first: (height, width, 3) uint8 RGB as coded; of the two frames the earlier one.
        second: (height, width, 3) uint8 RGB, the later one; the same as ``first`` where a file has one frame only.
        shown: the one of the two that was asked for.
    """

    index: int
    seconds: Fraction
    first: Rgb
    second: Rgb
    shown: Rgb
    _decoded: _Decoded

    @cached_property
    def small(self) -> Rgb:
        """(h, w, 3) uint8 RGB of the frame asked for, upright, with square pixels, its shorter side 336."""
        return _small(self._decoded)


def frame_pairs(
    path: Path,
    seconds: Sequence[Fraction | float],
    progress: Progress = SILENT,
    *,
    sequence_rate: Fraction = Fraction(25),
) -> Iterator[FramePair]:
    """Decode the frame shown at each time, with the frame after it (the last frame: with the one before it).

    Args:
        path: a movie, a still, or an image sequence.
        seconds: times from the first frame, in any order.
        progress: stepped between GOPs, so that a cancelled call stops there.
        sequence_rate: images a second, where ``path`` is an image sequence.

    Yields:
        One pair for each time, as they come out of the file: in order of time. A time whose frame is damaged beyond
        decoding gives the frame before it, or nothing when there is none.

    Raises:
        MediaReadError: if the file is not there or is no picture.
    """
    if not seconds:
        return
    order = sorted(range(len(seconds)), key=lambda place: Fraction(seconds[place]))
    for pair in planned_pairs(plan_frames(path, seconds, progress, sequence_rate=sequence_rate), progress):
        yield replace(pair, index=order[pair.index])


def planned_pairs(plan: FramePlan, progress: Progress = SILENT, *, threads: int = 0) -> Iterator[FramePair]:
    """As :func:`frame_pairs`, for a file whose packets are listed; a pair's index is of the plan's times.

    Args:
        plan: what is wanted of a file.
        progress: stepped between GOPs.
        threads: that decode; 0 for as many as there are cores.

    Raises:
        MediaReadError: if the file is not there or cannot be decoded.
    """
    pairs = _pairs_of_sequence(plan, progress) if is_sequence(plan.path) else _pairs_of_movie(plan, threads, progress)
    try:
        yield from pairs
    except av.FFmpegError as error:
        name = plan.path.name
        raise MediaReadError(f"{name} cannot be decoded ({error.strerror}): export or copy it again") from None


def _pairs_of_movie(plan: FramePlan, threads: int, progress: Progress) -> Iterator[FramePair]:
    done: set[int] = set()
    if plan.index is not None:
        for pair in _pairs_of_runs(plan, plan.index, threads, progress.part(0.0, 0.9)):
            done.add(pair.index)
            yield pair
    missing = [place for place in range(len(plan.times)) if place not in done]
    if missing:
        times = [plan.times[place] for place in missing]
        for pair in _pairs_from_the_start(plan.path, times, progress.part(0.9, 1.0)):
            yield replace(pair, index=missing[pair.index])


def _pairs_of_runs(plan: FramePlan, index: PacketIndex, threads: int, progress: Progress) -> Iterator[FramePair]:
    for place, first, second in _matched(plan.pairs, _frames_of_runs(plan, index, threads, progress)):
        pair = plan.pairs[place]
        begin = (pair.shown - index.start) * index.time_base
        yield _frame_pair(place, begin, first, second, second_is_shown=pair.shown == pair.second)


def _frames_of_runs(plan: FramePlan, index: PacketIndex, threads: int, progress: Progress) -> Iterator[_Decoded]:
    """The needed frames, from a newly opened file: a seek to 0 loses packets in MPEG-TS."""
    message, needed, runs = f"Looking at {plan.path.name}", plan.needed, plan.runs
    with opened(plan.path, threads) as (container, stream):
        reader = _RunReader(plan, index, container, stream)
        for number, run in enumerate(runs):
            progress.step(number / len(runs), message)
            for packet in reader.packets(run):
                # NONREF: the decoder drops frames to which no other frame refers, unless this is one we want
                stream.codec_context.skip_frame = "DEFAULT" if packet.pts in needed else "NONREF"
                yield from (each for each in _decoded(stream, packet) if each.tick in needed)
            if not plan.is_intra or number + 1 == len(runs):
                yield from (each for each in _decoded(stream, None) if each.tick in needed)
                stream.codec_context.flush_buffers()
    progress.step(1.0, message)


class _RunReader:
    """Reads stretches of packets, one after another; jumps over what lies between where that is quicker."""

    def __init__(self, plan: FramePlan, index: PacketIndex, container: InputContainer, stream: VideoStream) -> None:
        self._plan, self._index = plan, index
        self._container, self._stream = container, stream
        self._packets = packets(container, stream)
        self._place: int | None = 0 if plan.begins_at_first else None
        self._is_lost = False

    def packets(self, run: range) -> Iterator[Packet]:
        """The packets of a stretch; none any more once one was not found, as in a file whose list does not fit."""
        if self._is_lost:
            return
        if self._place is None or self._is_far(run.start):
            first = self._sought(run.start)
            self._is_lost = first is None
            if first is not None:
                yield first
                yield from islice(self._packets, len(run) - 1)
        else:
            yield from islice(self._packets, run.start - self._place, run.stop - self._place)
        self._place = run.stop

    def _is_far(self, place: int) -> bool:
        assert self._place is not None
        return self._plan.seeks_over is not None and place - self._place >= self._plan.seeks_over

    def _sought(self, place: int) -> Packet | None:
        """The packet at a place of the list; what follows it comes next."""
        tick = int(self._index.pts[place])
        self._packets = packets(self._container, self._stream, self._plan.landing(place))
        return next((packet for packet in self._packets if packet.pts == tick), None)


def _decoded(stream: VideoStream, packet: Packet | None) -> list[_Decoded]:
    """The frames decoded from one packet (None: those left in the decoder); nothing for a damaged one."""
    aspect = Fraction(stream.codec_context.sample_aspect_ratio or 1)
    try:
        return [_Decoded(frame.pts, frame, aspect) for frame in stream.codec_context.decode(packet)]
    except av.FFmpegError:
        return []


def _matched(pairs: Sequence[TickPair], frames: Iterator[_Decoded]) -> Iterator[tuple[int, _Decoded, _Decoded]]:
    """(which pair, first, second) as soon as both frames are there; a frame is kept only while it is waited for."""
    places: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for place, pair in enumerate(pairs):
        places[pair.first, pair.second].append(place)
    open_keys: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    for key in places:
        for tick in key:
            open_keys[tick].add(key)
    kept: dict[int, _Decoded] = {}
    for each in frames:
        assert each.tick is not None
        kept.setdefault(each.tick, each)
        for key in sorted(key for key in open_keys[each.tick] if key[0] in kept and key[1] in kept):
            yield from ((place, kept[key[0]], kept[key[1]]) for place in places[key])
            for tick in key:
                open_keys[tick].discard(key)
        kept = {tick: frame for tick, frame in kept.items() if open_keys[tick]}


def _pairs_from_the_start(path: Path, times: Sequence[Fraction], progress: Progress) -> Iterator[FramePair]:
    """The same by decoding everything up to the last time (rising): slow, and good for any file that decodes at all."""
    place = 0
    before: tuple[Fraction, _Decoded] | None = None
    latest: tuple[Fraction, _Decoded] | None = None
    for begin, decoded in _all_frames(path):
        progress.step(place / len(times), f"Looking at {path.name}")
        before, latest = latest, (begin, decoded)
        while before is not None and place < len(times) and times[place] < begin - SLACK_SECONDS:
            yield _frame_pair(place, before[0], before[1], decoded)
            place += 1
        if place == len(times):
            return
    if latest is not None:
        first = before or latest
        for rest in range(place, len(times)):
            yield _frame_pair(rest, latest[0], first[1], latest[1], second_is_shown=True)


def _all_frames(path: Path) -> Iterator[tuple[Fraction, _Decoded]]:
    """(begin, frame) of every frame; frames without a time follow each other at the average rate."""
    with opened(path) as (container, stream):
        time_base = stream.time_base or Fraction(1, 1000)
        step = 1 / Fraction(stream.average_rate or 25)
        start = stream.start_time
        frames = chain.from_iterable(_decoded(stream, packet) for packet in _packets_and_end(container, stream))
        for count, decoded in enumerate(frames):
            if start is None:
                start = decoded.tick
            if decoded.tick is None or start is None:
                yield count * step, decoded
            else:
                yield (decoded.tick - start) * time_base, decoded


def _packets_and_end(container: InputContainer, stream: VideoStream) -> Iterator[Packet | None]:
    yield from packets(container, stream)
    yield None


def _pairs_of_sequence(plan: FramePlan, progress: Progress) -> Iterator[FramePair]:
    files = sequence_files(plan.path)
    numbers = np.array(sorted(files), np.int64)
    every = np.ones(len(numbers), np.bool_)
    pairs = pairs_at(PacketIndex(numbers, every, ~every, 1 / plan.sequence_rate, int(numbers[0])), plan.times)
    for place, pair in enumerate(pairs):
        progress.step(place / len(pairs), f"Looking at {plan.path.name}")
        frames = [decoded for at in (pair.first, pair.second) for _, decoded in islice(_all_frames(files[at]), 1)]
        if len(frames) == 2:
            begin = (pair.shown - int(numbers[0])) / plan.sequence_rate
            yield _frame_pair(place, begin, frames[0], frames[1], second_is_shown=pair.shown == pair.second)


def _frame_pair(
    place: int, begin: Fraction, first: _Decoded, second: _Decoded, *, second_is_shown: bool = False
) -> FramePair:
    """The pixels of two frames; where the size changes between them the second is brought to the first's."""
    width, height = first.frame.width, first.frame.height
    rgb = _rgb(first.frame, width, height)
    other = rgb if second is first else _rgb(second.frame, width, height)
    if second_is_shown:
        return FramePair(place, begin, rgb, other, other, second)
    return FramePair(place, begin, rgb, other, rgb, first)


def _rgb(frame: VideoFrame, width: int, height: int) -> Rgb:
    converted = frame.reformat(width, height, format="rgb24", interpolation=Interpolation.BICUBIC, threads=1)
    return np.asarray(converted.to_ndarray(), dtype=np.uint8)


def _small(decoded: _Decoded) -> Rgb:
    """The whole frame, upright: swscale's bicubic widens its kernel when it shrinks, so nothing flickers."""
    frame = decoded.frame
    width, height = frame.width * decoded.pixel_aspect, Fraction(frame.height)
    scale = SMALL_SIDE / min(width, height)
    pixels = _rgb(frame, min(round(width * scale), _LONGEST), min(round(height * scale), _LONGEST))
    return np.ascontiguousarray(np.rot90(pixels, round(frame.rotation / 90)))
