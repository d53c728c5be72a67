"""Edits in and music out: opening, recovery, what changed on the disk, writing back, and leaving."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.autosave import Recovered, discard, left_behind
from hitpoint.core.cue.film.film_cues import FilmCues, film_of
from hitpoint.core.errors import HitpointError, PlaceError
from hitpoint.core.files.output import plan_outputs
from hitpoint.core.ports import Conformed, Delivered, OpenedEdit, Way
from hitpoint.core.progress import Progress
from hitpoint.ui.presenter.desk import COMPOSE, FILES, Desk
from hitpoint.ui.presenter.edit_places import EditPlaces
from hitpoint.ui.presenter.questions import Answer, Question, Topic
from hitpoint.ui.presenter.recent_edits import RecentEdits

Stamp = tuple[int, int]


class FilePresenter:
    """Opens edits and writes music.

    Args:
        desk: of the window.
        recent: edits opened lately.
        places: where the files of edits are.
        folder: of the recovery files of all windows.
        compose: called when an edit without music was opened.
    """

    def __init__(
        self, desk: Desk, recent: RecentEdits, places: EditPlaces, folder: Path, compose: Callable[[], None]
    ) -> None:
        self._desk, self._tr, self._recent = desk, desk.tr, recent
        self._places, self._folder, self._compose = places, folder, compose
        self._stamp: Stamp | None = None
        self._then: Callable[[], None] | None = None
        self._is_leaving = self._is_given_up = False

    def start(self, path: Path | None) -> None:
        """Begin: offer what was left unfinished, that of the edit asked for first.

        Else open that edit, else welcome.
        """
        self._desk.ports.composer.prepare()  # while an edit is chosen
        self._desk.view.show_welcome(self.recent())
        self._desk.refresh()
        left = left_behind(self._folder)
        if path is not None:
            left = tuple(sorted(left, key=lambda each: not _is_same(each.edit, path)))
        if not self._take_up(left) and path is not None:
            self._load(path)

    def recent(self) -> tuple[str, ...]:
        """The edits that were opened lately and are still there, newest first."""
        return tuple(map(str, self._recent.paths()))

    def open(self, path: Path) -> None:
        """Open an edit, once nothing would be lost by it."""
        self._once_safe(lambda: self._open(path))

    def open_demo(self) -> None:
        """Open the small edit for a first try; it is made first if need be."""
        self._once_safe(self._open_demo)

    def check_edit(self) -> None:
        """Whether the edit on the disk is still the one that was read; asked every few seconds."""
        desk = self._desk
        if desk.opened is None or self._stamp is None or desk.runner.is_busy(FILES) or desk.runner.is_busy(COMPOSE):
            return
        stamp = stamp_of(desk.opened.edit.path)
        if stamp is None or stamp == self._stamp:
            return
        self._stamp = stamp
        if not desk.film.music:
            self._load(desk.opened.path)
            return
        if desk.view.ask(Question(Topic.EDIT_CHANGED, desk.opened.edit.path.name)) is Answer.CONFORM:
            self.conform(desk.opened.edit.path)

    def conform(self, path: Path) -> None:
        """Carry all cues over to the cut that lies there now."""
        desk, film = self._desk, self._desk.film
        if not film.music:
            return
        source, media = desk.ports.source, self._places.media(path)
        desk.runner.start(
            FILES,
            self._tr("Following the new cut"),
            lambda progress: source.conform_film(film, path, progress, media),
            self._show_conformed,
            desk.fail,
        )

    def write_back(self) -> None:
        """Ask how, and write the music to where the edit came from: all cues that are ready, or the approved ones."""
        desk, film = self._desk, self._desk.film
        first = desk.cue or next(iter(film.music.values()), None)
        if desk.opened is None or first is None:
            return
        ways = self._ways(desk.opened.path, first)
        has_duck = any(bool(cue.duck) for cue in film.music.values())
        source = desk.opened.path
        shown, approved = tuple(self._named(source, way) for way in ways), self._places.is_approved_only(source)
        chosen = desk.view.ask_way(shown, has_duck=has_duck, film=film, approved=approved) if ways else None
        if chosen is None:
            self._then = None
            return
        ours = {way.output.name for way in ways}
        name = "" if chosen.way.output.name in ours else chosen.way.output.stem
        self._places.put_choice(source, name, approved=chosen.approved)
        desk.runner.start(
            FILES,
            self._tr("Writing back"),
            lambda progress: desk.ports.sink.write(source, film, chosen, progress),
            lambda delivered: self._show_delivered(delivered, film, source, approved=chosen.approved),
            self._fail_writing,
        )
        desk.refresh()

    def find_media(self, folder: Path) -> None:
        """Look for the media of the edit in a folder, now and whenever the edit is opened; the music stays."""
        desk = self._desk
        if desk.opened is None:
            return
        path, film, source, is_saved = desk.opened.path, desk.film, desk.ports.source, desk.is_saved
        self._places.put_media(path, folder)
        media = self._places.media(path)
        if not film.cues.entries:
            self._load(path)
            return
        desk.runner.start(
            FILES,
            self._tr("Looking for media"),
            lambda progress: self._prepared(source.reopened_film(film, path, progress, media)),
            lambda opened: self._show_found(replace(opened, is_saved=is_saved and opened.is_saved)),
            desk.fail,
        )

    def _show_found(self, opened: OpenedEdit) -> None:
        before = self._desk.opened
        missed = len(before.edit.missing) if before is not None else 0
        self._show_opened(opened)
        if len(opened.edit.missing) < missed and not opened.edit.missing:
            text = self._tr("All media are found. 'Start Over' lets the picture lead the music.")
            self._desk.view.show_notes((text,))

    def _named(self, source: Path, way: Way) -> Way:
        """A way to a copy by the name that the editor has given to it before, or the next free one like it."""
        name = self._places.name(source)
        if not name:
            return way
        try:
            free = plan_outputs(source, way.output.with_name(name + way.output.suffix))
        except HitpointError:
            return way
        return replace(way, output=free.timeline)

    def _ways(self, path: Path, cue: Cue) -> tuple[Way, ...]:
        """The ways into the folder chosen before for this edit, else beside it.

        Where neither serves, the editor is asked for one, and may give none.
        """
        folder = self._places.music(path)
        while True:
            try:
                return self._desk.ports.sink.ways(path, cue, folder)
            except PlaceError as error:
                reason = str(error)
            except HitpointError as error:
                self._desk.fail(str(error))
                return ()
            folder = self._desk.view.ask_folder(reason)
            if folder is None:
                return ()

    def may_leave(self) -> bool:
        """Whether the window may close now; it closes by itself later if the editor wants to write first."""
        if not self._is_leaving:
            self._once_safe(self._leave)
        return self._is_leaving

    def _leave(self) -> None:
        self._is_leaving = True
        if self._is_given_up:
            self._desk.keeper.forget()
        self._desk.view.close_now()

    def _once_safe(self, then: Callable[[], None]) -> None:
        """Do what would lose the open work after asking about it; until that is done, the work stays as it is."""
        self._is_given_up = False
        desk = self._desk
        if desk.is_saved or desk.opened is None:
            then()
            return
        answer = desk.view.ask(Question(Topic.UNSAVED, desk.opened.path.name))
        if answer is Answer.DISCARD:
            self._is_given_up = True
            then()
        elif answer is Answer.KEEP:
            desk.keeper.set_aside()
            then()
        elif answer is Answer.WRITE:
            self._then = then
            self.write_back()

    def _take_up(self, left: Iterable[Recovered]) -> bool:
        """Offer unfinished work, one after the other; answers whether the editor goes on with some of it."""
        for recovered in left:
            when = time.strftime("%Y-%m-%d %H:%M", time.localtime(recovered.saved))
            answer = self._desk.view.ask(Question(Topic.RECOVERY, recovered.edit.name, when))
            if answer is Answer.RECOVER:
                self._recover(recovered)
                return True
            if answer is Answer.DISCARD:
                discard(recovered)
        return False

    def _recover(self, recovered: Recovered) -> None:
        source, media = self._desk.ports.source, self._places.media(recovered.edit)

        def work(progress: Progress) -> tuple[OpenedEdit, FilmCues | Cue | None]:
            part = progress.part(0.0, 0.7)
            opened = self._prepared(source.reopened_film(recovered.film, recovered.edit, part, media))
            return opened, self._saved(opened, progress.part(0.7, 1.0), media)

        def done(found: tuple[OpenedEdit, FilmCues | Cue | None]) -> None:
            self._show_opened(replace(found[0], is_saved=False))
            self._put_before(found[1])
            with suppress(OSError):
                self._desk.keeper.adopt(recovered)

        self._desk.runner.cancel()
        self._desk.runner.start(
            FILES,
            self._tr("Opening {name}").format(name=recovered.edit.name),
            work,
            done,
            self._desk.fail,
        )

    def _saved(self, opened: OpenedEdit, progress: Progress, media: tuple[Path, ...]) -> FilmCues | Cue | None:
        """The music of an edit as its file has it; None where it has none, or where the cut is another by now."""
        try:
            saved = self._desk.ports.source.open(opened.path, progress, media)
        except HitpointError:
            return None
        has_music = saved.cue is not None or (saved.film is not None and bool(saved.film.music))
        return (saved.film or saved.cue) if has_music and saved.edit == opened.edit else None

    def _put_before(self, saved: FilmCues | Cue | None) -> None:
        """Let Undo go back from what was recovered to what was saved, or say that it cannot."""
        desk = self._desk
        if desk.session is None:
            return
        if saved is not None:
            desk.session.put_saved_before(saved, self._tr("Recover"))
            desk.refresh()
            return
        session = desk.session
        text = self._tr(
            "This is the work before the crash. Undo begins here: nothing was saved that it could go back to."
        )
        warnings = () if desk.opened is None else desk.opened.warnings
        desk.view.show_notes((text, *warnings), lambda: session.undo_label is None)

    def _open(self, path: Path) -> None:
        """Open an edit.

        The editor is asked whether unfinished music that was left for it is wanted; else what lies in the file is
        taken.
        """
        if not self._take_up(each for each in left_behind(self._folder) if _is_same(each.edit, path)):
            self._load(path)

    def _load(self, path: Path) -> None:
        source, media = self._desk.ports.source, self._places.media(path)
        self._desk.runner.cancel()
        self._desk.runner.start(
            FILES,
            self._tr("Opening {name}").format(name=path.name),
            lambda progress: self._prepared(source.open(path, progress, media)),
            self._show_opened,
            self._desk.fail,
        )

    def _open_demo(self) -> None:
        source = self._desk.ports.source
        self._desk.runner.start(
            FILES,
            self._tr("Making the demo edit"),
            source.demo,
            self._open,
            self._desk.fail,
        )

    def _prepared(self, opened: OpenedEdit) -> OpenedEdit:
        """The same, its music ready to be shown."""
        if opened.cue is not None:
            self._desk.view.prepare_cue(opened.edit, opened.cue)
        return opened

    def _show_opened(self, opened: OpenedEdit) -> None:
        self._recent.add(opened.path)
        self._stamp = stamp_of(opened.edit.path)
        self._desk.show_opened(opened, opened.film or opened.cue, is_saved=opened.is_saved)
        if opened.warnings:
            self._desk.view.show_notes(opened.warnings)
        if opened.edit.missing:
            self._desk.view.offer_media()
        if opened.cue is None and opened.film is None:
            self._compose()

    def _show_conformed(self, conformed: Conformed) -> None:
        desk = self._desk
        desk.opened = conformed.opened
        desk.view.show_edit(conformed.opened)
        desk.selection = range(0)
        film = conformed.film or film_of(conformed.cue)
        desk.change_film(lambda now: film, self._tr("Follow the New Cut"))
        if conformed.changes:
            desk.view.show_notes(conformed.changes)

    def _show_delivered(self, delivered: Delivered, film: FilmCues, source: Path, *, approved: bool) -> None:
        self._places.put_music(source, delivered.timeline.parent)
        desk, then = self._desk, self._then
        self._then = None
        for listener in desk.on_delivered:
            listener(delivered)
        if desk.session is not None:
            if all(film.is_ready(name, approved=approved) for name in film.music):  # nothing composed was left out
                desk.session.mark_saved(film)
            if desk.session.is_saved:
                desk.keeper.forget()
        desk.refresh()
        if then is not None:
            then()
        else:
            desk.view.show_delivered(delivered)

    def _fail_writing(self, message: str) -> None:
        self._then = None
        self._desk.fail(message)


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, whether it is there or not."""
    return os.path.realpath(one) == os.path.realpath(other)


def stamp_of(path: Path) -> Stamp | None:
    """What tells one state of a file from another; None while it is not there, as when a host is replacing it."""
    inner = path / "content.otio" if path.is_dir() else path
    try:
        found = inner.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
