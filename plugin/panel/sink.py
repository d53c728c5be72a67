"""Writes the window's music through :func:`~hitpoint.plugin.jobs.deliver.delivered`, as every command does. Imports networks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hitpoint.bridge.reading.scored_edit import find_cue, has_section_markers
from hitpoint.core.conform.kept_sound import Before, before_edit
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.cue_file import read_cue
from hitpoint.core.errors import HitpointError
from hitpoint.core.files.output import mix_beside, plan_outputs
from hitpoint.core.ports import Delivered, Way
from hitpoint.core.progress import Progress
from hitpoint.plugin.jobs.deliver import delivered
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.job import Delivery, Stopwatch


class PanelSink:
    """Writes music back.

    Args:
        engine: what to play with, where a cue names nothing.
        note: told of each cue as it was written.
    """

    def __init__(self, engine: Engine, note: Callable[[Cue], None]) -> None:
        self._engine, self._note = engine, note
        self._last: tuple[Cue, Path] | None = None

    def write(self, source: Path, cue: Cue, way: Way, *, section_markers: bool, progress: Progress) -> Delivered:
        """Everything, or nothing."""
        delivery = Delivery(
            source, plan_outputs(source, way.output), section_markers or _has_sections(source), self._engine
        )
        before = self._before(source, cue)
        scored = delivered(delivery, cue, (), Stopwatch(), progress, before=before)
        outputs = scored.outputs
        self._note(scored.cue)
        self._last = (scored.cue, outputs.mix)
        steps = way.steps.replace("{wav}", outputs.mix.name).replace("{timeline}", outputs.timeline.name)
        kept = tuple(sound.line() for sound in scored.kept_sounds)
        return Delivered(outputs.timeline, outputs.mix, outputs.folder, steps, scored.warnings, kept)

    def _before(self, source: Path, cue: Cue) -> Before | None:
        """The version before: what this window wrote last for the same cut, else the music that the edit came with."""
        old, mix = self._last if self._last is not None else _music_of(source)
        if old is None or mix is None or not mix.is_file() or not old.edit.has_cut_of(cue.edit):
            return None
        return before_edit(old, cue, mix)


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
