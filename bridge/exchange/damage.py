"""Times in exchange files that are none: they are passed over, and said, never mended in silence."""

from __future__ import annotations

from collections.abc import Sequence

_NAMED = 3  # of several; the rest is counted


def told_damage(file: str, found: Sequence[str], what: str = "times") -> list[str]:
    """Warnings for an editor: each fault in a sentence, and how many more there are.

    Args:
        file: name of the file.
        found: a sentence for each fault, without the file's name.
        what: the faults are, in the plural.
    """
    told = [f"{file}: {one}" for one in found[:_NAMED]]
    if len(found) > _NAMED:
        told.append(f"{file}: {len(found) - _NAMED} more {what} are damaged: export the timeline again")
    return told


def shown(value: str) -> str:
    """A value of a file for a message, cut short."""
    return value if len(value) <= 24 else f"{value[:23]}…"
