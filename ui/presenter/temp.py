"""The temp music of the edit: looked for when one is opened, shown, and followed by the cues that are to."""

from __future__ import annotations

from dataclasses import replace

from hitpoint.core.compose.like.follow import Follow, parse_follow
from hitpoint.core.cue.film import film_cues
from hitpoint.core.errors import OptionError
from hitpoint.core.ports import HeardTemp
from hitpoint.ui.presenter.desk import TEMP, Desk
from hitpoint.ui.presenter.edit_places import EditPlaces
from hitpoint.ui.presenter.view_models import ShownFollowing

WEIGHTS = ("beats", "form", "dynamics", "density", "drums", "chords")


class TempPresenter:
    """Finds the temp, and says which cue follows how much of it.

    Args:
        desk: of the window.
        places: where the media of edits are.
    """

    def __init__(self, desk: Desk, places: EditPlaces) -> None:
        self._desk, self._tr, self._places = desk, desk.tr, places
        self._temp: HeardTemp | None = None
        self._name = ""
        self._has_looked = True
        desk.on_opened.append(self._begin)
        desk.on_film.append(self.show)
        desk.on_cue.append(lambda cue: self._look())  # after all that is heard first
        desk.on_silence.append(self._look)

    def show(self) -> None:
        """Show whether the cue that is worked at follows the temp, and how much."""
        desk, name = self._desk, self._desk.name
        cue = desk.cue
        if name != self._name:
            self._name = name
            desk.follow = Follow() if cue is None or cue.like is None else _read(cue.like.follow)
        is_on = bool(name) and bool(desk.film.cues.named(name).like)
        weights = tuple((one, float(getattr(desk.follow, one))) for one in WEIGHTS)
        temp = "" if self._temp is None else self._temp.name
        desk.view.show_following(ShownFollowing(temp, name, is_on, weights, self._is_waiting()))

    def follow(self, is_on: bool) -> None:
        """Let the cue that is worked at follow the temp, or not, when it is composed again."""
        desk, name, temp = self._desk, self._desk.name, self._temp
        if temp is None or not name:
            return
        text = self._tr("Follow {temp} in {name}") if is_on else self._tr("Do Not Follow {temp} in {name}")
        like = temp.option if is_on else ""
        desk.change_film(lambda film: film_cues.noted(film, name, like=like), text.format(temp=temp.name, name=name))

    def set_weight(self, what: str, weight: float) -> None:
        """How much of it is followed in one respect, 0..1; a wish for the next composing."""
        self._desk.follow = replace(self._desk.follow, **{what: min(max(weight, 0.0), 1.0)})
        self.show()

    def _is_waiting(self) -> bool:
        """Whether the music of the cue follows otherwise than it is to."""
        desk, cue = self._desk, self._desk.cue
        if cue is None:
            return False
        is_on = bool(desk.film.cues.named(desk.name).like)
        if not is_on or cue.like is None:
            return is_on != (cue.like is not None)
        return _read(cue.like.follow) != desk.follow

    def _begin(self) -> None:
        """Another edit, or the same read again."""
        self._temp, self._name, self._has_looked = None, "", False
        self._desk.view.show_temp(None)
        self._desk.runner.cancel(TEMP)

    def _look(self) -> None:
        """Look for the temp of the edit, once."""
        desk = self._desk
        if self._has_looked or desk.opened is None:
            return
        self._has_looked = True
        path, performer = desk.opened.path, desk.ports.performer
        media = self._places.media(path)
        desk.runner.start_each(
            TEMP,
            self._tr("Looking for temp music"),
            lambda progress: performer.temp(path, progress, media),
            self._found,
            desk.fail,
        )

    def _found(self, temp: HeardTemp) -> None:
        self._temp = temp
        self._desk.view.show_temp(temp)
        self.show()


def _read(text: str) -> Follow:
    try:
        return parse_follow(text)
    except OptionError:
        return Follow()
