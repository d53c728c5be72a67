"""Work on a long cue that is kept while it is unfinished, so that a run that was stopped is gone on with.

Each job has a folder of its own under a key that tells all its result depends on. It is removed when the job is done;
what stays behind after a stop is bounded in bytes and in days. Like every cache it may be lost at any time.

::

    with unfinished(user_cache_folder(), key, most_bytes) as folder, published(planned) as staging:
        ...                 # ``folder`` is None where nothing can be kept
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hitpoint.core.files.file_lock import try_lock

MOST_BYTES = 24 * 2**30  # of all jobs; two hours of music in six parts take 16 GB until they are delivered
_SPARE_BYTES = 2 * 2**30  # that the disk must have beyond what a job takes
_DAYS_KEPT = 14
_FOLDER = "unfinished-1"
_LOCK = "lock"


def key_of(*facts: object) -> str:
    """A name for a job of which everything that decides its result is given.

    The facts are values whose ``repr`` tells all of them.
    """
    digest = hashlib.blake2b(digest_size=16)
    for fact in facts:
        data = fact if isinstance(fact, bytes) else repr(fact).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


@contextmanager
def unfinished(cache: Path, key: str, most_bytes: int) -> Iterator[Path | None]:
    """The folder of a job, with what an earlier run left there; removed at the end if nothing was raised.

    None if another process works in it, if it cannot be made, or if the disk has no room for it.

    Args:
        cache: the user's.
        key: of the job.
        most_bytes: that it will take.
    """
    folder = cache / _FOLDER / key
    lock = _entered(folder, most_bytes)
    if lock is None:
        yield None
        return
    try:
        yield folder
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def _entered(folder: Path, most_bytes: int) -> int | None:
    """Make room for the folder, make it, and lock it; None if that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        return None
    if try_lock(lock):
        _forget_others(folder, most_bytes)
        free = shutil.disk_usage(folder).free
        if free + _size(folder) >= most_bytes + _SPARE_BYTES and most_bytes <= MOST_BYTES:
            with suppress(OSError):
                os.utime(folder)
            return lock
        shutil.rmtree(folder, ignore_errors=True)
    os.close(lock)
    return None


def _forget_others(folder: Path, most_bytes: int) -> None:
    """Remove what is too old, and the oldest until there is room; a job at work keeps its folder."""
    with suppress(OSError):
        others = sorted((one for one in folder.parent.iterdir() if one != folder), key=lambda one: one.stat().st_mtime)
        sizes = {one: _size(one) for one in others}
        for one in others:
            is_old = time.time() - one.stat().st_mtime > _DAYS_KEPT * 86_400
            if is_old or sum(sizes.values()) + most_bytes > MOST_BYTES:
                _remove_idle(one)
                sizes[one] = 0


def _remove_idle(folder: Path) -> None:
    try:
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        return
    if try_lock(lock):
        shutil.rmtree(folder, ignore_errors=True)
    os.close(lock)


def _size(folder: Path) -> int:
    total = 0
    for path in folder.iterdir():
        with suppress(OSError):
            total += path.stat().st_size
    return total
