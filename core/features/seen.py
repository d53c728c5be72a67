"""The measurements of one pair of frames, as a row of numbers that can be kept.

A picture row is motion, brightness, saturation, lighting key, shadow, pleasantness (motion of the source, at normal
speed). With an encoder the embedding (768) and CLIP's own emotion (6) follow. Rows know nothing of the edit: the same
row serves every cut that shows the frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.features.colour import colour_of
from hitpoint.core.features.motion import frame_difference
from hitpoint.core.features.semantic import ImageEncoder
from hitpoint.core.media.frame_plan import FramePlan
from hitpoint.core.media.frames import FramePair, planned_pairs
from hitpoint.core.progress import SILENT, Progress

PICTURE_KIND = "picture.2"  # goes up when any measure changes
PICTURE_SIZE = 6
_BATCH = 16  # frames an encoder sees at once

Row = NDArray[np.float32]


def picture_row(pair: FramePair) -> Row:
    """The six picture measures of a frame pair, (6,)."""
    motion = frame_difference(pair.first, pair.second)
    return np.array((motion, *astuple(colour_of(pair.shown))), np.float32)


def see(
    plan: FramePlan, encoder: ImageEncoder | None, progress: Progress = SILENT, *, threads: int = 0
) -> Iterator[tuple[Fraction, Row]]:
    """(source time, row) of each time of a plan that has a picture: (6,) long, or (780,) with an encoder.

    Args:
        plan: which file, and when.
        encoder: what sees for "clip".
        progress: stepped between GOPs.
        threads: that decode; 0 for as many as there are cores.

    Raises:
        MediaReadError: if the file is not there or is no picture.
    """
    waiting: list[tuple[Fraction, Row, NDArray[np.uint8]]] = []
    for pair in planned_pairs(plan, progress, threads=threads):
        time, row = plan.times[pair.index], picture_row(pair)
        if encoder is None:
            yield time, row
            continue
        waiting.append((time, row, pair.small))
        if len(waiting) == _BATCH:
            yield from _encoded(waiting, encoder)
            waiting = []
    if encoder is not None and waiting:
        yield from _encoded(waiting, encoder)


def _encoded(
    waiting: Sequence[tuple[Fraction, Row, NDArray[np.uint8]]], encoder: ImageEncoder
) -> Iterator[tuple[Fraction, Row]]:
    embeddings = encoder.encode([image for _, _, image in waiting])
    emotions = encoder.emotion(embeddings)
    for (time, row, _), embedding, emotion in zip(waiting, embeddings, emotions, strict=True):
        yield time, np.concatenate([row, embedding, emotion]).astype(np.float32)
