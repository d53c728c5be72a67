"""What a file holds, as SHA-256: of all of it, or of samples of a large one."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

WHOLE = 8 << 20  # bytes up to which a file is read from end to end
_SAMPLES, _SAMPLE_BYTES = 16, 1 << 16


def sha256_of(path: Path) -> str | None:
    """The hexadecimal SHA-256 of a file; None if it cannot be read, or is none."""
    try:
        known = path.stat()
        return _sha256(path.absolute(), known.st_size, known.st_mtime_ns) if path.is_file() else None
    except OSError:
        return None


def sampled_sha256(path: Path) -> tuple[str | None, bool]:
    """The SHA-256 of a file, and whether it is of the whole of it.

    Of more than ``WHOLE`` bytes only the size (in decimal) and sixteen blocks of 64 KiB are hashed, spread evenly, head
    and tail among them: a film of 50 GB is not read for its name. None if it cannot be read, or is no file.
    """
    try:
        size = path.stat().st_size
        if not path.is_file() or size <= WHOLE:
            return sha256_of(path), True
        digest = hashlib.sha256(str(size).encode())
        with path.open("rb") as file:
            for number in range(_SAMPLES):
                file.seek((size - _SAMPLE_BYTES) * number // (_SAMPLES - 1))
                digest.update(file.read(_SAMPLE_BYTES))
    except OSError:
        return None, False
    return digest.hexdigest(), False


@lru_cache(maxsize=256)
def _sha256(path: Path, size: int, changed: int) -> str:
    """The digest of a file that has this size and was changed at this time."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
