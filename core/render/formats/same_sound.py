"""Whether two files of ours sound the same over a stretch: counted sample by sample, not assumed.

Both are 24-bit stereo WAV files at 48 kHz. The stretch is looked at in cells of 10 ms.
"""

from __future__ import annotations

import math
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.render.formats.wav import BYTES_PER_FRAME, FULL_SCALE
from hitpoint.core.render.parts.synth import BLOCK
from hitpoint.core.timebase import SAMPLE_RATE

NEAR = -70.0  # dBFS up to which nobody hears a difference under music
_CELL = SAMPLE_RATE // 100
_LEAST = 100  # cells that a stretch must last to be told, unless all of it is alike

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class SoundMatch:
    """The samples that two sounds have in common. Spans are samples from its start, in order, end exclusive.

    Attributes:
        same: where every sample is the same number.
        alike: where they differ by ``NEAR`` at the most; all of ``same`` lies in it.
        typical: dBFS that half of the cells in ``alike``, or of all if none are, differ by at the most; minus infinity
            for none.
    """

    same: Spans
    alike: Spans
    typical: float


def sound_match(old: Path, new: Path, old_first: int, new_first: int, count: int) -> SoundMatch | None:
    """Compare ``count`` samples of one file with as many of another; None if one is not there or not one of ours.

    Args:
        old: a mix or a stem.
        new: likewise.
        old_first: the first sample of the stretch in the old file.
        new_first: likewise in the new one.
        count: its length; what lies beyond the end of a file differs from everything.
    """
    try:
        with wave.open(str(old)) as before, wave.open(str(new)) as after:
            if not (_is_ours(before) and _is_ours(after)):
                return None
            length = min(count, before.getnframes() - old_first, after.getnframes() - new_first)
            cells = [*_differences(before, after, old_first, new_first, max(length, 0)), np.zeros(0, np.int32)]
    except (OSError, EOFError, wave.Error):
        return None
    largest = np.concatenate(cells)
    most = FULL_SCALE * 10.0 ** (NEAR / 20.0)
    near = largest[largest <= most] if (largest <= most).any() else largest
    middle = float(np.median(near)) if len(near) else 0.0
    typical = 20.0 * math.log10(middle / FULL_SCALE) if middle else -math.inf
    return SoundMatch(_runs(largest == 0, count), _runs(largest <= most, count), typical)


def _is_ours(file: wave.Wave_read) -> bool:
    return (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 3, SAMPLE_RATE)


def _differences(
    before: wave.Wave_read, after: wave.Wave_read, old_first: int, new_first: int, count: int
) -> Iterator[NDArray[np.int32]]:
    """The largest difference in each cell, some cells at a time."""
    before.setpos(old_first)
    after.setpos(new_first)
    for first in range(0, count, BLOCK):
        wanted = min(BLOCK, count - first)
        apart = np.abs(_numbers(before, wanted) - _numbers(after, wanted)).max(axis=1, initial=0)
        padded = np.zeros(-(-wanted // _CELL) * _CELL, np.int32)
        padded[: len(apart)] = apart
        yield padded.reshape(-1, _CELL).max(axis=1)


def _numbers(file: wave.Wave_read, count: int) -> NDArray[np.int32]:
    """The next samples as 24-bit numbers: (n, 2)."""
    raw = np.frombuffer(file.readframes(count), np.uint8)
    wide = np.zeros((len(raw) // 3, 4), np.uint8)
    wide[:, 1:] = raw.reshape(-1, 3)
    numbers: NDArray[np.int32] = wide.view("<i4")[:, 0] >> 8
    assert len(raw) == count * BYTES_PER_FRAME, "the header tells the length"
    return numbers.reshape(-1, 2)


def _runs(is_so: NDArray[np.bool_], count: int) -> Spans:
    """Stretches of cells for which something is so, in samples.

    Short ones are left out unless they are all there is.
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[False], is_so, [False]]).astype(np.int8)))
    spans = [(int(a), int(b)) for a, b in list(pairwise(edges))[::2]]
    long = [span for span in spans if span[1] - span[0] >= _LEAST or span[1] * _CELL >= count > span[0] == 0]
    return tuple((first * _CELL, min(last * _CELL, count)) for first, last in long)
