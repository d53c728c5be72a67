"""Cues into files in one call, for programs: sound, notes, documents, and a copy of the edit that plays them.

What lies where is told in ``resources/docs/api.md``; it is what ``hitpoint score`` leaves behind, so that every command
goes on from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hitpoint.bridge.reading.scored_edit import placed_music
from hitpoint.bridge.writing.music_clip import MusicClip
from hitpoint.bridge.writing.timeline_writer import check_target, write_scored_timeline
from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import write_cue
from hitpoint.core.cue.documents.cue_list_file import FILE_NAME, write_list
from hitpoint.core.cue.film.cue_list import CueEntry, CueState, added, listed
from hitpoint.core.cue.heard import heard_range, heard_tail
from hitpoint.core.errors import EditWriteError, OptionError
from hitpoint.core.files.output import Outputs, Staging, plan_outputs, published
from hitpoint.core.perform.perform import performed
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.render.choice import synthesizer_for
from hitpoint.core.render.formats.midi import write_midi
from hitpoint.core.render.mixdown.delivery import render_cue, with_level
from hitpoint.core.render.provenance.record import write_record


@dataclass(frozen=True)
class Delivered:
    """Where everything lies.

    Attributes:
        timeline: the copy of the edit.
        cues: name, and files, of each cue in order of time.
    """

    timeline: Path
    cues: tuple[tuple[str, Outputs], ...]


def deliver(cues: Cue | Sequence[Cue], output: Path | None = None, progress: Progress = SILENT) -> Delivered:
    """Play cues of one edit and write everything, whole or not at all; nothing that exists is overwritten.

    Args:
        cues: one, or several that have names and do not overlap.
        output: the copy of the edit, or a folder for it; None for beside the edit.
        progress: of all of it.

    Raises:
        HitpointError: for anything that can be mended: names that are taken, cues that overlap, an edit that has music of
            ours already, a place that cannot be written to.
        Cancelled: if stopped.
    """
    several = sorted((cues,) if isinstance(cues, Cue) else cues, key=lambda cue: cue.start_frame)
    entries = _entries(several)
    source = several[0].edit.path
    planned = plan_outputs(source, output)
    check_target(source, planned.timeline)
    if placed_music(source):
        raise EditWriteError(f"{source.name} has music of ours already: 'hitpoint score' adds to it, cue by cue")
    names = [entry.name for entry in entries]
    with published(planned) as staging:
        places = [_place(staging, name, names) for name in names]
        clips = []
        for number, (cue, place) in enumerate(zip(several, places, strict=True)):
            stored = _written(with_playing(cue), place.work, source, progress.share(number, len(several)))
            clips.append(_clip(stored, place, staging.final.timeline.parent))
        write_scored_timeline(source, staging.work.timeline, clips, several[0].edit)
        lying = [place.final.cue.relative_to(staging.final.folder).as_posix() for place in places]
        noted = (replace(entry, cue=path) for entry, path in zip(entries, lying, strict=True))
        write_list(listed(noted), staging.work.folder / FILE_NAME)
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
        entry = CueEntry(cue.name or "1M1", *heard_range(cue), cue.style, key=str(cue.key), state=CueState.COMPOSED)
        known = added(known, entry)
        entries.append(entry)
    return entries


def _place(staging: Staging, name: str, names: Sequence[str]) -> Staging:
    """Where one of the cues is written, and where it will lie."""
    if len(names) == 1:
        return staging
    return Staging(staging.work.of_cue(name, names), staging.final.of_cue(name, names))


def _written(cue: Cue, work: Outputs, source: Path, progress: Progress) -> Cue:
    """The files of one cue; answers the cue as it is stored."""
    work.stems_folder.mkdir(parents=True, exist_ok=True)
    score = performed(arrange(cue), cue)
    synth = synthesizer_for(cue.sound)
    rendering = render_cue(cue, score, synth, work.folder, work.timeline.stem, progress, remembers_level=True)
    write_midi(score, work.midi, seconds=cue.seconds + cue.tail, name=cue.edit.name)
    stored = with_level(cue, rendering.level)
    write_cue(stored, work.cue)
    write_record(stored, score, source, work.provenance)
    return stored


def _clip(cue: Cue, place: Staging, folder: Path) -> MusicClip:
    wav = place.final.mix
    return MusicClip(
        wav=wav,
        name=wav.name,
        rate=cue.edit.rate,
        start_frame=heard_range(cue)[0],
        end_frame=heard_range(cue)[1] + heard_tail(cue),
        state={"seed": cue.seed, "style": cue.style, "key": str(cue.key)},
        cue=place.final.cue.relative_to(folder).as_posix(),
        folder=folder,
        sound=place.work.mix,
    )
