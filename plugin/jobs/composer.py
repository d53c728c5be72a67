"""Composes, on every road: ``score``, ``reroll``, ``conform``, ``watch`` and the window. Imports networks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hitpoint.core.arrange.arranger import with_playing
from hitpoint.core.compose.compose import Models, compose_takes, ranked_with_tunes, regenerate_takes
from hitpoint.core.compose.following import Following, honest_first, theme_like, with_tune_compared
from hitpoint.core.compose.spotting import proposed_moods
from hitpoint.core.compose.takes import Take
from hitpoint.core.compose.wishes import Wishes, stretch
from hitpoint.core.conform.change_list import Changes
from hitpoint.core.conform.conforming import composed, conformed
from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.heard import cropped
from hitpoint.core.cue.hit_wishes import HitWish
from hitpoint.core.cue.sound import Sound, Speech
from hitpoint.core.edit import Edit
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.model.guidance import ASKED_NOTHING, Asked
from hitpoint.core.model.shipped_weights import noted_weights
from hitpoint.core.mood import MoodSpan
from hitpoint.core.music.chord import Chord
from hitpoint.core.music.theme import Theme
from hitpoint.core.ports import Composed
from hitpoint.core.progress import SILENT, Progress
from hitpoint.plugin.jobs.engine import engine_of_cue
from hitpoint.plugin.jobs.launch import models_of, weights_of
from hitpoint.plugin.jobs.looking import Observer, Sight
from hitpoint.plugin.jobs.resuming import kept_takes

_SHORT, _MORE = 64, 3  # steps up to which more takes are composed than are shown, and how many times as many


@dataclass(frozen=True)
class Carried:
    """A cue on another cut, what became of it, and sentences about its pictures."""

    cue: Cue
    changes: Changes
    warnings: tuple[str, ...] = ()


class Composer:
    """Composes cues that remember how they are played.

    The networks are loaded at the first call that needs them and kept. One thread at a time.

    Args:
        observer: what sees the pictures and hears the sound.
    """

    def __init__(self, observer: Observer) -> None:
        self._observer = observer
        self._models: dict[Path | None, Models] = {}  # by the weights of the chord model
        self.warnings: tuple[str, ...] = ()  # about the pictures that were looked at last

    def composed(
        self,
        edit: Edit,
        wishes: Wishes,
        count: int,
        sound: Sound | None = None,
        progress: Progress = SILENT,
        kept: Path | None = None,
        theme: Theme | None = None,
        sight: Sight | None = None,
    ) -> Composed:
        """A new cue, in so many takes.

        Args:
            edit: the cut.
            wishes: what is asked for.
            count: of takes.
            sound: how the cues are delivered; None for what is usual.
            progress: of all of it.
            kept: a folder in which what is composed outlasts a stop of the program.
            theme: the editor's own; None to have one found.
            sight: what the stretch looks and sounds like; None to look and listen.

        Raises:
            HitpointError: for anything the editor can mend.
            Cancelled: if stopped.
        """
        start, end = stretch(edit, wishes)
        sight = sight or self._observer.sight(edit, start, end, progress.part(0.0, 0.75))
        seen, speech, writing = sight.pictures, sight.speech, progress.part(0.76, 1.0)

        def write() -> tuple[Take, ...]:
            """The takes, best first."""
            return compose_takes(edit, wishes, seen.features, self._loaded(None, progress), count, writing)

        takes = kept_takes(kept, write)
        theme = theme or theme_like(wishes.like, wishes.follow)
        takes = tuple(
            replace(take, cue=_finished(self._signed(_named(take.cue, wishes)), speech, sound, theme)) for take in takes
        )
        takes = ranked_with_tunes(takes, range(len(takes[0].cue.steps)))
        takes = honest_first([with_tune_compared(take, wishes.like, wishes.follow) for take in takes])
        return Composed(takes, proposed_moods(edit, seen.features, start, end), seen.warnings)

    def recomposed(
        self,
        cue: Cue,
        span: range,
        count: int,
        seed: int | None = None,
        progress: Progress = SILENT,
        like: Following | None = None,
        asked: Asked = ASKED_NOTHING,
        sight: Sight | None = None,
    ) -> Composed:
        """A stretch of a cue composed again, in so many takes; what is outside of it and what is locked stays.

        With ``like``, its chords and curves follow a recording; ``asked`` weighs a learnt style and the picture;
        ``sight`` is what the whole cue looks like, None to look.

        Raises:
            HitpointError: for anything the editor can mend.
            Cancelled: if stopped.
        """
        if sight is None:
            seen = self._observer.seen(cue.edit, cue.start_frame, cue.end_frame, progress.part(0.0, 0.6))
        else:
            seen = sight.pictures
        models = self._loaded(cue, progress.part(0.6, 0.65))
        writing = progress.part(0.65, 1.0)
        takes = regenerate_takes(with_playing(cue), span, seen.features, models, count, seed, writing, like, asked)
        takes = tuple(replace(take, cue=self._signed(with_playing(take.cue))) for take in takes)
        takes = ranked_with_tunes(takes, span)
        moods = proposed_moods(cue.edit, seen.features, cue.start_frame, cue.end_frame)
        return Composed(takes, moods, seen.warnings)

    def alternatives(
        self, cue: Cue, span: range, count: int, progress: Progress = SILENT, sight: Sight | None = None
    ) -> Composed:
        """Like :meth:`recomposed`, but no two takes have the same chords, and those that are there already come last.

        One alone is the quickest, and is heard at once.
        """
        asked = count * _MORE if count > 1 and len(span) <= _SHORT else count + 1
        found = self.recomposed(cue, span, asked, progress=progress, sight=sight)
        return replace(found, takes=_different(found.takes, cue, span)[:count])

    def carried(
        self,
        cue: Cue,
        edit: Edit,
        hits: Sequence[HitWish] = (),
        seed: int | None = None,
        progress: Progress = SILENT,
        span: tuple[int, int] | None = None,
    ) -> Carried:
        """A cue on another cut of its edit. Pictures are looked at and chords composed only where something is new.

        Args:
            cue: as it was.
            edit: the new cut.
            hits: further hit points of the editor's own, on frames of the new cut.
            seed: of new chords; None for the cue's next one.
            progress: of all of it.
            span: frames of the new cut that are to have music; None for where its shots are.

        Raises:
            HitpointError: for anything the editor can mend.
            Cancelled: if stopped.
        """
        plan = conformed(with_playing(cue), edit, hits, span)
        if plan.changes.is_empty:
            return Carried(with_playing(plan.cue), plan.changes)
        speech = self._observer.heard(edit, progress.part(0.0, 0.1))
        if speech is not None:
            plan = replace(plan, cue=replace(plan.cue, speech=speech))
        if not plan.fresh:
            return Carried(with_playing(plan.cue), plan.changes)
        seen = self._observer.seen(edit, plan.cue.start_frame, plan.cue.end_frame, progress.part(0.1, 0.8))
        models = self._loaded(cue, progress.part(0.8, 0.85))
        new = composed(plan, seen.features, models, seed, progress.part(0.85, 1.0))
        return Carried(self._signed(with_playing(new)), plan.changes, seen.warnings)

    def extended(self, cue: Cue, start: int, end: int, progress: Progress = SILENT) -> Carried:
        """A cue over another range of its cut: what there is of it stays, and only the rest is composed.

        Music that the range leaves out is kept unheard.
        """
        whole = min(start, cue.start_frame), max(end, cue.end_frame)
        carried = self.carried(cue, cue.edit, progress=progress, span=whole)
        return replace(carried, cue=cropped(carried.cue, start, end))

    def prepare(self) -> None:
        """Load the networks of a new cue."""
        self._loaded(None, SILENT)

    def seen_lazily(self, cue: Cue, progress: Progress = SILENT) -> Callable[[], tuple[PictureFeatures, Models]]:
        """A function that looks at the picture of a whole cue and loads the networks when it is first called."""
        known: list[tuple[PictureFeatures, Models]] = []

        def look() -> tuple[PictureFeatures, Models]:
            """What the picture shows of the whole cue, and the networks; loaded at the first call."""
            if not known:
                seen = self._observer.seen(cue.edit, cue.start_frame, cue.end_frame, progress.part(0.0, 0.9))
                self.warnings = seen.warnings
                known.append((seen.features, self._loaded(cue, progress.part(0.9, 1.0))))
            return known[0]

        return look

    def proposed_moods(self, cue: Cue, progress: Progress = SILENT) -> tuple[MoodSpan, ...]:
        """The moods that the picture proposes for the whole cue."""
        seen = self._observer.seen(cue.edit, cue.start_frame, cue.end_frame, progress)
        return proposed_moods(cue.edit, seen.features, cue.start_frame, cue.end_frame)

    def _signed(self, cue: Cue) -> Cue:
        """The cue with the weights that it is composed with among those that wrote it."""
        engine = engine_of_cue(self._observer.engine, cue)
        return altered(cue, weights=noted_weights(cue.weights, weights_of(engine)))

    def _loaded(self, cue: Cue | None, progress: Progress) -> Models:
        """The networks to go on with a cue, those that wrote it unless others were asked for; None for a new cue."""
        engine = self._observer.engine if cue is None else engine_of_cue(self._observer.engine, cue)
        if engine.checkpoint not in self._models:
            progress.step(0.0, "loading the models")
            self._models[engine.checkpoint] = models_of(engine)
        return self._models[engine.checkpoint]


def _named(cue: Cue, wishes: Wishes) -> Cue:
    return replace(
        cue,
        name=wishes.name,
        prompts=wishes.prompts,
        styling=wishes.styling,
        theme_name=wishes.theme_name,
        join=wishes.join.value,
    )


def _finished(cue: Cue, speech: tuple[Speech, ...], sound: Sound | None, theme: Theme | None) -> Cue:
    """The cue with what is heard in its edit, how it is delivered, whose theme it has and how it is played."""
    return with_playing(
        replace(cue, speech=speech, sound=cue.sound if sound is None else sound, theme=theme or cue.theme)
    )


def _different(takes: tuple[Take, ...], cue: Cue, span: range) -> tuple[Take, ...]:
    """The takes in their order, each chord sequence once, and what is there already last."""
    found: dict[tuple[Chord, ...], Take] = {}
    for take in takes:
        found.setdefault(_chords(take.cue, span), take)
    same = found.pop(_chords(cue, span), None)
    return (*found.values(), *(() if same is None else (same,)))


def _chords(cue: Cue, span: range) -> tuple[Chord, ...]:
    return tuple(cue.steps[index].chord for index in span)
