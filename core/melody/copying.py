"""Whether a tune was copied from one the network was trained on: fingerprints of the songs' runs of notes.

A fingerprint is a hash of :data:`RUN` successive moves of a melody, each an interval in semitones with the time it
takes; only runs of at least :data:`DISTINCT` different moves have one, since scales and repeated notes are common
property. They come with Hitpoint, 4 bytes each, and no song can be read out of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.files.fingerprints import Fingerprints, is_known, read_fingerprints, run_fingerprints

RUN = 8  # moves
DISTINCT = 4
LONGEST_MOVE = 33  # sixteenths; longer ones count as this long


def tune_fingerprints(onsets: Sequence[int], pitches: Sequence[int]) -> tuple[Fingerprints, NDArray[np.bool_]]:
    """Of each run of moves of a melody, (runs,), and whether it has moves enough to count."""
    if len(onsets) <= RUN:
        return np.zeros(0, np.uint32), np.zeros(0, np.bool_)
    times = np.minimum(np.diff(np.array(onsets, np.int64)), LONGEST_MOVE)
    tones = np.array(pitches, np.int64)
    steps = tones[1:] - tones[:-1]
    moves = (64 * times + steps % 64).astype(np.uint64)
    return run_fingerprints(moves, RUN, DISTINCT)


def longest_shared_run(onsets: Sequence[int], pitches: Sequence[int], known: Fingerprints | None = None) -> int:
    """Moves in a row that a training song has too: 0, or from :data:`RUN` on."""
    longest = count = 0
    for hit in _is_known(onsets, pitches, known_tunes() if known is None else known).tolist():
        count = count + 1 if hit else 0
        longest = max(longest, count + RUN - 1 if count else 0)
    return longest


def copied_share(onsets: Sequence[int], pitches: Sequence[int], known: Fingerprints | None = None) -> float:
    """The share of a melody's runs that a training song has too, 0..1."""
    found = _is_known(onsets, pitches, known_tunes() if known is None else known)
    return float(found.mean()) if len(found) else 0.0


@lru_cache(maxsize=1)
def known_tunes() -> Fingerprints:
    """(n,) those of the songs that the shipped network was trained on, in order.

    Raises:
        CheckpointError: if this installation has none.
    """
    return read_fingerprints(Path(str(resources.files("hitpoint.resources") / "checkpoints" / "known_tunes.npz")))


def _is_known(onsets: Sequence[int], pitches: Sequence[int], known: Fingerprints) -> NDArray[np.bool_]:
    found, is_counted = tune_fingerprints(onsets, pitches)
    return is_known(found, known) & is_counted
