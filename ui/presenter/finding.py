"""Looking for moments of the picture by words. One search at a time; a new one takes the place of the one before."""

from __future__ import annotations

from hitpoint.core.ports import FoundMoment
from hitpoint.ui.presenter.desk import LOOK, Desk


class FindPresenter:
    """Asks for moments, and shows them."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._tr = desk, desk.tr
        desk.on_opened.append(lambda: desk.view.show_found((), ""))

    def look(self, text: str) -> None:
        """Look for moments that look like some words; why there are none is told where they would stand."""
        desk = self._desk
        if desk.opened is None or not text.strip():
            return
        edit, source = desk.opened.edit, desk.ports.source
        desk.runner.start(
            LOOK,
            self._tr("Looking at the picture"),
            lambda progress: source.find(edit, text.strip(), progress),
            self._show,
            self._fail,
        )

    def _show(self, found: tuple[FoundMoment, ...]) -> None:
        self._desk.view.show_found(found, "" if found else self._tr("Nothing found"))

    def _fail(self, message: str) -> None:
        if "--media" in message:  # a word of the command line
            message = self._tr("No pictures here: the media of this edit are missing.")
        self._desk.view.show_found((), message)
        self._desk.refresh()
