"""The panel's composing and writing, done with the same functions as the command line's. Imports networks.

One object of each class serves one window, on its worker thread only; they hold what is worth keeping between two
calls: models, what was seen of the picture, what was played.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hitpoint.bridge.reading.production_sound import read_production_sound
from hitpoint.bridge.reading.scored_edit import has_section_markers
from hitpoint.core.arrange.arranger import with_playing
from hitpoint.core.compose.compose import Models, compose_takes, regenerate_takes
from hitpoint.core.compose.spotting import proposed_moods
from hitpoint.core.compose.takes import Take, judged
from hitpoint.core.compose.wishes import Wishes, stretch
from hitpoint.core.conform.conforming import composed as composed_anew
from hitpoint.core.conform.conforming import conformed
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.sound import Speech
from hitpoint.core.edit import Edit
from hitpoint.core.errors import HitpointError
from hitpoint.core.features.extract import Extraction
from hitpoint.core.features.speech import speech_in
from hitpoint.core.files.output import plan_outputs
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.mood import MoodSpan
from hitpoint.core.music.chord import Chord
from hitpoint.core.ports import Composed, Delivered, Way
from hitpoint.core.progress import Progress
from hitpoint.plugin.jobs.deliver import delivered
from hitpoint.plugin.jobs.engine import Engine, engine_of_cue
from hitpoint.plugin.jobs.job import Delivery, Stopwatch
from hitpoint.plugin.jobs.launch import features_of, models_of, synthesizer_of

_SHORT, _MORE = 64, 3  # steps up to which more takes are composed than are shown, and how many times as many


class PanelComposer:
    """Composes with the models of an engine, which are loaded at the first call."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._models: Models | None = None
        self._seen: tuple[tuple[Edit, int, int], Extraction] | None = None
        self._heard: tuple[tuple[SoundClip, ...], tuple[Speech, ...]] | None = None

    def compose(self, edit: Edit, wishes: Wishes, count: int, progress: Progress) -> Composed:
        """A new cue, in so many takes."""
        start, end = stretch(edit, wishes)
        seen = self._look(edit, start, end, progress.part(0.0, 0.7))
        speech = self._listen(edit, progress.part(0.7, 0.75))
        models = self._loaded(progress.part(0.75, 0.76))
        takes = compose_takes(edit, wishes, seen.features, models, count, progress.part(0.76, 1.0))
        takes = tuple(replace(take, cue=with_playing(replace(take.cue, speech=speech))) for take in takes)
        return Composed(takes, proposed_moods(edit, seen.features, start, end), seen.warnings)

    def regenerate(self, cue: Cue, span: range, count: int, progress: Progress) -> Composed:
        """A stretch composed again, in so many takes; one alone is the quickest, and is heard at once."""
        seen = self._look(cue.edit, cue.start_frame, cue.end_frame, progress.part(0.0, 0.6))
        models = self._loaded(progress.part(0.6, 0.65))
        asked = count * _MORE if count > 1 and len(span) <= _SHORT else count + 1
        cue = with_playing(cue)
        takes = regenerate_takes(cue, span, seen.features, models, asked, progress=progress.part(0.65, 1.0))
        takes = tuple(replace(take, cue=with_playing(take.cue)) for take in takes)
        return Composed(_different(takes, cue, span)[:count], self.proposed_moods(cue, progress), seen.warnings)

    def proposed_moods(self, cue: Cue, progress: Progress) -> tuple[MoodSpan, ...]:
        """What the picture says of the whole cue."""
        seen = self._look(cue.edit, cue.start_frame, cue.end_frame, progress)
        return proposed_moods(cue.edit, seen.features, cue.start_frame, cue.end_frame)

    def conformed(self, cue: Cue, edit: Edit, progress: Progress) -> tuple[Cue, tuple[str, ...]]:
        """A cue on another cut of its edit, and what became of it."""
        plan = conformed(with_playing(cue), edit)
        if not plan.fresh:
            return plan.cue, plan.changes.lines()
        seen = self._look(edit, plan.cue.start_frame, plan.cue.end_frame, progress.part(0.0, 0.7))
        models = self._loaded(progress.part(0.7, 0.75))
        new = composed_anew(plan, seen.features, models, progress=progress.part(0.75, 1.0))
        return with_playing(new), plan.changes.lines()

    def _look(self, edit: Edit, start: int, end: int, progress: Progress) -> Extraction:
        asked = (edit, start, end)
        if self._seen is None or self._seen[0] != asked:
            self._seen = (asked, features_of(self._engine, edit, start, end, progress))
        return self._seen[1]

    def _listen(self, edit: Edit, progress: Progress) -> tuple[Speech, ...]:
        clips = read_production_sound(edit.path)
        if self._heard is None or self._heard[0] != clips:
            progress.step(0.0, "listening for speech")
            self._heard = (clips, speech_in(clips, progress))
        return self._heard[1]

    def _loaded(self, progress: Progress) -> Models:
        if self._models is None:
            progress.step(0.0, "loading the models")
            self._models = models_of(self._engine)
        return self._models


class PanelSink:
    """Writes through :func:`~hitpoint.plugin.jobs.deliver.delivered`, as every command does.

    Args:
        engine: what to play with.
        note: told of each cue as it was written.
    """

    def __init__(self, engine: Engine, note: Callable[[Cue], None]) -> None:
        self._engine, self._note = engine, note

    def write(self, source: Path, cue: Cue, way: Way, *, section_markers: bool, progress: Progress) -> Delivered:
        """Everything, or nothing."""
        engine, everything = engine_of_cue(self._engine, cue), range(len(cue.steps))
        planned = plan_outputs(source, way.output)
        delivery = Delivery(source, planned, section_markers or _has_sections(source), engine)
        take = judged(cue, cue.seed, 0.0, everything)
        scored = delivered(delivery, (take,), (), synthesizer_of(engine), Stopwatch(), progress)
        self._note(scored.cue)
        outputs = scored.outputs
        steps = way.steps.replace("{wav}", outputs.mix.name).replace("{timeline}", outputs.timeline.name)
        return Delivered(outputs.timeline, outputs.mix, outputs.folder, steps, scored.warnings)


def _has_sections(source: Path) -> bool:
    try:
        return has_section_markers(source)
    except HitpointError:  # a movie, a project: there are none of ours in it
        return False


def _different(takes: tuple[Take, ...], cue: Cue, span: range) -> tuple[Take, ...]:
    """The takes in their order, each chord sequence once, and what is there already last."""
    found: dict[tuple[Chord, ...], Take] = {}
    for take in takes:
        found.setdefault(_chords(take.cue, span), take)
    same = found.pop(_chords(cue, span), None)
    return (*found.values(), *(() if same is None else (same,)))


def _chords(cue: Cue, span: range) -> tuple[Chord, ...]:
    return tuple(cue.steps[index].chord for index in span)
