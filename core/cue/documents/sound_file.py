"""How the sound of a cue and the speech under it are written in ``cue.json``.

::

    "sound": {"loudness": -16.0, "fade_in": 0.003, "fade_out": 0.04, "synth": "auto",
              "soundfont": null, "bext": false, "duck": 9.0},
    "speech": [{"start": 2.0, "end": 3.0}],
    "duck": [{"time": 1.75, "gain_db": 0.0}, {"time": 2.0, "gain_db": -9.0}, ...]

``"feel": 0.7`` tells how freely the hands play; a cue of before it was told is played on the grid, as it was.
``"part_soundfonts": {"Pad": "FILE"}`` and ``"instruments": "FILE.toml"`` are there if parts are played by something
else. ``"left_out": ["Pad"]`` stands there too if parts are not to play,
``"parts": [{"name": "Melody", "instrument": "oboe", "octave": 1, "level": -3.0,
"pan": 0.5}]`` if some are otherwise than the style has
them, and once the cue was delivered
``"level": {"before": -24.3141, "gain": 8.7012, "target": -16.0}``. ``duck`` follows from the other two; it is there for
whoever wants to draw it into a mixer, and is not read.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from hitpoint.core.cue.json_values import field, items, number, text, truth, whole
from hitpoint.core.cue.parts import LOUDEST_PART, MOST_OCTAVES, SOFTEST, PartSetting
from hitpoint.core.cue.sound import DEEPEST_DUCK, LONGEST_FADE, LOUDEST, QUIETEST, DuckPoint, Level, Sound, Speech
from hitpoint.core.errors import CueFileError

_LONGEST = 1e7  # seconds
_MOST_LEVEL = 200.0  # decibels either way


def sound_to_document(sound: Sound) -> dict[str, Any]:
    """A sound as JSON values."""
    return {
        "loudness": sound.loudness,
        "fade_in": sound.fade_in,
        "fade_out": sound.fade_out,
        "synth": sound.synth,
        "soundfont": None if sound.soundfont is None else str(sound.soundfont),
        "bext": sound.is_broadcast,
        "duck": sound.duck,
        "feel": sound.feel,
        "delivers_ducked": sound.delivers_ducked,
        **({"part_soundfonts": {name: str(font) for name, font in sound.part_fonts}} if sound.part_fonts else {}),
        **({} if sound.instruments is None else {"instruments": str(sound.instruments)}),
        **({"left_out": list(sound.left_out)} if sound.left_out else {}),
        **({"parts": [_part_to_document(part) for part in sound.parts]} if sound.parts else {}),
        **({} if sound.level is None else {"level": _level_to_document(sound.level)}),
    }


def sound_of(value: Any) -> Sound:
    """The sound that JSON values describe; None for the one of earlier versions, which is today's default.

    Raises:
        CueFileError: if they describe none.
    """
    if value is None:
        return Sound()
    font = field(value, "soundfont", "sound")
    return Sound(
        loudness=number(field(value, "loudness", "sound"), "sound.loudness", QUIETEST, LOUDEST),
        fade_in=number(field(value, "fade_in", "sound"), "sound.fade_in", 0, LONGEST_FADE),
        fade_out=number(field(value, "fade_out", "sound"), "sound.fade_out", 0, LONGEST_FADE),
        synth=text(field(value, "synth", "sound"), "sound.synth", longest=40),
        soundfont=None if font is None else Path(text(font, "sound.soundfont")),
        is_broadcast=truth(field(value, "bext", "sound"), "sound.bext"),
        duck=number(field(value, "duck", "sound"), "sound.duck", 0, DEEPEST_DUCK),
        feel=number(value.get("feel", 0.0), "sound.feel", 0, 1),
        delivers_ducked=truth(value.get("delivers_ducked", False), "sound.delivers_ducked"),
        left_out=items(value.get("left_out", []), "sound.left_out", lambda name, where: text(name, where, longest=200)),
        parts=items(value.get("parts", []), "sound.parts", _part_of),
        level=_level_of(value.get("level")),
        part_fonts=_part_fonts(value.get("part_soundfonts", {})),
        instruments=_file(value.get("instruments"), "sound.instruments"),
    )


def _part_fonts(value: Any) -> tuple[tuple[str, Path], ...]:
    if not isinstance(value, dict):
        raise CueFileError("sound.part_soundfonts: write part names and their files")
    where = "sound.part_soundfonts"
    return tuple((text(name, where, longest=200), Path(text(font, f"{where}.{name}"))) for name, font in value.items())


def _file(value: Any, where: str) -> Path | None:
    return None if value is None else Path(text(value, where))


def speech_to_document(speech: tuple[Speech, ...]) -> list[dict[str, float]]:
    """Stretches of speech as JSON values."""
    return [{"start": span.start, "end": span.end} for span in speech]


def speech_of(value: Any) -> tuple[Speech, ...]:
    """The stretches that JSON values describe.

    Raises:
        CueFileError: if they are none, or not in order.
    """
    speech = items(value, "speech", _speech)
    if any(span.end <= span.start for span in speech) or any(a.end > b.start for a, b in pairwise(speech)):
        raise CueFileError("speech: stretches are in order and do not overlap")
    return speech


def duck_to_document(curve: tuple[DuckPoint, ...]) -> list[dict[str, float]]:
    """The ducking curve as JSON values."""
    return [{"time": point.time, "gain_db": point.gain_decibels} for point in curve]


def _part_to_document(part: PartSetting) -> dict[str, Any]:
    place = {} if part.pan is None else {"pan": part.pan}
    return {"name": part.name, "instrument": part.instrument, "octave": part.octave, "level": part.level, **place}


def _part_of(value: Any, where: str) -> PartSetting:
    name, instrument = (text(field(value, key, where), f"{where}.{key}", longest=200) for key in ("name", "instrument"))
    octave = whole(field(value, "octave", where), f"{where}.octave", -MOST_OCTAVES, MOST_OCTAVES)
    level = number(field(value, "level", where), f"{where}.level", SOFTEST, LOUDEST_PART)
    pan = None if value.get("pan") is None else number(value["pan"], f"{where}.pan", -1, 1)
    return PartSetting(name, instrument, octave, level, pan)


def _level_to_document(level: Level) -> dict[str, float]:
    return {"before": level.before, "gain": level.gain, "target": level.target}


def _level_of(value: Any) -> Level | None:
    """The level that JSON values describe; None for a cue that was never delivered, or by an earlier version."""
    if value is None:
        return None
    where = "sound.level"
    before, gain = (
        number(field(value, name, where), f"{where}.{name}", -_MOST_LEVEL, _MOST_LEVEL) for name in ("before", "gain")
    )
    return Level(before, gain, number(field(value, "target", where), f"{where}.target", QUIETEST, LOUDEST))


def _speech(value: Any, where: str) -> Speech:
    return Speech(
        number(field(value, "start", where), f"{where}.start", 0, _LONGEST),
        number(field(value, "end", where), f"{where}.end", 0, _LONGEST),
    )
