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

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.files.fingerprints import Fingerprints, is_known, read_fingerprints, run_fingerprints
from hitpoint.core.model.vocabulary import SILENCE

RUN = 16  # chords
DISTINCT = 5
ALARM = 30  # chords shared, which only one in twenty real songs does


def fingerprints(tokens: Sequence[int]) -> tuple[Fingerprints, NDArray[np.bool_]]:
    """Of each run of chords in a song, (runs,), and whether it has chords enough to count."""
    return run_fingerprints(np.array(_changes(tokens)[0], np.uint64), RUN, DISTINCT)


def longest_known_run(tokens: Sequence[int], span: range, known: Fingerprints) -> int:
    """Chords in a row, some of them in the rows of ``span``, that a training song has too: 0, or from :data:`RUN` on.

    Runs that follow one another chord by chord are taken to be of one song.
    """
    found, is_counted = fingerprints(tokens)
    if not len(found):
        return 0
    starts = np.array(_changes(tokens)[1])
    stops = np.append(starts[1:], len(tokens))
    longest = count = 0
    for first, hit in enumerate((is_known(found, known) & is_counted).tolist()):
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
    return read_fingerprints(Path(str(resources.files("hitpoint.resources") / "checkpoints" / "known_runs.npz")))


def _changes(tokens: Sequence[int]) -> tuple[list[int], list[int]]:
    """The chords without "N" and repetition, and the row where each begins."""
    chords: list[int] = []
    rows: list[int] = []
    for row, token in enumerate(tokens):
        if token != SILENCE and (not chords or token != chords[-1]):
            chords.append(int(token))
            rows.append(row)
    return chords, rows
