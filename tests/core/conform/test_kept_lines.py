"""What the editor reads of music that was kept: three kinds of stretches, none of which is told twice."""

from __future__ import annotations

import math
from fractions import Fraction

from hitpoint.core.conform.change_list import KeptMusic, Span
from hitpoint.core.conform.kept_sound import KeptSound

MUSIC = KeptMusic(Span(Fraction(7), Fraction(24)), Fraction(7), is_barred=True)


def _span(start: int, end: int) -> tuple[Span, ...]:
    return (Span(Fraction(start), Fraction(end)),)


def test_each_moment_is_told_once() -> None:
    sound = KeptSound(MUSIC, _span(11, 24), _span(9, 24), -80.0, "what changed is heard into it")
    assert sound.line() == (
        "sound 7.000-24.000 s: 11.000-24.000 s is the same, bit for bit; 9.000-11.000 s is the same to within "
        "-70 dBFS; 7.000-9.000 s is not the same, because what changed is heard into it"
    )


def test_what_is_otherwise_throughout_is_told_so() -> None:
    sound = KeptSound(MUSIC, (), (), -math.inf, "the level changed by +1.0 dB")
    assert sound.line() == "sound 7.000-24.000 s: not the same, because the level changed by +1.0 dB"
