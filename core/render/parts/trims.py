"""How much louder or softer each preset of a font is to be played so that equal velocities sound equally loud.

The table stands beside the font, ``hitpoint.trims.json`` beside ``hitpoint.sf3``: decibels by preset, ``"48"`` for a
program and ``"drums"`` for the kit. A font without a table is played as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from hitpoint.core.errors import SoundFontError
from hitpoint.core.music.score import DRUM_CHANNEL, Part

_LARGEST = 24.0  # decibels


def read_trims(soundfont: Path) -> dict[str, float]:
    """The trims beside a font; empty if it has none.

    Raises:
        SoundFontError: if there is a table that cannot be read.
    """
    path = soundfont.with_suffix(".trims.json")
    if not path.is_file():
        return {}
    try:
        table = json.loads(path.read_text("utf-8"))["decibels"]
        return {str(name): min(max(float(value), -_LARGEST), _LARGEST) for name, value in table.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SoundFontError(f"{path} is no table of trims ({error}); mend it or take it away") from None


def trim_of(trims: Mapping[str, float], part: Part) -> float:
    """Decibels for a part."""
    return trims.get("drums" if part.channel == DRUM_CHANNEL else str(part.program), 0.0)
