from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

CLIP_FRAMES = 60
CLIP_SIZE = (80, 64)  # width, height


def _picture(number: int, width: int = CLIP_SIZE[0], height: int = CLIP_SIZE[1]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """A textured picture that slides by two pixels a frame, with a corner that tells the frames apart."""
    noise = np.random.default_rng(7).integers(0, 200, (height, width * 2, 3), dtype=np.uint8)
    frame = np.roll(noise, -2 * number, axis=1)[:, :width].copy()
    frame[:16, :16] = (number * 37 % 256, number * 91 % 256, 255 - number % 256)
    return frame


def _write_clip(
    path: Path,
    codec: str = "libx264",
    frames: int = CLIP_FRAMES,
    pix_fmt: str = "yuv420p",
    rate: Fraction = Fraction(25),
    options: dict[str, str] | None = None,
    shift: Fraction = Fraction(0),
    ticks: Callable[[int], int] = lambda number: number,
    container_options: dict[str, str] | None = None,
    **settings: Any,
) -> Path:
    """A movie of sliding pictures; ``ticks`` gives the pts of frame ``number`` and ``shift`` moves all, in seconds."""
    with av.open(str(path), "w", options=container_options or {}) as container:
        stream = container.add_stream(codec, rate=rate, options=options or {})
        stream.width, stream.height = CLIP_SIZE
        stream.pix_fmt = pix_fmt
        stream.codec_context.time_base = 1 / rate
        for name, value in settings.items():
            setattr(stream.codec_context, name, value)
        for number in range(frames + 1):
            frame = None if number == frames else av.VideoFrame.from_ndarray(_picture(number), format="rgb24")
            if frame is not None:
                frame.pts = ticks(number)
                frame.time_base = 1 / rate
            for packet in stream.encode(frame):
                move = int(shift / packet.time_base)
                packet.pts, packet.dts = packet.pts + move, packet.dts + move
                container.mux(packet)
    return path


def _digest(pixels: np.ndarray[Any, Any]) -> str:
    return hashlib.md5(pixels.tobytes()).hexdigest()


def _full_decode(path: Path) -> list[tuple[Fraction, str]]:
    """(begin, hash of the RGB pixels) of every frame: the plain way, to compare with."""
    found: list[tuple[Fraction, str]] = []
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        for count, frame in enumerate(container.decode(stream)):
            start = stream.start_time or 0
            no_times = stream.time_base is None or frame.pts is None
            begin = Fraction(count) / stream.average_rate if no_times else (frame.pts - start) * stream.time_base
            pixels = frame.reformat(format="rgb24", interpolation="BICUBIC").to_ndarray()
            found.append((begin, _digest(pixels)))
    return found


def _shown_and_next(frames: Sequence[tuple[Fraction, str]], time: Fraction) -> tuple[str, str]:
    """Hashes of the frame shown at a time and the next; at the end those of the last two."""
    at = max([k for k, (begin, _) in enumerate(frames) if begin <= time + Fraction(1, 2000)], default=0)
    first = min(at, max(len(frames) - 2, 0))
    return frames[first][1], frames[min(first + 1, len(frames) - 1)][1]


class Studio:
    """What makes pictures here, and what tells how they come out by a plain full decode."""

    frames = CLIP_FRAMES
    size = CLIP_SIZE
    picture = staticmethod(_picture)
    write_clip = staticmethod(_write_clip)
    full_decode = staticmethod(_full_decode)
    shown_and_next = staticmethod(_shown_and_next)
    digest = staticmethod(_digest)


@pytest.fixture
def studio() -> Studio:
    return Studio()


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Sixty frames at 25 a second in one long GOP."""
    return _write_clip(tmp_path / "clip.mp4", options={"g": "250"})
