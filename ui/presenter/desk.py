"""The desk that the presenters of one window share: the open edit, its session, the selection, and how it changes.

Plain Python. Only the main thread touches a desk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from hitpoint.core.compose.like.follow import Follow
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.autosave import Recovered
from hitpoint.core.cue.film.film_cues import FilmCues
from hitpoint.core.cue.session import Session
from hitpoint.core.errors import HitpointError
from hitpoint.core.mood import MoodSpan
from hitpoint.core.ports import Delivered, LikeWish, OpenedEdit, Ports
from hitpoint.core.progress import Progress
from hitpoint.core.timebase import format_timecode
from hitpoint.ui.presenter.runner import Runner
from hitpoint.ui.presenter.stale import Span, Stale, steps_in
from hitpoint.ui.presenter.view import PanelView
from hitpoint.ui.presenter.view_models import Menus
from hitpoint.ui.presenter.wanted_change import WantedChange

COMPOSE, TAKES, SOUND, FILES, LOOK = "compose", "takes", "sound", "files", "look"  # lanes of jobs
DRAW_MUSIC, DRAW_PRODUCTION, MEASURE, TEMP, TUNE = "draw music", "draw production", "measure", "temp", "tune"
PICTURE = "picture"  # a lane of the looker's, and of the runner's for composing with what was seen
CHANGE = "change"  # a lane of the changer's
PATIENT = (SOUND, (TAKES, PICTURE), MEASURE, DRAW_MUSIC, DRAW_PRODUCTION, TEMP)  # step back for others and those before
_AT_ONCE = 600  # steps of a cue that is changed in no time


class Keeper(Protocol):
    """Keeps open work where a crash cannot reach it: :class:`~hitpoint.core.cue.documents.autosave.Autosaver`."""

    def note(self, edit: Path, work: Cue | FilmCues) -> None:
        """This is the work now."""

    def forget(self) -> None:
        """There is nothing to lose."""

    def set_aside(self) -> None:
        """Leave the work where the next start will offer it."""

    def adopt(self, recovered: Recovered) -> None:
        """Go on with what a crash left."""


class Desk:
    """The state of one window.

    Args:
        view: shows it.
        ports: does what the window cannot.
        runner: runs what takes long.
        keeper: keeps the work.
        tr: translates what is shown.
        changer: runs changes of long cues, which wait for no other work; None for the runner.
        looker: looks at pictures while other work goes on; None for the runner.
    """

    def __init__(
        self,
        view: PanelView,
        ports: Ports,
        runner: Runner,
        keeper: Keeper,
        tr: Callable[[str], str] = str,
        changer: Runner | None = None,
        looker: Runner | None = None,
    ) -> None:
        self.view, self.ports, self.runner, self.keeper, self.tr = view, ports, runner, keeper, tr
        self.changer, self.looker = changer or runner, looker or runner
        self.is_playing: Callable[[], bool] = lambda: False
        self.heard: Cue | None = None  # of which there is sound
        self.on_heard: list[Callable[[], None]] = []
        self.opened: OpenedEdit | None = None
        self.session: Session | None = None
        self.wishes, self.follow = Wishes(), Follow()
        self.proposed: tuple[MoodSpan, ...] | None = None
        self.selection = range(0)
        self.marked: Span | None = None  # the marked range of the timeline, in seconds
        self.on_cue: list[Callable[[Cue], None]] = []
        self.on_opened: list[Callable[[], None]] = []
        self.on_delivered: list[Callable[[Delivered], None]] = []
        self.on_silence: list[Callable[[], None]] = []  # the cue that is worked at has no music yet
        self.on_film: list[Callable[[], None]] = []  # the list of cues, or which of them is worked at
        self.on_other: list[Callable[[], None]] = []  # another cue is worked at
        self._shown: str | None = None  # name of the cue that was shown last
        self.frame: int | None = None  # of the timeline, at the playhead; None before it was told
        self.takes_offered, self._version = 0, 0  # the latter counts what was done
        self.stale = Stale()  # music that is older than a wish for it
        self.on_stale: list[Callable[[], None]] = []
        self._before: Cue | None = None  # that was shown last
        self.has_jumped = False  # whether what comes is not made from what is there, as with an undo
        self._wanted: list[WantedChange] = []  # changes that are being made

    @property
    def cue(self) -> Cue | None:
        """The cue that is worked at, if it is composed."""
        return None if self.session is None else self.session.cue

    @property
    def meant(self) -> range:
        """The steps to compose again: the selected ones, else those of the marked range; none without either."""
        return self.selection or steps_in(self.cue, self.marked)

    @property
    def film(self) -> FilmCues:
        """All cues."""
        return FilmCues() if self.session is None else self.session.film

    @property
    def name(self) -> str:
        """The cue that is worked at; empty for none."""
        return "" if self.session is None else self.session.name

    def like_of(self, name: str) -> LikeWish | None:
        """The recording that a cue is to follow when it is composed; None for none."""
        source = self.film.cues.named(name).like if name in self.film.cues.names else ""
        return LikeWish(source, self.follow) if source else None

    def beside(self, names: Iterable[str]) -> tuple[Cue, ...]:
        """The music of all cues but these, in order of time: what new music is to go with."""
        composed, left_out = self.film.music, set(names)
        return tuple(composed[name] for name in self.film.cues.names if name in composed and name not in left_out)

    @property
    def is_saved(self) -> bool:
        """Whether nothing would be lost."""
        return self.session is None or self.session.is_saved

    def show_opened(self, opened: OpenedEdit, cue: Cue | FilmCues | None, *, is_saved: bool = True) -> None:
        """Put another edit on the desk, with its cues if it has any."""
        self.changer.cancel(CHANGE)
        self._wanted.clear()
        self.opened, self.session, self.proposed, self._shown = opened, None, None, None
        self.selection, self.takes_offered, self._before = range(0), 0, None
        self.stale.forget()
        self.keeper.forget()
        self.view.show_edit(opened)
        self.view.show_takes((), 0)
        for listener in self.on_opened:
            listener()
        if cue is None:
            self.view.show_cue(None)
            self.view.show_cues(self.film, "")
            for tell in self.on_film:
                tell()
            self.refresh()
        else:
            self.start_session(cue, is_saved=is_saved)

    def start_session(self, work: Cue | FilmCues, *, is_saved: bool, name: str = "") -> None:
        """Begin a history with this cue, or these, at the one that is named, else the first."""
        self.session = Session(work, self._changed, is_saved=is_saved, name=name)
        self._changed(self.session.cue)

    def go_to(self, name: str) -> None:
        """Work at another cue, if there is one of that name."""
        if self.session is not None:
            self.session.go_to(name)

    def apply(
        self,
        change: Callable[[Cue], Cue],
        label: str,
        then: Callable[[], None] = lambda: None,
        *,
        amends: bool = False,
        name: str | None = None,
    ) -> None:
        """Change the cue; what cannot be is told. A long cue is changed on another thread, soon, one after the other.

        Args:
            change: makes the new cue.
            label: of the undo step.
            then: called once the change was made.
            amends: whether it takes the place of the step before, if that has the same label.
            name: of the cue; None for the one that is worked at.
        """
        at = self.name if name is None else name
        cue = self.film.music.get(at)
        if self.session is None or cue is None:
            return
        wanted = WantedChange(change, label, then, amends, at)
        if not self._wanted and len(cue.steps) <= _AT_ONCE:
            self._commit([(wanted, wanted.made(cue))])
        else:
            self._wanted.append(wanted)
            self._change()

    def undo(self) -> None:
        """One step back; a change that is still being made is given up."""
        if self._wanted:
            self._wanted.pop()
            self._change()
        elif self.session is not None:
            before, label, _tr = self.film, self.session.undo_label, self.tr
            with self._jumping():
                self.session.undo(self.frame)
            self._tell_elsewhere(before, _tr("Undone in {names}, which is not at the playhead: {label}."), label)

    def redo(self) -> None:
        """One step forward."""
        if self.session is not None and not self._wanted:
            before, label, _tr = self.film, self.session.redo_label, self.tr
            with self._jumping():
                self.session.redo(self.frame)
            self._tell_elsewhere(before, _tr("Redone in {names}, which is not at the playhead: {label}."), label)

    def _tell_elsewhere(self, before: FilmCues, text: str, label: str | None) -> None:
        """Say which cue has other music than before, if it is not shown."""
        there, then = self.film.music, self._version
        names = [name for name in self.film.cues.names if there.get(name) is not before.music.get(name)]
        if names and self.name not in names:
            told = text.format(names=", ".join(names), label=label or "")
            self.view.show_notes((told,), lambda: self._version == then)

    def note_stale(self, spans: tuple[Span, ...]) -> None:
        """These stretches of the cue that is worked at are older than a wish for them, and no others."""
        if self.cue is not None:
            self.stale.put(self.cue, spans)
            for tell in self.on_stale:
                tell()
            self.refresh()

    def put(self, cue: Cue, label: str, name: str) -> None:
        """New music for a cue, whether it had some or not; what cannot be is told."""
        if self.session is None:
            return
        try:
            with self._jumping():
                self.session.commit(cue, label, name)
        except HitpointError as error:
            self.fail(str(error))

    def change_film(self, change: Callable[[FilmCues], FilmCues], label: str, name: str | None = None) -> bool:
        """Change the list of cues in one step; what cannot be is told. ``name`` is the cue to work at then."""
        try:
            film = change(self.film)
        except HitpointError as error:
            self.fail(str(error))
            self.view.show_cues(self.film, self.name)  # so that a lane or a table that ran ahead goes back
            return False
        if self.session is None:
            self.start_session(FilmCues(), is_saved=True)
        assert self.session is not None
        self.session.commit_film(film, label, name)
        return True

    def _change(self) -> None:
        """Make all changes that are wanted, elsewhere; those that are being made are made again with them."""
        assert self.session is not None and self.opened is not None
        before, wanted, edit = dict(self.film.music), tuple(self._wanted), self.opened.edit
        if not wanted:
            self.changer.cancel(CHANGE)
            return

        def work(progress: Progress) -> list[tuple[WantedChange, Cue | str]]:
            music, made = before, []
            for each in wanted:
                progress.step(0.5)
                if each.name not in music:  # it was deleted or renamed meanwhile
                    continue
                outcome = each.made(music[each.name])
                if isinstance(outcome, Cue):
                    music[each.name] = outcome
                    self.view.prepare_cue(edit, outcome)
                made.append((each, outcome))
            return made

        self.changer.start(CHANGE, wanted[-1].label, work, self._commit, self._give_up)

    def _commit(self, made: list[tuple[WantedChange, Cue | str]]) -> None:
        assert self.session is not None
        self._wanted.clear()
        for wanted, outcome in made:
            if isinstance(outcome, Cue) and wanted.name in self.film.cues.names:
                move = self.session.amend if wanted.amends else self.session.commit
                try:
                    move(outcome, wanted.label, wanted.name)
                except HitpointError as error:
                    outcome = str(error)
                else:
                    wanted.then()
            if isinstance(outcome, str):
                self._tell_error(outcome)
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
        """Show an error, until something is done."""
        self._tell_error(message)
        self.refresh()

    def _tell_error(self, message: str) -> None:
        then = self._version
        self.view.show_error(message, lambda: self._version == then)

    def refresh(self) -> None:
        """Tell the view what can be done now."""
        session, opened, cue = self.session, self.opened, self.cue
        selected = [cue.steps[index] for index in self.selection] if cue is not None else []
        self.view.show_menus(
            Menus(
                title=opened.path.name if opened is not None else "",
                is_saved=self.is_saved,
                has_edit=opened is not None,
                has_cue=cue is not None,
                has_selection=bool(self.selection),
                has_meant=bool(self.meant),
                has_takes=self.takes_offered > 1,
                is_composing=self.runner.is_busy(COMPOSE),
                undo=session.undo_label if session is not None else None,
                redo=session.redo_label if session is not None else None,
                selection_locked=bool(selected) and all(step.locked for step in selected),
                has_entry=bool(self.name),
                has_music=bool(self.film.music),
            )
        )

    def _changed(self, cue: Cue | None) -> None:
        self._version += 1
        edit = self.film.edit if cue is None else cue.edit
        if self.opened is not None and edit is not None and not self.opened.edit.has_cut_of(edit):
            self.opened = replace(self.opened, edit=edit)  # the window shows the cut that its music is for
            self.view.show_edit(self.opened)
        if self._shown != self.name:
            is_first, self._shown = self._shown is None, self.name
            self.selection, self.proposed, self._before = range(0), None, None
            if not is_first:
                for tell in self.on_other:
                    tell()
        if cue is not None and not self.has_jumped:
            self.stale.inherit(cue, self._before)
        self._before = cue
        if cue is None or self.selection.stop > len(cue.steps):
            self.selection = range(0)
        self.view.show_cue(cue)
        self.view.show_selection(self.selection)
        self.view.show_cues(self.film, self.name)
        for tell in self.on_film:
            tell()
        self._keep()
        self.refresh()
        if cue is None:
            for silence in self.on_silence:
                silence()
            return
        for listener in self.on_cue:
            listener(cue)
        for tell in self.on_stale:
            tell()

    @contextmanager
    def _jumping(self) -> Iterator[None]:
        """Mark what comes as not made from what is there."""
        self.has_jumped = True
        try:
            yield
        finally:
            self.has_jumped = False

    def _keep(self) -> None:
        assert self.opened is not None
        if self.is_saved:
            self.keeper.forget()
        else:
            self.keeper.note(self.opened.path, self.film)
