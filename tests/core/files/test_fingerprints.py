"""Banks of fingerprints, written and read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hitpoint.core.errors import CheckpointError
from hitpoint.core.files.fingerprints import is_known, read_fingerprints, run_fingerprints, write_fingerprints

KNOWN = np.array([1, 5, 9], np.uint32)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_fingerprints(KNOWN, tmp_path / "a.npz")
    assert read_fingerprints(tmp_path / "a.npz").tolist() == [1, 5, 9]


def test_the_same_bank_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.npz", "b.npz"):
        write_fingerprints(KNOWN, tmp_path / name)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no runs"])
def test_a_damaged_bank_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_bytes(content)
    with pytest.raises(CheckpointError, match="install again"):
        read_fingerprints(tmp_path / "a.npz")


@pytest.mark.parametrize("values", [np.array([3, 1], np.uint32), np.array([1.0]), np.zeros((2, 2), np.uint32)])
def test_what_are_no_fingerprints_is_refused(values: np.ndarray, tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", fingerprints=values)
    with pytest.raises(CheckpointError, match="in order"):
        read_fingerprints(tmp_path / "a.npz")


def test_only_those_in_the_bank_are_known() -> None:
    assert is_known(np.array([5, 6, 10], np.uint32), KNOWN).tolist() == [True, False, False]
    assert not is_known(KNOWN, KNOWN[:0]).any()


def test_runs_of_few_values_do_not_count() -> None:
    found, counts = run_fingerprints(np.array([1, 2, 1, 2, 3], np.uint64), 4, 3)
    assert len(found) == 2
    assert counts.tolist() == [False, True]
