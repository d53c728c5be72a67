"""The cue otherwise, by a strength: ``hitpoint restyle`` in the window. Its versions are offered as takes."""

from __future__ import annotations

from hitpoint.core.cue.cue import Cue
from hitpoint.core.ports import Composed, Variation
from hitpoint.ui.presenter.desk import COMPOSE, TAKES, Desk
from hitpoint.ui.presenter.taking.takes import TakePresenter


class VaryPresenter:
    """Asks for versions of the cue, and puts the first one into it.

    Args:
        desk: of the window.
        takes: keeps the versions; it knows how many are wanted at once.
    """

    def __init__(self, desk: Desk, takes: TakePresenter) -> None:
        self._desk, self._tr, self._takes = desk, desk.tr, takes
        self.strength, self.style = 0.3, ""

    def set_strength(self, strength: float) -> None:
        """Change so much: 0 nothing, 1 every bar that may."""
        self.strength = min(max(strength, 0.0), 1.0)

    def set_style(self, style: str) -> None:
        """An ensemble that comes in by the strength's share; empty for none."""
        self.style = style

    def vary(self) -> None:
        """The selected chords otherwise, else the marked range, else the whole cue.

        With a strength of 0 nothing is done.
        """
        desk, cue, name = self._desk, self._desk.cue, self._desk.name
        if cue is None:
            return
        if not self.strength:
            desk.view.show_notes((self._tr("At strength 0 nothing changes."),), lambda: desk.cue is cue)
            return
        wish = Variation(self.strength, desk.meant or range(len(cue.steps)), self.style)
        count = self._takes.count
        desk.runner.cancel(TAKES)
        desk.runner.start(
            COMPOSE,
            self._tr("Varying"),
            lambda progress: desk.ports.composer.varied(cue, wish, count, progress),
            lambda composed: self._show(composed, wish, cue, name),
            desk.fail,
        )
        desk.refresh()

    def _show(self, composed: Composed, wish: Variation, before: Cue, name: str) -> None:
        desk, first = self._desk, composed.takes[0].cue
        if desk.film.music.get(name) is not before:
            text = self._tr("{name} was changed meanwhile: what was composed for it was dropped.")
            desk.view.show_notes((text.format(name=name),))
        elif first == before:
            text = self._tr("Nothing changes: raise the strength, or unlock chords.")
            desk.view.show_notes((text,), lambda: desk.cue is before)
        else:
            if name == desk.name:
                self._takes.offer(composed, composed.takes, wish.span, before, is_version=True)
            desk.apply(lambda now: first, self._tr("Vary by {strength:.2f}").format(strength=wish.strength), name=name)
            self._takes.tell(composed)
