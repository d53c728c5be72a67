"""Cues of a list composed: those that are chosen, all that wait for it, all anew, or the rest of one."""

from __future__ import annotations

from collections.abc import Iterator

from hitpoint.core.cue.cue import Cue
from hitpoint.core.errors import HitpointError
from hitpoint.core.ports import Composed, Order
from hitpoint.core.progress import Progress
from hitpoint.ui.presenter.desk import COMPOSE, Desk
from hitpoint.ui.presenter.questions import Answer, Question, Topic
from hitpoint.ui.presenter.taking.take_changes import continued
from hitpoint.ui.presenter.taking.takes import TakePresenter


class FilmComposing:
    """Composes cues from the list: one of the two halves of :class:`~hitpoint.ui.presenter.cues.CuePresenter`.

    Args:
        desk: of the window.
        takes: composes the cue that is worked at.
    """

    def __init__(self, desk: Desk, takes: TakePresenter) -> None:
        self._desk, self._tr, self._takes = desk, desk.tr, takes
        self.chosen: tuple[str, ...] = ()

    def compose(self, names: tuple[str, ...] = ()) -> None:
        """Compose these cues anew, or those that are meant, one after the other; locks, moods and hits stay.

        Music of another cue than the one that is worked at is replaced only after asking.
        """
        desk = self._desk
        wanted = tuple(name for name in desk.film.cues.names if name in (names or self.meant))
        if wanted == (desk.name,):
            self._takes.compose()
        elif wanted:
            self._compose(wanted)

    def compose_all(self) -> None:
        """Compose every cue that has no music, or music for another range or other words; the others are kept."""
        desk, wanted = self._desk, self._desk.film.to_compose
        kept = tuple(name for name in desk.film.cues.names if name not in wanted)
        if not wanted:
            desk.view.show_notes((self._tr("All cues are composed. Compose All Anew replaces their music."),))
        elif self._compose(wanted) and kept:
            steps = {self._tr("Compose {name}").format(name=name) for name in wanted}

            def is_news() -> bool:
                done = None if desk.session is None else desk.session.undo_label
                return desk.runner.is_busy(COMPOSE) or done in steps

            desk.view.show_notes((self._tr("Kept as they are: {names}").format(names=", ".join(kept)),), is_news)

    def compose_all_anew(self) -> None:
        """Compose every cue, after asking whether the music of those that have some is to be replaced."""
        film = self._desk.film
        composed = [name for name in film.cues.names if name in film.music]
        question = Question(Topic.COMPOSE_OVER, ", ".join(film.cues.names), ", ".join(composed))
        if film.cues.names and (not composed or self._desk.view.ask(question) is Answer.REPLACE):
            self._compose(film.cues.names, is_asked=True)

    def compose_rest(self, names: tuple[str, ...] = ()) -> None:
        """Compose what the range of these cues, or of those that are meant, has more than their music; that stays."""
        desk = self._desk
        film, wanted = desk.film, names or self.meant
        name = next((name for name in wanted if name in film.music and film.is_stale(name)), None)
        if name is None:
            desk.view.show_notes((self._tr("There is music for the whole range of the cue."),))
            return
        cue, entry = film.music[name], film.cues.named(name)
        desk.runner.start(
            COMPOSE,
            self._tr("Composing"),
            lambda progress: desk.ports.composer.extended(cue, entry.start_frame, entry.end_frame, progress),
            lambda composed: self._show_extended(name, composed, cue),
            desk.fail,
        )
        desk.refresh()

    def _show_extended(self, name: str, composed: Composed, before: Cue) -> None:
        desk = self._desk
        if desk.film.music.get(name) is not before:
            text = self._tr("{name} was changed meanwhile: what was composed for it was dropped.")
            desk.view.show_notes((text.format(name=name),))
        else:
            desk.put(composed.takes[0].cue, self._tr("Compose the Rest of {name}").format(name=name), name)
            desk.view.show_notes(composed.warnings)

    @property
    def reaching(self) -> tuple[str, ...]:
        """The cues whose range reaches beyond their music."""
        film = self._desk.film
        return tuple(name for name in film.cues.names if name in film.music and film.is_stale(name))

    @property
    def meant(self) -> tuple[str, ...]:
        """The cues that are chosen, else the one that is worked at."""
        chosen = tuple(name for name in self.chosen if name in self._desk.film.cues.names)
        return chosen or ((self._desk.name,) if self._desk.name else ())

    def _compose(self, names: tuple[str, ...], *, is_asked: bool = False) -> bool:
        """Compose cues; answers whether that began.

        Before music of another one than that which is worked at is replaced, it is asked, unless it was.
        """
        desk = self._desk
        lost = ", ".join(name for name in names if name in desk.film.music and name != desk.name)
        question = Question(Topic.COMPOSE_OVER, ", ".join(names), lost)
        if desk.opened is None or (lost and not is_asked and desk.view.ask(question) is not Answer.REPLACE):
            return False
        edit, composer, music, beside = desk.opened.edit, desk.ports.composer, dict(desk.film.music), desk.beside(names)
        try:
            orders = tuple(
                Order(name, self._takes.wishes_for(name), desk.like_of(name), is_new=name not in music)
                for name in names
            )
        except HitpointError as error:
            desk.fail(str(error))
            return False

        def work(progress: Progress) -> Iterator[tuple[str, Composed | str]]:
            return composer.compose_film(edit, orders, beside, progress)

        text = self._tr("Composing {count} cues") if len(orders) > 1 else self._tr("Composing")

        def show(result: tuple[str, Composed | str]) -> None:
            self._show(result[0], result[1], music.get(result[0]))

        desk.runner.start_each(COMPOSE, text.format(count=len(orders)), work, show, desk.fail, desk.refresh)
        desk.refresh()
        return True

    def _show(self, name: str, composed: Composed | str, before: Cue | None) -> None:
        if isinstance(composed, str):
            self._desk.fail(composed)
        elif name in self._desk.film.cues.names:
            cue = continued(composed.takes[0].cue, before)
            self._desk.put(cue, self._tr("Compose {name}").format(name=name), name)
            if composed.warnings:
                self._desk.view.show_notes(composed.warnings)
