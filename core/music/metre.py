"""Metre: how many beats a bar has, and which of them weigh.

Quarter notes are beats everywhere, in the tempo map as in MIDI: a bar of 4/4 has four, of 3/4 three, of 6/8 three as
well, felt as two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from hitpoint.core.errors import OptionError

_WRITTEN = re.compile(r"(\d{1,2})/(\d{1,2})", re.ASCII)
_COMPOUND = 3  # eighths that are felt as one beat in 6/8, 9/8, 12/8


@dataclass(frozen=True)
class Metre:
    """A time signature: ``numerator`` notes of one ``denominator``-th a bar."""

    numerator: int = 4
    denominator: int = 4

    def __post_init__(self) -> None:
        if not 1 <= self.numerator <= 64 or self.denominator not in (1, 2, 4, 8, 16, 32):
            raise ValueError(f"{self.numerator}/{self.denominator} is no metre")

    @property
    def beats_per_bar(self) -> Fraction:
        """Quarter notes a bar."""
        return Fraction(4 * self.numerator, self.denominator)

    @property
    def is_compound(self) -> bool:
        """Whether eighths are felt in threes."""
        return self.denominator >= 8 and self.numerator % _COMPOUND == 0 and self.numerator > _COMPOUND

    @property
    def pulse(self) -> Fraction:
        """Quarter notes that one felt beat lasts: 1 in 4/4 and 3/4, 3/2 in 6/8."""
        unit = Fraction(4, self.denominator)
        return _COMPOUND * unit if self.is_compound else unit

    @property
    def grouping(self) -> tuple[int, ...]:
        """How the felt beats of a bar stand together, each group led by a strong one: (2, 2) in 4/4, (3,) in 3/4."""
        pulses = int(self.beats_per_bar / self.pulse)
        if self.is_compound:
            return (1,) * pulses
        return (2,) * (pulses // 2) if pulses % 2 == 0 else (pulses,)

    @property
    def strong_beats(self) -> tuple[Fraction, ...]:
        """Where groups begin, in quarter notes from the bar line: 0 and 2 in 4/4, 0 in 3/4, 0 and 3/2 in 6/8."""
        starts = [0]
        for size in self.grouping[:-1]:
            starts.append(starts[-1] + size)
        return tuple(start * self.pulse for start in starts)

    def __str__(self) -> str:
        """``4/4``, ``6/8``."""
        return f"{self.numerator}/{self.denominator}"


COMMON_TIME = Metre(4, 4)


def parse_metre(text: str) -> Metre:
    """The metre somebody wrote: "4/4", "6/8".

    Raises:
        OptionError: if it is none.
    """
    matched = _WRITTEN.fullmatch(text.strip())
    try:
        return Metre(int(matched[1]), int(matched[2])) if matched else _refuse(text)
    except ValueError:
        return _refuse(text)


def _refuse(text: str) -> Metre:
    raise OptionError(f"{text!r} is no metre: write for example 4/4, 3/4 or 6/8")
