"""Fingerprints of runs of values, chords or moves of a tune: made, found again, read and written.

A fingerprint is a 32-bit hash of a run; no song can be read out of a bank of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.errors import CheckpointError

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # odd, 2**64 over the golden ratio (Knuth, TAOCP 3, 6.4)
_MOST_FINGERPRINTS = 1 << 22

Fingerprints: TypeAlias = NDArray[np.uint32]


def run_fingerprints(values: NDArray[np.uint64], run: int, distinct: int) -> tuple[Fingerprints, NDArray[np.bool_]]:
    """Of each ``run`` successive values, (runs,), and whether at least ``distinct`` of them differ."""
    if len(values) < run:
        return np.zeros(0, np.uint32), np.zeros(0, np.bool_)
    runs = np.lib.stride_tricks.sliding_window_view(values, run)
    mixed = np.zeros(len(runs), np.uint64)
    for place in range(run):  # in 64 bits that wrap around
        mixed = (mixed ^ (runs[:, place] + np.uint64(1))) * _MULTIPLIER
        mixed ^= mixed >> np.uint64(29)
    ordered = np.sort(runs, axis=1)
    differing = 1 + (ordered[:, 1:] != ordered[:, :-1]).sum(axis=1)
    return (mixed >> np.uint64(32)).astype(np.uint32), differing >= distinct


def is_known(found: Fingerprints, known: Fingerprints) -> NDArray[np.bool_]:
    """(runs,) whether each is among those known, which are in order."""
    if not len(found) or not len(known):
        return np.zeros(len(found), np.bool_)
    place = np.minimum(np.searchsorted(known, found), len(known) - 1)
    hits: NDArray[np.bool_] = known[place] == found
    return hits


def read_fingerprints(path: Path) -> Fingerprints:
    """(n,) those in a file, in order.

    Raises:
        CheckpointError: if it is missing or damaged.
    """
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            known = np.asarray(file["fingerprints"])
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        raise CheckpointError(f"{path}: the songs' fingerprints cannot be read ({error}); install again") from None
    if known.ndim != 1 or known.dtype != np.uint32 or len(known) > _MOST_FINGERPRINTS or (known[1:] < known[:-1]).any():
        raise CheckpointError(f"{path}: holds no fingerprints in order; install again")
    return known


def write_fingerprints(found: Fingerprints, path: Path) -> None:
    """Write them where :func:`read_fingerprints` finds them; the same, the same bytes."""
    with path.open("wb") as file:
        np.savez_compressed(file, fingerprints=found)
