"""Image sequences: a path with a number in it, such as ``shot.%05d.png``, and the files it stands for."""

from __future__ import annotations

import re
from pathlib import Path

from hitpoint.core.errors import MediaReadError

_NUMBER = re.compile(r"%0?(\d*)d")


def is_sequence(path: Path) -> bool:
    """Whether a path stands for many numbered files; a file that really has such a name does not."""
    return _NUMBER.search(path.name) is not None and not path.is_file()


def sequence_files(path: Path) -> dict[int, Path]:
    """The images of a sequence by their numbers.

    Raises:
        MediaReadError: if there is none.
    """
    matched = _NUMBER.search(path.name)
    assert matched is not None, path
    name = re.escape(path.name[: matched.start()]) + r"(\d+)" + re.escape(path.name[matched.end() :])
    numbered = {}
    for file in path.parent.iterdir() if path.parent.is_dir() else ():
        if found := re.fullmatch(name, file.name):
            numbered[int(found[1])] = file
    if not numbered:
        raise MediaReadError(f"no image of {path} is there: relink the clip, or name the folder its media is in")
    return numbered
