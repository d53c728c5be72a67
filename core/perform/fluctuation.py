"""Fluctuations of a player's time and touch: correlated, and the same wherever they are asked for.

What people play late or early is not white noise: deviations follow each other, with about equal power in every octave
of frequency (1/f: Hennig et al., "The nature and perception of fluctuations in human musical rhythms", PLoS ONE 6(10),
2011; the motor and timekeeper variance of the KTH rule system: Juslin, Friberg and Bresin, Musicae Scientiae special
issue 2001-2002). Here they are value noise: random numbers on lattices of 8 beats, 4, 2, 1 and 1/2, each joined by
smooth curves, and their sum. A number belongs to its place on the lattice, so that nothing depends on what comes
before.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from functools import cached_property, lru_cache

_OCTAVES = (8.0, 4.0, 2.0, 1.0, 0.5)  # beats between the points of each lattice
_MOST = 2.2  # standard deviations
_MASK = (1 << 64) - 1
_SPREAD = 1.0 / math.sqrt(sum(0.743 / 3.0 for _ in _OCTAVES))  # brings the sum to a standard deviation of 1


@dataclass(frozen=True)
class Fluctuation:
    """A stream of one player's fluctuations.

    Attributes:
        seed: of the cue.
        player: name of the part.
        stream: what for.
    """

    seed: int
    player: str
    stream: int

    def at(self, beat: float) -> float:
        """A smooth curve over beats with standard deviation 1, at most 2.2 either way."""
        total = 0.0
        for octave, length in enumerate(_OCTAVES):
            place = beat / length
            index = math.floor(place)
            share = place - index
            share = share * share * (3.0 - 2.0 * share)
            before, after = self._drawn(octave, index), self._drawn(octave, index + 1)
            total += before + share * (after - before)
        return min(max(total * _SPREAD, -_MOST), _MOST)

    def apart(self, beat: float, pitch: int) -> float:
        """A number of its own for each note, -1..1, all equally likely."""
        return self._drawn(16 + pitch, round(beat * 48.0))

    def _drawn(self, lattice: int, index: int) -> float:
        """The number -1..1 of a point."""
        return _point(self._start, lattice, index)

    @cached_property
    def _start(self) -> int:
        return _mixed((self.seed & _MASK) ^ (zlib.crc32(self.player.encode("utf-8")) << 16) ^ self.stream)


@lru_cache(maxsize=1 << 16)
def _point(start: int, lattice: int, index: int) -> float:
    return _mixed(start ^ (lattice << 40) ^ (index & 0xFFFF_FFFF)) / 2.0**63 - 1.0


def _mixed(value: int) -> int:
    """64 bits well stirred (SplitMix64: Steele, Lea and Flood, OOPSLA 2014)."""
    value = (value + 0x9E3779B97F4A7C15) & _MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
    return value ^ (value >> 31)
