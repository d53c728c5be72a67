"""Loudness by programme: several cues that together are as loud as asked, each keeping its distance from the others."""

from __future__ import annotations

import math
from collections.abc import Sequence

from hitpoint.core.cue.sound import LOUDEST, QUIETEST

_GATE = 10.0  # LU below the mean of all, from which a cue does not count: the relative gate of BS.1770, cue by cue
_SILENT = -69.9  # LUFS


def programme_targets(cues: Sequence[tuple[float, float]], target: float) -> tuple[float, ...]:
    """The loudness that each cue is brought to so that all of them have the target together.

    Energies are averaged over time as BS.1770-4 averages blocks, with its relative gate for whole cues.

    Args:
        cues: seconds and LUFS of each before the bus.
        target: LUFS of all of them, one after another.

    Returns:
        LUFS to the hundredth, within what may be asked for; the target itself for silence.

    >>> programme_targets([(60.0, -20.0), (60.0, -26.0)], -16.0)
    (-13.96, -19.96)
    """
    heard = [(seconds, loudness) for seconds, loudness in cues if loudness > _SILENT]
    if not heard:
        return (target,) * len(cues)
    gate = _mean(heard) - _GATE
    gain = target - _mean([one for one in heard if one[1] > gate])
    return tuple(
        round(min(max(loudness + gain, QUIETEST), LOUDEST), 2) if loudness > _SILENT else target for _, loudness in cues
    )


def _mean(cues: Sequence[tuple[float, float]]) -> float:
    """LUFS of cues one after another."""
    whole = sum(seconds for seconds, _ in cues)
    return 10.0 * math.log10(sum(seconds * 10.0 ** (loudness / 10.0) for seconds, loudness in cues) / whole)
