"""The whole cue composed: heard at once from the cuts, and composed again once its picture has been looked at.

Looking at a never-seen edit takes as long as decoding it. So the first take is composed from what is known without:
the cuts, markers, wishes, and pictures seen before. It is marked so, and while it is heard the picture is looked at.
Then a take with the picture comes. It takes the first one's place, as a step that is named and can be undone, only if
the editor has not touched that and is not listening; else it is offered beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from hitpoint.core.compose.takes import Take
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.film.cue_list import free_name
from hitpoint.core.edit import Edit
from hitpoint.core.errors import HitpointError
from hitpoint.core.ports import Composed
from hitpoint.core.progress import Progress
from hitpoint.ui.presenter.desk import COMPOSE, PICTURE, TAKES, Desk
from hitpoint.ui.presenter.taking.take_changes import continued


class Offers(Protocol):
    """The list of takes, as far as composing a whole cue needs it."""

    count: int

    def wishes_for(self, name: str) -> Wishes:
        """The editor's wishes for a cue."""

    def offer(
        self, composed: Composed, takes: tuple[Take, ...], span: range, before: Cue | None, *, is_whole: bool = False
    ) -> None:
        """Put the takes of a composing on the shelf; the first is heard."""

    def offer_seen(self, composed: Composed, takes: tuple[Take, ...], *, is_heard: bool) -> None:
        """Put the take with the picture beside the one from the cuts."""

    def is_marked(self) -> bool:
        """Whether the take that is heard has a pin or a name."""

    def ask_for_more(self, work: Callable[[Progress], Composed], span: range, before: Cue | None = None) -> None:
        """Have more takes composed beside the first."""

    def tell(self, composed: Composed) -> None:
        """Show what can be done now, and what was noticed in composing."""


@dataclass(frozen=True, eq=False)
class _Sketch:
    """Music from the cuts, whose picture is to be looked at.

    Attributes:
        edit: the cut.
        name: of the cue.
        wishes: that it was composed with.
        beside: the music of other cues that it goes with.
        before: the music that it took the place of.
        take: as it was composed.
        cue: as it stands in the film; None before it does.
    """

    edit: Edit
    name: str
    wishes: Wishes
    beside: tuple[Cue, ...]
    before: Cue | None
    take: Take
    cue: Cue | None


