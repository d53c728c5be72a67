"""A style as an editor has set its parts: other instruments, octaves and levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hitpoint.core.arrange.styles.ensemble import Player, Style
from hitpoint.core.arrange.styles.styles import style_named
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.parts import PartSetting, parsed_part, with_setting
from hitpoint.core.cue.sound import Sound
from hitpoint.core.cue.styling import leading_style, style_names_of
from hitpoint.core.errors import OptionError
from hitpoint.core.music.instruments import instrument_named

_LEAST_RANGE = 12  # semitones that a part needs; a narrower meeting of ranges gives way to the instrument's own
_LOWEST, _HIGHEST = 0, 127


def style_of(cue: Cue) -> Style:
    """The style of a cue, its parts as the editor has set them.

    Raises:
        OptionError: if there is no such style, or a setting makes no sense for it.
        StyleFileError: if it is one of the editor's own whose file makes no sense.
    """
    return with_settings(style_named(cue.style), cue.sound.parts)


def ensembles_of(cue: Cue) -> tuple[Style, ...]:
    """All ensembles of a cue, its own first, their parts as the editor has set them; no two parts have one name.

    A part whose name an ensemble before has too is called after its style as well: "Strings (chamber)".

    Raises:
        OptionError: if there is no such style, or a setting makes no sense for one.
    """
    taken: set[str] = set()
    found = []
    for name in style_names_of(cue.styling, cue.style):
        style = style_named(name)
        players = tuple(
            replace(player, name=f"{player.name} ({name})") if player.name in taken else player
            for player in style.players
        )
        taken.update(player.name for player in players)
        found.append(with_settings(replace(style, name=name, players=players), cue.sound.parts))
    return tuple(found)


def all_players(cue: Cue) -> Style:
    """The style of a cue with the players of all its ensembles: whose parts can be set and switched off."""
    own, *others = ensembles_of(cue)
    return replace(own, players=(*own.players, *(player for style in others for player in style.players)))


def last_style(cue: Cue) -> Style:
    """The ensemble that ends a cue, whose manner of ending it has."""
    return style_named(leading_style(cue.styling, cue.end_frame - 1, cue.style))


def wished_parts(sound: Sound, texts: Sequence[str], style: Style) -> Sound:
    """The sound with what ``--part`` asks for, each as :func:`hitpoint.core.cue.parts.parsed_part` reads it.

    Raises:
        OptionError: if one makes no sense, or the style has no such part.
    """
    for text in texts:
        setting, plays = parsed_part(text, sound.parts)
        name = part_named(style, setting.name)
        if plays is None:
            sound = replace(sound, parts=with_setting(sound.parts, replace(setting, name=name)))
        else:
            others = [each for each in sound.left_out if each != name]
            sound = replace(sound, left_out=tuple(sorted(others if plays else [*others, name])))
    with_settings(style, sound.parts)
    return sound


def check_heard(style: Style, sound: Sound) -> None:
    """See that some part of a style plays.

    Raises:
        OptionError: if all are switched off.
    """
    if all(player.name in sound.left_out for player in style.players):
        raise OptionError(f"every part of {style.name} is switched off, so nothing would be heard: leave one on")


def with_settings(style: Style, settings: Sequence[PartSetting]) -> Style:
    """The style with its parts as they are set; settings of parts that it has not are left alone.

    Raises:
        OptionError: if a setting names no instrument, or a kit for a part that is none.
    """
    named = {setting.name: setting for setting in settings}
    if not named:
        return style
    return replace(style, players=tuple(_set(player, named.get(player.name)) for player in style.players))


def part_named(style: Style, name: str) -> str:
    """The name of a part as the style spells it.

    Raises:
        OptionError: if it has none of that name.
    """
    wished = name.strip().casefold()
    found = next((player.name for player in style.players if player.name.casefold() == wished), None)
    if found is None:
        names = ", ".join(player.name for player in style.players)
        raise OptionError(f"{style.name} has no part {name!r}: its parts are {names}")
    return found


def _set(player: Player, setting: PartSetting | None) -> Player:
    if setting is None:
        return player
    moved = replace(
        player,
        shift=player.shift + 12 * setting.octave,
        moved=12 * setting.octave,
        low=min(max(player.low + 12 * setting.octave, _LOWEST), _HIGHEST - _LEAST_RANGE),
        high=max(min(player.high + 12 * setting.octave, _HIGHEST), _LOWEST + _LEAST_RANGE),
        gain_decibels=player.gain_decibels + setting.level,
    )
    return _played_by(moved, setting.instrument) if setting.instrument else moved


def _played_by(player: Player, name: str) -> Player:
    """The player with another instrument, where that can play."""
    instrument = instrument_named(name)
    if instrument.is_kit is not player.is_kit:
        kind = "a kit" if player.is_kit else "no kit"
        raise OptionError(
            f"part {player.name!r} is {kind}, {instrument.name!r} is {'one' if instrument.is_kit else 'not'}"
        )
    low, high = max(player.low, instrument.low), min(player.high, instrument.high)
    if player.is_unpitched or high - low < _LEAST_RANGE:
        low, high = (player.low, player.high) if player.is_unpitched else (instrument.low, instrument.high)
    return replace(
        player,
        program=instrument.program,
        bank=instrument.bank,
        low=low,
        high=high,
        is_sustained=instrument.is_sustained,
        is_pedalled=player.is_pedalled and not instrument.is_sustained,
    )
