"""How long the picture and the mix of an audition take: ``python tests/benchmarks/bench_audition.py``.

Makes its own 1080p films (H.264 with a keyframe every 250 and every 12 frames), drags, steps and plays over them, and
mixes ten stems. Prints medians and 95th percentiles in milliseconds.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from hitpoint.core.edit import Edit, Shot, ShotKind
from hitpoint.core.features.picture_at import PictureSource
from hitpoint.core.features.picture_cache import PictureCache
from hitpoint.core.timebase import SAMPLE_RATE, FrameRate
from hitpoint.ui.players.mixer import Mixer
from hitpoint.ui.players.sound import PlayedSound, StemArrays

SECONDS, RATE = 24, 25
SIZE = (1920, 1080)


def film(path: Path, gop: int) -> Path:
    """A texture that slides, with grain."""
    random_numbers = np.random.default_rng(0)
    coarse = random_numbers.integers(0, 255, (SIZE[1] // 8, SIZE[0] // 4, 3), dtype=np.uint8)
    texture = np.kron(coarse, np.ones((8, 8, 1), np.uint8))
    grain = random_numbers.integers(0, 12, (SIZE[1], SIZE[0], 3), dtype=np.uint8)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"g": str(gop), "preset": "veryfast", "crf": "23"})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for number in range(SECONDS * RATE):
            picture = texture[:, number * 4 % SIZE[0] :][:, : SIZE[0]] // 2 + np.roll(grain, number * 97, axis=1)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def told(name: str, deed: Callable[[int], object], numbers: Iterable[int]) -> None:
    """Do it for each number and say how long it took."""
    times = []
    for number in numbers:
        begin = time.perf_counter()
        deed(number)
        times.append((time.perf_counter() - begin) * 1000)
    print(f"{name:46} {np.median(times):8.1f} {np.percentile(times, 95):8.1f}")


def pictures(path: Path, name: str) -> None:
    """Drag, step and play over one film."""
    frames = SECONDS * RATE
    shots = (Shot("film", 0, frames, ShotKind.PICTURE, path, path.name),)
    edit = Edit("film", path, FrameRate(Fraction(RATE)), frames, shots)

    def source() -> PictureSource:
        return PictureSource(edit, 360, PictureCache(256 * 1024 * 1024))

    begin = time.perf_counter()
    list(source().load([frames // 2]))
    print(f"{name + ', open and first picture':46} {(time.perf_counter() - begin) * 1000:8.1f}")
    dragged = source()
    dice = random.Random(1)
    places = [dice.randrange(frames) for _ in range(40)]
    told(f"{name}, jump anywhere", lambda frame: list(dragged.load([frame])), places)
    slow = source()
    told(f"{name}, drag on by 8 frames", lambda frame: list(slow.load([frame])), range(0, frames, 8))
    playing = source()
    told(f"{name}, play, a frame", lambda frame: list(playing.load([frame])), range(200))
    back = source()
    batch = [range(first, first - 48, -1) for first in range(frames - 1, frames - 1 - 48 * 6, -48)]
    told(f"{name}, backwards, 48 frames", lambda number: list(back.load(batch[number])), range(6))


def mix() -> None:
    """Ten stems of a minute, in blocks of 20 ms."""
    noise = np.random.default_rng(0).standard_normal((60 * SAMPLE_RATE, 2)).astype(np.float32)
    mixer = Mixer()
    mixer.load(PlayedSound(len(noise), StemArrays(tuple("abcdefghij"), (noise,) * 10)))
    mixer.run(1.0)
    told("mix of ten stems, a block of 20 ms", lambda _number: mixer.next(960), range(1000))
    mixer.run(-4.0)
    told("the same shuttling at -4", lambda _number: mixer.next(960), range(300))


def main() -> None:
    """Run all of it."""
    print(f"{'':46} {'median':>8} {'95 %':>8}  ms")
    mix()
    with tempfile.TemporaryDirectory() as folder:
        for gop in (250, 12):
            pictures(film(Path(folder) / f"g{gop}.mp4", gop), f"1080p H.264 GOP {gop}")


if __name__ == "__main__":
    main()
