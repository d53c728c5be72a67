"""The cues that stand in an edit already, by name: what a job goes on from, replaces or leaves alone.

Loads no numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hitpoint.bridge.reading.scored_edit import PlacedMusic, find_cue, placed_music
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.cue.documents.cue_list_file import FILE_NAME, read_list
from hitpoint.core.cue.film.cue_list import CueList, CueState, free_name, listed
from hitpoint.core.cue.film.entry import entry_of
from hitpoint.core.cue.heard import heard_range
from hitpoint.core.errors import CueFileError, EditReadError, OptionError
from hitpoint.core.files.output import Outputs, mix_beside

CUE_SUFFIX = ".json"


@dataclass(frozen=True)
class StandingCue:
    """One cue in an edit.

    Attributes:
        name: the cue's own, else the first free number.
        key: names its clip to whoever writes the edit again; empty for a cue that was named by its file.
        file: its cue file; None if that is lost.
        cue: what the file holds; None if it is lost or damaged.
        noted: where the edit says that the file lies; empty if it does not say.
    """

    name: str
    key: str
    file: Path | None
    cue: Cue | None
    noted: str = ""

    @property
    def mix(self) -> Path | None:
        """The file of its sound, if it still lies where it was written."""
        return None if self.file is None else mix_beside(self.file)


def standing_cues(path: Path, kind: str | None = None) -> tuple[StandingCue, ...]:
    """The cues in an edit, in order of time; those whose file is lost come last.

    Args:
        path: the edit, or the file of one cue.
        kind: suffix of the file that is going to be written; None for that of the edit.

    Raises:
        EditReadError: if the edit cannot be read.
        CueFileError: if ``path`` is a cue file that is damaged.
    """
    if path.suffix.lower() == CUE_SUFFIX:
        alone = read_cue(path)
        return (StandingCue(alone.name or free_name(()), "", path, alone),)
    found = [(placed, _cue_of(placed)) for placed in placed_music(path, kind)]
    found.sort(key=lambda one: (one[1] is None, heard_range(one[1])[0] if one[1] else 0))
    names: list[str] = [cue.name for _, cue in found if cue is not None and cue.name]
    standing: list[StandingCue] = []
    for placed, cue in found:
        name = cue.name if cue is not None and cue.name else free_name(names)
        if name in (one.name for one in standing):
            name = free_name(names, name)
        names.append(name)
        standing.append(StandingCue(name, placed.key, placed.cue, cue, placed.noted))
    return tuple(standing)


def whole_cues(path: Path) -> tuple[StandingCue, ...]:
    """All cues of a scored edit, each with its file and what that holds; at least one.

    Raises:
        EditReadError: if the edit cannot be read.
        CueFileError: if there is none, a cue file is damaged, or all are lost; the line says which.
    """
    standing = standing_cues(path)
    for one in standing:
        if one.cue is None and one.file is not None:
            read_cue(one.file)  # says what is wrong with it
    whole = tuple(one for one in standing if one.cue is not None)
    if standing and not whole:
        find_cue(path)  # says what is missing
    if not whole:
        raise CueFileError(f"{path.name} has no music of ours: give an edit that 'hitpoint score' has written")
    return whole


def lost_cues(path: Path) -> tuple[str, ...]:
    """Where the cue files of a scored edit lay that are not there any more, as the edit names them.

    Raises:
        EditReadError: if the edit cannot be read.
    """
    return tuple(one.noted or "a cue without a name" for one in standing_cues(path) if one.file is None)


def tell_losses(path: Path, lost: Sequence[str]) -> None:
    """End a command that did all it could.

    Raises:
        CueFileError: if a cue was left out because its file is lost.
    """
    if lost:
        raise CueFileError(
            f"left out, because not there any more: {', '.join(lost)}; all else of {path.name} is written. "
            "Put it back, or score that range again"
        )


def the_cue(path: Path, name: str | None = None) -> StandingCue:
    """The cue of a name; without one the only cue there is.

    Raises:
        EditReadError: if the edit cannot be read.
        CueFileError: if it has no cue, or that is damaged.
        OptionError: if no cue has that name, or none is named and there are several.
    """
    standing = standing_cues(path)
    whole = [one for one in standing if one.file is not None]
    if name is None and len(whole) > 1:
        names = ", ".join(one.name for one in whole)
        raise OptionError(f"{path.name} has several cues: {names}; say which one with --cue NAME")
    if not whole:
        file = find_cue(path)  # says what is missing
        return StandingCue(free_name(()), "", file, read_cue(file))
    found = whole[0] if name is None else next((one for one in whole if one.name == name), None)
    if found is None or found.file is None:
        names = ", ".join(one.name for one in whole)
        raise OptionError(f"{path.name} has no cue {name!r}; its cues are: {names}")
    if found.cue is None:
        read_cue(found.file)  # says what is wrong with it
    return found


def others(standing: tuple[StandingCue, ...], name: str) -> tuple[StandingCue, ...]:
    """All but the cue of a name."""
    return tuple(one for one in standing if one.name != name)


def list_of(path: Path, standing: tuple[StandingCue, ...]) -> CueList:
    """The cue list of an edit: what lies beside its music, brought up to date with what stands in it."""
    known = _noted(path)
    noted = {entry.name: entry for entry in known.entries}
    entries = []
    for one in standing:
        if one.cue is None:
            continue
        entries.append(entry_of(one.cue, one.name, noted.pop(one.name, None)))
    waiting = [entry for entry in noted.values() if entry.state is CueState.PROPOSED]
    return listed([*entries, *waiting], known.programme)


def _noted(path: Path) -> CueList:
    file = Outputs(path.absolute()).folder / FILE_NAME
    try:
        return read_list(file) if file.is_file() else CueList()
    except CueFileError:
        return CueList()


def _cue_of(placed: PlacedMusic) -> Cue | None:
    try:
        return None if placed.cue is None else read_cue(placed.cue)
    except (CueFileError, EditReadError):
        return None
