"""Composing and its takes: start over, regenerate, choose, and compare two at one place with one key.

What is composed again is heard as soon as there is one take of it; the others join the list when they are there.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

from hitpoint.core.arrange.arranger import with_any_playing
from hitpoint.core.compose.entry_wishes import entry_wishes
from hitpoint.core.compose.takes import Take
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue import changes
from hitpoint.core.cue.cue import Cue, Step, steps_touching
from hitpoint.core.cue.cue_list import free_name
from hitpoint.core.errors import HitpointError
from hitpoint.core.ports import Composed
from hitpoint.core.progress import Progress
from hitpoint.core.words.rewording import own_moods, own_style, reworded_sound
from hitpoint.ui.lanes.drawing.labels import chord_label
from hitpoint.ui.presenter.desk import COMPOSE, TAKES, Desk
from hitpoint.ui.presenter.take_words import take_words
from hitpoint.ui.presenter.view_models import TakeRow

MOST_TAKES = 8
LETTERS = "ABCDEFGH"
_CHORDS_SHOWN = 6


class TakePresenter:
    """Asks for takes, and puts the chosen one into the cue."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._tr = desk, desk.tr
        self._takes: tuple[Take, ...] = ()
        self._span = range(0)
        self._is_whole = False
        self._chosen = self._other = 0
        self.count = 4
        desk.on_opened.append(self.clear)
        desk.on_other.append(self.clear)

    def clear(self) -> None:
        """There are no takes."""
        self._takes, self._chosen, self._other = (), 0, 0
        self._desk.takes_offered = 0
        self._desk.runner.cancel(TAKES)
        self._desk.view.show_takes((), 0)

    def compose(self) -> None:
        """Compose the cue that is worked at, else the whole edit, from nothing but wishes, hits and locks."""
        desk = self._desk
        if desk.opened is None:
            return
        edit, before, name = desk.opened.edit, desk.cue, desk.name
        try:
            wishes = self.wishes_for(name)
        except HitpointError as error:
            desk.fail(str(error))
            return

        like = desk.like_of(name)

        def work(progress: Progress) -> Composed:
            composed = desk.ports.composer.compose(edit, wishes, self.count, progress, like)
            if before is None:
                desk.view.prepare_cue(edit, composed.takes[0].cue)
            return composed

        desk.runner.start(
            COMPOSE, self._tr("Composing"), work, lambda composed: self._show_composed(composed, name), desk.fail
        )
        desk.refresh()

    def regenerate_all(self) -> None:
        """Every chord that is not locked again, in the same key and tempo."""
        if self._desk.cue is not None:
            self._regenerate(range(len(self._desk.cue.steps)))

    def regenerate_selection(self) -> None:
        """The selected chords again."""
        if self._desk.cue is not None and self._desk.selection:
            self._regenerate(self._desk.selection)

    def compose_stale(self) -> None:
        """The stretch whose mood was changed since it was composed."""
        cue, stale = self._desk.cue, self._desk.stale
        if cue is None or stale is None:
            return
        span = steps_touching(cue, Fraction(stale[0]), Fraction(stale[1]))
        if span:
            self._regenerate(span)

    def choose(self, index: int) -> None:
        """Put a take into the cue; the one before is what the comparing key goes back to."""
        if not 0 <= index < len(self._takes) or index == self._chosen:
            return
        self._other, previous = self._chosen, self._takes[self._chosen]
        self._chosen = index
        self._put(previous)

    def choose_next(self, by: int) -> None:
        """The take so many rows further down the list, round and round."""
        if self._takes:
            self.choose((self._chosen + by) % len(self._takes))

    def compare(self) -> None:
        """Go to the take that was chosen before, at the same place."""
        if len(self._takes) > 1:
            self.choose(self._other if self._other != self._chosen else (self._chosen + 1) % len(self._takes))

    def set_count(self, count: int) -> None:
        """How many takes are composed at once."""
        self.count = min(max(count, 1), MOST_TAKES)

    def wishes_for(self, name: str) -> Wishes:
        """What the editor asks for: of a cue that is there all that it says of moods and hits, else what its entry says.

        Raises:
            HitpointError: if the entry makes no sense.
        """
        desk, wishes, film = self._desk, self._desk.wishes, self._desk.film
        cue = film.music.get(name)
        if name not in film.cues.names or desk.opened is None:
            return wishes
        entry = film.cues.named(name)
        if cue is None:
            return entry_wishes(desk.opened.edit, wishes, entry, film.cues.entries.index(entry))
        is_reworded = film.is_reworded(name)
        form = _form_wishes(cue) if not film.is_stale(name) else {}
        if is_reworded:
            form.pop("ending", None)  # the new words may ask for one
        return replace(
            wishes,
            name=cue.name,
            start_frame=entry.start_frame,
            end_frame=entry.end_frame,
            seed=cue.next_seed,
            moods=own_moods(cue) if is_reworded else tuple(span for span in cue.moods if span.wished),
            hits=cue.hits,
            style=own_style(cue, wishes.style) if is_reworded else cue.style,
            mood_strength=cue.mood_strength,
            tail_frames=cue.tail_frames,
            prompts=entry.prompts,
            **form,
        )

    def _regenerate(self, span: range) -> None:
        desk, cue = self._desk, self._desk.cue
        assert cue is not None
        if all(step.locked for step in cue.steps[span.start : span.stop]):
            desk.view.show_notes((self._tr("All of these chords are locked: unlock some to compose them again."),))
            return
        name = desk.name
        desk.runner.cancel(TAKES)
        desk.stale = None
        desk.view.show_notes(())
        desk.runner.start(
            COMPOSE,
            self._tr("Composing"),
            lambda progress: desk.ports.composer.regenerate(cue, span, 1, progress),
            lambda composed: self._show_regenerated(composed, span, cue, name),
            desk.fail,
        )
        desk.refresh()

    def _ask_for_more(self, cue: Cue, span: range) -> None:
        """Other takes of what was composed from a cue; the sound of the first one, asked for before, comes first."""
        first, composer = self._takes[0], self._desk.ports.composer
        self._desk.runner.start(
            TAKES,
            self._tr("Composing more takes"),
            lambda progress: composer.regenerate(cue, span, self.count, progress),
            lambda composed: self._add(composed.takes, first, span),
            self._desk.fail,
        )

    def _add(self, takes: tuple[Take, ...], first: Take, span: range) -> None:
        """Put more takes behind the first, unless that is not offered any more; no chords stand there twice."""
        if not self._takes or self._takes[0] is not first:
            return
        there = first.cue.steps[span.start : span.stop]
        others = [take for take in takes if take.cue.steps[span.start : span.stop] != there]
        self._takes = (first, *others[: self.count - 1])
        self._desk.takes_offered = len(self._takes)
        self._show()

    def _show_composed(self, composed: Composed, name: str) -> None:
        desk, before = self._desk, self._desk.film.music.get(name)
        if name and name not in desk.film.cues.names:
            desk.view.show_notes((self._tr("{name} has gone meanwhile: its new music was dropped.").format(name=name),))
            return
        takes = tuple(replace(take, cue=continued(take.cue, before)) for take in composed.takes)
        if name == desk.name:
            self._offer(composed, takes, range(len(takes[0].cue.steps)), is_whole=True)
        if desk.session is None:
            desk.start_session(takes[0].cue, is_saved=False)
        elif before is None:
            label = self._tr("Compose {name}").format(name=name) if name else self._tr("Start Over")
            desk.put(takes[0].cue, label, name or takes[0].cue.name or free_name(desk.film.cues.names))
        else:
            desk.apply(lambda now: takes[0].cue, self._tr("Start Over"), name=name)
        self._tell(composed)

    def _show_regenerated(self, composed: Composed, span: range, asked: Cue, name: str) -> None:
        cue = self._desk.film.music.get(name)
        first = _changed_first(composed.takes, cue, span)[0]
        is_here = name == self._desk.name
        if is_here:
            self._offer(composed, _changed_first(composed.takes, cue, span), span, is_whole=False)
        if cue is None or not _fits(first.cue, cue):
            self.clear()
            self._desk.view.show_notes((self._tr("The tempo was changed meanwhile, so the new chords were dropped."),))
        else:
            whole = len(span) == len(cue.steps)
            label = self._tr("Regenerate All") if whole else self._tr("Regenerate Selection")
            self._desk.apply(lambda now: _with_take(now, first, None, span), label, name=name)
            if first.cue.steps[span.start : span.stop] == cue.steps[span.start : span.stop]:
                text = self._tr("Nothing else fits here so well: unlock chords, select more, or wish another mood.")
                self._desk.view.show_notes((text,))
            if self.count > 1 and is_here:
                self._ask_for_more(asked, span)
        self._tell(composed)

    def _offer(self, composed: Composed, takes: tuple[Take, ...], span: range, *, is_whole: bool) -> None:
        self._takes, self._span, self._is_whole = takes, span, is_whole
        self._chosen = self._other = 0
        self._desk.proposed = composed.proposed_moods
        self._desk.takes_offered = len(takes)
        self._show()

    def _put(self, previous: Take) -> None:
        """Put the chosen take into the cue, in place of the one before."""
        desk, take, span = self._desk, self._takes[self._chosen], self._span
        cue = desk.cue
        if cue is None or desk.session is None:
            return
        if not self._is_whole and not _fits(take.cue, cue):
            self.clear()
            desk.view.show_notes((self._tr("The tempo was changed since, so the takes no longer fit."),))
            return
        change = _with_whole if self._is_whole else partial(_with_take, previous=previous, span=span)
        self._show()
        desk.apply(lambda now: change(now, take), self._tr("Choose Take"), amends=True)

    def _show(self) -> None:
        self._desk.view.show_takes(
            tuple(
                _row(letter, take, self._span, words)
                for letter, take, words in zip(LETTERS, self._takes, take_words(self._takes, self._span), strict=False)
            ),
            self._chosen,
        )
        self._desk.refresh()

    def _tell(self, composed: Composed) -> None:
        self._desk.refresh()
        if composed.warnings:
            self._desk.view.show_notes(composed.warnings)


