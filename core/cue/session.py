"""The cues an editor works on: current values, history, whether they are saved, and who wants to know.

One history holds all cues of a film, so that steps are taken back in the order they were done, whichever cue they were
done to. Plain Python: the panel's presenter listens, and only the main thread may touch a session.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.film.film_cues import FilmCues, film_of, with_music
from hitpoint.core.cue.history import History


@dataclass(frozen=True)
class _State:
    """The cues, and the name of the one that was worked at."""

    film: FilmCues
    name: str


class Session:
    """The open cues of one film, one of which is worked at.

    Args:
        work: all cues, or the only one, as they were opened or composed.
        listener: called with the current cue, None if that is not composed, each time cues or the current one change.
        is_saved: whether a file holds them.
        name: of the cue to work at; the first if it is not named.
    """

    def __init__(
        self,
        work: Cue | FilmCues,
        listener: Callable[[Cue | None], None] | None = None,
        *,
        is_saved: bool = False,
        name: str = "",
    ) -> None:
        film = work if isinstance(work, FilmCues) else film_of(work)
        self.listener = listener
        self._name = name if name in film.cues.names else next(iter(film.cues.names), "")
        self._history = History.of(_State(film, self._name))
        self._saved = film if is_saved else None

    @property
    def film(self) -> FilmCues:
        """All cues as they are now."""
        return self._history.value.film

    @property
    def name(self) -> str:
        """The cue that is worked at; empty if there is none."""
        return self._name

    @property
    def cue(self) -> Cue | None:
        """Its music; None if there is none yet."""
        return self.film.music.get(self._name)

    @property
    def is_saved(self) -> bool:
        """Whether a file holds all that is there now; an undo back to what was saved is saved too."""
        return self._saved is not None and self._saved == self.film

    @property
    def undo_label(self) -> str | None:
        """What :meth:`undo` would take back, such as "Lock Chord"; None if nothing."""
        return self._history.undo_label

    @property
    def redo_label(self) -> str | None:
        """What :meth:`redo` would do again; None if nothing."""
        return self._history.redo_label

    def go_to(self, name: str) -> None:
        """Work at another cue; that is no step of the history. One that is not there changes nothing."""
        if name != self._name and name in self.film.cues.names:
            self._name = name
            self._tell()

    def commit(self, cue: Cue, label: str, name: str | None = None) -> None:
        """Make another cue the music of the current one, or of the one named; an equal one changes nothing.

        Raises:
            OptionError: if it reaches into a cue beside it.
        """
        self._put(self._history, cue, label, name)

    def amend(self, cue: Cue, label: str, name: str | None = None) -> None:
        """Like :meth:`commit`, in place of the last step if that has the same label: one undo takes back both."""
        is_same = self.undo_label == label and self._history.value.name == (name or self._name)
        self._put(self._history.undone() if is_same else self._history, cue, label, name)

    def commit_film(self, film: FilmCues, label: str, name: str | None = None) -> None:
        """Change several cues, or the list, in one step; ``name`` is the cue to work at then."""
        at = self._name if name is None else name
        if film != self.film:
            self._move(self._history.committed(label, _State(film, at)), at)

    def undo(self, frame: int | None = None) -> None:
        """Go one step back, if there is one, to the cue at a timeline frame, else to the one that it was done to."""
        before = self._history.value.name
        self._move(self._history.undone(), before, frame)

    def redo(self, frame: int | None = None) -> None:
        """Go one step forward again, if there is one, to the cue at a timeline frame, else to that of the step."""
        history = self._history.redone()
        self._move(history, history.value.name, frame)

    def mark_saved(self, work: Cue | FilmCues | None = None) -> None:
        """Note that a file holds these cues, the current ones if none are given."""
        self._saved = self.film if work is None else work if isinstance(work, FilmCues) else film_of(work)

    def put_saved_before(self, work: Cue | FilmCues, label: str) -> None:
        """Let one undo go back to cues that a file holds, as if those here had been made from them in one step.

        Where they are the same there is nothing to go back to.
        """
        film = work if isinstance(work, FilmCues) else film_of(work)
        now = self._history.value
        if film != now.film:
            self._saved = film
            self._history = History.of(_State(film, now.name)).committed(label, now)

    def _put(self, before: History[_State], cue: Cue, label: str, name: str | None) -> None:
        at = self._name if name is None else name
        if cue == self.film.music.get(at):
            return
        film = with_music(before.value.film, at, cue)
        shown = self._name if name is None else self._name or at
        self._move(before.committed(label, _State(film, at)), shown)

    def _move(self, history: History[_State], name: str, frame: int | None = None) -> None:
        has_moved = history.value is not self._history.value
        self._history = history
        names = self.film.cues.names
        here = None if frame is None else self.film.cues.at(frame)
        name = name if here is None else here.name
        self._name = name if name in names else history.value.name if history.value.name in names else ""
        self._name = self._name or next(iter(names), "")
        if has_moved:
            self._tell()

    def _tell(self) -> None:
        if self.listener is not None:
            self.listener(self.cue)
