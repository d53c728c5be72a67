"""Whether a tune was copied from one the network was trained on: fingerprints of the songs' runs of notes.

A fingerprint is a hash of :data:`RUN` successive moves of a melody, each an interval in semitones with the time it takes;
only runs of at least :data:`DISTINCT` different moves have one, since scales and repeated notes are common property. They
come with Hitpoint, 4 bytes each, and no song can be read out of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.errors import CheckpointError

RUN = 8  # moves
DISTINCT = 4
LONGEST_MOVE = 33  # sixteenths; longer ones count as this long

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # odd, 2**64 over the golden ratio (Knuth, TAOCP 3, 6.4)
_MOST_FINGERPRINTS = 1 << 22

Fingerprints = NDArray[np.uint32]


def tune_fingerprints(onsets: Sequence[int], pitches: Sequence[int]) -> tuple[Fingerprints, NDArray[np.bool_]]:
    """Of each run of moves of a melody, (runs,), and whether it has moves enough to count."""
    if len(onsets) <= RUN:
        return np.zeros(0, np.uint32), np.zeros(0, np.bool_)
    times = np.minimum(np.diff(np.array(onsets, np.int64)), LONGEST_MOVE)
    tones = np.array(pitches, np.int64)
    steps = tones[1:] - tones[:-1]
    moves = (64 * times + steps % 64).astype(np.uint64)
    runs = np.lib.stride_tricks.sliding_window_view(moves, RUN)
    mixed = np.zeros(len(runs), np.uint64)
    for place in range(RUN):  # in 64 bits that wrap around
        mixed = (mixed ^ (runs[:, place] + np.uint64(1))) * _MULTIPLIER
        mixed ^= mixed >> np.uint64(29)
    ordered = np.sort(runs, axis=1)
    distinct = 1 + (ordered[:, 1:] != ordered[:, :-1]).sum(axis=1)
    return (mixed >> np.uint64(32)).astype(np.uint32), distinct >= DISTINCT


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
    return read_known_tunes(Path(str(resources.files("hitpoint.resources") / "checkpoints" / "known_tunes.npz")))


def read_known_tunes(path: Path) -> Fingerprints:
    """Fingerprints from a file.

    Raises:
        CheckpointError: if it is missing or damaged.
    """
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            known = np.asarray(file["fingerprints"])
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        raise CheckpointError(f"{path}: the tunes' fingerprints cannot be read ({error}); install again") from None
    if known.ndim != 1 or known.dtype != np.uint32 or len(known) > _MOST_FINGERPRINTS or (known[1:] < known[:-1]).any():
        raise CheckpointError(f"{path}: holds no fingerprints in order; install again")
    return known


def _is_known(onsets: Sequence[int], pitches: Sequence[int], known: Fingerprints) -> NDArray[np.bool_]:
    found, is_counted = tune_fingerprints(onsets, pitches)
    if not len(found) or not len(known):
        return np.zeros(len(found), np.bool_)
    place = np.minimum(np.searchsorted(known, found), len(known) - 1)
    hits: NDArray[np.bool_] = (known[place] == found) & is_counted
    return hits
