"""The folders that an assistant may work in: nothing outside of them is read or written, whatever a path looks like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from hitpoint.core.errors import HitpointError, OptionError


class OutsideError(HitpointError):
    """A path leads out of the folders that an assistant may work in."""


class Folders:
    """Folders, and whether a path lies in one of them once all links are followed.

    Args:
        folders: that are there; a relative path is taken from the first.

    Raises:
        OptionError: if one is no folder.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        for folder in folders:
            if not folder.is_dir():
                raise OptionError(f"{folder} is no folder: give folders that are there")
        self._roots = tuple(folder.resolve() for folder in folders)

    def __str__(self) -> str:
        """All of them, for messages."""
        return ", ".join(map(str, self._roots))

    def inside(self, written: str | Path) -> Path:
        """The path that was written, links followed; it need not be there.

        Raises:
            OutsideError: if it lies outside, or is no path.
        """
        try:
            found = (self._roots[0] / written).resolve()
        except (OSError, RuntimeError, ValueError):
            raise OutsideError(f"{str(written)[:200]!r} is no path") from None
        if not any(found.is_relative_to(root) for root in self._roots):
            raise OutsideError(f"{written} lies outside of {self}: start 'hitpoint mcp' with its folder, too")
        return found

    def check(self, named_by: Path, paths: Iterable[Path]) -> None:
        """See that all that a file names lies inside.

        Raises:
            OutsideError: if something does not.
        """
        for path in paths:
            try:
                self.inside(path)
            except OutsideError as error:
                raise OutsideError(f"{named_by.name} uses what it may not: {error}") from None
