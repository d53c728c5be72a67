"""Files that replace their own former version, and never what somebody else wrote under that name."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from hitpoint.core.files.output import write_safely

_HEAD = 400  # characters in which a file of ours says what it is


def replace_ours(path: Path, text: str, mark: str) -> Path:
    """Write a text whole, and answer where it lies.

    Args:
        path: of the file. A former version of ours is replaced; any other file stays, and the next free name is taken.
        text: with ``mark`` near its beginning.
        mark: by which a file is known to be ours.

    Raises:
        EditWriteError: if the disk is full, or the folder is missing or read-only.
    """
    assert mark in text[:_HEAD], "the next time it would not be known"
    if not _is_ours(path, mark):
        return write_safely(path, lambda temporary: _write(temporary, text))
    beside = write_safely(path.with_name(f".{path.name}"), lambda temporary: _write(temporary, text))
    beside.replace(path)
    return path


def _is_ours(path: Path, mark: str) -> bool:
    with suppress(OSError, ValueError), path.open(encoding="utf-8") as file:
        return mark in file.read(_HEAD)
    return False


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
