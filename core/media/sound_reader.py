"""The sound of one file, stereo at 48 kHz, by sample number: it decodes on and seldom seeks.

Sample 0 is heard with the first frame of the picture, so sound and picture of a file stay together; a file without a
picture begins with its sound.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from hitpoint.core.errors import MediaReadError
from hitpoint.core.timebase import SAMPLE_RATE

_OPEN_OPTIONS = {"protocol_whitelist": "file"}  # a playlist in disguise must not fetch anything
_ATTACHED_PICTURE = 1024  # AV_DISPOSITION_ATTACHED_PIC: the cover of a song is a video stream too
_BEFORE = SAMPLE_RATE  # samples before the wanted one at which a seek aims: decoders need some to settle
_AHEAD = 5 * SAMPLE_RATE  # samples ahead that are decoded rather than sought
_TORN = SAMPLE_RATE // 20  # samples by which a time stamp must be off to be believed

_LATEST = 10**6 * SAMPLE_RATE  # no file lasts longer than eleven days
_KEPT = 64  # samples of the piece before, for who reads a little back

Samples = NDArray[np.float32]
_NONE: Samples = np.zeros((0, 2), np.float32)


class SoundReader:
    """One opened file. Belongs to one thread.

    Raises:
        MediaReadError: if it cannot be opened or holds no sound.
    """

    def __init__(self, path: Path) -> None:
        self._container, self._stream = _opened(path)
        time_base = self._stream.time_base or Fraction(1, SAMPLE_RATE)
        self._time_base = time_base
        self._origin = _origin(self._container, self._stream)
        self._at = 0  # sample number of what is held first
        self._held: Samples = _NONE
        self._resampler: av.AudioResampler | None = None
        self._begin()

    def close(self) -> None:
        """Close the file."""
        self._container.close()

    def read(self, first: int, count: int) -> Samples:
        """``count`` samples from sample ``first`` on: (count, 2).

        Silence outside the sound, and where it is damaged.
        """
        out = np.zeros((count, 2), np.float32)
        if first > _LATEST:
            return out
        end = self._at + len(self._held)
        if first < self._at or first > end + _AHEAD:
            self._seek(first)
        filled = self._give(out, first)
        while filled < count and self._go_on():
            filled = max(self._give(out, first), filled)
        return out

    def _give(self, out: Samples, first: int) -> int:
        """Put what is held into ``out``, which begins at ``first``; answers how much of that is settled."""
        begin, end = max(self._at, first), min(self._at + len(self._held), first + len(out))
        if begin < end:
            out[begin - first : end - first] = self._held[begin - self._at : end - self._at]
        return max(end - first, 0)

    def _seek(self, first: int) -> None:
        seconds = Fraction(max(first - _BEFORE, 0), SAMPLE_RATE) + self._origin
        with suppress(av.FFmpegError):
            self._container.seek(int(seconds / self._time_base), stream=self._stream, backward=True)
        self._begin()

    def _begin(self) -> None:
        self._frames = self._decoded()
        self._resampler = _resampler()
        self._held, self._at = _NONE, 0
        self._is_placed = False

    def _go_on(self) -> bool:
        """Hold the next piece; False at the end."""
        if self._resampler is None:
            return False
        frame = next(self._frames, None)
        piece = self._resampled(frame)
        if frame is None:
            self._resampler = None
        end = self._at + len(self._held)
        told = None if frame is None else self._place_of(frame)
        if told is not None and (not self._is_placed or abs(told - end) > _TORN):
            self._held, self._at = piece, told
        else:
            kept = self._held[-_KEPT:]
            self._held, self._at = np.concatenate([kept, piece]), end - len(kept)
        self._is_placed = True
        return True

    def _resampled(self, frame: AudioFrame | None) -> Samples:
        assert self._resampler is not None
        try:
            resampled = self._resampler.resample(frame)
        except ValueError:  # the sound changes its rate or its channels on the way
            self._resampler = _resampler()
            resampled = self._resampler.resample(frame)
        pieces = [np.asarray(each.to_ndarray(), np.float32).reshape(-1, 2) for each in resampled]
        return np.asarray(np.nan_to_num(np.concatenate([*pieces, _NONE]), posinf=1.0, neginf=-1.0), np.float32)

    def _place_of(self, frame: AudioFrame) -> int | None:
        if frame.pts is None or frame.time_base is None:
            return None
        return round((frame.pts * frame.time_base - self._origin) * SAMPLE_RATE)

    def _decoded(self) -> Iterator[AudioFrame]:
        """All frames from here on."""
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets)
            except (StopIteration, av.FFmpegError):
                return
            with suppress(av.FFmpegError):  # a damaged packet is silence
                yield from packet.decode()


def _resampler() -> av.AudioResampler:
    return av.AudioResampler("flt", "stereo", SAMPLE_RATE)


def _opened(path: Path) -> tuple[InputContainer, AudioStream]:
    try:
        container = av.open(str(path.absolute()), options=_OPEN_OPTIONS)
    except (av.FFmpegError, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise MediaReadError(f"{path.name} cannot be read as sound ({reason}): export or copy it again") from None
    if not container.streams.audio:
        container.close()
        raise MediaReadError(f"{path.name} holds no sound")
    return container, container.streams.audio[0]


def _origin(container: InputContainer, stream: AudioStream) -> Fraction:
    """Seconds of the file's clock at sample 0."""
    pictures = [each for each in container.streams.video if not int(each.disposition) & _ATTACHED_PICTURE]
    for each in (*pictures[:1], stream):
        if each.start_time is not None and each.time_base is not None:
            return each.start_time * each.time_base
    return Fraction(0)
