"""Undo and redo: a list of labelled values and a position in it.

Values share what they have in common, so a step costs little. A history never changes; what happens gives a new one.

>>> history = History.of(cue).committed("Lock Chord", locked)      # doctest: +SKIP
>>> history.undo_label, history.undone().value is cue              # doctest: +SKIP
('Lock Chord', True)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")

MOST_STEPS = 500  # the oldest are forgotten


@dataclass(frozen=True)
class History(Generic[Value]):
    """Where an editor stands among the values made so far.

    Attributes:
        entries: what was done and the value it gave, oldest first; the first has the value that was opened.
        position: of the current value.
    """

    entries: tuple[tuple[str, Value], ...]
    position: int = 0

    @classmethod
    def of(cls, value: Value) -> History[Value]:
        """The history of a value to which nothing has happened yet."""
        return cls((("", value),))

    @property
    def value(self) -> Value:
        """The current value."""
        return self.entries[self.position][1]

    @property
    def undo_label(self) -> str | None:
        """What an undo would take back; None if there is nothing."""
        return self.entries[self.position][0] if self.position > 0 else None

    @property
    def redo_label(self) -> str | None:
        """What a redo would do again; None if there is nothing."""
        return self.entries[self.position + 1][0] if self.position + 1 < len(self.entries) else None

    def committed(self, label: str, value: Value) -> History[Value]:
        """With one more value after the current one; what had been undone is forgotten."""
        entries = (*self.entries[: self.position + 1], (label, value))[-MOST_STEPS:]
        return History(entries, len(entries) - 1)

    def undone(self) -> History[Value]:
        """One step back; the same history at its beginning."""
        return History(self.entries, max(self.position - 1, 0))

    def redone(self) -> History[Value]:
        """One step forward; the same history at its end."""
        return History(self.entries, min(self.position + 1, len(self.entries) - 1))
