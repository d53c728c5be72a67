"""Reads styles from TOML: those that ship and an editor's own, every key checked.

::

    name = "duo"                      # as it is asked for
    about = "A guitar and a bass"     # told by --style list
    home = 67                         # where the highest voice is at home, a MIDI pitch

    [ranges]                          # of the common voicing
    bass = [28, 40]
    upper = [55, 76]
    span = 12

    [[parts]]
    name = "Guitar"
    role = "harmony"                  # lead, harmony, bass, pad or percussion; one part leads, or two in turn
    instrument = "nylon guitar"       # or program = 24
    textures = ["pick halves, pick quarters 3, travis 3, strum 2", "..."]   # nine levels; two variants at most
    final = "otas"                    # the roles of the last chord

All keys are described in ``resources/docs/styles.md``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from hitpoint.core.arrange.form.sections import SectionKind
from hitpoint.core.arrange.styles.ensemble import LEADS_IN, LEVELS, ROLES_OF_PARTS, Player, Style
from hitpoint.core.arrange.textures.patterns import TEXTURES
from hitpoint.core.arrange.textures.textures import KIT, ROLES, Texture, texture
from hitpoint.core.errors import HitpointError, StyleFileError
from hitpoint.core.files.toml_text import toml_trouble
from hitpoint.core.music.instruments import instrument_named
from hitpoint.core.music.voice_ranges import VoiceRanges

BANKS = ("piano",)  # of played bars
_LARGEST = 1 << 20  # bytes
_TOP = frozenset({"name", "about", "home", "stops", "swing", "ranges", "parts", "textures"})
_MOST_PARTS, _MOST_LEADS = 15, 2
_TUNES = "bfotasd"

_Table = Mapping[str, Any]


def read_style(path: Path) -> Style:
    """The style that a file describes.

    Raises:
        StyleFileError: if it cannot be read, or describes none; the message tells the place and what to write there.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise StyleFileError(f"{path} is too large to be a style")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise StyleFileError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise StyleFileError(f"{path} is not text in UTF-8") from None
    return parsed_style(text, str(path))


