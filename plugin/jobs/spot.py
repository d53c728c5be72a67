"""Spotting an edit: where music should be, and why. Markers first, then temp music, then picture and speech."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from hitpoint.bridge.reading.production_sound import read_sound_tracks
from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.cue.film.cue_list import CueEntry, CueList, listed
from hitpoint.core.edit import Edit
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.spot.marked import marked_cues
from hitpoint.core.spot.temp import temp_cues
from hitpoint.core.timebase import FrameRate
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.loading import lasting


@dataclass(frozen=True)
class SpotJob:
    """One edit to spot.

    Attributes:
        edit: the file.
        media_folders: where to look for media that moved.
        rate: frames a second of an edit that does not tell them.
        share: of the film that may have music where neither markers nor temp music say where, 0..1.
        engine: how pictures are read.
    """

    edit: Path
    media_folders: tuple[Path, ...] = ()
    rate: FrameRate | None = None
    share: float = 0.6
    engine: Engine = field(default_factory=Engine)


@dataclass(frozen=True)
class Spotted:
    """The edit, its cues, and sentences an editor should read."""

    edit: Edit
    cues: CueList
    warnings: tuple[str, ...] = ()


def spot_edit(job: SpotJob, progress: Progress = SILENT) -> Spotted:
    """Do the whole job; nothing is composed or written.

    Raises:
        HitpointError: for anything the editor can mend.
        Cancelled: if stopped.
    """
    edit = read_edit(job.edit, job.media_folders, progress.part(0.0, 0.1), job.rate)
    cues = marked_cues(edit) or temp_cues(edit, read_sound_tracks(job.edit, job.media_folders))
    if cues:
        return Spotted(edit, listed(cues), edit.warnings)
    found, warnings = _pictured(job, edit, progress.part(0.1, 1.0))
    return Spotted(edit, listed(found), (*edit.warnings, *warnings))


def _pictured(job: SpotJob, edit: Edit, progress: Progress) -> tuple[tuple[CueEntry, ...], tuple[str, ...]]:
    with lasting():  # decoding takes a while to load: first see whether the editor has said it all
        import numpy as np

        from hitpoint.core.compose.spotting import proposed_moods
        from hitpoint.core.spot.picture import Sight, pictured_cues
        from hitpoint.plugin.jobs.looking import Observer

    observer = Observer(job.engine, job.media_folders)
    seen = observer.seen(edit, 0, edit.frames, progress.part(0.0, 0.7))
    speech = observer.heard(edit, progress.part(0.7, 1.0))
    motion = np.where(seen.features.seen, np.asarray(seen.features.motion, np.float64), -1.0)
    sight = Sight(motion, proposed_moods(edit, seen.features, 0, edit.frames), speech or ())
    deaf = () if speech is not None else ("the edit has no sound that can be heard here: talk was not listened for",)
    return pictured_cues(edit, sight, job.share), (*seen.warnings, *deaf)
