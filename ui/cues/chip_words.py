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
    names = {
        "mood": QCoreApplication.translate("Chips", "mood"),
        "tempo": QCoreApplication.translate("Chips", "tempo"),
        "metre": QCoreApplication.translate("Chips", "metre"),
        "mode": QCoreApplication.translate("Chips", "mode"),
        "key": QCoreApplication.translate("Chips", "key"),
        "style": QCoreApplication.translate("Chips", "style"),
        "instrument": QCoreApplication.translate("Chips", "instrument"),
        "without": QCoreApplication.translate("Chips", "without"),
        "loudness": QCoreApplication.translate("Chips", "loudness"),
        "density": QCoreApplication.translate("Chips", "density"),
        "hits": QCoreApplication.translate("Chips", "hits"),
        "ending": QCoreApplication.translate("Chips", "ending"),
    }
    return names.get(control, control)


def shown_value(chip: Chip) -> str:
    """The value of a chip; a place in the plane of feelings by the mood that lies nearest."""
    found = _PLACE.search(chip.value)
    if chip.control != "mood" or found is None:
        return chip.value
    mood = nearest_mood(Affect(float(found[1]), float(found[2])))
    return chip.value.replace(found[0], mood_name(mood))
