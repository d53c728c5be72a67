"""What to say where the operating system refuses a file or a folder that nobody has looked at before."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from hitpoint.core.files.places import without_hidden

_REASONS = {
    errno.ENOENT: "nothing is there, or not any more: check the path",
    errno.EACCES: "this user may not read it, or not write there: change its permissions, or take another place",
    errno.EPERM: "this user may not read it, or not write there: change its permissions, or take another place",
    errno.ENAMETOOLONG: "the name is too long: take a shorter one",
    errno.ENOSPC: "the disk is full: make room, or take another disk",
    errno.EROFS: "the disk is read-only: take another place",
    errno.ENOTDIR: "a part of that path is a file, not a folder: check the path",
    errno.EISDIR: "it is a folder, not a file: give a file",
    errno.ELOOP: "links lead in a circle there: check the path",
    errno.EIO: "the disk cannot be read or written there: check the disk, or copy the file from elsewhere",
}


def refused(error: OSError) -> str:
    """A line on what is refused, where, and what to do.

    >>> refused(OSError(errno.ENAMETOOLONG, "File name too long", "a.otio"))
    'a.otio: the name is too long: take a shorter one'
    """
    reason = _REASONS.get(error.errno or 0, f"{error.strerror or error}: try again, or take another place")
    if error.filename is None:
        return reason
    return f"{without_hidden(Path(os.fsdecode(error.filename)))}: {reason}"
