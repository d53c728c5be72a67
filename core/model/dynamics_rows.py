"""What the regressor sees of a whole video: the picture second by second, the clock, and the picture's means.

Everything is worked out in float64, so that rounding to float32 at the end hides what processors do differently.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.model.config import MODALITIES
from hitpoint.core.mood import MOODS, VALENCE_AROUSAL

GROUPS = {  # columns of each, in order; those of the clock are always known
    "scene": slice(0, 3),  # a cut; log(1 + seconds since the last), log(1 + seconds to the next)
    "motion": slice(3, 5),  # log(1 + motion), and that in deviations from the video's mean
    "emotion": slice(5, 19),  # six probabilities; twice these, smoothed, with valence and arousal
    "clock": slice(19, 25),  # log(1 + seconds) from the start and to the end, near and far; share; length
    "scene_mean": slice(25, 28),
    "motion_mean": slice(28, 30),  # and deviation
    "emotion_mean": slice(30, 36),
}
COLUMNS = 36

_SINCE_CUT, _TO_CUT = 60.0, 30.0  # seconds that are told apart
_NEAR, _FAR = 40, 400  # seconds from the start, and to the end
_SHORTEST, _LONGEST, _USUAL = 120.0, 420.0, 250.0  # seconds of a video whose length is told apart
_SMOOTHING = 5  # rows
_MOTION_FLOOR = 0.1

_PLANE = np.array([VALENCE_AROUSAL[mood] for mood in MOODS])

Reals = NDArray[np.float64]


def dynamics_rows(video: NDArray[np.floating], margin: int = 0) -> Reals:
    """(T + 2 * margin, 36) rows of a whole video (T, 776) from :func:`~hitpoint.core.model.generate.video_matrix`.

    With a margin the first and the last row are held for so many more before and after: what is shown lies in the
    middle of something longer, but the means are of what is shown. A single row that is unknown (NaN) is read as the
    mean; a modality of which nothing is known stays NaN.
    """
    known = {name: _filled(np.asarray(video[:, columns], np.float64)) for name, columns in MODALITIES.items()
             if name != "semantic"}  # fmt: skip
    scene, emotion = _scene(known["scene_offset"][:, 0] - 1.0), known["emotion"]
    motion = np.log1p(np.maximum(known["motion"], 0.0))
    moved = (motion - motion.mean()) / (motion.std() + _MOTION_FLOOR)
    calm = np.stack([_smoothed(column) for column in emotion.T], axis=1)
    means = np.concatenate((scene.mean(axis=0), motion.mean(axis=0), motion.std(axis=0), emotion.mean(axis=0)))
    seen = held(np.concatenate((scene, motion, moved, emotion, 2.0 * calm, calm @ _PLANE), axis=1), margin)
    return np.concatenate((seen, _clock(len(seen)), np.broadcast_to(means, (len(seen), len(means)))), axis=1)


def semantic_rows(video: NDArray[np.floating]) -> Reals | None:
    """(T, 768) embeddings of a whole video, unknown rows as their mean; None where none is known."""
    rows = np.asarray(video[:, MODALITIES["semantic"]], np.float64)
    return None if np.isnan(rows).all() else _filled(rows)


def held(rows: Reals, margin: int) -> Reals:
    """Rows with the first and the last of them so many times more."""
    return np.pad(rows, ((margin, margin), (0, 0)), mode="edge") if margin else rows


def _filled(rows: Reals) -> Reals:
    """Rows with the mean of those known wherever one is unknown; as they are where none is known."""
    unknown = np.isnan(rows)
    if not unknown.any() or unknown.all(axis=0).any():
        return rows
    return np.where(unknown, np.nanmean(rows, axis=0, keepdims=True), rows)


def _scene(offset: Reals) -> Reals:
    if np.isnan(offset).any():
        return np.full((len(offset), 3), np.nan)
    cuts = offset == 0
    return np.stack((cuts, np.log1p(np.clip(offset, 0.0, _SINCE_CUT)), np.log1p(_rows_to_cut(cuts))), axis=1)


def _rows_to_cut(cuts: NDArray[np.bool_]) -> Reals:
    """(T,) rows between this and the next with a cut: 0 if that is the very next, at most 30."""
    places = np.append(np.flatnonzero(cuts), len(cuts) + 2 * int(_TO_CUT))
    following = places[np.searchsorted(places, np.arange(len(cuts)), side="right")]
    return np.minimum(following - np.arange(len(cuts)) - 1, _TO_CUT).astype(np.float64)


def _smoothed(values: Reals) -> Reals:
    """Centred mean over five rows, fewer at the ends."""
    total = np.concatenate(([0.0], np.cumsum(values)))
    row = np.arange(len(values))
    low, high = np.maximum(row - _SMOOTHING // 2, 0), np.minimum(row + _SMOOTHING // 2 + 1, len(values))
    return np.asarray((total[high] - total[low]) / (high - low))


def _clock(rows: int) -> Reals:
    row = np.arange(rows)
    left, length = rows - row, np.clip(rows, _SHORTEST, _LONGEST)
    parts = [np.log1p(np.minimum(ends, reach)) for reach in (_NEAR, _FAR) for ends in (row, left)]
    parts += [row / max(rows, 1), np.full(rows, np.log(length / _USUAL))]
    return np.stack(parts, axis=1)
