"""Roles: what each player of a style is for."""

from __future__ import annotations

from hitpoint.core.arrange.patterns import TEXTURES
from hitpoint.core.arrange.styles import Player

LEAD, HARMONY, BASS, PAD, PERCUSSION = "lead", "harmony", "bass", "pad", "percussion"
_LOW = frozenset("bo")


def role_of(player: Player) -> str:
    """What a player is for: it plays the motif, a kit, the bass alone, only long notes, or chords."""
    if player.is_kit:
        return PERCUSSION
    if player.has_motif:
        return LEAD
    if player.final and set(player.final) <= _LOW:
        return BASS
    strikes = any(cell for name in player.textures for variant in TEXTURES[name].variants for cell in variant)
    return HARMONY if strikes else PAD
