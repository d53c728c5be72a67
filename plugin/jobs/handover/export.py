"""Cues of a scored edit handed over as a DAWproject, MusicXML, MIDI or stems."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Literal

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.heard import heard_samples, heard_score
from hitpoint.core.errors import CueFileError, PlaceError
from hitpoint.core.files.output import Outputs, write_safely
from hitpoint.core.files.places import make_folder, refusal
from hitpoint.plugin.jobs.loading import lasting
from hitpoint.plugin.jobs.standing import StandingCue, lost_cues, standing_cues, the_cue, whole_cues

Kind = Literal["dawproject", "musicxml", "midi", "stems"]
_SUFFIXES = {  # the first is given to a name without one
    "dawproject": (".dawproject",),
    "musicxml": (".musicxml", ".xml"),
    "midi": (".mid", ".midi"),
}


@dataclass(frozen=True)
class ExportJob:
    """Cues to hand over.

    Attributes:
        scored: the scored edit, or a ``cue.json``.
        kind: of file.
        output: file (one cue) or folder; None for beside the edit.
        cue: name of the only cue; None for all.
    """

    scored: Path
    kind: Kind
    output: Path | None = None
    cue: str | None = None


@dataclass(frozen=True)
class Exported:
    """What was handed over.

    Attributes:
        files: that were written.
        losses: the cue files that are lost, as the edit names them.
        warnings: sentences an editor should read.
    """

    files: tuple[Path, ...]
    losses: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def export_cues(job: ExportJob) -> Exported:
    """Do it. A file that exists stays, and the next version of its name is taken.

    Raises:
        HitpointError: for anything the editor can mend.
    """
    cues = whole_cues(job.scored) if job.cue is None else (the_cue(job.scored, job.cue),)
    losses = lost_cues(job.scored) if job.cue is None else ()
    job = replace(job, output=_output(job, len(cues)))
    names = tuple(one.name for one in standing_cues(job.scored) if one.cue is not None)
    warnings = tuple(_silent(one) for one in cues if job.kind == "dawproject" and not _stem_files(one))
    return Exported(tuple(path for one in cues for path in _exported(job, one, names)), losses, warnings)


def _silent(one: StandingCue) -> str:
    assert one.file is not None, "asked before"
    return (
        f"the stems of {one.file.parent.name} are not there: the project holds its notes alone; "
        f"'hitpoint render {one.file}' makes them again"
    )


def _stem_files(one: StandingCue) -> list[Path]:
    assert one.file is not None, "asked before"
    return sorted((one.file.parent / "stems").glob("*.wav"))


def _output(job: ExportJob, count: int) -> Path | None:
    """The file it goes to, with the ending of its kind, or the folder, which is made for several cues.

    Raises:
        PlaceError: if it has another ending, is one file for several cues, or cannot be made.
    """
    path = job.output
    if path is None or path.is_dir() or job.kind == "stems":
        return path
    suffixes = _SUFFIXES[job.kind]
    if path.suffix and path.suffix.lower() not in suffixes:
        raise PlaceError(f"cannot write {path.name}: the name of a {job.kind} file ends in {' or '.join(suffixes)}")
    if count > 1:
        if path.suffix:
            raise PlaceError(f"{path} is one file: {count} cues need a folder, or choose one with --cue NAME")
        make_folder(path)
        return path
    return path if path.suffix else path.with_name(f"{path.name}{suffixes[0]}")


def _exported(job: ExportJob, one: StandingCue, names: tuple[str, ...]) -> tuple[Path, ...]:
    """One of an edit's cues, which have these names.

    Its file is called as its folder is, whatever stands in its name.
    """
    assert one.cue is not None and one.file is not None, "asked before"
    folder = job.output if job.output is not None and job.output.is_dir() else job.scored.absolute().parent
    stem = job.scored.stem if len(names) == 1 else Outputs(job.scored).of_cue(one.name, names).timeline.stem
    if job.kind == "stems":
        return _stems(one.file, (job.output or folder / f"{stem}_stems"))
    place = folder / f"{stem}{_SUFFIXES[job.kind][0]}"
    if job.output is not None and not job.output.is_dir():
        place = job.output
    cue, file = one.cue, one.file
    return (write_safely(place, lambda temporary: _write(job.kind, cue, file, temporary)),)


def _write(kind: str, cue: Cue, file: Path, path: Path) -> None:
    with lasting():  # these load numpy and what plays: first see that there is something to hand over
        from hitpoint.core.arrange.arranger import arrange
        from hitpoint.core.perform.perform import performed
        from hitpoint.core.render.formats.dawproject import DawFacts, write_dawproject
        from hitpoint.core.render.formats.midi import write_midi
        from hitpoint.core.render.formats.musicxml import write_musicxml

    written = arrange(cue)
    title = f"{cue.edit.name} {cue.name}".strip()
    if kind == "musicxml":
        page, seconds = heard_score(cue, written, whole_bars=True)
        write_musicxml(page, path, seconds=seconds, title=title)
        return
    score, seconds = heard_score(cue, performed(written, cue))
    if kind == "midi":
        write_midi(score, path, seconds=seconds, name=cue.edit.name)
    else:
        stems = {part.name: stem for part in score.parts if (stem := _stem(file, part.name)) is not None}
        facts = DawFacts(
            title, metadata.version("hitpoint"), "Written by Hitpoint; notes are muted beside their sound."
        )
        first, end = heard_samples(cue)
        write_dawproject(score, stems, path, facts, seconds=seconds, samples=end - first)


def _stem(file: Path, part: str) -> Path | None:
    """The sound of a part beside its cue; None if it is not there."""
    wanted = part.casefold().replace(" ", "_")
    folder = file.parent / "stems"
    found = sorted(folder.glob("*.wav")) if folder.is_dir() else []
    return next((stem for stem in found if stem.stem.casefold().endswith(f"_{wanted}")), None)


def _stems(file: Path, folder: Path) -> tuple[Path, ...]:
    found = sorted((file.parent / "stems").glob("*.wav"))
    if not found:
        raise CueFileError(f"the stems of {file.parent.name} are not there: 'hitpoint render {file}' makes them again")
    make_folder(folder)
    try:
        with tempfile.TemporaryDirectory(prefix=".exporting-", dir=folder) as scratch:
            copies = [Path(shutil.copy(stem, scratch)) for stem in found]
            return tuple(write_safely(folder / copy.name, partial(os.replace, copy)) for copy in copies)
    except OSError as error:
        raise refusal(folder, error) from None