def _changed_first(takes: tuple[Take, ...], cue: Cue | None, span: range) -> tuple[Take, ...]:
    """The takes in their order, but first those that are not what is there already: who composes again wants a change."""
    if cue is None:
        return takes
    return tuple(
        sorted(takes, key=lambda take: take.cue.steps[span.start : span.stop] == cue.steps[span.start : span.stop])
    )


def _form_wishes(cue: Cue) -> dict[str, Any]:
    """What the plan of a cue asks of the next one: the whole of it where a section is locked."""
    plan = cue.plan
    if plan is None:
        return {}
    wishes: dict[str, Any] = {"ending": plan.ending, "hits_per_minute": plan.hits_per_minute}
    if any(section.locked for section in plan.sections):
        wishes |= {"form": (cue.tempo, plan), "key": cue.key, "bpm": cue.bpm}
    return wishes


def continued(cue: Cue, before: Cue | None) -> Cue:
    """A new cue with the sound and the locked chords of the one before, at their places in the picture."""
    if before is None:
        return cue
    sound = before.sound if cue.prompts == before.prompts else reworded_sound(before, cue)
    cue = replace(cue, sound=sound)
    for chord in before.chord_spans:
        span = steps_touching(cue, chord.start, chord.end) if chord.locked else range(0)
        if span:
            cue = changes.chord_set(cue, span, chord.chord)
    return cue


