from pathlib import Path

import numpy as np

from hitpoint.core.model.rules.approach import read_counts
from hitpoint.core.training.data.bigram import bigram_counts, write_bigram


def test_pairs_are_counted_within_songs_and_holds_with_them() -> None:
    counts = bigram_counts([np.array([1, 1, 2, 1, 2]), np.array([3, 1])])
    assert {(int(a), int(b)): counts[a, b] for a, b in np.argwhere(counts)} == {
        (1, 1): 1, (1, 2): 2, (2, 1): 1, (3, 1): 1,
    }  # fmt: skip


def test_counts_survive_their_file(tmp_path: Path) -> None:
    counts = bigram_counts([np.array([0, 5, 5, 156])])
    write_bigram(counts, tmp_path / "bigram.npz")
    assert np.array_equal(read_counts(tmp_path / "bigram.npz"), counts)
