"""A lock on an open file that belongs to the process: one that was killed holds nothing."""

from __future__ import annotations

import errno
import os


def try_lock(descriptor: int) -> bool:
    """Whether the lock is ours now; a file system without locks is taken at its word."""
    try:
        if os.name == "nt":
            import msvcrt  # there is none elsewhere

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        else:
            import fcntl  # there is none on Windows

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
    return True
