"""From an edit that was read to its music: look, compose, play, write. Imports networks and synthesisers.

``score`` comes through :func:`composed`, and ``reroll`` and the panel through its last part, :func:`delivered`.
"""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

from hitpoint.bridge.writing.advice import advice
from hitpoint.bridge.writing.music_clip import MusicClip
from hitpoint.bridge.writing.timeline_writer import write_scored_timeline
from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.arrange.hit_points import measured_hits
from hitpoint.core.compose.compose import compose_takes, regenerate_takes
from hitpoint.core.compose.takes import Take
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.conform.change_list import KeptMusic, Span
from hitpoint.core.conform.kept_sound import Before, kept_sounds
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.cue_file import write_cue
from hitpoint.core.edit import Edit, Marker
from hitpoint.core.errors import EditWriteError
from hitpoint.core.files.output import Outputs, Staging, published
from hitpoint.core.music.score import Score
from hitpoint.core.progress import Progress
from hitpoint.core.render.formats.midi import write_midi
from hitpoint.core.render.mixdown.delivery import render_cue, with_level
from hitpoint.core.render.mixdown.mixdown import Rendering
from hitpoint.core.render.parts.synth import Synthesizer
from hitpoint.plugin.hosts.place_script import write_place_script
from hitpoint.plugin.hosts.system import this_system
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.job import Again, Delivery, Job, Scored, Stopwatch
from hitpoint.plugin.jobs.launch import engine_facts, features_of, models_of, synthesizer_of
from hitpoint.plugin.jobs.looking import Looked
from hitpoint.plugin.jobs.resuming import kept_takes, unfinished_sound, unfinished_takes

_LOUDNESS_TOLERANCE = 0.5  # LU
_COMPOSING = 0.12  # share of the time from the last picture on; the rest is playing and writing


def composed(
    job: Job, delivery: Delivery, edit: Edit, wishes: Wishes, looked: Looked, watch: Stopwatch, progress: Progress
) -> Scored:
    """A job whose edit was read and looked at, to its end.

    Args:
        job: what was asked for.
        delivery: from where to where.
        edit: as read.
        wishes: for this edit.
        looked: what it looks and sounds like.
        watch: that has been running.
        progress: of this part of the job.

    Raises:
        HitpointError: for anything the editor can mend; nothing has been written then.
        Cancelled: if stopped; likewise.
    """
    synth = synthesizer_of(job.engine)
    seen, speech = looked.seen, looked.speech
    with unfinished_takes(job.engine, edit, wishes, seen.features, job.takes) as kept:

        def compose() -> tuple[Take, ...]:
            part = progress.part(0.0, _COMPOSING)
            return compose_takes(edit, wishes, seen.features, models_of(job.engine), job.takes, part)

        with watch.lap("compose"):
            takes = kept_takes(kept, compose)
        takes = tuple(replace(take, cue=replace(take.cue, sound=job.sound, speech=speech)) for take in takes)
        return delivered(delivery, takes, seen.warnings, synth, watch, progress.part(_COMPOSING, 1.0))


def recomposed(again: Again, delivery: Delivery, edit: Edit, watch: Stopwatch, progress: Progress) -> Scored:
    """A stretch of a cue composed again, to the end of the job.

    Args:
        again: what is composed again; locks are in its cue.
        delivery: from where to where.
        edit: as it is now.
        watch: that has been running.
        progress: of this part of the job.

    Raises:
        HitpointError: for anything the editor can mend; nothing has been written then.
        Cancelled: if stopped; likewise.
    """
    cue, engine = again.cue, delivery.engine
    synth = synthesizer_of(engine)
    with watch.lap("features"):
        seen = features_of(engine, edit, cue.start_frame, cue.end_frame, progress.part(0.0, 0.44))
    with watch.lap("compose"):
        models, part = models_of(engine), progress.part(0.44, 0.55)
        takes = regenerate_takes(cue, again.span, seen.features, models, again.takes, again.seed, part)
    return delivered(delivery, takes, seen.warnings, synth, watch, progress.part(0.55, 1.0), _version_before(again))


def delivered(
    delivery: Delivery,
    takes: tuple[Take, ...],
    warnings: tuple[str, ...],
    synth: Synthesizer,
    watch: Stopwatch,
    progress: Progress,
    before: Before | None = None,
) -> Scored:
    """Play the first take, and write everything: sound, notes, cues and the timeline.

    Args:
        delivery: from where to where.
        takes: the first is written whole, of the others the cues.
        warnings: about the picture.
        synth: what plays.
        watch: that has been running.
        progress: of this part of the job.
        before: the version that this one goes on from; None for a first one.

    Raises:
        HitpointError: for anything the editor can mend; nothing has been written then, nor after Cancelled.
    """
    with watch.lap("arrange"):
        takes = tuple(_played_by(delivery.engine, take) for take in takes)
        score = arrange(cue := takes[0].cue)
    with unfinished_sound(delivery.engine, cue, score, synth) as kept_work, published(delivery.planned) as staging:
        rendering = _perform(delivery, takes, score, synth, staging, kept_work, watch, progress)
    takes = (_remembering(takes[0], rendering), *takes[1:])
    cue, outputs = takes[0].cue, staging.final
    with watch.lap("compare"):
        kept = () if before is None else kept_sounds(before, cue, outputs.mix, rendering.level_change)
    script, told = _for_host(delivery, cue, outputs)
    return Scored(
        edit=cue.edit,
        cue=cue,
        takes=takes,
        hits=measured_hits(cue, score),
        outputs=outputs,
        stems=tuple(outputs.stems_folder / stem.name for stem in rendering.stems),
        loudness=_finite(rendering.loudness),
        true_peak=_finite(rendering.true_peak),
        seconds=watch.seconds,
        engine=engine_facts(delivery.engine, synth),
        warnings=(*cue.edit.warnings, *warnings, *_missing(cue.edit), *_of_level(cue, rendering), *told),
        ducked=rendering.ducked and outputs.folder / rendering.ducked.name,
        script=script,
        level_change=rendering.level_change,
        kept_sounds=kept,
        parts=score.parts,
    )


