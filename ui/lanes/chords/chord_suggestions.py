"""A short list of chords that would fit, the likeliest first, each with its degree; heard while one passes over it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QPointF
from PyQt6.QtWidgets import QMenu

from hitpoint.core.cue.cue import Cue
from hitpoint.core.music.chord import Chord
from hitpoint.core.music.written_chord import degree_name, lead_symbol
from hitpoint.ui.lanes.drawing.lane import Lane


class ChordSuggestions:
    """Offers chords below the selection of a lane.

    ``hovered`` is told each symbol that one passes over, ``chosen`` the one that is taken.
    """

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self.hovered: Callable[[str], object] = lambda symbol: None
        self.chosen: Callable[[str], object] = lambda symbol: None
        self.menu: QMenu | None = None

    def offer(self, cue: Cue, span: range, chords: Sequence[Chord]) -> QMenu:
        """Show the list; Return or a click takes a chord, Escape none."""
        menu, key = QMenu(self._lane), cue.key_at(span.start)
        for number, chord in enumerate(chords, 1):
            name = lead_symbol(chord, flats=key.uses_flats)
            text = (
                f"&{number}  {name}\t{degree_name(chord, key)}" if number < 10 else f"{name}\t{degree_name(chord, key)}"
            )
            action = menu.addAction(text)
            assert action is not None
            symbol = chord.symbol()
            action.hovered.connect(lambda symbol=symbol: self.hovered(symbol))
            action.triggered.connect(lambda _=False, symbol=symbol: self.chosen(symbol))
        if menu.isEmpty():
            nothing = menu.addAction(self._lane.tr("Nothing else fits here"))
            assert nothing is not None
            nothing.setEnabled(False)
        self.menu = menu
        menu.setAccessibleName(self._lane.tr("Suggested chords"))
        x, y = self._lane.key_place()
        menu.popup(self._lane.mapToGlobal(QPointF(x + self._lane.stage.header, y).toPoint()))
        return menu
