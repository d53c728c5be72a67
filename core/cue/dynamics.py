"""Where a cue's density and loudness come from: the mean of what a picture wants, or curves drawn around it."""

from __future__ import annotations

from typing import Any, Literal

from hitpoint.core.errors import CueFileError

Dynamics = Literal["mean", "flow"]
DYNAMICS: tuple[Dynamics, ...] = ("mean", "flow")


def dynamics_named(value: Any) -> Dynamics:
    """One of :data:`DYNAMICS`, as a document tells it.

    Raises:
        CueFileError: if it is none.
    """
    found = next((name for name in DYNAMICS if name == value), None)
    if found is None:
        raise CueFileError(f"dynamics is {value!r:.40}, not one of {', '.join(DYNAMICS)}")
    return found
