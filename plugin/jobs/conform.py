"""The cut changed: read the cue of a scored edit, carry it over to a new cut, write a new version; the old one stays."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hitpoint.bridge.formats import tells_rate
from hitpoint.bridge.reading.scored_edit import find_cue, has_section_markers
from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.bridge.writing.timeline_writer import check_target
from hitpoint.core.cue.cue_file import read_cue
from hitpoint.core.files.output import mix_beside, plan_outputs
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.timebase import FrameRate
from hitpoint.plugin.hit_option import HitOption, hit_wish
from hitpoint.plugin.jobs.engine import Engine, engine_of_cue
from hitpoint.plugin.jobs.job import Delivery, Scored, Stopwatch
from hitpoint.plugin.jobs.loading import lasting

if TYPE_CHECKING:  # comes with the networks
    from hitpoint.core.conform.change_list import Changes

CUE_SUFFIX = ".json"


@dataclass(frozen=True)
class ConformJob:
    """One scored edit and the cut that its music is to be taken over to.

    Attributes:
        scored: the edit, as ``hitpoint score`` left it, or a ``cue.json``.
        new_edit: the new cut.
        output: where the new version goes; None for beside the new cut.
        media_folders: where to look for media that moved.
        rate: frames a second of a cut that does not tell them; None for those of the cue.
        hits: further hit points of the editor's own, in times of the new cut.
        seed: of the new chords; None for the cue's next one.
        section_markers: whether the sections are written as markers; they are, too, if the scored edit has them.
        engine: what to compose and play with; what plays is the cue's if it names nothing.
    """

    scored: Path
    new_edit: Path
    output: Path | None = None
    media_folders: tuple[Path, ...] = ()
    rate: FrameRate | None = None
    hits: tuple[HitOption, ...] = ()
    seed: int | None = None
    section_markers: bool = False
    engine: Engine = field(default_factory=Engine)


@dataclass(frozen=True)
class ConformedEdit:
    """What a run left behind, and what it changed."""

    scored: Scored
    changes: Changes


def conform_edit(job: ConformJob, progress: Progress = SILENT) -> ConformedEdit:
    """Do the whole job.

    Raises:
        HitpointError: for anything the editor can mend; nothing has been written then.
        Cancelled: if stopped; likewise.
    """
    watch = Stopwatch()
    with watch.lap("total"):
        with watch.lap("read"):
            cue_file = cue_file_of(job.scored)
            before = read_cue(cue_file)
            engine = engine_of_cue(job.engine, before)
            delivery = Delivery(job.new_edit, plan_outputs(job.new_edit, job.output), _has_markers(job), engine)
            check_target(job.new_edit, delivery.planned.timeline)
            rate = job.rate or (None if tells_rate(job.new_edit) else before.edit.rate)
            edit = read_edit(job.new_edit, job.media_folders, progress.part(0.0, 0.1), rate)
            further = tuple(hit_wish(edit, hit) for hit in job.hits)
        with lasting():
            from hitpoint.core.conform.kept_sound import Before
            from hitpoint.plugin.jobs.composer import Composer  # networks take seconds to load: first see there is work
            from hitpoint.plugin.jobs.deliver import delivered
            from hitpoint.plugin.jobs.looking import Observer

        with watch.lap("compose"):
            composer = Composer(Observer(engine, job.media_folders))
            carried = composer.carried(before, edit, further, job.seed, progress.part(0.1, 0.6))
        version = Before(before, mix_beside(cue_file), carried.changes.kept)
        playing = progress.part(0.6, 1.0)
        scored = delivered(delivery, carried.cue, carried.warnings, watch, playing, before=version)
    return ConformedEdit(scored, carried.changes)


def cue_file_of(scored: Path) -> Path:
    """Where the cue of a scored edit lies; a cue file is its own.

    Raises:
        EditReadError: if the edit cannot be read.
        CueFileError: if there is no cue.
    """
    return scored if scored.suffix.lower() == CUE_SUFFIX else find_cue(scored)


def _has_markers(job: ConformJob) -> bool:
    if job.section_markers or job.scored.suffix.lower() == CUE_SUFFIX:
        return job.section_markers
    return has_section_markers(job.scored)
