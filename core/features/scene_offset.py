"""Scene offset: whole seconds since the last cut, as MuVi-Sync counts them, from the cuts of the edit itself."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.edit import Edit


def second_count(edit: Edit, start_frame: int, end_frame: int) -> int:
    """Rows of a stretch: its seconds, a begun one counted whole."""
    return math.ceil(edit.rate.seconds(end_frame - start_frame))


def scene_offset(edit: Edit, start_frame: int, end_frame: int) -> NDArray[np.float32]:
    """Whole seconds since the last cut for each second of a stretch, (T,).

    Second ``s`` is 0 when a cut lies in ``(s - 1, s]`` after the start of the stretch, and one more than the second
    before it otherwise; the first second is 0.
    """
    count = second_count(edit, start_frame, end_frame)
    cuts = (frame - start_frame for frame in edit.cut_frames if start_frame < frame < end_frame)
    rows = np.array([0, *(math.ceil(edit.rate.seconds(frame)) for frame in cuts)], dtype=np.int64)
    last_cut = np.zeros(count, dtype=np.int64)
    inside = rows[rows < count]
    last_cut[inside] = inside
    return (np.arange(count) - np.maximum.accumulate(last_cut)).astype(np.float32)
