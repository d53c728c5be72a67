"""A walk as a film: frames drawn on several cores, encoded as H.264 in order, the mix as their sound."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.container import OutputContainer
from numpy.typing import NDArray

from hitpoint.core.errors import EditWriteError, MediaReadError
from hitpoint.core.machine.core_count import core_count
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.timebase import SAMPLE_RATE, FrameRate
from hitpoint.core.visuals.enlarging import FACTOR, Grain, Levels, video_planes
from hitpoint.core.visuals.generator import PictureGenerator
from hitpoint.core.visuals.walk import Walk

HEIGHTS = (360, 720, 1080, 2160)
_QUALITY = "19"  # x264's crf
_ENCODER_THREADS = 2  # as many everywhere: the bytes hang on it
_THREADS = 4  # that draw, at the most
_AHEAD = 2  # frames that wait for the encoder, for each of them

Sound = NDArray[np.float32]


def write_film(
    path: Path,
    generator: PictureGenerator,
    walk: Walk,
    sound: Sound,
    rate: FrameRate,
    *,
    height: int = 1080,
    seed: int = 0,
    progress: Progress = SILENT,
) -> None:
    """Draw and encode all frames of a walk.

    Args:
        path: .mp4 (sound as AAC) or .mov (sound as 24-bit PCM); written as it comes, so give a hidden one.
        generator: draws the pictures; called in several threads.
        walk: where each frame lies.
        sound: (samples, 2) at 48 kHz, -1..1.
        rate: frames a second.
        height: of the frames, a multiple of eight; they are 16:9.
        seed: of the grain.
        progress: stepped for each frame.

    Raises:
        EditWriteError: if this machine cannot encode H.264.
        Cancelled: if stopped.
    """
    width = height * 16 // 9 // 8 * 8
    with av.open(str(path), "w", format="mov" if path.suffix.lower() == ".mov" else "mp4") as container:
        video = _video_stream(container, rate, height, width)
        audio = _SoundTrack(container, sound, "pcm_s24le" if path.suffix.lower() == ".mov" else "aac")
        for number, planes in enumerate(_frames(generator, walk, height, width, seed)):
            progress.step(number / walk.frames, "Drawing the film")
            frame = av.VideoFrame(width, height, "yuv420p")
            for plane, levels in zip(frame.planes, planes, strict=True):
                _fill(plane, levels)
            frame.pts, frame.time_base = number, 1 / rate.frames_per_second
            frame.colorspace, frame.color_range = 1, 1  # BT.709, video range
            container.mux(video.encode(frame))
            audio.write_until(rate.samples(number + 1))
        container.mux(video.encode(None))
        audio.finish()


def loudness_of(sound: Sound, frames: int, rate: FrameRate) -> NDArray[np.float64]:
    """RMS of the sound in each frame, (frames,) linear 0..1."""
    power = np.concatenate([[0.0], np.cumsum(np.mean(sound.astype(np.float64) ** 2, axis=1))])
    edges = np.minimum([rate.samples(frame) for frame in range(frames + 1)], len(sound))
    counts = np.maximum(np.diff(edges), 1)
    return np.asarray(np.sqrt(np.maximum(np.diff(power[edges]), 0.0) / counts))


def read_sound(path: Path) -> Sound:
    """A mix as (samples, 2) float32 at 48 kHz.

    Raises:
        MediaReadError: if it cannot be read, or has another rate.
    """
    import soundfile  # takes a while: only where a film is made

    try:
        sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, RuntimeError):
        raise MediaReadError(f"{path.name} cannot be read as sound: 'hitpoint render' makes the mix again") from None
    if rate != SAMPLE_RATE:
        raise MediaReadError(f"{path.name} has {rate} samples a second, not {SAMPLE_RATE}: render the mix again")
    return np.asarray(sound if sound.shape[1] == 2 else np.repeat(sound[:, :1], 2, axis=1))


def _frames(
    generator: PictureGenerator, walk: Walk, height: int, width: int, seed: int
) -> Iterator[tuple[Levels, Levels, Levels]]:
    """The frames in order, drawn in threads, a few ahead of who takes them."""
    grain = Grain(height, width, seed)

    def draw(frame: int) -> tuple[Levels, Levels, Levels]:
        """Luma and both chromas (height, width; half that) of one frame of the film."""
        latent, view = walk.at(frame)
        planes = generator.planes(latent, view, height // FACTOR, width // FACTOR)
        return video_planes(planes, grain.of(frame))

    threads = min(core_count(), _THREADS)
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[tuple[Levels, Levels, Levels]]] = deque()
        try:
            for frame in range(walk.frames):
                waiting.append(pool.submit(draw, frame))
                if len(waiting) >= _AHEAD * threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _video_stream(container: OutputContainer, rate: FrameRate, height: int, width: int) -> Any:
    options = {"preset": "superfast", "crf": _QUALITY, "bf": "0"}
    try:
        stream: Any = container.add_stream("libx264", rate=rate.frames_per_second, options=options)
    except (av.FFmpegError, ValueError):
        raise EditWriteError(
            "this PyAV cannot encode H.264 (no libx264): install the wheel of 'av' from PyPI"
        ) from None
    stream.height, stream.width, stream.pix_fmt = height, width, "yuv420p"
    context = stream.codec_context
    context.thread_count = _ENCODER_THREADS
    context.gop_size = max(1, round(2 * float(rate.frames_per_second)))
    context.colorspace = context.color_primaries = context.color_trc = 1  # BT.709
    context.color_range = 1
    return stream


def _fill(plane: Any, levels: Levels) -> None:
    rows = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)
    rows[:, : plane.width] = levels


class _SoundTrack:
    """The sound, written in pieces beside the pictures."""

    def __init__(self, container: OutputContainer, sound: Sound, codec: str) -> None:
        self._container, self._sound, self._at = container, sound, 0
        stream: Any = container.add_stream(codec, rate=SAMPLE_RATE, layout="stereo")
        self._stream = stream
        self._format = "fltp" if codec == "aac" else "s32"
        if codec == "aac":
            stream.bit_rate = 320_000

    def write_until(self, sample: int) -> None:
        """Encode as far as a sample of the film."""
        piece = self._sound[self._at : min(sample, len(self._sound))]
        if not len(piece):
            return
        if self._format == "fltp":
            values: NDArray[Any] = np.ascontiguousarray(piece.T)
        else:
            whole = np.rint(np.clip(piece.astype(np.float64), -1.0, 1.0) * 8388607.0) * 256.0
            values = whole.astype(np.int32).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(values, format=self._format, layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, self._at, Fraction(1, SAMPLE_RATE)
        self._container.mux(self._stream.encode(frame))
        self._at += len(piece)

    def finish(self) -> None:
        """Encode what is left."""
        self.write_until(len(self._sound))
        self._container.mux(self._stream.encode(None))
