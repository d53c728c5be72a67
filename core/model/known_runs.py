"""Whether chords were copied from a song the model was trained on: fingerprints of the songs' runs of chords.

A fingerprint is a hash of :data:`RUN` successive chords of a song in C major or A minor, however long each of them
lasts; "N" is left out. Only runs of at least :data:`DISTINCT` different chords have one: loops of three or four chords
are common property. The fingerprints come with Hitpoint, 4 bytes each, and no song can be read out of them.

Half of all real songs that were not trained on share 11 or 12 chords in a row with one that was, and one in twenty
shares 25 or more; so a shared run is no matter before it is longer than :data:`RUN`, and 30 are an alarm.
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
from hitpoint.core.model.vocabulary import SILENCE

RUN = 16  # chords
DISTINCT = 5
ALARM = 30  # chords shared, which only one in twenty real songs does

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # odd, 2**64 over the golden ratio (Knuth, TAOCP 3, 6.4)
_MOST_FINGERPRINTS = 1 << 22

Fingerprints = NDArray[np.uint32]


def fingerprints(tokens: Sequence[int]) -> tuple[Fingerprints, NDArray[np.bool_]]:
    """Of each run of chords in a song, (runs,), and whether it has chords enough to count."""
    chords = np.array(_changes(tokens)[0], np.uint64)
    if len(chords) < RUN:
        return np.zeros(0, np.uint32), np.zeros(0, np.bool_)
    runs = np.lib.stride_tricks.sliding_window_view(chords, RUN)
    mixed = np.zeros(len(runs), np.uint64)
    for place in range(RUN):  # in 64 bits that wrap around
        mixed = (mixed ^ (runs[:, place] + np.uint64(1))) * _MULTIPLIER
        mixed ^= mixed >> np.uint64(29)
    ordered = np.sort(runs, axis=1)
    distinct = 1 + (ordered[:, 1:] != ordered[:, :-1]).sum(axis=1)
    return (mixed >> np.uint64(32)).astype(np.uint32), distinct >= DISTINCT


def longest_known_run(tokens: Sequence[int], span: range, known: Fingerprints) -> int:
    """Chords in a row, some of them in the rows of ``span``, that a training song has too: 0, or from :data:`RUN` on.

    Runs that follow one another chord by chord are taken to be of one song.
    """
    found, is_counted = fingerprints(tokens)
    if not len(found) or not len(known):
        return 0
    place = np.minimum(np.searchsorted(known, found), len(known) - 1)
    is_known = (known[place] == found) & is_counted
    starts = np.array(_changes(tokens)[1])
    stops = np.append(starts[1:], len(tokens))
    longest = count = 0
    for first, hit in enumerate(is_known.tolist()):
        count = count + 1 if hit else 0
        begun = first + 1 - count
        touches = hit and starts[begun] < span.stop and stops[first + RUN - 1] > span.start
        longest = max(longest, count + RUN - 1) if touches else longest
    return longest


@lru_cache(maxsize=1)
def known_runs() -> Fingerprints:
    """(n,) those of the songs that the shipped model was trained on, in order.

    Raises:
        CheckpointError: if this installation has none.
    """
    return read_known_runs(Path(str(resources.files("hitpoint.resources") / "checkpoints" / "known_runs.npz")))


def read_known_runs(path: Path) -> Fingerprints:
    """Fingerprints from a file.

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


def _changes(tokens: Sequence[int]) -> tuple[list[int], list[int]]:
    """The chords without "N" and repetition, and the row where each begins."""
    chords: list[int] = []
    rows: list[int] = []
    for row, token in enumerate(tokens):
        if token != SILENCE and (not chords or token != chords[-1]):
            chords.append(int(token))
            rows.append(row)
    return chords, rows
