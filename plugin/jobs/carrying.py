"""A cue carried over to a cut that was read: conform, look at what is new, compose, play, write. Imports networks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hitpoint.bridge.reading.production_sound import read_production_sound
from hitpoint.core.arrange.arranger import with_playing
from hitpoint.core.compose.takes import judged
from hitpoint.core.conform.change_list import Changes
from hitpoint.core.conform.conforming import Conformed, composed, conformed
from hitpoint.core.conform.kept_sound import Before
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.sound import Speech
from hitpoint.core.features.speech import speech_in
from hitpoint.core.progress import SILENT, Progress
from hitpoint.plugin.jobs.deliver import delivered
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.job import CarryOver, Delivery, Scored, Stopwatch
from hitpoint.plugin.jobs.launch import features_of, models_of, synthesizer_of


def carried_over(asked: CarryOver, delivery: Delivery, watch: Stopwatch, progress: Progress) -> tuple[Scored, Changes]:
    """The job from where its edit was read to its end, and what it changed.

    Raises:
        HitpointError: for anything the editor can mend; nothing has been written then.
        Cancelled: if stopped; likewise.
    """
    synth = synthesizer_of(delivery.engine)
    with watch.lap("conform"):
        plan = conformed(with_playing(asked.cue), asked.edit, asked.hits)
    cue, warnings = _composed(plan, asked, delivery.engine, watch, progress.part(0.0, 0.55))
    take = judged(cue, cue.seed, 0.0, range(len(cue.steps)))  # nobody asks how likely it is what was carried over
    before = None if asked.mix is None else Before(asked.cue, asked.mix, plan.changes.kept)
    scored = delivered(delivery, (take,), warnings, synth, watch, progress.part(0.55, 1.0), before)
    return scored, plan.changes


def _composed(
    plan: Conformed, asked: CarryOver, engine: Engine, watch: Stopwatch, progress: Progress
) -> tuple[Cue, tuple[str, ...]]:
    """The cue with chords for what is new and speech as it is heard now, and warnings about the picture.

    Nothing is looked at where nothing is new.
    """
    if plan.changes.is_empty:
        return plan.cue, ()
    with watch.lap("features"):
        speech = heard_speech(asked.edit.path, asked.media_folders, progress.part(0.0, 0.1))
    cue = plan.cue if speech is None else replace(plan.cue, speech=speech)
    if not plan.fresh:
        return cue, ()
    with watch.lap("features"):
        seen = features_of(engine, cue.edit, cue.start_frame, cue.end_frame, progress.part(0.1, 0.85))
    with watch.lap("compose"):
        models = models_of(engine)
        cue = composed(replace(plan, cue=cue), seen.features, models, asked.seed, progress.part(0.85, 1.0))
    return cue, seen.warnings


def heard_speech(edit: Path, media_folders: tuple[Path, ...], progress: Progress = SILENT) -> tuple[Speech, ...] | None:
    """Where somebody speaks in an edit; None if it has no sound that can be heard here."""
    clips = read_production_sound(edit, media_folders)
    return speech_in(clips, progress) if clips else None
