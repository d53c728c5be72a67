"""Rows of features kept on disk, so that a re-cut looks only at what is new.

A row belongs to the content of a media file (not its name or place), the exact source time it was seen at, and the
kind of feature with its version. Content is told by the file's size and a hash of its head, its tail and samples in
between: reading all of a camera file takes longer than analysing it. A change that keeps the size and touches none of
the samples would go unnoticed; an export or a re-encode always rewrites head or tail.

The rows lie in one SQLite file, which gives whole-or-nothing writes and lets two processes work at once. A cache can
always be lost: whatever is wrong with it (damage, a full disk, a lock held too long) is answered by computing anew.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.media.image_sequence import is_sequence, sequence_files

MOST_BYTES = 512 * 2**20  # 36 hours of CLIP rows (4 KB each), or 1 500 hours of picture rows
_KEPT_SHARE = 0.75  # of MOST_BYTES, after throwing away the media that were not used for longest
_SAMPLE_BYTES = 64 * 1024
_SAMPLES = 16
_FILE = "features-1.sqlite"
_LOCK_SECONDS = 5.0
_KEYS_PER_QUERY = 500
_TABLES = """
CREATE TABLE IF NOT EXISTS media (id TEXT PRIMARY KEY, used REAL NOT NULL);
CREATE TABLE IF NOT EXISTS row (
    media TEXT NOT NULL, kind TEXT NOT NULL, second TEXT NOT NULL, value BLOB NOT NULL, sum INTEGER NOT NULL,
    PRIMARY KEY (media, kind, second)
) WITHOUT ROWID;
"""

Row = NDArray[np.float32]


class FeatureCache:
    """Feature rows in a folder.

    Args:
        folder: made when something is first kept.
        most_bytes: beyond this the media not used for longest are forgotten.
    """

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._file = folder / _FILE
        self._most_bytes = most_bytes
        self._is_stuck = False

    def rows(self, media: str, kind: str, seconds: Sequence[Fraction], size: int) -> dict[Fraction, Row]:
        """The known rows of a medium: arrays of ``size`` float32 by source time; times never seen are left out."""
        found: dict[Fraction, Row] = {}

        def look_up(connection: sqlite3.Connection) -> None:
            """Fill ``found`` with the rows that are kept, by second, and note that the media was used."""
            for start in range(0, len(seconds), _KEYS_PER_QUERY):
                keys = {str(second): second for second in seconds[start : start + _KEYS_PER_QUERY]}
                marks = ",".join("?" * len(keys))
                query = f"SELECT second, value, sum FROM row WHERE media = ? AND kind = ? AND second IN ({marks})"
                for second, value, total in connection.execute(query, (media, kind, *keys)):
                    if (row := _row(value, total, size)) is not None:
                        found[keys[second]] = row
            connection.execute("UPDATE media SET used = ? WHERE id = ?", (time.time(), media))

        if self._file.is_file():
            self._in_transaction(look_up)
        return found

    def keep(self, media: str, kind: str, rows: Mapping[Fraction, Row]) -> None:
        """Add rows of a medium, all or none of them."""
        entries = [(media, kind, str(second), np.asarray(row, "<f4").tobytes()) for second, row in rows.items()]

        def add(connection: sqlite3.Connection) -> None:
            """Store the entries, each with its checksum; the media used longest ago make room."""
            connection.execute("INSERT OR REPLACE INTO media VALUES (?, ?)", (media, time.time()))
            summed = ((*entry, zlib.crc32(entry[-1])) for entry in entries)
            connection.executemany("INSERT OR REPLACE INTO row VALUES (?, ?, ?, ?, ?)", summed)
            self._forget_oldest(connection)

        if entries:
            self._in_transaction(add)

    def _in_transaction(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Do all of ``work`` or nothing; a damaged file is thrown away, and no trouble is the caller's.

        What cannot be used once (locked for long, read-only, full) is left alone from then on: an edit of two hundred
        files must not wait for each.
        """
        if self._is_stuck:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._file, timeout=_LOCK_SECONDS)) as connection:
                connection.execute("PRAGMA auto_vacuum = FULL")
                connection.executescript(_TABLES)
                with connection:
                    work(connection)
        except sqlite3.OperationalError:
            self._is_stuck = True  # locked, read-only or full: not ours to mend
        except sqlite3.DatabaseError:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)
        except OSError:
            return  # no folder can be made there

    def _forget_oldest(self, connection: sqlite3.Connection) -> None:
        stored = "SELECT COALESCE(SUM(LENGTH(value) + 100), 0) FROM row"
        pages, page_size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        if pages * page_size <= self._most_bytes:
            return
        oldest = [media for (media,) in connection.execute("SELECT id FROM media ORDER BY used")]
        for media in oldest:
            if connection.execute(stored).fetchone()[0] <= self._most_bytes * _KEPT_SHARE:
                return
            connection.execute("DELETE FROM row WHERE media = ?", (media,))
            connection.execute("DELETE FROM media WHERE id = ?", (media,))


def content_of(path: Path) -> str:
    """What a media file or image sequence contains, as a short name that does not depend on where it lies.

    Raises:
        OSError: if it cannot be read.
    """
    digest = hashlib.blake2b(digest_size=16)
    if is_sequence(path):
        files = sequence_files(path)
        digest.update(repr([(number, file.stat().st_size) for number, file in sorted(files.items())]).encode())
        for number in sorted(files)[:: max(1, len(files) // _SAMPLES)]:
            digest.update(_content(files[number]))
    else:
        digest.update(_content(path))
    return digest.hexdigest()


def _content(path: Path) -> bytes:
    """Hash of a file's size, and of evenly spread samples that include its head and tail; of all of it when small."""
    size = path.stat().st_size
    digest = hashlib.blake2b(str(size).encode(), digest_size=16)
    last = max(0, size - _SAMPLE_BYTES)
    with path.open("rb") as file:
        for number in range(_SAMPLES):
            file.seek(last * number // (_SAMPLES - 1))
            digest.update(file.read(_SAMPLE_BYTES))
    return digest.digest()


def _row(value: object, total: object, size: int) -> Row | None:
    """A stored row, or None if it is not what was written."""
    if not isinstance(value, bytes) or len(value) != 4 * size or zlib.crc32(value) != total:
        return None
    row = np.frombuffer(value, "<f4").astype(np.float32)
    return row if np.isfinite(row).all() else None
