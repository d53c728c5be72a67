"""Fingerprints of the tunes the melody network was trained on: with them a theme that copies a song is not chosen.

::

    python -m hitpoint.core.training.melody.fingerprints CORPORA resources/checkpoints/known_tunes.npz
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from hitpoint.core.files.fingerprints import Fingerprints, write_fingerprints
from hitpoint.core.melody.copying import longest_shared_run, tune_fingerprints
from hitpoint.core.melody.line import Line
from hitpoint.core.training.melody.songs import read_songs, split_songs
from hitpoint.core.training.melody.train import MelodyRecipe


def all_fingerprints(lines: Iterable[Line]) -> Fingerprints:
    """(n,) those of all melodies, in order, each once."""
    found = [
        runs[counts]
        for runs, counts in (tune_fingerprints(line.onsets.tolist(), line.pitches.tolist()) for line in lines)
    ]
    return np.unique(np.concatenate([*found, np.zeros(0, np.uint32)]))


def main() -> None:
    """The command; it also prints what songs that were held out share with the others."""
    folder, target = map(Path, sys.argv[1:])
    recipe = MelodyRecipe()
    train, held = split_songs(read_songs(folder), recipe.held_out, recipe.seed)
    known = all_fingerprints(song.line for song in train)
    write_fingerprints(known, target)
    lines = [(song.line.onsets.tolist(), song.line.pitches.tolist()) for song in held]
    longest = sorted(longest_shared_run(*line, known) for line in lines)
    at = [longest[int(share * (len(longest) - 1))] for share in (0.5, 0.9, 0.95, 1.0)]
    print(f"{len(known)} fingerprints; longest run that a held-out song shares: 50/90/95/100 %: {at}")


if __name__ == "__main__":
    main()
