"""The main job, end to end: read, analyse, compose, arrange, render, write.

``score``, ``demo`` and the tests all come through :func:`score_edit`. Results appear whole at its end, or not at all.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hitpoint.bridge.timeline_reader import read_edit
from hitpoint.bridge.timeline_writer import MusicClip, write_scored_timeline
from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.arrange.hit_points import Hit, measured_hits
from hitpoint.core.compose import Take, Wishes, compose_takes, stretch
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.cue_file import write_cue
from hitpoint.core.edit import Edit, Marker
from hitpoint.core.features.extract import Extraction
from hitpoint.core.music.score import Score
from hitpoint.core.output import Outputs, Staging, plan_outputs, published
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.render.midi import write_midi
from hitpoint.core.render.mixdown import Rendering, render_score
from hitpoint.core.render.synth import Synthesizer
from hitpoint.plugin.launch import Engine, engine_facts, features_of, models_of, synthesizer_of


@dataclass(frozen=True)
class Job:
    """One edit to score.

    Attributes:
        edit: the file.
        output: where the scored edit goes; None for beside the edit.
        media_folders: where to look for media that moved.
        wishes: asked once the edit is read, because ranges and moods are times in it.
        takes: how many to compose; the likeliest is written.
        section_markers: whether the sections are also written as markers.
        engine: what to compose and play with.
    """

    edit: Path
    output: Path | None = None
    media_folders: tuple[Path, ...] = ()
    wishes: Callable[[Edit], Wishes] = lambda edit: Wishes()
    takes: int = 1
    section_markers: bool = False
    engine: Engine = field(default_factory=Engine)


@dataclass(frozen=True)
class Scored:
    """What a run left behind, and what is to be told about it.

    Attributes:
        edit: as it was read.
        cue: as it was written.
        takes: all that were composed, the written one first.
        hits: how well the cue meets the picture.
        outputs: where everything lies.
        stems: a WAV for each part.
        loudness: of the mix, LUFS; None for silence.
        true_peak: of the mix, dBTP; None for silence.
        seconds: that each part of the work took.
        engine: facts about what was composed and played with.
        warnings: sentences an editor should read.
    """

    edit: Edit
    cue: Cue
    takes: tuple[Take, ...]
    hits: tuple[Hit, ...]
    outputs: Outputs
    stems: tuple[Path, ...]
    loudness: float | None
    true_peak: float | None
    seconds: dict[str, float]
    engine: dict[str, object]
    warnings: tuple[str, ...]


@dataclass
class Stopwatch:
    """Seconds each part of a job took, by name, in order."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def lap(self, name: str) -> Iterator[None]:
        """Add the time spent inside to ``name``."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


def score_edit(job: Job, progress: Progress = SILENT) -> Scored:
    """Do the whole job.

    Raises:
        HitpointError: for anything the editor can mend; nothing has been written then.
        Cancelled: if stopped; likewise.
    """
    watch = Stopwatch()
    with watch.lap("total"):
        planned = plan_outputs(job.edit, job.output)
        with watch.lap("read"):
            edit = read_edit(job.edit, job.media_folders, progress.part(0.0, 0.1))
            wishes = job.wishes(edit)
            stretch(edit, wishes)
            synth = synthesizer_of(job.engine)
        with watch.lap("features"):
            seen = features_of(job.engine, edit, *stretch(edit, wishes), progress.part(0.1, 0.5))
        with watch.lap("compose"):
            models = models_of(job.engine)
            takes = compose_takes(edit, wishes, seen.features, models, job.takes, progress.part(0.5, 0.6))
        with watch.lap("arrange"):
            score = arrange(takes[0].cue)
        with published(planned) as staging:
            rendering = _perform(job, takes[0].cue, score, synth, staging, watch, progress.part(0.6, 1.0))
    return _scored(edit, takes, score, rendering, staging.final, seen, synth, job, watch)


def _perform(
    job: Job, cue: Cue, score: Score, synth: Synthesizer, staging: Staging, watch: Stopwatch, progress: Progress
) -> Rendering:
    """Sound, notes, cue and timeline into the staging folder."""
    work, final = staging.work, staging.final
    with watch.lap("render"):
        rendering = render_score(score, cue.samples, synth, work.folder, work.timeline.stem, progress=progress)
    with watch.lap("write"):
        write_midi(score, work.midi, seconds=cue.seconds, name=cue.edit.name)
        write_cue(cue, work.cue)
        music = MusicClip(
            wav=final.mix,
            name=final.mix.name,
            rate=cue.edit.rate,
            start_frame=cue.start_frame,
            end_frame=cue.end_frame,
            state={"seed": cue.seed, "style": cue.style, "key": str(cue.key)},
            section_markers=_sections(cue, score) if job.section_markers else (),
            cue=final.cue.relative_to(final.timeline.parent).as_posix(),
        )
        write_scored_timeline(job.edit, work.timeline, music, cue.edit)
    return rendering


def _sections(cue: Cue, score: Score) -> tuple[Marker, ...]:
    """The score's sections as timeline markers of one frame."""
    rate = cue.edit.rate
    frames = [rate.nearest_frame(cue.start + score.tempo.seconds_at(marker.beat)) for marker in score.markers]
    return tuple(
        Marker(frame, 1, marker.text, "CYAN")
        for frame, marker in zip(frames, score.markers, strict=True)
        if frame < cue.edit.frames
    )


def _scored(
    edit: Edit,
    takes: tuple[Take, ...],
    score: Score,
    rendering: Rendering,
    outputs: Outputs,
    seen: Extraction,
    synth: Synthesizer,
    job: Job,
    watch: Stopwatch,
) -> Scored:
    cue = takes[0].cue
    return Scored(
        edit=edit,
        cue=cue,
        takes=takes,
        hits=measured_hits(cue, score),
        outputs=outputs,
        stems=tuple(outputs.stems_folder / stem.name for stem in rendering.stems),
        loudness=_finite(rendering.loudness),
        true_peak=_finite(rendering.true_peak),
        seconds=watch.seconds,
        engine=engine_facts(job.engine, synth),
        warnings=(*edit.warnings, *seen.warnings, *_missing(edit)),
    )


def _finite(decibels: float) -> float | None:
    return decibels if math.isfinite(decibels) else None


def _missing(edit: Edit) -> tuple[str, ...]:
    if not edit.missing:
        return ()
    names = ", ".join(edit.missing[:5]) + (f" and {len(edit.missing) - 5} more" if len(edit.missing) > 5 else "")
    return (f"media not found: {names}; these shots are scored from the cut alone (give the folder with --media DIR)",)
