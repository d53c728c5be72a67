"""Composing and its takes: start over, regenerate, choose, and compare two at one place with one key.

What is composed again is heard as soon as there is one take of it; the others join the list when they are there. All
takes of an edit are kept, and so is what was there before each composing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby
from pathlib import Path

from hitpoint.core.compose.kept_takes import FROM_CUTS, WITH_PICTURE, KeptTake, before_take
from hitpoint.core.compose.takes import Take
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.cue import Cue, steps_touching
from hitpoint.core.cue.heard import heard_span
from hitpoint.core.ports import Composed
from hitpoint.core.progress import Progress
from hitpoint.ui.presenter.desk import COMPOSE, TAKES, Desk
from hitpoint.ui.presenter.stale import without_span
from hitpoint.ui.presenter.taking.take_changes import (
    changed_first,
    continued,
    fits,
    more_takes,
    reached_by,
    takes_of,
    with_kept,
    with_take,
)
from hitpoint.ui.presenter.taking.take_rows import take_rows
from hitpoint.ui.presenter.taking.take_shelf import TakeShelf
from hitpoint.ui.presenter.taking.whole import WholeComposing
from hitpoint.ui.presenter.taking.wished import wished
from hitpoint.ui.presenter.view_models import TakeRow

MOST_TAKES = 8
LETTERS = "ABCDEFGH"


class TakePresenter:
    """Asks for takes, keeps them, and puts the chosen one into the cue.

    Args:
        desk: of the window.
        folder: of the user, where the takes of all edits are kept.
    """

    def __init__(self, desk: Desk, folder: Path) -> None:
        self._desk, self._tr = desk, desk.tr
        self.shelf = TakeShelf(desk, folder, self._show, self._follow_moved)
        self._round = 0  # the composing that is offered
        self._chosen: KeptTake | None = None
        self._other: KeptTake | None = None
        self.count = 4
        self._whole = WholeComposing(desk, self)
        self._listed: tuple[KeptTake, ...] = ()  # the takes that the view shows
        self._heard: tuple[int, int] | None = None  # frames of the cue that the list tells of
        desk.on_opened.append(self._open)
        desk.on_other.append(self.clear)
        desk.on_cue.append(self._follow)
        desk.on_film.append(self._show_others)

    @property
    def takes(self) -> tuple[KeptTake, ...]:
        """Those of the cue that is worked at; of a cue whose name has gone those that lie where it does."""
        return takes_of(self._desk.film.cues, self._desk.name, self.shelf.takes)

    def clear(self) -> None:
        """Forget what is being composed; takes that are there are kept, and none of them is heard."""
        self._round, self._chosen, self._other = 0, None, None
        self._desk.runner.cancel(TAKES)
        self._show()

    def _follow(self, cue: Cue) -> None:
        """Mark the take that is heard now: after an undo it may be another, or what was there before."""
        takes, heard = self.takes, [step.chord for step in cue.steps]
        if not takes or not (self._chosen is None or self._desk.has_jumped):
            return
        fitting = [kept for kept in takes if [step.chord for step in kept.cue.steps] == heard]
        if self._desk.has_jumped and fitting and self._chosen not in fitting:
            self._chosen, self._other = fitting[0], self._chosen
        self._show()

    def _show_others(self) -> None:
        """Show the takes of the cue that is worked at now, if they are not those that are shown."""
        heard = None if self._desk.cue is None else self._desk.cue.heard
        if heard != self._heard or list(map(id, self.takes)) != list(map(id, self._listed)):
            self._show()

    def _open(self) -> None:
        """Another edit, with the takes that were kept of it."""
        self.clear()
        if self._desk.opened is None:
            self.shelf.close()
        else:
            self.shelf.open(self._desk.opened)
        self._show()

    def compose(self) -> None:
        """Compose the cue that is worked at, see :class:`~hitpoint.ui.presenter.taking.whole.WholeComposing`."""
        self._whole.compose()

    def regenerate_all(self) -> None:
        """Every chord that is not locked again, in the same key and tempo."""
        if self._desk.cue is not None:
            self._regenerate(range(len(self._desk.cue.steps)))

    def regenerate_selection(self) -> None:
        """The selected chords again, else those of the marked range."""
        if self._desk.meant:
            self._regenerate(self._desk.meant)

    def compose_stale(self) -> None:
        """The first stretch whose mood was changed since it was composed."""
        cue, stale = self._desk.cue, self._desk.stale.of(self._desk.cue)
        if cue is None or not stale:
            return
        span = steps_touching(cue, Fraction(stale[0][0]), Fraction(stale[0][1]))
        if span:
            self._regenerate(span)

    def choose(self, index: int) -> None:
        """Put a take into the cue; the one before is what the comparing key goes back to."""
        takes = self.takes
        if not 0 <= index < len(takes) or takes[index] is self._chosen:
            return
        self._put(takes[index])

    def choose_next(self, by: int) -> None:
        """The take so many rows further down the list, round and round."""
        if self.takes:
            self.choose((self._chosen_row + by) % len(self.takes))

    def compare(self) -> None:
        """Go to what was heard before, at the same place: old with new, then take with take."""
        if self._other is not None and self._other in self.takes:
            self.choose(self.takes.index(self._other))
        elif len(self.takes) > 1:
            self.choose_next(1)

    def pin(self, index: int) -> None:
        """Pin a take, or take the pin out: pinned ones stay when the others are cleared."""
        self._rewrite(index, self.shelf.pin)

    def name(self, index: int, name: str) -> None:
        """Give a take a name."""
        self._rewrite(index, lambda place: self.shelf.name(place, name))

    def delete(self, index: int) -> None:
        """Forget a take; the music stays as it is."""
        if 0 <= index < len(self.takes):
            self._delete((self.takes[index],))

    def delete_unpinned(self) -> None:
        """Forget all takes but the pinned, the named and the one that is heard; says how many."""
        doomed = tuple(t for t in self.takes if not (t.is_pinned or t.name or t is self._chosen))
        if doomed:
            self._delete(doomed)
            text = self._tr("{count} takes are deleted; those with a pin or a name, and the one heard, are kept.")
            if len(doomed) == 1:
                text = self._tr("One take is deleted; those with a pin or a name, and the one heard, are kept.")
            self._desk.view.show_notes((text.format(count=len(doomed)),))

    def _delete(self, doomed: tuple[KeptTake, ...]) -> None:
        self._chosen = None if self._chosen in doomed else self._chosen
        self._other = None if self._other in doomed else self._other
        self.shelf.delete(doomed)

    def _rewrite(self, index: int, rewrite: Callable[[int], None]) -> None:
        """Change what is said of a take; which one is heard stays."""
        if not 0 <= index < len(self.takes):
            return
        before = self.takes[index]
        place = next(place for place, kept in enumerate(self.shelf.takes) if kept is before)
        rewrite(place)
        after = self.shelf.takes[place]
        self._chosen = after if self._chosen is before else self._chosen
        self._other = after if self._other is before else self._other
        self._show()

    def _follow_moved(self, by: int, moved: Sequence[tuple[KeptTake, KeptTake]]) -> None:
        """Takes have later rounds now: those that are heard and compared stay the same."""
        self._round += by if self._round else 0
        self._chosen, self._other = (
            next((after for before, after in moved if before is kept), kept) for kept in (self._chosen, self._other)
        )

    @property
    def _chosen_row(self) -> int:
        """The row of the take that is heard; -1 for none."""
        return next((row for row, kept in enumerate(self.takes) if kept is self._chosen), -1)

    def set_count(self, count: int) -> None:
        """Compose so many takes at once."""
        self.count = min(max(count, 1), MOST_TAKES)

    def wishes_for(self, name: str) -> Wishes:
        """The editor's wishes for a cue, see :func:`~hitpoint.ui.presenter.taking.wished.wished`."""
        return wished(self._desk, name)

    def _regenerate(self, span: range) -> None:
        desk, cue = self._desk, self._desk.cue
        assert cue is not None
        heard = heard_span(cue)
        if not range(max(span.start, heard.start), min(span.stop, heard.stop)):
            text = self._tr("These chords are not heard: draw the border of the cue over them first.")
            desk.view.show_notes((text,), lambda: desk.cue is cue)
            return
        if all(step.locked for step in cue.steps[span.start : span.stop]):
            text = self._tr("All of these chords are locked: unlock some to compose them again.")
            desk.view.show_notes((text,), lambda: desk.cue is cue)
            return
        name = desk.name
        desk.runner.cancel(TAKES)
        if not desk.stale.of(cue):  # else the message is true until it is composed
            desk.view.show_notes(())
        desk.runner.start(
            COMPOSE,
            self._tr("Composing"),
            lambda progress: desk.ports.composer.regenerate(cue, span, 1, progress),
            lambda composed: self._show_regenerated(composed, span, cue, name),
            desk.fail,
        )
        desk.refresh()

    def _note_composed(self, name: str, span: range) -> None:
        """The music of these steps is as old as the wishes for them."""
        desk, cue = self._desk, self._desk.cue
        if cue is not None and desk.name == name:
            start, end = float(cue.step_start(span.start)), float(cue.step_start(span.stop))
            frame = float(cue.edit.rate.seconds(1))
            desk.note_stale(without_span(desk.stale.of(cue), start, end, frame))

    def ask_for_more(
        self, work: Callable[[Progress], Composed], span: range, before: Cue | None = None, *, is_whole: bool = True
    ) -> None:
        """Other takes of what was composed; the sound of the first one, asked for before, comes first."""
        number = self._round

        def done(composed: Composed) -> None:
            takes = composed.takes
            if is_whole:
                takes = tuple(replace(take, cue=continued(take.cue, before)) for take in takes)
            self._add(takes, number, span, is_whole=is_whole)

        self._desk.runner.start(TAKES, self._tr("Composing more takes"), work, done, self._desk.fail)

    def _add(self, takes: tuple[Take, ...], number: int, span: range, *, is_whole: bool) -> None:
        """Put more takes beside the first of a composing, if that is the last one."""
        first = next((t for t in self.shelf.takes if t.round == number and not t.is_before), None)
        if number == self._round and first is not None:
            self.shelf.add(more_takes(first, takes, span, LETTERS[1 : self.count], is_whole=is_whole))

    def _show_regenerated(self, composed: Composed, span: range, asked: Cue, name: str) -> None:
        cue = self._desk.film.music.get(name)
        takes = changed_first(composed.takes, cue, span)
        is_here = name == self._desk.name
        if cue is None or not fits(takes[0].cue, cue):
            self.clear()
            self._desk.view.show_notes((self._tr("The tempo was changed meanwhile, so the new chords were dropped."),))
        else:
            if is_here:
                self.offer(composed, takes, span, cue, is_whole=False)
            whole = len(span) == len(cue.steps)
            label = self._tr("Regenerate All") if whole else self._tr("Regenerate Selection")
            self._desk.apply(
                lambda now: with_take(now, takes[0], None, span),
                label,
                lambda: self._note_composed(name, span),
                name=name,
            )
            if takes[0].cue.steps[span.start : span.stop] == cue.steps[span.start : span.stop]:
                text = self._tr("Nothing else fits here so well: unlock chords, select more, or wish another mood.")
                self._desk.view.show_notes((text,))
            if self.count > 1 and is_here:
                composer, count = self._desk.ports.composer, self.count
                self.ask_for_more(
                    lambda progress: composer.regenerate(asked, span, count, progress), span, is_whole=False
                )
        self.tell(composed)

    def offer(
        self,
        composed: Composed,
        takes: tuple[Take, ...],
        span: range,
        before: Cue | None,
        *,
        is_whole: bool = False,
        is_version: bool = False,
    ) -> None:
        """Put the takes of a composing, and what was there before it, on the shelf; the first is heard."""
        number, made, sight = self.shelf.next_round, time.time(), FROM_CUTS if composed.is_from_cuts else ""
        rows = [
            KeptTake(take, span, number, letter, is_whole=is_whole, is_version=is_version, made=made, sight=sight)
            for letter, take in zip(LETTERS, takes, strict=False)
        ]
        old = None
        if before is not None:
            old = KeptTake(before_take(before), span, number, is_whole=is_whole, is_version=is_version, made=made)
            rows.append(old)
        self._round, self._chosen, self._other = number, rows[0], old
        self._desk.proposed = composed.proposed_moods or self._desk.proposed
        self.shelf.add(rows)

    def offer_seen(self, composed: Composed, takes: tuple[Take, ...], *, is_heard: bool) -> None:
        """Put the take with the picture on the shelf, for the comparing key to go to unless it is heard from now on."""
        number = self.shelf.next_round
        span = range(len(takes[0].cue.steps))
        kept = KeptTake(takes[0], span, number, LETTERS[0], is_whole=True, made=time.time(), sight=WITH_PICTURE)
        self._round = number
        if is_heard:
            self._chosen, self._other = kept, self._chosen
        else:
            self._other = kept
        self._desk.proposed = composed.proposed_moods or self._desk.proposed
        self.shelf.add((kept,))

    def is_marked(self) -> bool:
        """Whether the take that is heard has a pin or a name."""
        return self._chosen is not None and (self._chosen.is_pinned or bool(self._chosen.name))

    def _put(self, kept: KeptTake) -> None:
        """Put a take into the cue, in place of the one before."""
        desk, previous = self._desk, self._chosen
        cue = desk.cue
        if cue is None or desk.session is None:
            return
        if not cue.edit.has_cut_of(kept.cue.edit):
            self._refuse(self._tr("That take was composed for another cut, so it does not fit; it is kept."))
            return
        if not kept.is_whole and not fits(kept.cue, cue):
            self._refuse(self._tr("The tempo was changed since, so that take no longer fits; it is kept."))
            return
        if reached := reached_by(kept, cue, desk.film.cues, desk.name):
            text = self._tr("That take is longer than the cue and would reach into {names}; it is kept.")
            self._refuse(text.format(names=", ".join(reached)))
            return
        self._chosen, self._other = kept, previous
        self._show()
        desk.apply(lambda now: with_kept(now, kept, previous), self._tr("Choose Take"), amends=True)

    def _refuse(self, text: str) -> None:
        self._show()
        self._desk.view.show_notes((text,))

    def _show(self) -> None:
        takes, cue = self.takes, self._desk.cue
        self._listed, self._heard = takes, None if cue is None else cue.heard
        if self._chosen is None and cue is not None:
            self._chosen = next((t for t in takes if not t.is_before and t.cue.steps == cue.steps), None)
        self._desk.takes_offered = len(takes)
        rows: list[TakeRow] = []
        for _, group in groupby(takes, key=lambda kept: kept.round):
            rows += take_rows(tuple(group), self._tr, self._heard)
        self._desk.view.show_takes(tuple(rows), self._chosen_row)
        self._desk.refresh()

    def tell(self, composed: Composed) -> None:
        """Show what can be done now, and what was noticed in composing."""
        self._desk.refresh()
        if composed.warnings:
            self._desk.view.show_notes(composed.warnings)
