"""How a cue leads to the next one."""

from __future__ import annotations

from enum import Enum
from typing import Any

from hitpoint.core.cue.json_values import text
from hitpoint.core.errors import CueFileError, OptionError

LONGEST_CROSSFADE = 30  # seconds


class Join(Enum):
    """What becomes of the border to the next cue; the value is its name for the editor."""

    CUT = "cut"
    CROSSFADE = "crossfade"
    SEGUE = "segue"
    RING = "ring"


def join_named(written: str) -> Join:
    """The join an editor wrote; nothing is a cut.

    Raises:
        OptionError: if there is none of that name; the message lists them all.
    """
    try:
        return Join(written.strip().lower() or Join.CUT.value)
    except ValueError:
        known = ", ".join(join.value for join in Join)
        raise OptionError(f"{written!r} is no way to join two cues: choose one of {known}") from None


def crossfade_seconds(written: str) -> float | None:
    """The length of a crossfade that an editor wrote, in seconds; None for the usual one.

    Raises:
        OptionError: if it is no number from 0.1 to 30.
    """
    if not written.strip():
        return None
    try:
        seconds = float(written)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= LONGEST_CROSSFADE:
        raise OptionError(f"{written!r} is no length of a crossfade: write 0.1 to {LONGEST_CROSSFADE} seconds")
    return seconds


def join_of(value: Any) -> str:
    """The join in a document; nothing is a cut.

    Raises:
        CueFileError: if it is none.
    """
    try:
        return join_named(text(value, "join")).value
    except OptionError as error:
        raise CueFileError(f"join: {error}") from None
