"""Writes the window's music through :func:`~hitpoint.plugin.jobs.deliver.delivered`, as every command does.

Imports networks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hitpoint.bridge.cue_files import check_cut
from hitpoint.bridge.reading.scored_edit import find_cue, has_section_markers
from hitpoint.core.conform.kept_sound import Before, before_edit
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.cue.film.film_cues import FilmCues
from hitpoint.core.cue.heard import heard_range
from hitpoint.core.errors import HitpointError
from hitpoint.core.files.output import mix_beside, plan_outputs
from hitpoint.core.ports import Delivered, WriteChoice
from hitpoint.core.progress import Progress
from hitpoint.core.timebase import format_timecode
from hitpoint.plugin.jobs.deliver import delivered
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.job import Delivery, Finished, Scored, Stopwatch
from hitpoint.plugin.jobs.standing import standing_cues
from hitpoint.plugin.panel.film import film_around
from hitpoint.plugin.panel.film_sink import sorted_cues


class PanelSink:
    """Writes music back.

    Args:
        engine: what to play with, where a cue names nothing.
        note: told of each cue as it was written.
    """

    def __init__(self, engine: Engine, note: Callable[[Cue], None]) -> None:
        self._engine, self._note = engine, note
        self._last: dict[str, tuple[Cue, Path]] = {}

    def write(self, source: Path, work: Cue | FilmCues, choice: WriteChoice, progress: Progress) -> Delivered:
        """The cues of a list that are ready, everything of them or nothing.

        Those that have not changed stay as they are.

        A cue alone is written beside those that stand in the edit and that it does not meet.

        Raises:
            HitpointError: for anything the editor can mend, such as a list in which nothing is composed.
            Cancelled: if stopped.
        """
        film = work if isinstance(work, FilmCues) else film_around(source, work)
        planned = plan_outputs(source, choice.way.output)
        sort = sorted_cues(source, planned.timeline.suffix, film, approved=choice.approved)
        check_cut(source, sort.written[0])
        cues = [replace(cue, sound=replace(cue.sound, delivers_ducked=choice.ducked)) for cue in sort.written]
        markers = choice.section_markers or _has_sections(source)
        delivery = Delivery(source, planned, markers, self._engine, kept=sort.kept, known=sort.listed)
        delivery = replace(delivery, programme=sort.listed.programme)
        finished = [Finished(cue, before=self._before(source, cue)) for cue in cues]
        scored = delivered(delivery, finished, Stopwatch(), progress)
        for one in (scored, *scored.further):
            self._note(one.cue)
            self._last[one.cue.name] = (one.cue, one.outputs.mix)
        several = bool(scored.further or scored.kept)
        sound, at = (_sounds(scored), "the frame in brackets") if several else (scored.delivered.name, "")
        steps = choice.way.told(sound, at, scored.timeline.name)
        pieces = [(one, f"{one.cue.name}: " if several else "") for one in (scored, *scored.further)]
        told = tuple(f"{name}{sound.line()}" for one, name in pieces for sound in one.kept_sounds)
        warnings = (*scored.told, *sort.told)
        folder = _folder(scored)
        return Delivered(scored.timeline, scored.delivered, folder, steps, warnings, told, _files(scored))

    def _before(self, source: Path, cue: Cue) -> Before | None:
        """The version before: what this window wrote last for the same cut, else the music that the edit came with."""
        old, mix = self._last.get(cue.name) or _music_of(source, cue.name)
        if old is None or mix is None or not mix.is_file() or not old.edit.has_cut_of(cue.edit):
            return None
        return before_edit(old, cue, mix)


def _sounds(scored: Scored) -> str:
    """The sound file of each cue and where it begins, for hosts that take sounds rather than timelines.

    Those that stayed as they were are among them, such as the half of a cue that was split.
    """
    found = [(one.cue, one.delivered) for one in (scored, *scored.further)]
    found += [(one.cue, one.mix) for one in scored.kept if one.cue is not None and one.mix is not None]
    return ", ".join(f"{sound.name} ({_place(cue)})" for cue, sound in sorted(found, key=lambda one: _first(one[0])))


def _first(cue: Cue) -> int:
    return heard_range(cue)[0]


def _place(cue: Cue) -> str:
    edit = cue.edit
    return format_timecode(edit.start_timecode_frame + _first(cue), edit.rate, drop_frame=edit.drop_frame)


def _files(scored: Scored) -> tuple[tuple[Path, Path], ...]:
    """Sound and folder of each cue in the copy, in order of time, those that stayed as they were among them."""
    found = [(one.cue.start_frame, one.delivered, one.outputs.folder) for one in (scored, *scored.further)]
    for kept in scored.kept:
        if kept.cue is not None and kept.mix is not None:
            found.append((kept.cue.start_frame, kept.mix, kept.mix.parent))
    return tuple((sound, folder) for _, sound, folder in sorted(found))


def _folder(scored: Scored) -> Path:
    """The file of one cue's music, or the folders of several."""
    folder = scored.outputs.folder
    return folder.parent if scored.further else folder


def _music_of(source: Path, name: str) -> tuple[Cue | None, Path | None]:
    try:
        standing = standing_cues(source) if name else ()
        cue_file = next((one.file for one in standing if one.name == name), None) or find_cue(source)
        return read_cue(cue_file), mix_beside(cue_file)
    except HitpointError:  # a movie, a project, an edit without music: there is none of ours in it
        return None, None


def _has_sections(source: Path) -> bool:
    try:
        return has_section_markers(source)
    except HitpointError:
        return False