def parsed_style(text: str, source: str) -> Style:
    """The style that a TOML text describes; ``source`` names it in messages.

    Raises:
        StyleFileError: if it describes none.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise StyleFileError(f"{source} is no TOML: {toml_trouble(error)}") from None
    try:
        return _style(document)
    except (HitpointError, ValueError) as error:
        raise StyleFileError(f"{source}: {error}") from None


def _style(document: _Table) -> Style:
    _check_keys(document, _TOP, "a style")
    own = {name: _texture(name, rows) for name, rows in _table(document, "textures").items()}
    tables = document.get("parts")
    if (
        not isinstance(tables, list)
        or not 1 <= len(tables) <= _MOST_PARTS
        or not all(isinstance(t, dict) for t in tables)
    ):
        raise StyleFileError(f"parts: write 1 to {_MOST_PARTS} tables [[parts]]")
    players = tuple(_player(table, place, own) for place, table in enumerate(tables))
    style = Style(
        name=_name(document, "name").lower(),
        about=_text(document, "about", ""),
        ranges=_ranges(_table(document, "ranges")),
        home=_whole(document, "home", 67, 36, 96),
        players=players,
        textures=own,
        stops=_truth(document, "stops"),
        swing=_number(document, "swing", 0.0, 0.0, 1.0),
    )
    _check_whole(style)
    return style


def _check_whole(style: Style) -> None:
    """What parts owe each other.

    Raises:
        StyleFileError: if they do not play together.
    """
    names = [player.name.casefold() for player in style.players]
    twice = next((player.name for player in style.players if names.count(player.name.casefold()) > 1), None)
    if twice is not None:
        raise StyleFileError(f"parts: two are called {twice!r}; give each a name of its own")
    if not 1 <= len(style.leads) <= _MOST_LEADS:
        raise StyleFileError('parts: one has role = "lead", or two, who take turns with the tune')
    if not any(player.accent for player in style.players):
        raise StyleFileError("parts: at least one needs an accent, the roles it strikes where the picture is met")
    if sum(bool(player.figures) for player in style.players) > 1:
        raise StyleFileError("parts: one at most plays figures of a bank")
    for player in style.players:
        if player.role != "lead":  # a tune is put where it fits
            _check_range(player, style)


def _check_range(player: Player, style: Style) -> None:
    """Whether a part's range holds what its roles can be.

    Raises:
        StyleFileError: if it does not; the message tells what it would have to hold.
    """
    ranges = style.ranges
    lows = {"b": ranges.bass_low, "f": ranges.bass_low + 5, "o": ranges.bass_low + 12, "t": ranges.upper_low,
            "a": ranges.upper_low + 1, "s": ranges.upper_low + 2, "d": ranges.upper_low + 14, **KIT}  # fmt: skip
    highs = {"b": ranges.bass_high, "f": ranges.bass_high + 11, "o": ranges.bass_high + 12, "t": ranges.upper_high - 2,
             "a": ranges.upper_high - 1, "s": ranges.upper_high, "d": ranges.upper_high + 12, **KIT}  # fmt: skip
    roles = _roles_of(player, style)
    if not roles:
        return
    low, high = (pick(table[role] for role in roles) + player.shift for pick, table in ((min, lows), (max, highs)))
    if low < player.low or high > player.high:
        raise StyleFileError(
            f"part {player.name!r}: range: its roles {''.join(sorted(roles, key=ROLES.index))!r} reach from {low} to "
            f"{high}, beyond {player.low} to {player.high}; widen the range, change octave, or use other textures"
        )


def _roles_of(player: Player, style: Style) -> set[str]:
    table = {**TEXTURES, **style.textures}
    found = [table[name] for name in (*player.textures, *player.other_textures)]
    struck = {s.role for one in found for variant in one.variants for cell in variant for s in cell}
    return struck | {role for one in found for role in one.held} | set(player.final) | set(player.accent)


_KEYS = frozenset({
    "name", "role", "instrument", "program", "bank", "kit", "range", "textures", "figures", "centre", "final", "accent", "octave",
    "bow", "sustained", "pedal", "fill", "small_fill", "opening", "leads_in", "rests", "entry", "voices", "reach", "touch", "level", "pan",
})  # fmt: skip


def _player(table: _Table, place: int, own: Mapping[str, Texture]) -> Player:
    name = _name(table, "name", f"part {place + 1}")
    try:
        _check_keys(table, _KEYS, "a part")
        return _checked(_described(table, name, place), own)
    except HitpointError as error:
        raise StyleFileError(f"part {name!r}: {error}") from None


def _described(table: _Table, name: str, place: int) -> Player:
    role = _choice(table, "role", ROLES_OF_PARTS)
    sound = _sound(table)
    low, high = _pair(table, "range", (sound.low, sound.high))
    variants = [_by_level(text) for text in _texts(table, "textures")]
    leads_in = _choice(table, "leads_in", LEADS_IN, "")
    figures = _choice(table, "figures", BANKS, "")
    if not variants and not leads_in and not figures:
        raise StyleFileError(
            'textures: name one a level, from quiet to busy, such as "hold thin 2, hold 5, hold wide 2"'
        )
    return replace(
        sound,
        name=name, role=role, low=low, high=high,
        textures=variants[0] if variants else ("tacet",) * LEVELS,
        other_textures=variants[1] if len(variants) > 1 else (),
        figures=figures, centre=_whole(table, "centre", 64, 36, 96),
        final=_roles(table, "final"), accent=_roles(table, "accent"),
        shift=12 * _whole(table, "octave", 0, -3, 3), bars_a_bow=_whole(table, "bow", 4, 1, 32),
        is_sustained=_truth(table, "sustained", sound.is_sustained), is_pedalled=_truth(table, "pedal"),
        fill=_text(table, "fill", ""), small_fill=_text(table, "small_fill", ""), opening=_roles(table, "opening"),
        leads_in=leads_in, rests_in=_sections(table), entry=_whole(table, "entry", place, 0, 99),
        voices=_whole(table, "voices", 10, 1, 32), reach=_whole(table, "reach", 88, 5, 88),
        touch=_whole(table, "touch", 0, -60, 60), gain_decibels=_number(table, "level", 0.0, -40.0, 12.0),
        pan=_number(table, "pan", 0.0, -1.0, 1.0),
    )  # fmt: skip


def _checked(player: Player, own: Mapping[str, Texture]) -> Player:
    """The player, if its textures are known.

    Raises:
        StyleFileError: if one is not.
    """
    for name in (*player.textures, *player.other_textures, player.fill, player.small_fill):
        if name and name not in TEXTURES and name not in own:
            close = [one for one in {**TEXTURES, **own} if set(one.split()) & set(name.split())]
            raise StyleFileError(
                f"textures: there is no {name!r}; close are {', '.join(close or sorted(TEXTURES)[:12])}"
            )
    for variant in (player.textures, player.other_textures):
        if variant and len(variant) != LEVELS:
            raise StyleFileError(f'textures: {len(variant)} levels, but there are {LEVELS}; "hold 3" stands for three')
    return player


def _sound(table: _Table) -> Player:
    """A player that has only its sound yet."""
    blank = Player("", "", 0, 0, 127, (), "")
    named = [key for key in ("instrument", "program", "kit") if key in table]
    if len(named) != 1:
        raise StyleFileError('write one of instrument = "oboe", program = 68, kit = "standard kit"')
    if named == ["program"]:
        return replace(blank, program=_whole(table, "program", 0, 0, 127), bank=_whole(table, "bank", 0, 0, 127))
    found = instrument_named(_name(table, named[0]))
    if found.is_kit != (named == ["kit"]):
        raise StyleFileError(
            f"{found.name!r} is {'a kit: write kit' if found.is_kit else 'no kit: write instrument'} = …"
        )
    return replace(
        blank, program=found.program, bank=found.bank, low=found.low, high=found.high,
        is_sustained=found.is_sustained, is_kit=found.is_kit,
    )  # fmt: skip


def _by_level(text: str) -> tuple[str, ...]:
    """Textures from quiet to busy: ``"bass 3, walking bass 5, bass drive"`` is three times the first, and so on."""
    found: list[str] = []
    for entry in text.split(","):
        name, _, times = entry.strip().rpartition(" ")
        found.extend([name] * int(times) if times.isdecimal() and len(times) < 3 else [entry.strip()])
    return tuple(found)


def _texture(name: str, table: Any) -> Texture:
    """A texture of the style's own: ``rows``, a list of tables from role to pattern, ``held`` and ``walks``."""
    if not isinstance(table, dict):
        raise StyleFileError(f"textures: {name!r} is a table with rows or held")
    _check_keys(table, frozenset({"rows", "held", "walks"}), f"texture {name!r}")
    rows = table.get("rows", [])
    is_right = isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
    if not is_right or any(
        not isinstance(line, str) or role not in ROLES for row in rows for role, line in row.items()
    ):
        raise StyleFileError(f'texture {name!r}: rows are tables such as {{ b = "x-------|x-------" }}, roles {ROLES}')
    try:
        return texture(*rows, held=_roles(table, "held"), walks=_truth(table, "walks"))
    except ValueError as error:
        raise StyleFileError(f"texture {name!r}: {error}") from None


