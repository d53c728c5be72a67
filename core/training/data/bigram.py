"""Which chord follows which in MuVi-Sync, counted: with that, composing looks ahead to locked chords.

::

    python -m hitpoint.core.training.data.bigram MUVI resources/checkpoints/bigram.npz
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.model.vocabulary import CHORDS
from hitpoint.core.training.data.datasets import Tokens, read_split


def bigram_counts(songs: Sequence[Tokens]) -> NDArray[np.float32]:
    """(157, 157): how often the row's chord is followed, a second later, by the column's; holds are counted too."""
    counts = np.zeros((CHORDS, CHORDS), np.float32)
    for song in songs:
        np.add.at(counts, (song[:-1], song[1:]), 1.0)
    return counts


def write_bigram(counts: NDArray[np.float32], path: Path) -> None:
    """Write counts where :func:`hitpoint.core.model.rules.approach.read_counts` finds them.

    The same counts, the same bytes.
    """
    with path.open("wb") as file:
        np.savez_compressed(file, counts=counts.astype(np.float32))


if __name__ == "__main__":
    dataset, target = map(Path, sys.argv[1:])
    write_bigram(bigram_counts([song.chords for song in read_split(dataset, "train", with_semantic=False)]), target)
