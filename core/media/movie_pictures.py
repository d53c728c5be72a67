"""Small pictures of one file at rising times, for looking at: it decodes on and seldom seeks.

:mod:`hitpoint.core.media.frames` plans a whole file at once and needs its packet list first; here the times come one
after another while somebody plays or drags, and nothing may be listed beforehand. A seek that lands behind the wanted
frame (as in MPEG-TS) is noticed and repeated from further back, so the frame is the right one in every container.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation
from numpy.typing import NDArray

from hitpoint.core.errors import MediaReadError
from hitpoint.core.media.image_sequence import sequence_files
from hitpoint.core.media.media_file import opened
from hitpoint.core.media.packet_plan import tick_at

Rgb: TypeAlias = NDArray[np.uint8]
IsWanted: TypeAlias = Callable[[], bool]

_EXACT = ("mov", "matroska")  # containers whose seek lands where it should
_BACK = (
    Fraction(0),
    Fraction(1),
    Fraction(5),
    Fraction(20),
)  # seconds further back, one after another, then the beginning
_WITHOUT_INDEX = Fraction(2)  # seconds ahead that are decoded rather than sought, where keyframes are not known
_SURELY_EARLIER = Fraction(1, 2)  # seconds before the wanted time at which no frame is the wanted one
_LATEST = 2**62  # tick, so that FFmpeg can count to it
_WIDEST = 4  # times as wide as high, for banners


class MoviePictures:
    """One opened movie or still. Belongs to one thread.

    Args:
        path: the file.

    Raises:
        MediaReadError: if it cannot be opened or holds no picture.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files = ExitStack()
        self._is_seekable = True
        self._open()

    def close(self) -> None:
        """Close the file."""
        self._files.close()

    def pictures(self, times: Sequence[Fraction], height: int, is_wanted: IsWanted) -> Iterator[tuple[int, Rgb]]:
        """The frame shown at each time (rising, seconds from the first frame), ``height`` pixels high, upright.

        Before the first frame it is the first, after the last the last. Ends early when ``is_wanted`` answers False.

        Yields:
            Which of the times, and (height, width, 3) uint8 RGB with square pixels.
        """
        shown: VideoFrame | None = None
        pixels: Rgb | None = None
        for place, time in enumerate(times):
            if not self._go_to(time, is_wanted):
                return
            if self._now is None:
                return
            if pixels is None or self._now is not shown:
                shown = self._now
                pixels = _small(shown, height, Fraction(self._stream.codec_context.sample_aspect_ratio or 1))
            yield place, pixels

    def _open(self) -> None:
        self._files.close()
        self._container, self._stream = self._files.enter_context(opened(self._path))
        self._time_base = self._stream.time_base or Fraction(1, 1000)
        self._start = self._stream.start_time
        self._begin()

    def _begin(self) -> None:
        """Decode from where the file stands."""
        self._frames = self._decoded()
        self._wanted_tick: int | None = None
        self._count = 0
        self._now: VideoFrame | None = None
        self._now_tick = 0
        self._next, self._next_tick = self._following()
        if self._start is None:
            self._start = self._next_tick

    def _go_to(self, time: Fraction, is_wanted: IsWanted) -> bool:
        """Make the frame at a time the present one; False if it is not wanted any more."""
        tick = min(max(tick_at(time, self._time_base, self._start or 0), self._start or 0), _LATEST)
        if self._now is None or tick < self._now_tick or self._is_far(tick):
            self._seek(tick)
        self._wanted_tick = tick
        while self._next is not None and (self._now is None or self._next_tick <= tick):
            if not is_wanted():
                return False
            self._now, self._now_tick = self._next, self._next_tick
            self._next, self._next_tick = self._following()
        return True

    def _is_far(self, tick: int) -> bool:
        """Whether a keyframe lies between the present frame and a later tick, so that a seek saves work."""
        if not self._is_seekable or self._next is None:
            return False
        entries = getattr(self._stream, "index_entries", None)  # old versions of PyAV do not show them
        place = -1 if entries is None else entries.search_timestamp(tick, backward=True)
        if (
            entries is None or place < 0 or place == len(entries) - 1
        ):  # there is no index, or it has grown as far as the file was read
            return (tick - self._next_tick) * self._time_base > _WITHOUT_INDEX
        return int(entries[place].timestamp) > self._next_tick

    def _seek(self, tick: int) -> None:
        """Stand at or before a tick."""
        if self._next is not None and self._now is None and self._next_tick <= tick and not self._is_far(tick):
            return  # freshly opened, and on the way
        for seconds in _BACK if self._is_seekable else ():
            extra = seconds if self._container.format.name.startswith(_EXACT) else seconds + 1
            with suppress(av.FFmpegError):
                self._container.seek(tick - int(extra / self._time_base), stream=self._stream, backward=True)
                self._stream.codec_context.flush_buffers()
                self._begin()
                if self._next is not None and self._next_tick <= tick:
                    return
        self._open()

    def _following(self) -> tuple[VideoFrame | None, int]:
        """The next frame to be shown and its tick; frames without a time follow each other at the average rate."""
        frame = next(self._frames, None)
        if frame is None:
            return None, 0
        if frame.pts is not None:
            return frame, frame.pts
        self._is_seekable = False
        self._count += 1
        step = 1 / (Fraction(self._stream.average_rate or 25) * self._time_base)
        return frame, int((self._count - 1) * step)

    def _decoded(self) -> Iterator[VideoFrame]:
        """All frames from here on; damaged ones are left out, and a file that breaks off gives what it has."""
        context = self._stream.codec_context
        surely = int(_SURELY_EARLIER / self._time_base)
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets)
            except (StopIteration, av.FFmpegError):
                return
            is_early = (
                self._wanted_tick is not None and packet.pts is not None and packet.pts < self._wanted_tick - surely
            )
            context.skip_frame = "NONREF" if is_early else "DEFAULT"  # what nothing refers to need not be decoded
            with suppress(av.FFmpegError):
                yield from context.decode(packet if packet.size else None)


