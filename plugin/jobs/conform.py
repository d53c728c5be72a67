"""The cut changed: read the cue of a scored edit, carry it over to a new cut, write a new version.

The old one stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hitpoint.bridge.formats import tells_rate
from hitpoint.bridge.reading.scored_edit import find_cue, has_section_markers
from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.bridge.writing.timeline_writer import check_target
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.cue.hit_wishes import HitWish
from hitpoint.core.edit import Edit
from hitpoint.core.errors import CueFileError, OptionError
from hitpoint.core.files.output import plan_outputs
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.timebase import FrameRate
from hitpoint.plugin.hit_option import HitOption, hit_wish
from hitpoint.plugin.jobs.engine import Engine, engine_of_cue
from hitpoint.plugin.jobs.job import Delivery, Finished, Scored, Stopwatch
from hitpoint.plugin.jobs.loading import lasting
from hitpoint.plugin.jobs.standing import CUE_SUFFIX, StandingCue, standing_cues, the_cue

if TYPE_CHECKING:  # comes with the networks
    from hitpoint.core.conform.change_list import Changes
    from hitpoint.core.conform.kept_sound import Before
    from hitpoint.plugin.jobs.composer import Carried, Composer


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
        cue: name of the only cue to carry over; None for all.
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
    cue: str | None = None


@dataclass(frozen=True)
class ConformedEdit:
    """The results of a run and its changes, of the first cue, and by name of all others."""

    scored: Scored
    changes: Changes
    others: tuple[tuple[str, Changes], ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """All changes as text."""
        return tuple(f"{name}{line}" for name, changes in self._named for line in changes.lines())

    @property
    def losses(self) -> tuple[str, ...]:
        """Losses, as text."""
        return tuple(f"{name}{line}" for name, changes in self._named for line in changes.losses())

    @property
    def sounds(self) -> tuple[str, ...]:
        """The sound of kept music, as text."""
        found = [(one.cue.name, sound) for one in (self.scored, *self.scored.further) for sound in one.kept_sounds]
        return tuple(f"{name}: {sound.line()}" if self.others else sound.line() for name, sound in found)

    @property
    def _named(self) -> tuple[tuple[str, Changes], ...]:
        """The changes of each cue after what its lines begin with: its name, where there are several."""
        if not self.others:
            return (("", self.changes),)
        return tuple((f"{name}: ", one) for name, one in ((self.scored.cue.name, self.changes), *self.others))


def conform_edit(job: ConformJob, progress: Progress = SILENT) -> ConformedEdit:
    """Do the whole job.

    Raises:
        HitpointError: for anything the editor can mend; nothing has been written then.
        Cancelled: if stopped; likewise.
    """
    watch = Stopwatch()
    with watch.lap("total"):
        with watch.lap("read"):
            standing = _cues(job)
            delivery = Delivery(job.new_edit, plan_outputs(job.new_edit, job.output), _has_markers(job), job.engine)
            check_target(job.new_edit, delivery.planned.timeline)
            rate = job.rate or (None if tells_rate(job.new_edit) else standing[0][1].edit.rate)
            edit = read_edit(job.new_edit, job.media_folders, progress.part(0.0, 0.1), rate)
            further = tuple(hit_wish(edit, hit) for hit in job.hits)
        with lasting():
            from hitpoint.plugin.jobs.composer import Composer  # networks take seconds to load: first see there is work
            from hitpoint.plugin.jobs.deliver import delivered
            from hitpoint.plugin.jobs.looking import Observer

        composer = Composer(Observer(engine_of_cue(job.engine, standing[0][1]), job.media_folders))
        with watch.lap("compose"):
            carried, aside = _carried(job, standing, edit, further, composer, progress.part(0.1, 0.6))
        finished = [Finished(one.cue, (), one.warnings, before) for _, one, before in carried]
        finished[0] = replace(finished[0], warnings=(*finished[0].warnings, *aside, *_left(job)))
        scored = delivered(delivery, finished, watch, progress.part(0.6, 1.0))
    (_, first, _), *rest = carried
    return ConformedEdit(scored, first.changes, tuple((name, one.changes) for name, one, _ in rest))


def _cues(job: ConformJob) -> list[tuple[StandingCue, Cue]]:
    """The cues to carry over: the one that is named, else all there are.

    Raises:
        EditReadError: if the edit cannot be read.
        CueFileError: if there is no cue, or one is damaged.
        OptionError: if none has the name.
    """
    found = [one for one in standing_cues(job.scored) if job.cue is None] or [the_cue(job.scored, job.cue)]
    for one in found:
        if one.cue is None and one.file is not None:
            read_cue(one.file)  # says what is wrong with it: it would be lost in silence
    whole = [(one, one.cue) for one in found if one.cue is not None and one.file is not None]
    if not whole:
        find_cue(job.scored)  # says what is missing
        raise CueFileError(f"{job.scored.name} has no cue that can be read: score it again")
    return whole


def _left(job: ConformJob) -> list[str]:
    """A sentence for each cue that is not carried over because another one is named."""
    others = [one for one in standing_cues(job.scored) if job.cue not in (None, one.name)]
    return [
        f"cue {one.name} is not carried over, for --cue {job.cue} names the only one; it stays in {job.scored.name}"
        for one in others
    ]


def _carried(
    job: ConformJob,
    standing: Sequence[tuple[StandingCue, Cue]],
    edit: Edit,
    hits: tuple[HitWish, ...],
    composer: Composer,
    progress: Progress,
) -> tuple[list[tuple[str, Carried, Before | None]], tuple[str, ...]]:
    """Each cue on the new cut with the version it goes on from, in order of time; sentences about those left aside.

    Raises:
        OptionError: if none of the shots under any of the music is in the new edit.
    """
    from hitpoint.core.conform.kept_sound import Before  # loaded with all that composes

    carried: list[tuple[str, Carried, Before | None]] = []
    aside: list[str] = []
    for number, (one, cue) in enumerate(standing):
        part = progress.share(number, len(standing))
        own = tuple(hit for hit in hits if len(standing) == 1 or cue.start_frame <= hit.frame < cue.end_frame)
        try:
            new = composer.carried(cue, edit, own, job.seed, part)
        except OptionError:
            if len(standing) == 1:
                raise
            aside.append(
                f"cue {one.name} is left aside: none of its shots is in {edit.path.name}; it stays in {one.file}"
            )
            continue
        if len(standing) > 1:
            new = replace(new, cue=replace(new.cue, name=one.name))
        before = None if one.mix is None else Before(cue, one.mix, new.changes.kept)
        carried.append((one.name, new, before))
    if not carried:
        raise OptionError(f"none of the shots under the music is in {edit.path.name}: score it anew")
    return sorted(carried, key=lambda one: one[1].cue.start_frame), tuple(aside)


def _has_markers(job: ConformJob) -> bool:
    if job.section_markers or job.scored.suffix.lower() == CUE_SUFFIX:
        return job.section_markers
    return has_section_markers(job.scored)
