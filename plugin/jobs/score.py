"""The main job, end to end: read, analyse, compose, arrange, render, write.

``score``, ``demo`` and the tests all come through :func:`score_edit`. Results appear whole at the end, or not at all.
"""

from __future__ import annotations

from dataclasses import replace

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.bridge.writing.timeline_writer import check_target
from hitpoint.core.compose.wishes import Wishes, stretch
from hitpoint.core.edit import Edit
from hitpoint.core.files.output import plan_outputs
from hitpoint.core.progress import SILENT, Progress
from hitpoint.plugin.jobs.job import Delivery, Job, Scored, Stopwatch
from hitpoint.plugin.jobs.loading import lasting

_LISTENING = 0.15  # share of the time that listening to a recording takes
_LOOKING = 1 / 3  # share of the time until all is seen, of an edit that was never looked at
_COMPOSING = 0.12  # share of the time from the last picture on; the rest is playing and writing


def score_edit(job: Job, progress: Progress = SILENT) -> Scored:
    """Do the whole job.

    Raises:
        HitpointError: for anything the editor can mend; nothing has been written then.
        Cancelled: if stopped; likewise.
    """
    watch = Stopwatch()
    with watch.lap("total"):
        delivery = Delivery(job.edit, plan_outputs(job.edit, job.output), job.section_markers, job.engine)
        with watch.lap("read"):
            check_target(job.edit, delivery.planned.timeline)
            edit = read_edit(job.edit, job.media_folders, progress.part(0.0, 0.02), job.rate)
            wishes = job.wishes(edit)
            first, end = stretch(edit, wishes)
        from hitpoint.core.render.mixdown.ensemble import (
            ensemble_for,  # there is work: processes may load beside this one
        )

        with ensemble_for(job.engine.synth, float(edit.rate.seconds(end - first))) as players:
            delivery = replace(delivery, players=players)
            return _scored(job, delivery, edit, wishes, watch, progress.part(0.02, 1.0))


def _scored(job: Job, delivery: Delivery, edit: Edit, wishes: Wishes, watch: Stopwatch, progress: Progress) -> Scored:
    """The job, once its edit was read."""
    with lasting():
        from hitpoint.plugin.jobs.looking import (
            Observer,  # decoding takes a while to load: first see that there is work
        )

    observer = Observer(job.engine, job.media_folders)
    told: tuple[str, ...] = ()
    if job.recordings.like or job.recordings.after:
        with watch.lap("features"):
            from hitpoint.plugin.jobs.hearing import with_recordings

            wishes, told = with_recordings(job, edit, wishes, progress.part(0.0, _LISTENING))
    with watch.lap("features"):
        observer.observe(edit, *stretch(edit, wishes), progress.part(_LISTENING, _LOOKING))
    with watch.lap("compose"):
        from hitpoint.plugin.jobs.composer import Composer  # loaded by now, in a thread
        from hitpoint.plugin.jobs.deliver import delivered
        from hitpoint.plugin.jobs.resuming import unfinished_takes

    progress = progress.part(_LOOKING, 1.0)
    seen = observer.seen(edit, *stretch(edit, wishes))
    with unfinished_takes(job.engine, edit, wishes, seen.features, job.takes) as kept:
        with watch.lap("compose"):
            composer, part = Composer(observer), progress.part(0.0, _COMPOSING)
            composed = composer.composed(edit, wishes, job.takes, job.sound, part, kept)
        playing = progress.part(_COMPOSING, 1.0)
        warnings = (*composed.warnings, *told)
        return delivered(delivery, composed.takes[0].cue, warnings, watch, playing, takes=composed.takes)
