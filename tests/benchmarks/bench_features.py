"""How fast an edit is looked at, beside a plain full decode of the same film.

Run: ``python tests/benchmarks/bench_features.py [seconds]``. It makes 1080p clips in a temporary folder and prints a
table; ratios within one run are what counts, not seconds.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from hitpoint.core.features.frames import frame_pairs
from hitpoint.core.features.seen import see

WIDTH, HEIGHT, RATE = 1920, 1080, 25
CLIPS = {  # name: file, codec, pixel format, options
    "H.264 GOP 250": ("g250.mp4", "libx264", "yuv420p", {"preset": "veryfast", "crf": "21", "g": "250"}),
    "H.264 GOP 12": ("g12.mp4", "libx264", "yuv420p", {"preset": "veryfast", "crf": "21", "g": "12", "bf": "2"}),
    "ProRes 422": ("prores.mov", "prores_ks", "yuv422p10le", {}),
}


def write_clip(path: Path, codec: str, pix_fmt: str, options: dict[str, str], seconds: int) -> None:
    """Pans over soft noise at changing speed, a new picture every four seconds, with film grain."""
    rng = np.random.default_rng(5)
    grain = rng.integers(0, 12, (8, HEIGHT, WIDTH, 1), dtype=np.uint8)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=RATE, options=options)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, pix_fmt
        for number in range(seconds * RATE):
            if number % (4 * RATE) == 0:
                coarse = rng.integers(0, 240, (HEIGHT // 40, WIDTH // 20, 3), dtype=np.uint8)
                scene = np.ascontiguousarray(coarse.repeat(40, 0).repeat(40, 1))
                speed = int(rng.integers(0, 20))
            at = number % (4 * RATE) * speed % WIDTH
            frame = scene[:, at : at + WIDTH] + grain[number % 8]
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        container.mux(stream.encode(None))


def full_decode(path: Path) -> None:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        for _ in container.decode(stream):
            pass


def measure(path: Path, seconds: int) -> list[float]:
    """Seconds for: full decode, planned frame pairs, features, features of every fourth second only."""
    times = [Fraction(second) for second in range(seconds)]
    tasks: list[Callable[[], object]] = [
        lambda: full_decode(path),
        lambda: list(frame_pairs(path, times)),
        lambda: list(see(path, times, None)),
        lambda: list(see(path, times[: seconds // 4], None)),
    ]
    spent = []
    for task in tasks:
        begin = time.perf_counter()
        task()
        spent.append(time.perf_counter() - begin)
    return spent


def main(seconds: int) -> None:
    """Print the table."""
    print(f"{'':16}{'full decode':>14}{'frame pairs':>14}{'features':>14}{'a quarter':>14}   full / features, quarter")
    with tempfile.TemporaryDirectory() as folder:
        for name, (file, codec, pix_fmt, options) in CLIPS.items():
            path = Path(folder) / file
            write_clip(path, codec, pix_fmt, options, seconds)
            spent = measure(path, seconds)
            columns = "".join(f"{each:12.2f} s" for each in spent)
            print(f"{name:16}{columns}   {spent[0] / spent[2]:.1f}, {spent[0] / spent[3]:.1f}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 24)
