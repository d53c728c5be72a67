"""Gains for each preset of a font, so that equal velocities sound equally loud.

The table stands beside the font, ``hitpoint.trims.json`` beside ``hitpoint.sf3``: decibels by preset, ``"0:48"`` for
bank and program, kits in bank 128. A font without a table is played as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from hitpoint.core.errors import SoundFontError
from hitpoint.core.music.score import DRUM_CHANNEL, Part

DRUM_BANK = 128
_LARGEST = 24.0  # decibels

Preset = tuple[int, int]  # bank and program


def read_trims(soundfont: Path) -> dict[Preset, float]:
    """The trims beside a font; empty if it has none.

    Raises:
        SoundFontError: if there is a table that cannot be read.
    """
    path = soundfont.with_suffix(".trims.json")
    if not path.is_file():
        return {}
    try:
        table = json.loads(path.read_text("utf-8"))["decibels"]
        return {preset_named(name): min(max(float(value), -_LARGEST), _LARGEST) for name, value in table.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SoundFontError(f"{path} is no table of trims ({error}); mend it or take it away") from None


def preset_named(name: str) -> Preset:
    """Bank and program of a table's row.

    >>> preset_named("128:40")
    (128, 40)
    """
    bank, program = name.split(":")
    return int(bank), int(program)


def presets_for(part: Part) -> tuple[Preset, ...]:
    """The presets that may play a part, the one it asks for first."""
    if part.channel == DRUM_CHANNEL:
        return ((DRUM_BANK, part.program), (DRUM_BANK, 0))
    family = part.program // 8 * 8
    near = ((0, program) for program in range(family, family + 8))
    return ((part.bank, part.program), (0, part.program), *near, (0, 0))


def trim_of(trims: Mapping[Preset, float], part: Part) -> float:
    """Decibels for a part."""
    return next((trims[preset] for preset in presets_for(part)[:2] if preset in trims), 0.0)
