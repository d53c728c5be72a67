"""The main job, end to end: read, analyse, compose, arrange, render, write.

``score``, ``demo`` and the tests all come through :func:`score_edit`. Results appear whole at the end, or not at all.
"""

from __future__ import annotations

from hitpoint.bridge.timeline_reader import read_edit
from hitpoint.bridge.timeline_writer import check_target
from hitpoint.core.output import plan_outputs
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.wishes import stretch
from hitpoint.plugin.jobs import Delivery, Job, Scored, Stopwatch


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
            edit = read_edit(job.edit, job.media_folders, progress.part(0.0, 0.1))
            wishes = job.wishes(edit)
            stretch(edit, wishes)
        from hitpoint.plugin.delivering import composed  # networks take seconds to load: first see that there is work

        return composed(job, delivery, edit, wishes, watch, progress.part(0.1, 1.0))
