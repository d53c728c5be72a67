"""Places that files go to: what can be known before the work starts, and what is said where the disk refuses."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from hitpoint.core.errors import EditWriteError, OptionError, PlaceError

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


_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+):[/\\](?![/\\])", re.IGNORECASE)  # a path takes one slash of two


def check_local(values: Iterable[object]) -> None:
    """See that no path, by itself or in a list, is an address on the network, such as ``https://…``.

    Raises:
        OptionError: if one is.
    """
    for value in values:
        for path in value if isinstance(value, list | tuple) else (value,):
            found = _ADDRESS.match(str(path)) if isinstance(path, Path) else None
            if found is not None and not Path(path.parts[0]).exists():
                slashes = ":///" if found[1].casefold() == "file" else "://"
                address = f"{found[1]}{slashes}{str(path)[found.end() :]}"
                raise OptionError(
                    f"{address} is an address, not a path: Hitpoint fetches and sends nothing; save the file on this "
                    "machine and give its path"
                )


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
        with tempfile.TemporaryFile(dir=folder), suppress(FileNotFoundError):
            path.lstat()  # not where the name is too long
    except FileNotFoundError:  # /proc and its like
        raise PlaceError(f"cannot write {path}: {folder} takes no files: write somewhere else") from None
    except OSError as error:
        raise refusal(path, error) from None


def make_folder(path: Path, *, is_ours: bool = False) -> None:
    """Make a folder, if it is not there, but none above it, which an editor may have mistyped, unless it is ours.

    Raises:
        PlaceError: if it cannot be made, or lies in none that is there.
    """
    try:
        path.mkdir(exist_ok=True, parents=is_ours)
    except FileNotFoundError:
        raise PlaceError(
            f"cannot write {path}: there is no folder {path.parent}: make it, or write somewhere else"
        ) from None
    except FileExistsError:
        raise PlaceError(f"cannot write {path}: a file has that name: write somewhere else") from None
    except OSError as error:
        raise refusal(path, error) from None


def without_hidden(path: Path) -> Path:
    """A path as an editor knows it: without the hidden folders in which results wait until they are whole."""
    return Path(*(part for part in path.parts if not part.startswith(".") or part in (".", "..")))


def refusal(path: Path, error: OSError) -> EditWriteError:
    """The disk's refusal as one line about a path."""
    if isinstance(error, FileExistsError):
        return EditWriteError(f"cannot write {path}: something with that name has just appeared: try again")
    reason = _REASONS.get(error.errno or 0, f"{error.strerror or error}: write somewhere else")
    return PlaceError(f"cannot write {path}: {reason}")
