"""The mixer: what each part is played by, where and how loud.

It is part of the cue, so that it is delivered and undone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hitpoint.core.cue import changes
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.parts import PartSetting
from hitpoint.ui.presenter.desk import Desk


class MixPresenter:
    """Changes single parts of the cue; several moves of one fader are one undo step."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._tr = desk, desk.tr

    def set_level(self, name: str, decibels: float) -> None:
        """Decibels beside the style's own level, -40..12."""
        self._set(name, self._tr("Level of {part}"), level=decibels)

    def set_pan(self, name: str, pan: float | None) -> None:
        """-1 left .. 1 right; None for the style's own place."""
        self._set(name, self._tr("Place of {part}"), pan=pan)

    def set_octave(self, name: str, octave: int) -> None:
        """Octaves higher, -3..3."""
        self._set(name, self._tr("Octave of {part}"), octave=octave)

    def set_instrument(self, name: str, instrument: str) -> None:
        """Another instrument; an empty name for the style's own."""
        self._set(name, self._tr("Instrument of {part}"), instrument=instrument)

    def _set(self, name: str, label: str, **fields: Any) -> None:
        def changed(cue: Cue) -> Cue:
            return changes.part_set(cue, replace(setting_of(cue, name), **fields))

        self._desk.apply(changed, label.format(part=name), amends=True)


def setting_of(cue: Cue, name: str) -> PartSetting:
    """What is otherwise about a part than the style has it."""
    return next((one for one in cue.sound.parts if one.name == name), PartSetting(name))
