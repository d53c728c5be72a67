"""Keeps pitches where an instrument plays."""

from __future__ import annotations

from hitpoint.core.arrange.styles.ensemble import Player

_OCTAVE = 12


def folded(pitch: int, player: Player) -> int:
    """The pitch, so many octaves higher or lower that the player has it.

    As near as may be where its range is narrow.
    """
    if pitch < player.low:
        pitch += _OCTAVE * -((pitch - player.low) // _OCTAVE)
    if pitch > player.high:
        pitch -= _OCTAVE * -((player.high - pitch) // _OCTAVE)
    return min(max(pitch, player.low), player.high)
