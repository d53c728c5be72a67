"""The tables of styles keep what the arranger relies on."""

from __future__ import annotations

import pytest

from hitpoint.core.arrange.styles.ensemble import LEVELS, Player, Style
from hitpoint.core.arrange.styles.styles import STYLES, style_named, style_names
from hitpoint.core.arrange.textures.accompaniment import NOTES_PER_BEAT
from hitpoint.core.arrange.textures.patterns import TEXTURES
from hitpoint.core.arrange.textures.textures import KIT, ROLES
from hitpoint.core.errors import OptionError

PLAYERS = [
    pytest.param(style, player, id=f"{style.name}-{player.name}")
    for style in STYLES.values()
    for player in style.players
]


def sounding(player: Player, level: int, half: int) -> int:
    if player.figures:
        return round(2 * NOTES_PER_BEAT[level])
    return TEXTURES[player.textures[level]].notes_in(half)


def roles_of(player: Player) -> set[str]:
    found = [TEXTURES[name] for name in player.textures]
    struck = {s.role for texture in found for variant in texture.variants for cell in variant for s in cell}
    return struck | {role for texture in found for role in texture.held} | set(player.final)


def test_an_unknown_style_is_refused_with_all_names() -> None:
    with pytest.raises(OptionError, match=r"'polka' is no style.*piano, acoustic"):
        style_named("polka")


def test_style_names_are_found_in_any_case() -> None:
    assert [style_named(f" {name.upper()} ").name for name in style_names()] == list(style_names())


@pytest.mark.parametrize(("style", "player"), PLAYERS)
def test_a_player_has_a_texture_for_each_level(style: Style, player: Player) -> None:
    assert len(player.textures) == LEVELS
    assert player.shift % 12 == 0
    assert set(player.textures) <= set(TEXTURES)


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize(("style", "player"), PLAYERS)
def test_no_player_thins_out_at_a_higher_level(style: Style, player: Player, half: int) -> None:
    counts = [sounding(player, level, half) for level in range(LEVELS)]
    assert counts == sorted(counts)


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_each_level_sounds_more_than_the_one_below(style: Style) -> None:
    counts = [sum(sounding(p, level, half) for p in style.players for half in (0, 1)) for level in range(LEVELS)]
    assert counts == sorted(set(counts))


@pytest.mark.parametrize(("style", "player"), PLAYERS)
def test_a_players_range_holds_all_its_roles(style: Style, player: Player) -> None:
    ranges = style.ranges
    lows = {"b": ranges.bass_low, "f": ranges.bass_low + 5, "o": ranges.bass_low + 12, "t": ranges.upper_low,
            "a": ranges.upper_low + 1, "s": ranges.upper_low + 2, "d": ranges.upper_low + 14, **KIT}  # fmt: skip
    highs = {"b": ranges.bass_high, "f": ranges.bass_high + 11, "o": ranges.bass_high + 12, "t": ranges.upper_high - 2,
             "a": ranges.upper_high - 1, "s": ranges.upper_high, "d": ranges.upper_high + 12, **KIT}  # fmt: skip
    roles = sorted(roles_of(player), key=ROLES.index)
    if not roles or player.role == "lead":  # which is put where it fits
        return
    assert player.low <= min(lows[role] for role in roles) + player.shift
    assert max(highs[role] for role in roles) + player.shift <= player.high


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_the_parts_of_a_style_have_names_of_their_own(style: Style) -> None:
    assert len({player.name for player in style.players}) == len(style.players) >= 2
