"""What a chip asks for, in the language of the window."""

from __future__ import annotations

import re

from PyQt6.QtCore import QCoreApplication

from hitpoint.core.affect import Affect
from hitpoint.core.mood import nearest_mood
from hitpoint.core.words.chips import Chip
from hitpoint.ui.lanes.mood_pad import mood_name

_PLACE = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)")  # valence and arousal


def shown_control(control: str) -> str:
    """The name of a control; one that is not known stays as it is."""
    tr = QCoreApplication.translate
    names = {
        "mood": tr("Chips", "mood"),
        "tempo": tr("Chips", "tempo"),
        "metre": tr("Chips", "metre"),
        "mode": tr("Chips", "mode"),
        "key": tr("Chips", "key"),
        "style": tr("Chips", "style"),
        "instrument": tr("Chips", "instrument"),
        "without": tr("Chips", "without"),
        "loudness": tr("Chips", "loudness"),
        "density": tr("Chips", "density"),
        "hits": tr("Chips", "hits"),
        "ending": tr("Chips", "ending"),
    }
    return names.get(control, control)


def shown_value(chip: Chip) -> str:
    """The value of a chip; a place in the plane of feelings by the mood that lies nearest."""
    found = _PLACE.search(chip.value)
    if chip.control != "mood" or found is None:
        return chip.value
    mood = nearest_mood(Affect(float(found[1]), float(found[2])))
    return chip.value.replace(found[0], mood_name(mood))
