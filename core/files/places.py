"""Places that files go to: what can be known before the work starts, and what is said where the disk refuses."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from hitpoint.core.errors import EditWriteError, PlaceError

_REASONS = {
    errno.ENOSPC: "the disk is full: make room, or write to another disk",
    errno.EFBIG: "the disk takes no file so large: write to another disk",
    errno.EDQUOT: "the disk quota is used up: make room, or write to another disk",
    errno.EROFS: "the disk is read-only: write somewhere else",
    errno.EACCES: "the folder is read-only: write somewhere else",
    errno.EPERM: "the folder is read-only: write somewhere else",
    errno.ENOENT: "there is no such folder: make it, or write somewhere else",
    errno.ENOTDIR: "a part of that path is a file, not a folder: write somewhere else",
    errno.ENAMETOOLONG: "the name is too long: take a shorter one",
}


def check_place(path: Path) -> None:
    """See that a file could be written, before the work for it starts: one without a name is, and is gone at once.

    Raises:
        PlaceError: if its folder is missing or takes no file.
    """
    folder = path.parent
    if not (folder.is_dir() and os.access(folder, os.W_OK)):
        missing = errno.EACCES if folder.is_dir() else errno.ENOTDIR if folder.exists() else errno.ENOENT
        raise refusal(path, OSError(missing, os.strerror(missing)))
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except FileNotFoundError:  # /proc and its like
        raise PlaceError(f"cannot write {path}: {folder} takes no files: write somewhere else") from None
    except OSError as error:
        raise refusal(path, error) from None


def make_folder(path: Path) -> None:
    """Make a folder and those above it, if it is not there.

    Raises:
        PlaceError: if it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise PlaceError(f"cannot write {path}: a file has that name: write somewhere else") from None
    except OSError as error:
        raise refusal(path, error) from None


def refusal(path: Path, error: OSError) -> EditWriteError:
    """The disk's refusal as one line about a path."""
    if isinstance(error, FileExistsError):
        return EditWriteError(f"cannot write {path}: something with that name has just appeared: try again")
    reason = _REASONS.get(error.errno or 0, f"{error.strerror or error}: write somewhere else")
    return PlaceError(f"cannot write {path}: {reason}")