class WholeComposing:
    """Composes the cue that is worked at.

    Args:
        desk: of the window.
        takes: the list that takes are offered in.
    """

    def __init__(self, desk: Desk, takes: Offers) -> None:
        self._desk, self._tr, self._takes = desk, desk.tr, takes
        self._sketch: _Sketch | None = None  # that waits until it is heard
        desk.on_heard.append(self._look)
        desk.on_opened.append(self._forget)

    def compose(self) -> None:
        """Compose the cue that is worked at, else the whole edit, from nothing but wishes, hits and locks."""
        desk = self._desk
        if desk.opened is None:
            return
        edit, before, name = desk.opened.edit, desk.cue, desk.name
        try:
            wishes = self._takes.wishes_for(name)
        except HitpointError as error:
            desk.fail(str(error))
            return

        like, beside, composer = desk.like_of(name), desk.beside((name,)), desk.ports.composer

        def composed_from(seed: int, takes: int, progress: Progress) -> Composed:
            return composer.compose(edit, replace(wishes, seed=seed), takes, progress, like, beside)

        def work(progress: Progress) -> Composed:
            if like is None:
                composed = composer.compose_at_once(edit, wishes, progress, beside)
            else:
                composed = composed_from(wishes.seed, 1, progress)
            if before is None:
                desk.view.prepare_cue(edit, composed.takes[0].cue)
            return composed

        def done(composed: Composed) -> None:
            is_offered = name == desk.name
            if not self._show(composed, name) or not is_offered:
                return
            if composed.is_from_cuts:
                cue = desk.film.music.get(desk.name)
                there = None if cue is before else cue
                self._await(_Sketch(edit, desk.name, wishes, beside, before, composed.takes[0], there))
            else:
                self._ask_for_more(composed.takes[0], wishes, before, composed_from)

        self._forget()
        desk.runner.cancel(TAKES)
        desk.runner.start(COMPOSE, self._tr("Composing"), work, done, desk.fail)
        desk.refresh()

    def _ask_for_more(
        self, first: Take, wishes: Wishes, before: Cue | None, composed_from: Callable[[int, int, Progress], Composed]
    ) -> None:
        count = self._takes.count
        if count > 1:
            span = range(len(first.cue.steps))
            self._takes.ask_for_more(lambda progress: composed_from(wishes.seed + 1, count - 1, progress), span, before)

    def _show(self, composed: Composed, name: str) -> bool:
        """Put a new composing into the cue; False if that has gone."""
        desk, before = self._desk, self._desk.film.music.get(name)
        if name and name not in desk.film.cues.names:
            desk.view.show_notes((self._tr("{name} has gone meanwhile: its new music was dropped.").format(name=name),))
            return False
        takes = tuple(replace(take, cue=continued(take.cue, before)) for take in composed.takes)
        if name == desk.name:
            self._takes.offer(composed, takes, range(len(takes[0].cue.steps)), before, is_whole=True)
        if desk.session is None:
            desk.start_session(takes[0].cue, is_saved=False)
        elif before is None:
            label = self._tr("Compose {name}").format(name=name) if name else self._tr("Start Over")
            desk.put(takes[0].cue, label, name or takes[0].cue.name or free_name(desk.film.cues.names))
        else:
            desk.apply(lambda now: takes[0].cue, self._tr("Start Over"), lambda: desk.note_stale(()), name=name)
        self._takes.tell(composed)
        return True

    def _forget(self) -> None:
        """What was composed from the cuts is no longer what the editor works at."""
        self._sketch = None
        self._desk.looker.cancel(PICTURE)
        self._desk.runner.cancel(PICTURE)

    def _await(self, sketch: _Sketch) -> None:
        """Let music from the cuts be heard before the processor is needed for pictures."""
        desk, self._sketch = self._desk, sketch
        text = self._tr("Composed from the cuts. The picture is being looked at; a take with it will follow.")

        def is_news() -> bool:
            return self._sketch is sketch or desk.looker.is_busy(PICTURE) or desk.runner.is_busy(PICTURE)

        desk.view.show_notes((text,), is_news)
        if desk.heard is not None and desk.heard is desk.cue:
            self._look()

    def _look(self) -> None:
        """Look at the picture of the music that is heard now, if it was composed from the cuts."""
        desk, sketch = self._desk, self._sketch
        cue = None if sketch is None else sketch.cue or desk.film.music.get(sketch.name)
        if sketch is None or cue is sketch.before:  # a long cue is put in a moment later
            return
        self._sketch = None
        desk.looker.start(
            PICTURE,
            self._tr("Looking at the picture"),
            lambda progress: desk.ports.composer.look(sketch.edit, sketch.wishes, progress),
            lambda nothing: self._compose_seen(replace(sketch, cue=cue)),
            desk.fail,
        )

    def _compose_seen(self, sketch: _Sketch) -> None:
        """The cue once more, with the picture; the editor's wishes of now are in it."""
        desk, wishes = self._desk, sketch.wishes
        if desk.name != sketch.name:
            text = self._tr("The picture of {name} has been looked at: 'Start Over' composes with it.")
            desk.view.show_notes((text.format(name=sketch.name),))
            return
        if desk.film.music.get(sketch.name) is not sketch.cue:
            try:
                wishes = replace(self._takes.wishes_for(sketch.name), seed=wishes.seed)
            except HitpointError as error:
                desk.fail(str(error))
                return

        def composed_from(seed: int, takes: int, progress: Progress) -> Composed:
            return desk.ports.composer.compose(
                sketch.edit, replace(wishes, seed=seed), takes, progress, None, sketch.beside
            )

        def done(composed: Composed) -> None:
            if desk.name == sketch.name:
                self._show_seen(composed, sketch)
                self._ask_for_more(composed.takes[0], wishes, sketch.before, composed_from)

        desk.runner.start(
            PICTURE,
            self._tr("Composing with the picture"),
            lambda progress: composed_from(wishes.seed, 1, progress),
            done,
            desk.fail,
        )

    def _show_seen(self, composed: Composed, sketch: _Sketch) -> None:
        """Offer the take with the picture; it is heard if nothing of the editor's goes by that."""
        desk, before = self._desk, sketch.before
        if composed.takes[0].cue == sketch.take.cue:  # there was nothing to be seen
            self._takes.tell(composed)
            return
        takes = tuple(replace(take, cue=continued(take.cue, before)) for take in composed.takes)
        is_untouched = desk.film.music.get(sketch.name) is sketch.cue and not self._takes.is_marked()
        is_heard = is_untouched and not desk.is_playing()
        self._takes.offer_seen(composed, takes, is_heard=is_heard)
        if is_heard:
            desk.apply(
                lambda now: takes[0].cue,
                self._tr("Compose with the Picture"),
                lambda: desk.note_stale(()),
                name=sketch.name,
            )
            text = self._tr("This music has seen the picture. T goes back to the take from the cuts.")
        else:
            text = self._tr("A take with the picture is in the list. Your music is as it was; T goes to the take.")
        self._takes.tell(composed)
        heard = desk.cue
        desk.view.show_notes((text, *composed.warnings), lambda: desk.cue is heard)
