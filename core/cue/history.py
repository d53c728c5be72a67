"""Undo and redo: a list of labelled cues and a position in it.

Values are shared between the cues, so a step costs little. A history never changes; what happens gives a new one.

>>> history = History.of(cue).committed("Lock Chord", locked)      # doctest: +SKIP
>>> history.undo_label, history.undone().cue is cue                # doctest: +SKIP
('Lock Chord', True)
"""

from __future__ import annotations

from dataclasses import dataclass

from hitpoint.core.cue.cue import Cue

MOST_CUES = 500  # the oldest are forgotten


@dataclass(frozen=True)
class History:
    """Where an editor stands among the cues made so far.

    Attributes:
        entries: what was done and the cue it gave, oldest first; the first has the cue that was opened.
        position: of the current cue.
    """

    entries: tuple[tuple[str, Cue], ...]
    position: int = 0

    @classmethod
    def of(cls, cue: Cue) -> History:
        """The history of a cue to which nothing has happened yet."""
        return cls((("", cue),))

    @property
    def cue(self) -> Cue:
        """The current cue."""
        return self.entries[self.position][1]

    @property
    def undo_label(self) -> str | None:
        """What an undo would take back; None if there is nothing."""
        return self.entries[self.position][0] if self.position > 0 else None

    @property
    def redo_label(self) -> str | None:
        """What a redo would do again; None if there is nothing."""
        return self.entries[self.position + 1][0] if self.position + 1 < len(self.entries) else None

    def committed(self, label: str, cue: Cue) -> History:
        """With one more cue after the current one; what had been undone is forgotten."""
        entries = (*self.entries[: self.position + 1], (label, cue))[-MOST_CUES:]
        return History(entries, len(entries) - 1)

    def undone(self) -> History:
        """One step back; the same history at its beginning."""
        return History(self.entries, max(self.position - 1, 0))

    def redone(self) -> History:
        """One step forward; the same history at its end."""
        return History(self.entries, min(self.position + 1, len(self.entries) - 1))
