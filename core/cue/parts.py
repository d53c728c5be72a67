"""What an editor changes about single parts: another instrument, another octave, louder or softer.

Written as ``NAME=instrument:oboe,octave:+1,level:-3``; parts that do not play are told by
:attr:`hitpoint.core.cue.sound.Sound.left_out`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hitpoint.core.errors import OptionError
from hitpoint.core.music.instruments import instrument_named

MOST_OCTAVES = 3
SOFTEST, LOUDEST_PART = -40.0, 12.0  # decibels
_OFF, _ON, _PLAIN = "off", "on", "plain"
_USAGE = (
    "write NAME=off, NAME=on, NAME=plain, or NAME= with instrument:…, octave:…, level:… (decibels) and pan:… (-1..1), "
    "commas between them"
)


@dataclass(frozen=True)
class PartSetting:
    """What is otherwise than the style has it.

    Attributes:
        name: of the part.
        instrument: a name of :mod:`hitpoint.core.music.instruments`; empty for the style's own.
        octave: -3..3, so many octaves higher.
        level: decibels added to its level in the mix, -40..12.
        pan: -1 left .. 1 right; None for the style's own place.
    """

    name: str
    instrument: str = ""
    octave: int = 0
    level: float = 0.0
    pan: float | None = None

    @property
    def is_plain(self) -> bool:
        """Whether nothing is otherwise."""
        return not self.instrument and not self.octave and not self.level and self.pan is None


def checked_setting(setting: PartSetting) -> PartSetting:
    """The setting, its instrument spelt as the table has it.

    Raises:
        OptionError: if there is no such instrument, or a number is out of bounds.
    """
    if not -MOST_OCTAVES <= setting.octave <= MOST_OCTAVES:
        raise OptionError(f"a part moves by -{MOST_OCTAVES} to {MOST_OCTAVES} octaves, not {setting.octave}")
    if not (math.isfinite(setting.level) and SOFTEST <= setting.level <= LOUDEST_PART):
        raise OptionError(f"a part's level changes by {SOFTEST:g} to {LOUDEST_PART:g} dB, not {setting.level:g}")
    if setting.pan is not None and not -1 <= setting.pan <= 1:
        raise OptionError(f"a part stands between -1 (left) and 1 (right), not at {setting.pan:g}")
    return replace(setting, instrument=instrument_named(setting.instrument).name) if setting.instrument else setting


def parsed_part(text: str, known: Sequence[PartSetting] = ()) -> tuple[PartSetting, bool | None]:
    """The setting that somebody wrote, and whether the part is to play (None where nothing is said).

    Args:
        text: as on the command line; what it does not name stays as it is known, and "plain" puts all of it back.
        known: earlier settings.

    Raises:
        OptionError: if it makes no sense.
    """
    name, equals, wishes = (piece.strip() for piece in text.partition("="))
    if not (name and equals and wishes):
        raise OptionError(f"--part {text!r}: {_USAGE}")
    if wishes.lower() in (_OFF, _ON):
        return PartSetting(name), wishes.lower() == _ON
    if wishes.lower() == _PLAIN:
        return PartSetting(name), None
    setting = next((one for one in known if one.name.casefold() == name.casefold()), PartSetting(name))
    for wish in wishes.split(","):
        key, _, value = (piece.strip() for piece in wish.partition(":"))
        setting = _with(setting, key.lower(), value, text)
    return checked_setting(setting), None


def part_settings(setting: PartSetting) -> str:
    """The setting as it is written on the command line."""
    wishes = [f"instrument:{setting.instrument}"] * bool(setting.instrument)
    wishes += [f"octave:{setting.octave:+d}"] * bool(setting.octave)
    wishes += [f"level:{setting.level:+g}"] * bool(setting.level)
    wishes += [] if setting.pan is None else [f"pan:{setting.pan:+g}"]
    return f"{setting.name}={','.join(wishes) or _ON}"


def with_setting(settings: tuple[PartSetting, ...], setting: PartSetting) -> tuple[PartSetting, ...]:
    """The settings with one more, instead of what was said of that part before; a plain one takes it away."""
    others = [one for one in settings if one.name != setting.name]
    return tuple(sorted(others if setting.is_plain else [*others, setting], key=lambda one: one.name))


def _with(setting: PartSetting, key: str, value: str, text: str) -> PartSetting:
    try:
        match key:
            case "instrument":
                return replace(setting, instrument=value)
            case "octave":
                return replace(setting, octave=int(value))
            case "level":
                return replace(setting, level=float(value))
            case "pan":
                return replace(setting, pan=float(value))
    except ValueError:
        raise OptionError(f"--part {text!r}: {key}:{value} is no number; {_USAGE}") from None
    raise OptionError(f"--part {text!r}: {key!r} is nothing that can be set; {_USAGE}")
