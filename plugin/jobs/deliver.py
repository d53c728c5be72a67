"""Plays a cue and writes everything: sound, notes, cues and the timeline. Every road ends here."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

from hitpoint.bridge.writing.advice import advice
from hitpoint.bridge.writing.music_clip import MusicClip
from hitpoint.bridge.writing.timeline_writer import write_scored_timeline
from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.arrange.hit_points import measured_hits
from hitpoint.core.compose.takes import Take
from hitpoint.core.conform.kept_sound import Before, kept_sounds
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.cue_file import write_cue
from hitpoint.core.edit import Marker
from hitpoint.core.errors import EditWriteError
from hitpoint.core.files.output import Outputs, Staging, published
from hitpoint.core.music.score import Score
from hitpoint.core.perform.perform import performed
from hitpoint.core.progress import Progress
from hitpoint.core.render.formats.midi import write_midi
from hitpoint.core.render.mixdown.delivery import render_cue, with_level
from hitpoint.core.render.mixdown.mixdown import Rendering
from hitpoint.core.render.parts.synth import Synthesizer
from hitpoint.plugin.hosts.place_script import write_place_script
from hitpoint.plugin.hosts.system import this_system
from hitpoint.plugin.jobs.engine import Engine, engine_of_cue
from hitpoint.plugin.jobs.job import Delivery, Scored, Stopwatch
from hitpoint.plugin.jobs.launch import engine_facts, synthesizer_of
from hitpoint.plugin.jobs.resuming import unfinished_sound
from hitpoint.plugin.jobs.told import missing_media

_LOUDNESS_TOLERANCE = 0.5  # LU


def delivered(
    delivery: Delivery,
    cue: Cue,
    warnings: tuple[str, ...],
    watch: Stopwatch,
    progress: Progress,
    *,
    takes: tuple[Take, ...] = (),
    before: Before | None = None,
) -> Scored:
    """Play a cue, and write everything: sound, notes, cues and the timeline.

    It is played with what the cue names, unless the delivery's engine names something else.

    Args:
        delivery: from where to where.
        cue: what is played and written.
        warnings: about the picture.
        watch: that has been running.
        progress: of this part of the job.
        takes: candidates that were composed for it, the cue's own first; of the others the cues are written.
        before: the version that this one goes on from; None for a first one.

    Raises:
        HitpointError: for anything the editor can mend; nothing has been written then, nor after Cancelled.
    """
    engine = engine_of_cue(delivery.engine, cue)
    synth = synthesizer_of(engine)
    with watch.lap("arrange"):
        cue = _played_by(engine, cue)
        others = tuple(_played_by(engine, take.cue) for take in takes[1:])
        score = performed(arrange(cue), cue)
    with unfinished_sound(engine, cue, score, synth) as kept_work, published(delivery.planned) as staging:
        rendering = _perform(delivery, cue, others, score, synth, staging, kept_work, watch, progress)
    cue, outputs = with_level(cue, rendering.level), staging.final
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
        engine=engine_facts(engine, synth),
        warnings=(*cue.edit.warnings, *warnings, *missing_media(cue.edit), *_of_level(cue, rendering), *told),
        ducked=rendering.ducked and outputs.folder / rendering.ducked.name,
        script=script,
        level_change=rendering.level_change,
        kept_sounds=kept,
        parts=score.parts,
    )


def _for_host(delivery: Delivery, cue: Cue, outputs: Outputs) -> tuple[Path | None, tuple[str, ...]]:
    """The menu entry that a host needs for this music, and what its editor should know.

    Trouble with the entry is a warning, because the music is written.
    """
    told = advice(delivery.source, outputs.timeline, section_markers=delivery.section_markers)
    try:
        return write_place_script(this_system(), delivery.source, cue, outputs), tuple(told)
    except EditWriteError as error:
        return None, (*told, str(error))


def _played_by(engine: Engine, cue: Cue) -> Cue:
    """The cue as one that says what plays it and how, so that it can be rendered again, and changed here and there."""
    soundfont = engine.soundfont and engine.soundfont.absolute()
    feel = cue.sound.feel if engine.feel is None else engine.feel
    return with_playing(replace(cue, sound=replace(cue.sound, synth=engine.synth, soundfont=soundfont, feel=feel)))


def _perform(
    delivery: Delivery,
    cue: Cue,
    others: tuple[Cue, ...],
    score: Score,
    synth: Synthesizer,
    staging: Staging,
    kept_work: Path | None,
    watch: Stopwatch,
    progress: Progress,
) -> Rendering:
    """Sound, notes, cues and timeline into the staging folder."""
    work, final = staging.work, staging.final
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
        write_midi(score, work.midi, seconds=cue.seconds + cue.tail, name=cue.edit.name)
        _write_cues(with_level(cue, rendering.level), others, work)
        music = MusicClip(
            wav=final.mix,
            name=final.mix.name,
            rate=cue.edit.rate,
            start_frame=cue.start_frame,
            end_frame=cue.end_frame + cue.tail_frames,
            state={"seed": cue.seed, "style": cue.style, "key": str(cue.key)},
            section_markers=_sections(cue, score) if delivery.section_markers else (),
            cue=final.cue.relative_to(final.timeline.parent).as_posix(),
            folder=final.timeline.parent,
        )
        write_scored_timeline(delivery.source, work.timeline, music, cue.edit)
    return rendering


def _write_cues(cue: Cue, others: tuple[Cue, ...], work: Outputs) -> None:
    """The cue in its place, those of the other takes where an editor can fetch them."""
    write_cue(cue, work.cue)
    for number, other in enumerate(others, start=2):
        work.take(number).parent.mkdir(exist_ok=True)
        write_cue(other, work.take(number))


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
