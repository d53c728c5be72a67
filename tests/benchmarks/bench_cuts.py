"""How well cuts are found in a movie: precision and recall of hard cuts, beside PySceneDetect if that is installed.

::

    python tests/benchmarks/bench_cuts.py

Films of 24 shots are made, encoded in H.264 and decoded again: pictures with a spectrum as photographs have (1/f) and a
few textured bodies that move before them, under what makes cuts hard to find. A cut counts as found within one frame;
what is found elsewhere is false. Dissolves are no hard cuts: for them only what is found inside is told.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from hitpoint.bridge.sources.cut_detector import find_cuts

Picture = NDArray[np.uint8]
Detector = Callable[[Sequence[Picture]], list[int]]

WIDTH, HEIGHT, RATE = 320, 180, 24
SHOTS = 24
SMALL = (160, 90)  # what Hitpoint looks at


@dataclass(frozen=True)
class Kind:
    """What happens inside the shots and between them.

    Attributes:
        pan: pixels a frame.
        shake: pixels that a hand moves the camera by.
        bodies: that move before the background.
        light: 1 for daylight, less for a dark scene.
        likeness: 0..1, how much of its palette a shot shares with the one before.
        flash: frames between two flashes of a photographer; 0 for none.
        dissolve: frames of a dissolve between the shots; 0 for a cut.
        frames: the shortest and the longest shot.
    """

    pan: float = 1.0
    shake: float = 0.5
    bodies: int = 3
    light: float = 1.0
    likeness: float = 0.0
    flash: int = 0
    dissolve: int = 0
    frames: tuple[int, int] = (24, 72)


KINDS = {
    "calm": Kind(),
    "fast pans": Kind(pan=14.0),
    "handheld": Kind(shake=6.0, bodies=4),
    "crowded": Kind(bodies=14),
    "dark": Kind(light=0.15),
    "the same set": Kind(likeness=0.85),
    "flashes": Kind(flash=17),
    "quick montage": Kind(frames=(7, 14), pan=3.0),
    "everything": Kind(pan=6.0, shake=4.0, bodies=8, light=0.5, likeness=0.5, flash=31, frames=(9, 60)),
    "dissolves of 12": Kind(dissolve=12),
    "dissolves of 24": Kind(dissolve=24),
}


def textured(dice: np.random.Generator, height: int, width: int, slope: float = 1.0) -> NDArray[np.float64]:
    """Noise whose amplitude falls with frequency as in photographs: (height, width), mean 0, deviation 1."""
    frequency = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None])
    frequency[0, 0] = np.inf
    spectrum = np.fft.rfft2(dice.standard_normal((height, width))) / frequency**slope
    found = np.fft.irfft2(spectrum, s=(height, width))
    return np.asarray(found / found.std())


def shot(dice: np.random.Generator, kind: Kind, palette: NDArray[np.float64], frames: int) -> Iterator[Picture]:
    """The frames of one shot before flashes."""
    way = int(kind.pan * frames)
    wide, detail = (textured(dice, HEIGHT + 80, WIDTH + way + 80) for _ in range(2))
    hand = np.cumsum(dice.normal(0, kind.shake, (frames, 2)), axis=0)
    hand -= np.linspace(0, 1, frames)[:, None] * hand[-1]
    bodies = [_Body(dice, palette) for _ in range(kind.bodies)]
    forward = bool(dice.integers(2))
    for number in range(frames):
        gone = kind.pan * (number if forward else frames - 1 - number)
        left = int(gone + np.clip(40 + hand[number, 0], 0, 80))
        top = int(np.clip(40 + hand[number, 1], 0, 80))
        window = np.s_[top : top + HEIGHT, left : left + WIDTH]
        picture = palette[0] + 45 * wide[window][..., None] * palette[1] + 12 * detail[window][..., None]
        for body in bodies:
            body.draw(picture, number, hand[number])
        grain = dice.normal(0, 2.5, (HEIGHT, WIDTH, 1))
        yield np.asarray(np.clip(picture * kind.light + grain, 0, 255), np.uint8)


class _Body:
    """A textured ellipse on a straight way."""

    def __init__(self, dice: np.random.Generator, palette: NDArray[np.float64]) -> None:
        self._size = dice.uniform(12, 55, 2)
        self._place, self._speed = dice.uniform((0, 0), (WIDTH, HEIGHT)), dice.normal(0, 2.0, 2)
        self._color = np.clip(palette[0] + dice.normal(0, 60, 3), 0, 255)
        self._texture = 18 * textured(dice, HEIGHT, WIDTH)[..., None]

    def draw(self, picture: NDArray[np.float64], number: int, hand: NDArray[np.float64]) -> None:
        x, y = self._place + self._speed * number - hand
        rows, columns = np.mgrid[:HEIGHT, :WIDTH]
        inside = ((columns - x) / self._size[0]) ** 2 + ((rows - y) / self._size[1]) ** 2 < 1
        picture[inside] = (self._color + self._texture)[inside]


def film(kind: Kind, seed: int = 0) -> tuple[list[Picture], list[int]]:
    """All frames, and the first of each shot but the first; with dissolves, their middles."""
    dice = np.random.default_rng(seed)
    frames: list[Picture] = []
    cuts: list[int] = []
    palette = _palette(dice)
    for number in range(SHOTS):
        palette = kind.likeness * palette + (1 - kind.likeness) * _palette(dice)
        count = int(dice.integers(*kind.frames)) + kind.dissolve
        taken = list(shot(dice, kind, palette, count))
        if number == 0:
            frames = taken
            continue
        cuts.append(len(frames) - kind.dissolve // 2)
        for step in range(kind.dissolve):
            share, at = (step + 1) / (kind.dissolve + 1), step - kind.dissolve
            frames[at] = np.asarray((1 - share) * frames[at] + share * taken[step], np.uint8)
        frames += taken[kind.dissolve :]
    for number in range(kind.flash, len(frames), kind.flash) if kind.flash else ():
        frames[number] = np.asarray(255 - (255 - frames[number].astype(float)) * 0.2, np.uint8)
    return frames, cuts


def _palette(dice: np.random.Generator) -> NDArray[np.float64]:
    return np.stack([dice.uniform(60, 190, 3), dice.uniform(0.4, 1.3, 3)])


def coded(frames: Sequence[Picture], folder: Path) -> list[Picture]:
    """The frames through H.264 at an editor's proxy quality, small."""
    path = folder / "film.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"crf": "23", "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for frame in frames:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        container.mux(stream.encode(None))
    with av.open(str(path)) as container:
        small = (frame.reformat(*SMALL, format="rgb24") for frame in container.decode(video=0))
        return [frame.to_ndarray() for frame in small]


