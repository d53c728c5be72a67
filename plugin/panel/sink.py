"""Writes the window's music through :func:`~hitpoint.plugin.jobs.deliver.delivered`, as every command does. Imports networks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hitpoint.bridge.reading.scored_edit import find_cue, has_section_markers
from hitpoint.core.conform.kept_sound import Before, before_edit
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.errors import HitpointError
from hitpoint.core.files.output import mix_beside, plan_outputs
from hitpoint.core.ports import Delivered, WriteChoice
from hitpoint.core.progress import Progress
from hitpoint.plugin.jobs.deliver import check_cut, delivered
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.job import Delivery, Finished, Stopwatch
from hitpoint.plugin.jobs.standing import StandingCue, standing_cues


class PanelSink:
    """Writes music back.

    Args:
        engine: what to play with, where a cue names nothing.
        note: told of each cue as it was written.
    """

    def __init__(self, engine: Engine, note: Callable[[Cue], None]) -> None:
        self._engine, self._note = engine, note
        self._last: tuple[Cue, Path] | None = None

    def write(self, source: Path, cue: Cue, choice: WriteChoice, progress: Progress) -> Delivered:
        """Everything, or nothing.

        Raises:
            HitpointError: for anything the editor can mend, such as a cut that has changed on disk.
            Cancelled: if stopped.
        """
        check_cut(source, cue)
        cue = replace(cue, sound=replace(cue.sound, delivers_ducked=choice.ducked))
        way = choice.way
        planned = plan_outputs(source, way.output)
        kept = _others(source, planned.timeline.suffix, cue)
        markers = choice.section_markers or _has_sections(source)
        delivery = Delivery(source, planned, markers, self._engine, kept=kept)
        finished = Finished(cue, before=self._before(source, cue))
        scored = delivered(delivery, [finished], Stopwatch(), progress)
        outputs = scored.outputs
        self._note(scored.cue)
        self._last = (scored.cue, outputs.mix)
        steps = way.steps.replace("{wav}", scored.delivered.name).replace("{timeline}", scored.timeline.name)
        told = tuple(sound.line() for sound in scored.kept_sounds)
        return Delivered(scored.timeline, scored.delivered, outputs.folder, steps, scored.warnings, told)

    def _before(self, source: Path, cue: Cue) -> Before | None:
        """The version before: what this window wrote last for the same cut, else the music that the edit came with."""
        old, mix = self._last if self._last is not None else _music_of(source)
        if old is None or mix is None or not mix.is_file() or not old.edit.has_cut_of(cue.edit):
            return None
        return before_edit(old, cue, mix)


def _others(source: Path, kind: str, cue: Cue) -> tuple[StandingCue, ...]:
    """The cues of an edit that are not the one on the desk: those of another name, or elsewhere."""
    try:
        standing = standing_cues(source, kind)
    except HitpointError:
        return ()
    if len(standing) <= 1 and not any(_is_apart(one, cue) for one in standing):
        return ()
    return tuple(one for one in standing if one.name != cue.name or _is_apart(one, cue))


def _is_apart(one: StandingCue, cue: Cue) -> bool:
    """Whether two cues of one edit have no frame in common."""
    other = one.cue
    return other is not None and (other.end_frame <= cue.start_frame or cue.end_frame <= other.start_frame)


def _music_of(source: Path) -> tuple[Cue | None, Path | None]:
    try:
        cue_file = find_cue(source)
        return read_cue(cue_file), mix_beside(cue_file)
    except HitpointError:  # a movie, a project, an edit without music: there is none of ours in it
        return None, None


def _has_sections(source: Path) -> bool:
    try:
        return has_section_markers(source)
    except HitpointError:
        return False