def _version_before(again: Again) -> Before | None:
    """What a stretch was composed again in: all outside of the stretch is kept where it is."""
    cue, span = again.cue, again.span
    if again.mix is None:
        return None
    edges = (cue.start, cue.step_start(span.start)), (cue.step_start(span.stop), cue.start + cue.seconds)
    kept = tuple(KeptMusic(Span(start, end), start, is_barred=True) for start, end in edges if start < end)
    return Before(cue, again.mix, kept)


def _for_host(delivery: Delivery, cue: Cue, outputs: Outputs) -> tuple[Path | None, tuple[str, ...]]:
    """The menu entry that a host needs for this music, and what its editor should know.

    Trouble with the entry is a warning, because the music is written.
    """
    told = advice(delivery.source, outputs.timeline, section_markers=delivery.section_markers)
    try:
        return write_place_script(this_system(), delivery.source, cue, outputs), tuple(told)
    except EditWriteError as error:
        return None, (*told, str(error))


def _played_by(engine: Engine, take: Take) -> Take:
    """The take with a cue that says what plays it and how, so that it can be rendered again, and changed here and there."""
    sound = replace(take.cue.sound, synth=engine.synth, soundfont=engine.soundfont and engine.soundfont.absolute())
    return replace(take, cue=with_playing(replace(take.cue, sound=sound)))


def _perform(
    delivery: Delivery,
    takes: tuple[Take, ...],
    score: Score,
    synth: Synthesizer,
    staging: Staging,
    kept_work: Path | None,
    watch: Stopwatch,
    progress: Progress,
) -> Rendering:
    """Sound, notes, cues and timeline into the staging folder."""
    work, final, cue = staging.work, staging.final, takes[0].cue
    with watch.lap("render"):
        name = work.timeline.stem
        rendering = render_cue(
            cue,
            score,
            synth,
            work.folder,
            name,
            progress,
            remembers_level=True,
            work=kept_work,
            players=delivery.players,
        )
    with watch.lap("write"):
        write_midi(score, work.midi, seconds=cue.seconds, name=cue.edit.name)
        _write_cues((_remembering(takes[0], rendering), *takes[1:]), work)
        music = MusicClip(
            wav=final.mix,
            name=final.mix.name,
            rate=cue.edit.rate,
            start_frame=cue.start_frame,
            end_frame=cue.end_frame,
            state={"seed": cue.seed, "style": cue.style, "key": str(cue.key)},
            section_markers=_sections(cue, score) if delivery.section_markers else (),
            cue=final.cue.relative_to(final.timeline.parent).as_posix(),
            folder=final.timeline.parent,
        )
        write_scored_timeline(delivery.source, work.timeline, music, cue.edit)
    return rendering


def _remembering(take: Take, rendering: Rendering) -> Take:
    """The take with a cue that knows how it was delivered, so that what stays of it sounds the same next time."""
    return replace(take, cue=with_level(take.cue, rendering.level))


def _write_cues(takes: tuple[Take, ...], work: Outputs) -> None:
    """The first take's cue in its place, the others' where an editor can fetch them."""
    write_cue(takes[0].cue, work.cue)
    for number, take in enumerate(takes[1:], start=2):
        work.take(number).parent.mkdir(exist_ok=True)
        write_cue(take.cue, work.take(number))


def _sections(cue: Cue, score: Score) -> tuple[Marker, ...]:
    """The score's sections as timeline markers of one frame; the editor's own are there already."""
    rate = cue.edit.rate
    known = {(marker.frame, marker.text) for marker in cue.edit.markers}
    frames = [rate.nearest_frame(cue.start + score.tempo.seconds_at(marker.beat)) for marker in score.markers]
    return tuple(
        Marker(frame, 1, marker.text, "CYAN")
        for frame, marker in zip(frames, score.markers, strict=True)
        if frame < cue.edit.frames and (frame, marker.text) not in known
    )


def _finite(decibels: float) -> float | None:
    return decibels if math.isfinite(decibels) else None


def _of_level(cue: Cue, rendering: Rendering) -> tuple[str, ...]:
    """What to say of a mix that had to give up its level of before, and of one that is not as loud as asked."""
    if rendering.level_change is None:
        return _quieter(cue, rendering)
    told = (
        f"the level changed by {rendering.level_change:+.1f} dB: as it was, the mix would no longer be as loud as asked"
    )
    return (told, *_quieter(cue, rendering))


def _quieter(cue: Cue, rendering: Rendering) -> tuple[str, ...]:
    """What to say of a mix that is not as loud as asked; nothing of silence."""
    wanted = cue.sound.loudness
    if not math.isfinite(rendering.loudness) or abs(rendering.loudness - wanted) <= _LOUDNESS_TOLERANCE:
        return ()
    return (f"the mix has {rendering.loudness:.1f} LUFS, not {wanted:g}: more would need too much limiting",)


def _missing(edit: Edit) -> tuple[str, ...]:
    if not edit.missing:
        return ()
    names = ", ".join(edit.missing[:5]) + (f" and {len(edit.missing) - 5} more" if len(edit.missing) > 5 else "")
    return (f"media not found: {names}; these shots are scored from the cut alone (give the folder with --media DIR)",)
