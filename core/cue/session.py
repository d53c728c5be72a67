"""The cue an editor works on: current value, history, whether it is saved, and who wants to know.

Plain Python: the panel's presenter listens, and only the main thread may touch a session.
"""

from __future__ import annotations

from collections.abc import Callable

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.history import History


class Session:
    """One open cue.

    Args:
        cue: as it was opened or composed.
        listener: called with the current cue each time another one is current.
        is_saved: whether a file holds this cue.
    """

    def __init__(self, cue: Cue, listener: Callable[[Cue], None] | None = None, *, is_saved: bool = False) -> None:
        self.listener = listener
        self._history = History.of(cue)
        self._saved = cue if is_saved else None

    @property
    def cue(self) -> Cue:
        """The current cue."""
        return self._history.cue

    @property
    def is_saved(self) -> bool:
        """Whether a file holds the current cue; an undo back to what was saved is saved too."""
        return self._saved is not None and self._saved == self.cue

    @property
    def undo_label(self) -> str | None:
        """What :meth:`undo` would take back, such as "Lock Chord"; None if nothing."""
        return self._history.undo_label

    @property
    def redo_label(self) -> str | None:
        """What :meth:`redo` would do again; None if nothing."""
        return self._history.redo_label

    def commit(self, cue: Cue, label: str) -> None:
        """Make another cue the current one; one that is equal to it changes nothing."""
        if cue != self.cue:
            self._move(self._history.committed(label, cue))

    def amend(self, cue: Cue, label: str) -> None:
        """Like :meth:`commit`, in place of the last step if that has the same label: one undo takes back both."""
        if cue == self.cue:
            return
        before = self._history.undone() if self.undo_label == label else self._history
        self._move(before.committed(label, cue))

    def undo(self) -> None:
        """Go one cue back, if there is one."""
        self._move(self._history.undone())

    def redo(self) -> None:
        """Go one cue forward again, if there is one."""
        self._move(self._history.redone())

    def mark_saved(self, cue: Cue | None = None) -> None:
        """Note that a file holds a cue, the current one if none is given."""
        self._saved = self.cue if cue is None else cue

    def _move(self, history: History) -> None:
        moved = history.cue is not self.cue
        self._history = history
        if moved and self.listener is not None:
            self.listener(self.cue)
