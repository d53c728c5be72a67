"""Cues into files in one call, for programs: sound, notes, documents, and a copy of the edit that plays them.

What lies where is told in ``resources/docs/api.md``; it is what ``hitpoint score`` leaves behind, so that every command
goes on from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hitpoint.bridge.cue_files import check_cut, clip_of, cue_place, write_documents, write_film, write_sound
from hitpoint.bridge.reading.scored_edit import placed_music
from hitpoint.bridge.writing.timeline_writer import check_target
from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.film.cue_list import FIRST_NAME, CueEntry, added, listed
from hitpoint.core.cue.film.entry import entry_of
from hitpoint.core.errors import EditWriteError, OptionError
from hitpoint.core.files.output import Outputs, plan_outputs, published
from hitpoint.core.perform.perform import performed
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.render.choice import synthesizer_for


@dataclass(frozen=True)
class Delivered:
    """Where everything lies.

    Attributes:
        timeline: the copy of the edit.
        cues: name, and files, of each cue in order of time.
    """

    timeline: Path
    cues: tuple[tuple[str, Outputs], ...]


def deliver(cues: Cue | Sequence[Cue], output: Path | str | None = None, progress: Progress = SILENT) -> Delivered:
    """Play cues of one edit and write everything, whole or not at all; nothing that exists is overwritten.

    Args:
        cues: one, or several that have names and do not overlap.
        output: the copy of the edit, or a folder for it; None for beside the edit.
        progress: of all of it.

    Raises:
        HitpointError: for anything that can be mended: names that are taken, cues that overlap, an edit that has music
            of ours already, a place that cannot be written to.
        Cancelled: if stopped.
    """
    several = sorted((cues,) if isinstance(cues, Cue) else cues, key=lambda cue: cue.start_frame)
    entries = _entries(several)
    source = several[0].edit.path
    planned = plan_outputs(source, None if output is None else Path(output))
    check_target(source, planned.timeline)
    if placed_music(source):
        raise EditWriteError(f"{source.name} has music of ours already: 'hitpoint score' adds to it, cue by cue")
    names = [entry.name for entry in entries]
    with published(planned) as staging:
        places = [cue_place(staging, name, names) for name in names]
        clips, noted = [], []
        for number, (cue, place) in enumerate(zip(map(with_playing, several), places, strict=True)):
            score, synth = performed(arrange(cue), cue), synthesizer_for(cue.sound)
            rendering = write_sound(cue, score, synth, place.work, progress.share(number, len(several)))
            write_documents(cue, score, rendering, place.work, source)
            clips.append(clip_of(cue, place, staging.final, rendering))
            path = place.final.cue.relative_to(staging.final.folder).as_posix()
            noted.append(replace(entries[number], cue=path))
        for cue in several:
            check_cut(source, cue)
        write_film(source, staging, clips, several[0].edit, listed(noted))
    return Delivered(staging.final.timeline, tuple((n, place.final) for n, place in zip(names, places, strict=True)))


def _entries(cues: Sequence[Cue]) -> list[CueEntry]:
    """The cues as entries of a list.

    Raises:
        OptionError: if there are none, two overlap or have one name, or they are of different edits.
    """
    if not cues:
        raise OptionError("there is no cue to deliver")
    if any(cue.edit != cues[0].edit for cue in cues):
        raise OptionError("cues that are delivered together are of one edit")
    entries, known = [], listed(())
    for cue in cues:
        entry = entry_of(cue, cue.name or FIRST_NAME)
        known = added(known, entry)
        entries.append(entry)
    return entries
