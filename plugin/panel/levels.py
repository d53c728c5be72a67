"""The levels at which one window has written its music.

An undo takes back what was composed, not what was delivered.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.film.film_cues import FilmCues
from hitpoint.core.cue.sound import Level


class DeliveredLevels:
    """Levels of the last delivery, which a cue on the desk does not know, so that the next one sounds the same."""

    def __init__(self) -> None:
        self._known: dict[tuple[Path, str, int], Level] = {}

    def note(self, cue: Cue) -> None:
        """Remember how a cue was delivered."""
        if cue.sound.level is not None:
            self._known[cue.edit.path, cue.name, cue.seed] = cue.sound.level

    def on(self, cue: Cue) -> Cue:
        """The cue with the level that it, or an earlier state of it, was last delivered at in this window."""
        level = self._known.get((cue.edit.path, cue.name, cue.seed), cue.sound.level)
        return cue if level == cue.sound.level else altered(cue, sound=replace(cue.sound, level=level))

    def on_film(self, film: FilmCues) -> FilmCues:
        """The same for all cues of a film."""
        return replace(film, music={name: self.on(cue) for name, cue in film.music.items()})
