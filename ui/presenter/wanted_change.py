"""A change of a cue that was asked for and may take a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hitpoint.core.cue.cue import Cue
from hitpoint.core.errors import HitpointError


@dataclass(frozen=True)
class WantedChange:
    """What is to be done with a cue.

    Attributes:
        change: makes the new cue.
        label: of the undo step.
        then: called once the change was made.
        amends: whether it takes the place of the step before, if that has the same label.
        name: of the cue.
    """

    change: Callable[[Cue], Cue]
    label: str
    then: Callable[[], None]
    amends: bool
    name: str

    def made(self, cue: Cue) -> Cue | str:
        """The changed cue; a sentence if that cannot be."""
        try:
            return self.change(cue)
        except HitpointError as error:
            return str(error)
