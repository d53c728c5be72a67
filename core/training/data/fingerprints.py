"""Fingerprints of the songs a chord model was trained on: with them, takes that copy a song rank lower.

::

    python -m hitpoint.core.training.data.fingerprints MUVI CORPORA resources/checkpoints/known_runs.npz
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from hitpoint.core.files.fingerprints import Fingerprints, write_fingerprints
from hitpoint.core.model.known_runs import fingerprints
from hitpoint.core.training.data.corpora import read_corpora
from hitpoint.core.training.data.datasets import Tokens, read_split
from hitpoint.core.training.data.segments import sample_times, sampled


def all_fingerprints(songs: Iterable[Tokens]) -> Fingerprints:
    """(n,) those of all songs, in order, each once."""
    found = [runs[counts] for runs, counts in (fingerprints(song.tolist()) for song in songs)]
    return np.unique(np.concatenate([*found, np.zeros(0, np.uint32)]))


if __name__ == "__main__":
    dataset, folder, target = map(Path, sys.argv[1:])
    training = read_split(dataset, "train", with_semantic=False)
    corpora = read_corpora(folder, training)
    once_a_second = [sampled(song, sample_times(song.seconds, 0.0, 1.0), 0.0) for song in corpora]
    write_fingerprints(all_fingerprints([*(song.chords for song in training), *once_a_second]), target)
