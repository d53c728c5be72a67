"""Opens edits for the panel as ``hitpoint score`` and ``hitpoint reroll`` read them. Nothing slow is imported here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hitpoint.bridge.formats import tells_rate
from hitpoint.bridge.reading.production_sound import read_production_sound
from hitpoint.bridge.reading.scored_edit import find_cue
from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.cue.film.film_cues import FilmCues, film_of
from hitpoint.core.edit import Edit
from hitpoint.core.errors import CueFileError, EditReadError, EditWriteError, HitpointError
from hitpoint.core.files.output import MUSIC_FOLDER
from hitpoint.core.files.state_folder import user_documents_folder, user_state_folder
from hitpoint.core.ports import Conformed, OpenedEdit, Proposals
from hitpoint.core.progress import Progress
from hitpoint.core.timebase import FrameRate
from hitpoint.plugin.jobs.spot import SpotJob, spot_edit
from hitpoint.plugin.jobs.standing import CUE_SUFFIX
from hitpoint.plugin.jobs.told import PRESS_FIND, missing_media
from hitpoint.plugin.panel.film import carried_film, film_in, film_on

Conform = Callable[[Cue, Edit, Progress], tuple[Cue, tuple[str, ...]]]


class PanelSource:
    """Reads edits.

    Args:
        conform: carries a cue over to another cut; it may load networks.
        media_folders: where to look for media that moved.
        rate: of edits that do not tell theirs.
    """

    def __init__(self, conform: Conform, media_folders: tuple[Path, ...] = (), rate: FrameRate | None = None) -> None:
        self._conform, self._media, self._rate = conform, media_folders, rate

    def open(self, path: Path, progress: Progress) -> OpenedEdit:
        """Read an edit, and its cue if we have scored it; a ``cue.json`` opens the edit that it was written for."""
        if path.suffix.lower() == CUE_SUFFIX:
            cue = read_cue(path)
            return replace(self.reopened(cue, cue.edit.path, progress), music=path.parent)
        edit = read_edit(path, self._media, progress.part(0.0, 0.3), self._rate)
        sound = read_production_sound(path, self._media, rate=edit.rate)
        opened = OpenedEdit(
            path, edit, production_sound=sound, warnings=(*edit.warnings, *missing_media(edit, PRESS_FIND))
        )
        opened = replace(opened, music=_music_of(path))
        film, lost = film_in(path)
        if film.music:
            opened = replace(opened, warnings=(*opened.warnings, *lost))
            return self._with_film(opened, film, progress.part(0.3, 1.0))
        opened = replace(opened, film=film) if film.cues.entries else opened
        cue_or_trouble = _cue_of(path)
        if isinstance(cue_or_trouble, Cue):
            return self._with_film(opened, film_of(cue_or_trouble), progress.part(0.3, 1.0))
        return replace(opened, warnings=(*opened.warnings, *(cue_or_trouble or lost)))

    def reopened(self, cue: Cue, path: Path, progress: Progress) -> OpenedEdit:
        """The edit of a cue; if it has gone, what the cue remembers of it, so that no work is lost."""
        return self.reopened_film(film_of(cue), path, progress)

    def reopened_film(self, film: FilmCues, path: Path, progress: Progress) -> OpenedEdit:
        """The edit of all its cues; if it has gone, what they remember of it, so that no work is lost.

        Raises:
            EditReadError: if it has gone and none of them is composed.
        """
        first = next(iter(film.music.values()), None)
        try:
            edit = read_edit(
                path, self._media, progress.part(0.0, 0.3), self._rate if first is None else self._rate_for(first, path)
            )
        except EditReadError as error:
            if first is None:
                raise
            told = (f"the edit has gone, its music has not: {error}",)
            return OpenedEdit(path, first.edit, first, warnings=told, film=film)
        sound = read_production_sound(path, self._media, rate=edit.rate)
        opened = OpenedEdit(
            path, edit, production_sound=sound, warnings=(*edit.warnings, *missing_media(edit, PRESS_FIND))
        )
        return self._with_film(replace(opened, music=_music_of(path)), film, progress.part(0.3, 1.0))

    def demo(self, progress: Progress) -> Path:
        """The small edit for a first try, where the user sees it; a hidden place if nothing else can be written."""
        from hitpoint.bridge.demo import make_demo_edit  # loads a video encoder, which a window does not wait for

        try:
            return make_demo_edit(user_documents_folder() / "Hitpoint Demo", progress)
        except EditWriteError:
            return make_demo_edit(user_state_folder() / "demo", progress)

    def conform(self, cue: Cue, path: Path, progress: Progress) -> Conformed:
        """A cue on the cut that lies at ``path`` now."""
        edit = read_edit(path, self._media, progress.part(0.0, 0.3), self._rate_for(cue, path))
        sound = read_production_sound(path, self._media, rate=edit.rate)
        new, changes = self._conform(cue, edit, progress.part(0.3, 1.0))
        return Conformed(OpenedEdit(path, edit, new, production_sound=sound), new, changes)

    def conform_film(self, film: FilmCues, path: Path, progress: Progress) -> Conformed:
        """All cues on the cut that lies at ``path`` now."""
        first = next(iter(film.music.values()))
        edit = read_edit(path, self._media, progress.part(0.0, 0.3), self._rate_for(first, path))
        sound = read_production_sound(path, self._media, rate=edit.rate)
        new, changes = carried_film(film, edit, self._conform, progress.part(0.3, 1.0))
        cue = next(iter(new.music.values()))
        return Conformed(OpenedEdit(path, edit, cue, production_sound=sound, film=new), cue, changes, new)

    def spot(self, path: Path, progress: Progress) -> Proposals:
        """The places for music that ``hitpoint spot`` finds."""
        spotted = spot_edit(SpotJob(path, self._media, self._rate), progress)
        return Proposals(spotted.cues, spotted.warnings)

    def _rate_for(self, cue: Cue, path: Path) -> FrameRate | None:
        """The rate to read an edit at that does not tell it: the one given, else that of its cue."""
        return self._rate or (None if tells_rate(path) else cue.edit.rate)

    def _with_film(self, opened: OpenedEdit, film: FilmCues, progress: Progress) -> OpenedEdit:
        """The edit with its cues, which follow if the cut is not the one they were written for."""
        known, edit = film.edit, opened.edit
        if known is None:
            return replace(opened, film=film)
        if edit.has_cut_of(known):
            new = film_on(film, edit)
            assert new.edit is not None, "it has music"
            return replace(opened, edit=new.edit, cue=next(iter(new.music.values())), film=new)
        new, changes = carried_film(film, edit, self._conform, progress)
        told = (*opened.warnings, "the cut is not the one this music was written for; it was carried over:", *changes)
        return replace(opened, cue=next(iter(new.music.values())), is_saved=False, warnings=told, film=new)


def _cue_of(path: Path) -> Cue | tuple[str, ...]:
    """The cue of a scored edit; a sentence if there is one and it cannot be read, nothing if there is none."""
    try:
        found = find_cue(path)
    except HitpointError:
        return ()
    try:
        return read_cue(found)
    except CueFileError as error:
        return (f"its earlier music cannot be taken up: {error}",)


def _music_of(path: Path) -> Path | None:
    """The folder of a scored edit's music, in which its one cue lies or the folders of several.

    None if there is none.
    """
    try:
        folder = find_cue(path).parent
    except HitpointError:
        return None
    return folder.parent if folder.parent.suffix == MUSIC_FOLDER else folder