def scene_detectors() -> dict[str, Detector]:
    """PySceneDetect's, with their defaults; none where it is not installed."""
    try:
        from scenedetect import AdaptiveDetector, ContentDetector
        from scenedetect.common import FrameTimecode
    except ImportError:
        return {}

    def found_by(make: Callable[[], object]) -> Detector:
        def find(pictures: Sequence[Picture]) -> list[int]:
            detector, found = make(), []
            for number, picture in enumerate(pictures):
                time_of = FrameTimecode(number, float(RATE))
                found += detector.process_frame(time_of, np.ascontiguousarray(picture[..., ::-1]))
            found += detector.post_process(FrameTimecode(len(pictures), float(RATE)))
            return sorted(int(time.frame_num) for time in found)

        return find

    least = {"min_scene_len": 6}  # as Hitpoint has it
    return {
        "ContentDetector": found_by(lambda: ContentDetector(**least)),
        "AdaptiveDetector": found_by(lambda: AdaptiveDetector(**least)),
    }


def scored(found: list[int], cuts: list[int], within: int) -> tuple[int, int, int]:
    """Met, false, missed."""
    met = sum(any(abs(cut - one) <= within for one in found) for cut in cuts)
    return met, sum(all(abs(cut - one) > within for cut in cuts) for one in found), len(cuts) - met


def main() -> None:
    """Print the table."""
    detectors: dict[str, Detector] = {"Hitpoint": lambda pictures: list(find_cuts(pictures)), **scene_detectors()}
    print("| film | " + " | ".join(f"{name}: found, false" for name in detectors) + " |")
    print("|---" * (1 + len(detectors)) + "|")
    seconds = dict.fromkeys(detectors, 0.0)
    shown = 0
    for name, kind in KINDS.items():
        frames, cuts = film(kind)
        with tempfile.TemporaryDirectory() as folder:
            pictures = coded(frames, Path(folder))
        shown += len(pictures)
        cells = []
        for detector, find in detectors.items():
            begin = time.process_time()
            met, false, _ = scored(find(pictures), cuts, max(1, kind.dissolve // 2))
            seconds[detector] += time.process_time() - begin
            cells.append(f"{met}/{len(cuts)}, {false}")
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)
    print("| ms a frame | " + " | ".join(f"{1000 * one / shown:.2f}" for one in seconds.values()) + " |")


if __name__ == "__main__":
    main()
