"""Films for the benchmarks.

1080p pans over soft noise at changing speed, with film grain, in the codecs editors have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT, RATE = 1920, 1080, 25
SHOT_SECONDS = 4
_ENCODED = 8  # seconds of a film that repeats


@dataclass(frozen=True)
class Codec:
    """How a film is stored."""

    file: str
    name: str
    pixels: str
    options: dict[str, str]
    is_intra: bool = False  # every frame alone: then the film may repeat packets, which encodes sooner


CODECS = {
    "H.264 GOP 250": Codec("g250.mp4", "libx264", "yuv420p", {"preset": "veryfast", "crf": "21", "g": "250"}),
    "H.264 GOP 12": Codec("g12.mp4", "libx264", "yuv420p", {"preset": "veryfast", "crf": "21", "g": "12", "bf": "2"}),
    "ProRes 422": Codec("prores.mov", "prores_ks", "yuv422p10le", {}, is_intra=True),
    "DNxHR SQ": Codec("dnxhr.mov", "dnxhd", "yuv422p", {"profile": "dnxhr_sq"}, is_intra=True),
}


def write_film(codec: Codec, folder: Path, seconds: int, *, width: int = WIDTH, height: int = HEIGHT) -> Path:
    """Encode a film; one that is there already is used again."""
    path = folder / f"{seconds}s_{width}_{codec.file}"
    if path.exists():
        return path
    beside = path.with_name(f"unfinished_{path.name}")
    count = seconds * RATE
    with av.open(str(beside), "w") as container:
        stream = container.add_stream(codec.name, rate=RATE, options=codec.options)
        stream.width, stream.height, stream.pix_fmt = width, height, codec.pixels
        encoded: list[av.Packet[av.VideoStream]] = []
        for picture in _pictures(min(count, _ENCODED * RATE) if codec.is_intra else count, width, height):
            encoded += stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24"))
            if not codec.is_intra:
                container.mux(encoded)
                encoded = []
        encoded += stream.encode(None)
        for number in range(count) if codec.is_intra else ():
            packet = av.Packet(bytes(encoded[number % len(encoded)]))
            packet.stream, packet.time_base = stream, Fraction(1, RATE)
            packet.pts = packet.dts = number
            packet.duration, packet.is_keyframe = 1, True
            container.mux(packet)
        if not codec.is_intra:
            container.mux(encoded)
    return beside.rename(path)


def _pictures(count: int, width: int, height: int) -> Iterator[NDArray[np.uint8]]:
    dice = np.random.default_rng(5)
    grain = dice.integers(0, 12, (8, height, width, 1), dtype=np.uint8)
    for number in range(count):
        within = number % (SHOT_SECONDS * RATE)
        if within == 0:
            coarse = dice.integers(0, 240, (height // 40 + 1, width // 20, 3), dtype=np.uint8)
            scene = np.ascontiguousarray(coarse.repeat(40, 0).repeat(40, 1)[:height])
            speed = int(dice.integers(0, 20))
        at = within * speed % width
        yield scene[:, at : at + width] + grain[number % 8]


def decode_all(path: Path) -> int:
    """A plain full decode with all the threads the decoder takes; the number of frames."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        return sum(1 for _ in container.decode(stream))
