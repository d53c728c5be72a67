"""How fast an edit is looked at, beside a plain full decode of the same film and beside the way of the paper's authors.

Run: ``python tests/benchmarks/bench_features.py [--seconds 60] [--films DIR] [--json FILE]``. Their way is three passes
    over the whole
film: a JPEG a second, motion from every frame, and cuts by PySceneDetect; it needs
    ``pip install scenedetect opencv-python-headless``.
The values are compared with those of every frame decoded.
"""

from __future__ import annotations

import argparse
import tempfile
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from benchmark import Row, show, spent_by
from films import CODECS, RATE, decode_all, write_film
from scenedetect import AdaptiveDetector, detect

from hitpoint.core.edit import Edit, Shot
from hitpoint.core.features.extract import extract_features
from hitpoint.core.features.seen import see
from hitpoint.core.media.frame_plan import plan_frames
from hitpoint.core.media.frames import frame_pairs
from hitpoint.core.timebase import FrameRate


def their_way(path: Path) -> None:
    """What the reference runs on a film before it composes, its embeddings left out."""
    with av.open(str(path)) as container, tempfile.TemporaryDirectory() as folder:
        container.streams.video[0].thread_type = "AUTO"
        for number, frame in enumerate(container.decode(video=0)):
            if number % RATE == 0:
                frame.to_image().save(f"{folder}/{number}.jpg")
    film, before, number = cv2.VideoCapture(str(path)), None, 0
    while True:
        there, picture = film.read()
        if not there:
            break
        if number % RATE == 0:
            if before is not None:
                float(cv2.absdiff(picture, before).mean())
            before = picture
        number += 1
    detect(str(path), AdaptiveDetector())


def check_values(path: Path, seconds: int) -> None:
    """The planned frames are those of a full decode, bit for bit."""
    wanted = {
        pair.index: (pair.first, pair.second) for pair in frame_pairs(path, [Fraction(n) for n in range(seconds)])
    }
    with av.open(str(path)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            second, offset = divmod(number, RATE)
            if offset in (0, 1) and number < seconds * RATE:
                pixels = frame.reformat(format="rgb24", interpolation="BICUBIC").to_ndarray()
                assert np.array_equal(wanted[second][offset], pixels), f"frame {number} of {path.name} is another one"


def edit_of(path: Path, seconds: int) -> Edit:
    """An edit that shows the beginning of a film."""
    frames = seconds * RATE
    return Edit("film", path, FrameRate(Fraction(RATE)), frames, (Shot("all", 0, frames, media=path),))


def rows_of(name: str, path: Path, seconds: int) -> list[Row]:
    """Everything measured on one film."""
    plain = spent_by(lambda: decode_all(path))
    ours = spent_by(lambda: extract_features(edit_of(path, seconds)))
    part = spent_by(lambda: extract_features(edit_of(path, seconds // 4)))
    theirs = spent_by(lambda: their_way(path))
    print(f"{name}: CPU seconds {ours.cpu_seconds:.2f}, theirs {theirs.cpu_seconds:.2f}, plain {plain.cpu_seconds:.2f}")
    return [
        Row(f"{name}: all features", ours.seconds, "the authors' way", theirs.seconds, ours.cpu_seconds),
        Row(f"{name}: all features", ours.seconds, "one full decode", plain.seconds, ours.cpu_seconds),
        Row(f"{name}: a quarter used by the edit", part.seconds, "the authors' way", theirs.seconds, part.cpu_seconds),
    ]


def many_shots(path: Path, seconds: int) -> Row:
    """Two hundred shots, spread over the film: one seek each is what one would do otherwise."""
    times = [n * (seconds - 1) * RATE // 200 for n in range(200)]
    shots = tuple(
        Shot(f"{n}", n * RATE, (n + 1) * RATE, media=path, source_start=Fraction(at, RATE))
        for n, at in enumerate(times)
    )
    edit = Edit("shots", path, FrameRate(Fraction(RATE)), len(shots) * RATE, shots)
    ours = spent_by(lambda: extract_features(edit))

    def one_by_one() -> None:
        for time in times:
            list(see(plan_frames(path, [Fraction(time, RATE)]), None))

    alone = spent_by(one_by_one).seconds
    return Row("200 shots from one long film (GOP 12)", ours.seconds, "each shot alone", alone, ours.cpu_seconds)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--films", type=Path, help="where the films are kept for the next run")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.films or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for name, codec in CODECS.items():
            path = write_film(codec, folder, options.seconds)
            check_values(path, options.seconds)
            rows += rows_of(name, path, options.seconds)
        rows.append(many_shots(write_film(CODECS["H.264 GOP 12"], folder, options.seconds), options.seconds))
    show(f"Looking at {options.seconds} s of 1080p", rows, options.json)


if __name__ == "__main__":
    main()
