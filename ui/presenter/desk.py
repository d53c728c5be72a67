"""What the presenters of one window share: the open edit, its session, what is selected, and how a change is made.

Plain Python. Only the main thread touches a desk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.autosave import Recovered
from hitpoint.core.cue.session import Session
from hitpoint.core.errors import HitpointError
from hitpoint.core.mood import MoodSpan
from hitpoint.core.ports import Delivered, OpenedEdit, Ports
from hitpoint.core.progress import Progress
from hitpoint.core.timebase import format_timecode
from hitpoint.ui.presenter.runner import Runner
from hitpoint.ui.presenter.view import PanelView
from hitpoint.ui.presenter.view_models import Menus

COMPOSE, TAKES, SOUND, FILES, LOOK = "compose", "takes", "sound", "files", "look"  # lanes of jobs
DRAW_MUSIC, DRAW_PRODUCTION, MEASURE = "draw music", "draw production", "measure"
CHANGE = "change"  # a lane of the changer's
PATIENT = (SOUND, TAKES, MEASURE, DRAW_MUSIC, DRAW_PRODUCTION)  # step back for all others, and for those before them
_AT_ONCE = 600  # steps of a cue that is changed in no time


class Keeper(Protocol):
    """Keeps open work where a crash cannot reach it: :class:`~hitpoint.core.cue.documents.autosave.Autosaver`."""

    def note(self, edit: Path, cue: Cue) -> None:
        """This is the work now."""

    def forget(self) -> None:
        """There is nothing to lose."""

    def set_aside(self) -> None:
        """Leave the work where the next start will offer it."""

    def adopt(self, recovered: Recovered) -> None:
        """Go on with what a crash left."""


@dataclass(frozen=True)
class _Wanted:
    """A change that was asked for."""

    change: Callable[[Cue], Cue]
    label: str
    then: Callable[[], None]
    amends: bool


class Desk:
    """The state of one window.

    Args:
        view: shows it.
        ports: does what the window cannot.
        runner: runs what takes long.
        keeper: keeps the work.
        tr: translates what is shown.
        changer: runs changes of long cues, which wait for no other work; None for the runner.
    """

    def __init__(
        self,
        view: PanelView,
        ports: Ports,
        runner: Runner,
        keeper: Keeper,
        tr: Callable[[str], str] = str,
        changer: Runner | None = None,
    ) -> None:
        self.view, self.ports, self.runner, self.keeper, self.tr = view, ports, runner, keeper, tr
        self.changer = changer or runner
        self.opened: OpenedEdit | None = None
        self.session: Session | None = None
        self.wishes = Wishes()
        self.proposed: tuple[MoodSpan, ...] | None = None
        self.selection = range(0)
        self.on_cue: list[Callable[[Cue], None]] = []
        self.on_opened: list[Callable[[], None]] = []
        self.on_delivered: list[Callable[[Delivered], None]] = []
        self.takes_offered = 0
        self.stale: tuple[float, float] | None = None  # seconds whose music is older than a wish for it
        self._wanted: list[_Wanted] = []  # changes that are being made

    @property
    def cue(self) -> Cue | None:
        """The current cue, if anything is composed."""
        return None if self.session is None else self.session.cue

    @property
    def is_saved(self) -> bool:
        """Whether nothing would be lost."""
        return self.session is None or self.session.is_saved

    def show_opened(self, opened: OpenedEdit, cue: Cue | None, *, is_saved: bool = True) -> None:
        """Put another edit on the desk, with its cue if it has one."""
        self.changer.cancel(CHANGE)
        self._wanted.clear()
        self.opened, self.session, self.proposed = opened, None, None
        self.selection, self.takes_offered, self.stale = range(0), 0, None
        self.keeper.forget()
        self.view.show_edit(opened)
        self.view.show_takes((), 0)
        for listener in self.on_opened:
            listener()
        if cue is None:
            self.view.show_cue(None)
            self.refresh()
        else:
            self.start_session(cue, is_saved=is_saved)

    def start_session(self, cue: Cue, *, is_saved: bool) -> None:
        """Begin a history with this cue."""
        self.session = Session(cue, self._changed, is_saved=is_saved)
        self._changed(cue)

    def apply(
        self,
        change: Callable[[Cue], Cue],
        label: str,
        then: Callable[[], None] = lambda: None,
        *,
        amends: bool = False,
    ) -> None:
        """Change the cue; what cannot be is told. A long cue is changed on another thread, soon, one after the other.

        Args:
            change: makes the new cue.
            label: of the undo step.
            then: called once the change was made.
            amends: whether it takes the place of the step before, if that has the same label.
        """
        if self.session is None:
            return
        wanted = _Wanted(change, label, then, amends)
        if not self._wanted and len(self.session.cue.steps) <= _AT_ONCE:
            self._commit([(wanted, _made(wanted, self.session.cue))])
        else:
            self._wanted.append(wanted)
            self._change()

    def undo(self) -> None:
        """One step back; a change that is still being made is given up."""
        if self._wanted:
            self._wanted.pop()
            self._change()
        elif self.session is not None:
            self.session.undo()

    def redo(self) -> None:
        """One step forward."""
        if self.session is not None and not self._wanted:
            self.session.redo()

    def _change(self) -> None:
        """Make all changes that are wanted, elsewhere; those that are being made are made again with them."""
        assert self.session is not None and self.opened is not None
        before, wanted, edit = self.session.cue, tuple(self._wanted), self.opened.edit
        if not wanted:
            self.changer.cancel(CHANGE)
            return

        def work(progress: Progress) -> list[tuple[_Wanted, Cue | str]]:
            cue, made = before, []
            for each in wanted:
                progress.step(0.5)
                outcome = _made(each, cue)
                if isinstance(outcome, Cue):
                    cue = outcome
                    self.view.prepare_cue(edit, cue)
                made.append((each, outcome))
            return made

        self.changer.start(CHANGE, wanted[-1].label, work, self._commit, self._give_up)

    def _commit(self, made: list[tuple[_Wanted, Cue | str]]) -> None:
        assert self.session is not None
        self._wanted.clear()
        for wanted, outcome in made:
            if isinstance(outcome, Cue):
                move = self.session.amend if wanted.amends else self.session.commit
                move(outcome, wanted.label)
                wanted.then()
            else:
                self.view.show_error(outcome)
                self.view.show_cue(self.session.cue)  # so that a widget that ran ahead goes back

    def _give_up(self, message: str) -> None:
        self._wanted.clear()
        self.fail(message)

    def timecode(self, seconds: float) -> str:
        """A time of the timeline in the edit's own timecode."""
        assert self.opened is not None
        edit = self.opened.edit
        frame = edit.rate.nearest_frame(seconds) + edit.start_timecode_frame
        return format_timecode(frame, edit.rate, drop_frame=edit.drop_frame)

    def fail(self, message: str) -> None:
        """Show an error of a job."""
        self.view.show_error(message)
        self.refresh()

    def refresh(self) -> None:
        """Tell the view what can be done now."""
        session, opened = self.session, self.opened
        selected = [session.cue.steps[index] for index in self.selection] if session is not None else []
        self.view.show_menus(
            Menus(
                title=opened.path.name if opened is not None else "",
                is_saved=self.is_saved,
                has_edit=opened is not None,
                has_cue=session is not None,
                has_selection=bool(self.selection),
                has_takes=self.takes_offered > 1,
                is_composing=self.runner.is_busy(COMPOSE),
                undo=session.undo_label if session is not None else None,
                redo=session.redo_label if session is not None else None,
                selection_locked=bool(selected) and all(step.locked for step in selected),
            )
        )

    def _changed(self, cue: Cue) -> None:
        if self.opened is not None and not self.opened.edit.has_cut_of(cue.edit):
            self.opened = replace(self.opened, edit=cue.edit)  # the window shows the cut that its music is for
            self.view.show_edit(self.opened)
        if self.selection.stop > len(cue.steps):
            self.selection = range(0)
        self.view.show_cue(cue)
        self.view.show_selection(self.selection)
        self._keep(cue)
        self.refresh()
        for listener in self.on_cue:
            listener(cue)

    def _keep(self, cue: Cue) -> None:
        assert self.opened is not None
        if self.is_saved:
            self.keeper.forget()
        else:
            self.keeper.note(self.opened.path, cue)


def _made(wanted: _Wanted, cue: Cue) -> Cue | str:
    """The changed cue; a sentence if that cannot be."""
    try:
        return wanted.change(cue)
    except HitpointError as error:
        return str(error)
