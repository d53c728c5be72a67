"""Hard cuts in a stream of pictures, by the method of PySceneDetect's ``AdaptiveDetector``.

Each frame's score is the mean absolute difference to the frame before it in hue, saturation and value
(``ContentDetector``, scale 0..255, hue 0..180), after the shift of the whole picture that a pan makes has been taken
out by phase correlation (Kuglin & Hines 1975). A cut is a frame whose score stands out from its neighbours' by
a factor, so that a pan or a shaking camera, where all scores are high, has none. Two things are added: only the
highest score of its neighbourhood counts, and a flash of light, after which the picture of before is back, is no cut.

PySceneDetect itself finds less in pans and flashes and brings OpenCV, 188 MB (``resources/docs/libraries.md`` has the
figures).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ADAPTIVE_THRESHOLD = 3.0  # score over the mean score of the neighbours; AdaptiveDetector's default
MIN_CONTENT_SCORE = 15.0  # AdaptiveDetector's default
MIN_HELD_SCORE = 27.0  # of a picture that stands between still ones, which have no score; ContentDetector's default
WINDOW = 2  # neighbours on each side; AdaptiveDetector's default
MIN_SHOT_FRAMES = 6  # a quarter of a second at 24 frames a second
_LARGEST_SHIFT = 0.25  # of the height or width, between two frames of a pan
_RETURN_RATIO = 0.35  # after a flash the picture differs from that before it by less than this part of the jump

Hsv = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class _Scored:
    """A frame's number, its picture, the score of its difference to the frame before, and whether it may differ."""

    number: int
    picture: Hsv
    score: float
    is_new: bool = True


def find_cuts(pictures: Iterable[NDArray[np.uint8]], min_shot_frames: int = MIN_SHOT_FRAMES) -> Iterator[int]:
    """Numbers of the frames that begin a new shot, in order; the first frame of all is not one.

    Args:
        pictures: (height, width, 3) uint8 RGB, all of one size, one for each frame; the same object again where nothing
            new is shown.
        min_shot_frames: shots shorter than this are not split off.
    """
    window: deque[_Scored] = deque(maxlen=2 * WINDOW + 2)
    last_cut = 0
    for frame in _with_tail(_scored(pictures)):
        window.append(frame)
        if len(window) < WINDOW + 2:
            continue
        place = len(window) - 1 - WINDOW
        middle = window[place]
        if middle.number - last_cut >= min_shot_frames and _is_cut(list(window), place):
            last_cut = middle.number
            yield middle.number


def to_hsv(rgb: NDArray[np.uint8]) -> Hsv:
    """RGB as hue (0..180), saturation and value (0..255), the scales of OpenCV; shape (height, width, 3) float32."""
    colors = rgb.astype(np.float32)
    red, green, blue = colors[..., 0], colors[..., 1], colors[..., 2]
    value = colors.max(axis=-1)
    chroma = value - colors.min(axis=-1)
    safe = np.where(chroma > 0, chroma, 1)
    sector = np.where(
        value == red,
        (green - blue) / safe,
        np.where(value == green, 2 + (blue - red) / safe, 4 + (red - green) / safe),
    )
    hue = np.where(chroma > 0, (sector * 30) % 180, 0)
    saturation = np.where(value > 0, 255 * chroma / np.where(value > 0, value, 1), 0)
    return np.stack([hue, saturation, value], axis=-1).astype(np.float32)


def difference(first: Hsv, second: Hsv) -> float:
    """Mean absolute difference of two pictures over hue, saturation and value (0..255)."""
    return float(np.abs(first - second).mean())


def moved_difference(first: Hsv, second: Hsv) -> float:
    """The difference of two pictures, or of what they share once one is shifted onto the other, if that is less."""
    height, width = first.shape[:2]
    down, right = _shift(first[..., 2], second[..., 2])
    plain = difference(first, second)
    if (down, right) == (0, 0) or abs(down) > height * _LARGEST_SHIFT or abs(right) > width * _LARGEST_SHIFT:
        return plain
    shared_first = first[max(0, -down) : height - max(0, down), max(0, -right) : width - max(0, right)]
    shared_second = second[max(0, down) : height - max(0, -down), max(0, right) : width - max(0, -right)]
    return min(plain, difference(shared_first, shared_second))


def _shift(first: NDArray[np.float32], second: NDArray[np.float32]) -> tuple[int, int]:
    """Rows and columns by which ``second`` lies lower and further right than ``first``, by phase correlation."""
    cross = np.fft.rfft2(second) * np.conj(np.fft.rfft2(first))
    surface = np.fft.irfft2(cross / np.maximum(np.abs(cross), 1e-9), s=first.shape)
    down, right = (int(at) for at in np.unravel_index(int(surface.argmax()), surface.shape))
    height, width = first.shape
    return (down if down <= height // 2 else down - height), (right if right <= width // 2 else right - width)


def _scored(pictures: Iterable[NDArray[np.uint8]]) -> Iterator[_Scored]:
    before: Hsv | None = None
    seen: NDArray[np.uint8] | None = None
    for number, picture in enumerate(pictures):
        if picture is seen and before is not None:
            yield _Scored(number, before, 0.0, is_new=False)
            continue
        hsv = to_hsv(picture)
        yield _Scored(number, hsv, 0.0 if before is None else moved_difference(before, hsv))
        seen, before = picture, hsv


def _with_tail(frames: Iterator[_Scored]) -> Iterator[_Scored]:
    """The frames, and the last one repeated until it has passed the middle of the window."""
    last: _Scored | None = None
    for frame in frames:
        last = frame
        yield frame
    for _ in range(WINDOW if last is not None else 0):
        assert last is not None
        yield _Scored(last.number, last.picture, 0.0)


def _is_cut(window: list[_Scored], place: int) -> bool:
    middle = window[place]
    around = window[max(0, place - WINDOW) : place] + window[place + 1 :]
    least = MIN_CONTENT_SCORE if any(frame.is_new for frame in around) else MIN_HELD_SCORE
    if middle.score < least or middle.score < max(frame.score for frame in around):
        return False
    mean = sum(frame.score for frame in around) / len(around)
    return middle.score >= ADAPTIVE_THRESHOLD * mean and not _is_flash(window, place)


def _is_flash(window: list[_Scored], place: int) -> bool:
    """Whether what was seen before the frame is back after it, or what it shows was there before, within the window."""
    before, middle = window[place - 1], window[place]
    limit = _RETURN_RATIO * middle.score
    begins = any(difference(before.picture, frame.picture) < limit for frame in window[place + 1 :])
    return begins or any(difference(frame.picture, middle.picture) < limit for frame in window[: place - 1])
