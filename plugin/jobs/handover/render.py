"""A stored cue into sound and MIDI again.

Everything the sound depends on is in the cue, so the bytes are those of ``score``.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path

from hitpoint.bridge.formats import format_of
from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.cue.heard import heard_score
from hitpoint.core.errors import EditWriteError
from hitpoint.core.files.output import write_safely
from hitpoint.core.files.places import make_folder
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.render.mixdown.ensemble import Ensemble, ensemble_for
from hitpoint.plugin.jobs.loading import lasting
from hitpoint.plugin.jobs.standing import the_cue


def rendered_again(
    path: Path,
    folder: Path | None = None,
    progress: Progress = SILENT,
    *,
    feel: float | None = None,
    name: str | None = None,
) -> tuple[Path, ...]:
    """Render a cue into a folder; answers the mix, the ducked mix if there is one, the stems and the MIDI file.

    Args:
        path: a ``cue.json``, a take's, or a scored edit.
        folder: made if it is not there; None for ``NAME.render`` beside the cue's ``NAME.music``.
        progress: stepped while it is rendered.
        feel: of the hands, 0..1; None for the cue's.
        name: of the cue, in an edit that has several.

    Raises:
        HitpointError: for anything the editor can mend.
        Cancelled: if stopped; no file is left then.
    """
    cue_file = cue_file_of(path, name)
    cue = read_cue(cue_file)
    if feel is not None:
        cue = altered(cue, sound=replace(cue.sound, feel=feel))
    stem = _name(cue_file, cue)
    folder = (folder or _home(cue_file) / f"{stem}.render").absolute()
    make_folder(folder)
    try:
        with ensemble_for(cue.sound.synth, float(cue.seconds)) as players:
            return _rendered(cue, folder, stem, players, progress)
    except OSError as error:
        raise EditWriteError(f"{folder} cannot be written ({error.strerror}); use -o to write somewhere else") from None


def cue_file_of(path: Path, name: str | None = None) -> Path:
    """The cue file that is meant: the one given, or that of a scored edit's cue.

    Raises:
        HitpointError: if the edit cannot be read, has no cue, or none of that name.
    """
    if name is None and format_of(path) is None:
        return path
    return the_cue(path, name).file or path


def _rendered(cue: Cue, folder: Path, name: str, players: Ensemble | None, progress: Progress) -> tuple[Path, ...]:
    with lasting():  # these take a while to load: first see that there is something to play
        from hitpoint.core.arrange.arranger import arrange
        from hitpoint.core.perform.perform import performed
        from hitpoint.core.render.choice import synthesizer_for
        from hitpoint.core.render.formats.midi import write_midi
        from hitpoint.core.render.mixdown.delivery import render_cue

    score, synth = performed(arrange(cue), cue), synthesizer_for(cue.sound)
    with tempfile.TemporaryDirectory(prefix=".rendering-", dir=folder) as scratch:
        work = Path(scratch)
        done = render_cue(cue, score, synth, work, name, progress, players=players)
        midi = work / f"{name}.mid"
        notes, seconds = heard_score(cue, score)
        write_midi(notes, midi, seconds=seconds, name=cue.edit.name)
        files = [done.mix, done.ducked, *done.stems, midi]
        return tuple(_kept(path, folder / path.relative_to(work)) for path in files if path is not None)


def _kept(path: Path, place: Path) -> Path:
    """Move a file to its place, or the next free version of it."""
    place.parent.mkdir(exist_ok=True)
    return write_safely(place, lambda temporary: os.replace(path, temporary))


def _name(cue_file: Path, cue: Cue) -> str:
    """The stem of the files' names: that of ``score``, if the cue lies where it was written."""
    for folder in cue_file.absolute().parents[:2]:
        if folder.suffix == ".music" and folder.stem:
            return folder.stem
    return "".join(letter if letter.isalnum() or letter in "-_. " else "_" for letter in cue.edit.name)[:80] or "cue"


def _home(cue_file: Path) -> Path:
    """The folder in which the cue's own folder lies."""
    folder = cue_file.absolute().parent
    return next((each.parent for each in (folder, folder.parent) if each.suffix == ".music"), folder)