def _fits(take: Cue, cue: Cue) -> bool:
    return (take.tempo, take.start_frame, take.end_frame) == (cue.tempo, cue.start_frame, cue.end_frame)


def _with_whole(cue: Cue, take: Take) -> Cue:
    """A take of the whole, with what the editor has wished since."""
    new = changes.style_changed(continued(take.cue, cue), cue.style)
    return replace(new, moods=cue.moods, hits=cue.hits)


def _with_take(cue: Cue, take: Take, previous: Take | None, span: range) -> Cue:
    """The cue with a take's steps, in today's key; what was locked or drawn since stays, and how all else was played."""
    cue = with_any_playing(cue)
    shift = cue.key.tonic - take.cue.key.tonic
    steps = []
    for index in span:
        now, new = cue.steps[index], take.cue.steps[index]
        chord = now.chord if now.locked else new.chord.transposed(shift)
        steps.append(
            replace(now, chord=chord)
            if now.drawn
            else Step(chord, now.locked, density=new.density, loudness=new.loudness)
        )
    if previous is not None:
        kept = tuple(r for r in cue.rerolls if (r.first, r.end, r.seed) != (span.start, span.stop, previous.seed))
        cue = replace(cue, rerolls=kept)
    return changes.recomposed(cue, span, steps, take.seed)


def _row(letter: str, take: Take, span: range, words: str) -> TakeRow:
    symbols: list[str] = []
    for index in span:
        symbol = chord_label(take.cue.steps[index].chord, flats=take.cue.key.uses_flats)
        if not symbols or symbols[-1] != symbol:
            symbols.append(symbol)
    more = " …" if len(symbols) > _CHORDS_SHOWN else ""
    chords = "  ".join(symbols[:_CHORDS_SHOWN]) + more
    return TakeRow(
        letter, words, take.score, take.likelihood, take.cut_agreement, take.wish_agreement, chords, take.seed
    )