class SequencePictures:
    """The images of a sequence such as ``shot.%05d.png``.

    Args:
        path: with the number's place in its name.
        rate: images a second.

    Raises:
        MediaReadError: if there is none.
    """

    def __init__(self, path: Path, rate: Fraction) -> None:
        self._rate = rate
        self._files = sequence_files(path)
        self._numbers = np.array(sorted(self._files), np.int64)

    def close(self) -> None:
        """Nothing stays open."""

    def pictures(self, times: Sequence[Fraction], height: int, is_wanted: IsWanted) -> Iterator[tuple[int, Rgb]]:
        """As :meth:`MoviePictures.pictures`; where an image is missing the one before it stands."""
        for place, time in enumerate(times):
            if not is_wanted():
                return
            tick = tick_at(time, 1 / self._rate, int(self._numbers[0]))
            at = int(np.searchsorted(self._numbers, tick, side="right")) - 1
            image = MoviePictures(self._files[int(self._numbers[max(at, 0)])])
            try:
                yield from ((place, pixels) for _, pixels in image.pictures([Fraction(0)], height, is_wanted))
            finally:
                image.close()


def _small(frame: VideoFrame, height: int, pixel_aspect: Fraction) -> Rgb:
    """The whole frame, upright, at most ``height`` high; never larger than it is coded."""
    turned = round(frame.rotation / 90) % 2 == 1
    wide, high = frame.width * pixel_aspect, Fraction(frame.height)
    scale = min(
        Fraction(height) / (wide if turned else high), Fraction(1), height * _WIDEST / (high if turned else wide)
    )
    size = max(round(wide * scale), 1), max(round(high * scale), 1)
    try:
        pixels = frame.reformat(*size, format="rgb24", interpolation=Interpolation.AREA).to_ndarray()
    except (av.FFmpegError, ValueError) as error:
        raise MediaReadError(
            f"a frame of {frame.format.name} pictures cannot be shown ({error}): export it again"
        ) from None
    return np.ascontiguousarray(np.rot90(np.asarray(pixels, np.uint8), round(frame.rotation / 90)))
