"""Decoded frames: the only place in ``core`` that opens media.

A file is read twice. The first pass only lists its packets; from that list :mod:`hitpoint.core.features.packet_plan`
works out the few stretches that hold the wanted frames. The second pass sends those stretches to the decoder and skips
the rest, which costs a small part of a full decode and gives the very same pixels. A file whose list is of no use
(packets without times, packets that never become a frame) is decoded from its beginning instead.

Times are seconds from the first frame of the file; a time outside it means its first or last frame. Image sequences are
paths with a ``%05d`` (or ``%d``) where the number stands, at a rate the caller knows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation
from av.video.stream import VideoStream
from numpy.typing import NDArray

from hitpoint.core.errors import MediaReadError
from hitpoint.core.features.image_sequence import is_sequence, sequence_files
from hitpoint.core.features.packet_plan import SLACK_SECONDS, PacketIndex, TickPair, pairs_at, runs_for, tick_at
from hitpoint.core.progress import SILENT, Progress

SMALL_SIDE = 336  # pixels of the shorter side of the small picture: what CLIP ViT-L/14@336 looks at
_LONGEST = 4 * SMALL_SIDE  # of its longer side, for banners and strips
_ATTACHED_PICTURE = 1024  # AV_DISPOSITION_ATTACHED_PIC: the cover of a song is a video stream too
_OPEN_OPTIONS = {"protocol_whitelist": "file"}  # a playlist in disguise must not fetch anything
_PACKETS_PER_STEP = 2000
_PLANNED = ("mov", "matroska", "mpeg", "mxf", "gif")  # containers whose packets have true times and keyframe flags
_SEEKABLE = ("mov", "matroska")  # those whose seek was found exact as well
_SEEK_MARGIN = Fraction(20)  # seconds

Rgb = NDArray[np.uint8]
Packet: TypeAlias = "av.Packet[VideoStream]"


@dataclass(frozen=True, eq=False)
class FramePair:
    """Two consecutive frames of a file at its own rate.

    Attributes:
        index: which of the times asked for.
        seconds: when the frame that was asked for begins, in seconds from the first frame of the file.
        first: (height, width, 3) uint8 RGB as coded; of the two frames the earlier one.
        second: (height, width, 3) uint8 RGB, the later one; the same as ``first`` where a file has one frame only.
        small: (h, w, 3) uint8 RGB of the frame asked for, upright, with square pixels, its shorter side 336.
    """

    index: int
    seconds: Fraction
    first: Rgb
    second: Rgb
    small: Rgb


@dataclass(frozen=True, eq=False)
class _Decoded:
    """A frame inside this file: its tick (None where the file has no times) and the shape of its pixels."""

    tick: int | None
    frame: VideoFrame
    pixel_aspect: Fraction


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
    if is_sequence(path):
        pairs = _pairs_of_sequence(path, seconds, sequence_rate, progress)
    else:
        pairs = _pairs_of_movie(path, seconds, progress)
    try:
        yield from pairs
    except av.FFmpegError as error:
        raise MediaReadError(f"{path.name} cannot be decoded ({error.strerror}): export or copy it again") from None


@contextmanager
def opened(path: Path) -> Iterator[tuple[InputContainer, VideoStream]]:
    """A media file and its video stream, cover pictures not counted; closed at the end.

    Raises:
        MediaReadError: if it cannot be opened or holds no picture.
    """
    if not path.is_file():
        raise MediaReadError(f"{path} is not there: relink the clip, or say where its media is with --media")
    try:
        container = av.open(str(path.absolute()), options=_OPEN_OPTIONS)
    except (av.FFmpegError, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise MediaReadError(f"{path.name} cannot be read as a movie ({reason}): export or copy it again") from None
    with container:
        streams = [each for each in container.streams.video if not int(each.disposition) & _ATTACHED_PICTURE]
        if not streams:
            raise MediaReadError(f"{path.name} holds no picture: link the clip to a movie or a still")
        stream = streams[0]
        stream.thread_type = "AUTO"
        yield container, stream


def _pairs_of_movie(path: Path, seconds: Sequence[Fraction | float], progress: Progress) -> Iterator[FramePair]:
    order = sorted(range(len(seconds)), key=lambda i: Fraction(seconds[i]))
    times = [Fraction(seconds[i]) for i in order]
    done: set[int] = set()
    for pair in _planned_pairs(path, times, progress.part(0.0, 0.9)):
        done.add(pair.index)
        yield replace(pair, index=order[pair.index])
    missing = [place for place in range(len(times)) if place not in done]
    if missing:
        for pair in _pairs_from_the_start(path, [times[place] for place in missing], progress.part(0.9, 1.0)):
            yield replace(pair, index=order[missing[pair.index]])


def _planned_pairs(path: Path, times: Sequence[Fraction], progress: Progress) -> Iterator[FramePair]:
    index, seek_tick = _packet_index(path, times, progress)
    if index is None or not len(index.shown):
        return
    pairs = pairs_at(index, times)
    needed = {tick for pair in pairs for tick in (pair.first, pair.second)}
    frames = _frames_of_runs(path, runs_for(index, needed), needed, seek_tick, progress)
    for place, first, second in _matched(pairs, frames):
        begin = (pairs[place].shown - index.start) * index.time_base
        yield _frame_pair(place, begin, first, second, second_is_shown=pairs[place].shown == pairs[place].second)


def _packet_index(path: Path, times: Sequence[Fraction], progress: Progress) -> tuple[PacketIndex | None, int | None]:
    """The packets as far as they matter for the times (rising), and the tick to seek to before reading them.

    None where the container does not tell enough to plan (an AVI with B-frames, packets without times).
    """
    with opened(path) as (container, stream):
        if not (container.format.name.startswith(_PLANNED) or stream.codec_context.codec.intra_only):
            return None, None
        time_base = stream.time_base or Fraction(1, 1000)
        seek_tick = _seek_tick(container, stream, times[0], time_base)
        rows = list(_packet_rows(container, stream, times[-1], time_base, seek_tick, progress))
        if not rows or any(pts is None for pts, _, _ in rows):
            return None, None
        start = stream.start_time
    pts, keyframe, discarded = zip(*rows, strict=True)
    if start is None:
        start = min(pts)
    index = PacketIndex(np.array(pts, np.int64), np.array(keyframe), np.array(discarded), time_base, start)
    return index, seek_tick


def _seek_tick(container: InputContainer, stream: VideoStream, first: Fraction, time_base: Fraction) -> int | None:
    is_exact = container.format.name.startswith(_SEEKABLE) and stream.start_time is not None
    if not is_exact or first < 2 * _SEEK_MARGIN:
        return None
    return tick_at(first - _SEEK_MARGIN, time_base, stream.start_time or 0)


def _packet_rows(
    container: InputContainer,
    stream: VideoStream,
    last: Fraction,
    time_base: Fraction,
    seek_tick: int | None,
    progress: Progress,
) -> Iterator[tuple[int | None, bool, bool]]:
    """(pts, keyframe, discarded) of each packet, up to the second keyframe after the last time.

    What follows that keyframe cannot be shown before it any more.
    """
    last_tick = tick_at(last, time_base, stream.start_time or 0)
    later_keyframes = 0
    for place, packet in enumerate(_packets(container, stream, seek_tick)):
        if place % _PACKETS_PER_STEP == 0:
            progress.step(0.0, "Listing frames")
        if packet.is_keyframe and packet.pts is not None and packet.pts > last_tick:
            later_keyframes += 1
            if later_keyframes > 2:
                return
        yield packet.pts, packet.is_keyframe, packet.is_discard


def _packets(container: InputContainer, stream: VideoStream, seek_tick: int | None) -> Iterator[Packet]:
    """The packets from a tick on (None: all); a file that breaks off gives those it has."""
    if seek_tick is not None:
        with suppress(av.FFmpegError):  # then both passes begin at the beginning
            container.seek(seek_tick, stream=stream, backward=True)
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, av.FFmpegError):
            return
        if packet.size:  # the empty one at the end is PyAV's flush packet
            yield packet


def _frames_of_runs(
    path: Path, runs: Sequence[range], needed: set[int], seek_tick: int | None, progress: Progress
) -> Iterator[_Decoded]:
    """The needed frames, from a newly opened file: a seek to 0 loses packets in MPEG-TS."""
    with opened(path) as (container, stream):
        packets = _packets(container, stream, seek_tick)
        place = 0
        for number, run in enumerate(runs):
            progress.step(number / len(runs), f"Looking at {path.name}")
            for packet in islice(packets, run.start - place, run.stop - place):
                # NONREF: the decoder drops frames to which no other frame refers, unless this is one we want
                stream.codec_context.skip_frame = "DEFAULT" if packet.pts in needed else "NONREF"
                yield from (each for each in _decoded(stream, packet) if each.tick in needed)
            place = run.stop
            yield from (each for each in _decoded(stream, None) if each.tick in needed)
            stream.codec_context.flush_buffers()
    progress.step(1.0, f"Looking at {path.name}")


def _decoded(stream: VideoStream, packet: Packet | None) -> list[_Decoded]:
    """What comes out for one packet (None: what is left inside); nothing for a damaged one."""
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
    yield from _packets(container, stream, None)
    yield None


def _pairs_of_sequence(
    path: Path, seconds: Sequence[Fraction | float], rate: Fraction, progress: Progress
) -> Iterator[FramePair]:
    files = sequence_files(path)
    numbers = np.array(sorted(files), np.int64)
    every = np.ones(len(numbers), np.bool_)
    pairs = pairs_at(PacketIndex(numbers, every, ~every, 1 / rate, int(numbers[0])), seconds)
    for count, place in enumerate(sorted(range(len(pairs)), key=lambda place: pairs[place].shown)):
        progress.step(count / len(pairs), f"Looking at {path.name}")
        pair = pairs[place]
        frames = [decoded for at in (pair.first, pair.second) for _, decoded in islice(_all_frames(files[at]), 1)]
        if len(frames) == 2:
            begin = (pair.shown - int(numbers[0])) / rate
            yield _frame_pair(place, begin, frames[0], frames[1], second_is_shown=pair.shown == pair.second)


def _frame_pair(
    place: int, begin: Fraction, first: _Decoded, second: _Decoded, *, second_is_shown: bool = False
) -> FramePair:
    """The pixels of two frames; where the size changes between them the second is brought to the first's."""
    width, height = first.frame.width, first.frame.height
    rgb = _rgb(first.frame, width, height)
    other = rgb if second is first else _rgb(second.frame, width, height)
    return FramePair(place, begin, rgb, other, _small(second if second_is_shown else first))


def _rgb(frame: VideoFrame, width: int, height: int) -> Rgb:
    pixels = frame.reformat(width, height, format="rgb24", interpolation=Interpolation.BICUBIC).to_ndarray()
    return np.asarray(pixels, dtype=np.uint8)


def _small(decoded: _Decoded) -> Rgb:
    """The whole frame, upright: swscale's bicubic widens its kernel when it shrinks, so nothing flickers."""
    frame = decoded.frame
    width, height = frame.width * decoded.pixel_aspect, Fraction(frame.height)
    scale = SMALL_SIDE / min(width, height)
    pixels = _rgb(frame, min(round(width * scale), _LONGEST), min(round(height * scale), _LONGEST))
    return np.ascontiguousarray(np.rot90(pixels, round(frame.rotation / 90)))