def _ranges(table: _Table) -> VoiceRanges:
    _check_keys(table, frozenset({"bass", "upper", "span"}), "ranges")
    (bass_low, bass_high), (upper_low, upper_high) = _pair(table, "bass", (31, 45)), _pair(table, "upper", (60, 81))
    try:
        return VoiceRanges(bass_low, bass_high, upper_low, upper_high, _whole(table, "span", 12, 1, 36))
    except ValueError as error:
        raise StyleFileError(f"ranges: {error}") from None


def _sections(table: _Table) -> tuple[SectionKind, ...]:
    kinds = {kind.value: kind for kind in SectionKind}
    names = table.get("rests", [])
    if not isinstance(names, list) or any(name not in kinds for name in names):
        raise StyleFileError(f"rests: a list of {', '.join(kinds)}")
    return tuple(kinds[name] for name in names)


def _roles(table: _Table, key: str) -> str:
    text = _text(table, key, "")
    strange = next((role for role in text if role not in ROLES), None)
    if strange is not None:
        raise StyleFileError(f"{key}: {strange!r} is no role; the tones are {_TUNES}, a kit's sounds {''.join(KIT)}")
    return text


def _texts(table: _Table, key: str) -> list[str]:
    value = table.get(key, [])
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or len(values) > 2 or not all(isinstance(one, str) for one in values):
        raise StyleFileError(f"{key}: a text, or a list of two")
    return values


def _check_keys(table: _Table, known: frozenset[str], what: str) -> None:
    strange = next((key for key in table if key not in known), None)
    if strange is not None:
        raise StyleFileError(f"{strange!r} is nothing that {what} has: {', '.join(sorted(known))}")


def _table(table: _Table, key: str) -> dict[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise StyleFileError(f"{key}: write a table [{key}]")
    return value


def _name(table: _Table, key: str, where: str = "") -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > 60 or not value.isprintable():
        raise StyleFileError(f"{where + ': ' if where else ''}{key}: a name of up to 60 letters, in quotation marks")
    return value.strip()


def _text(table: _Table, key: str, default: str) -> str:
    value: str = _of(table, key, default, str, "a text in quotation marks")
    return value


def _truth(table: _Table, key: str, default: bool = False) -> bool:
    value: bool = _of(table, key, default, bool, "true or false")
    return value


def _whole(table: _Table, key: str, default: int, low: int, high: int) -> int:
    value: int = _of(table, key, default, int, f"a whole number from {low} to {high}")
    if isinstance(value, bool) or not low <= value <= high:
        raise StyleFileError(f"{key}: a whole number from {low} to {high}, not {value}")
    return value


def _number(table: _Table, key: str, default: float, low: float, high: float) -> float:
    value: float = _of(table, key, default, (int, float), f"a number from {low:g} to {high:g}")
    if isinstance(value, bool) or not low <= value <= high:
        raise StyleFileError(f"{key}: a number from {low:g} to {high:g}, not {value}")
    return float(value)


def _of(table: _Table, key: str, default: Any, kind: type | tuple[type, ...], what: str) -> Any:
    value = table.get(key, default)
    if not isinstance(value, kind):
        raise StyleFileError(f"{key}: {what}, not {value!r}")
    return value


def _pair(table: _Table, key: str, default: tuple[int, int]) -> tuple[int, int]:
    value = table.get(key, list(default))
    is_right = (
        isinstance(value, list) and len(value) == 2 and all(type(one) is int and 0 <= one <= 127 for one in value)
    )
    if not is_right or value[0] > value[1]:
        raise StyleFileError(f"{key}: two MIDI pitches, the lower first, such as [{default[0]}, {default[1]}]")
    return value[0], value[1]


def _choice(table: _Table, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
    value = table.get(key, default)
    if value not in choices and (value != default or default is None):
        raise StyleFileError(f"{key}: one of {', '.join(choices)}, not {value!r}")
    return str(value)
