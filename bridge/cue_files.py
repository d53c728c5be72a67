"""The files of a cue: what every delivery writes, that of the commands, of the panel and of programs.

Sound and documents are written into a hidden place first (:class:`~hitpoint.core.files.output.Staging`); the copy of
the edit and the list of its cues come last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.bridge.writing.music_clip import MusicClip
from hitpoint.bridge.writing.timeline_writer import write_scored_timeline
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import write_cue
from hitpoint.core.cue.documents.cue_list_file import FILE_NAME, write_list
from hitpoint.core.cue.film.cue_list import CueList
from hitpoint.core.cue.heard import heard_range, heard_score, heard_tail
from hitpoint.core.edit import Edit, Marker
from hitpoint.core.errors import EditWriteError
from hitpoint.core.files.output import Outputs, Staging
from hitpoint.core.music.score import Score
from hitpoint.core.progress import Progress
from hitpoint.core.render.formats.midi import write_midi
from hitpoint.core.render.mixdown.delivery import render_cue, with_level
from hitpoint.core.render.mixdown.ensemble import Ensemble
from hitpoint.core.render.mixdown.mixdown import Rendering
from hitpoint.core.render.parts.synth import Synthesizer
from hitpoint.core.render.provenance.record import write_record


def cue_place(staging: Staging, name: str, names: Sequence[str]) -> Staging:
    """Where the cue of a name is written and where it will lie: in a folder of its own if there are several names."""
    if len(names) == 1:
        return staging
    return Staging(staging.work.of_cue(name, names), staging.final.of_cue(name, names))


def write_sound(
    cue: Cue,
    score: Score,
    synth: Synthesizer,
    outputs: Outputs,
    progress: Progress,
    work: Path | None = None,
    players: Ensemble | None = None,
) -> Rendering:
    """Mix and stems of a cue.

    Args:
        cue: what is played.
        score: of the cue.
        synth: what plays it.
        outputs: where to; folders are made.
        progress: stepped all the way.
        work: see :func:`~hitpoint.core.render.mixdown.mixdown.render_score`.
        players: likewise.

    Raises:
        HitpointError: as :func:`~hitpoint.core.render.mixdown.delivery.render_cue`.
        Cancelled: if stopped.
    """
    outputs.stems_folder.mkdir(parents=True, exist_ok=True)
    stem = outputs.timeline.stem
    return render_cue(
        cue, score, synth, outputs.folder, stem, progress, remembers_level=True, work=work, players=players
    )


def write_documents(
    cue: Cue,
    score: Score,
    rendering: Rendering,
    outputs: Outputs,
    source: Path,
    takes: Sequence[Cue] = (),
    weights: Iterable[Path] = (),
) -> None:
    """Notes, cue and provenance of a cue that was played.

    Args:
        cue: as it was played; stored with the level that it had.
        score: of the cue.
        rendering: how it was played.
        outputs: where to.
        source: the edit.
        takes: the cues of the other takes, which are written where an editor can fetch them.
        weights: that the editor named.
    """
    notes, seconds = heard_score(cue, score)
    write_midi(notes, outputs.midi, seconds=seconds, name=cue.edit.name)
    stored = with_level(cue, rendering.level)
    write_cue(stored, outputs.cue)
    for number, take in enumerate(takes, start=2):
        outputs.take(number).parent.mkdir(exist_ok=True)
        write_cue(take, outputs.take(number))
    write_record(stored, score, source, outputs.provenance, weights)


def played_file(cue: Cue, outputs: Outputs, rendering: Rendering) -> Path:
    """The sound file that the timeline plays: the ducked mix if there is speech that it gives way to."""
    if rendering.ducked is None or not cue.sound.delivers_ducked or not cue.duck:
        return outputs.mix
    return outputs.folder / rendering.ducked.name


def clip_of(
    cue: Cue, place: Staging, whole: Outputs, rendering: Rendering, markers: Sequence[Marker] = ()
) -> MusicClip:
    """A cue as a clip of the timeline.

    Args:
        cue: as it was played.
        place: its own, see :func:`cue_place`.
        whole: where the timeline will lie.
        rendering: how it was played.
        markers: of its sections, for the timeline.
    """
    wav, folder = played_file(cue, place.final, rendering), whole.timeline.parent
    start, end = heard_range(cue)
    return MusicClip(
        wav=wav,
        name=wav.name,
        rate=cue.edit.rate,
        start_frame=start,
        end_frame=end + heard_tail(cue),
        state={"seed": cue.seed, "style": cue.style, "key": str(cue.key)},
        section_markers=tuple(markers),
        cue=place.final.cue.relative_to(folder).as_posix(),
        folder=folder,
        sound=place.work.folder / wav.name,
    )


def write_film(
    source: Path,
    staging: Staging,
    clips: Sequence[MusicClip],
    edit: Edit,
    cues: CueList,
    kept: Sequence[str] = (),
) -> None:
    """The copy of the edit, and beside the music the list of its cues.

    Args:
        source: the edit.
        staging: of all of it.
        clips: new music.
        edit: as it was read.
        cues: all of them.
        kept: keys of the clips of ours that stay as they are.
    """
    write_scored_timeline(source, staging.work.timeline, clips, edit, kept)
    write_list(cues, staging.work.folder / FILE_NAME)


def check_cut(source: Path, cue: Cue) -> None:
    """See that the edit on disk is still the one that a cue was written for.

    A movie is not read again: its copy is made from the cuts that the cue knows.

    Raises:
        EditReadError: if it cannot be read any more.
        EditWriteError: if its cut is another now.
    """
    if cue.edit.host == "movie":
        return
    now = read_edit(source, rate=cue.edit.rate)
    if not now.has_cut_of(cue.edit):
        raise EditWriteError(
            f"the cut of {source.name} has changed since this music was written for it "
            f"({now.frames} frames and {len(now.shots)} shots, not {cue.edit.frames} and {len(cue.edit.shots)}): "
            "take the music over to the new cut first, with 'hitpoint conform' or File > Follow Another Cut"
        )
