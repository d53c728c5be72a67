"""Metres: lengths, weights and words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hitpoint.core.errors import OptionError
from hitpoint.core.music.metre import Metre, parse_metre

CASES = {
    "4/4": (4, 1, (2, 2), (0, 2)),
    "3/4": (3, 1, (3,), (0,)),
    "6/8": (3, Fraction(3, 2), (1, 1), (0, Fraction(3, 2))),
    "2/4": (2, 1, (2,), (0,)),
    "12/8": (6, Fraction(3, 2), (1, 1, 1, 1), (0, Fraction(3, 2), 3, Fraction(9, 2))),
    "3/8": (Fraction(3, 2), Fraction(1, 2), (3,), (0,)),
}


@pytest.mark.parametrize("text", CASES)
def test_a_metre_knows_its_beats(text: str) -> None:
    metre = parse_metre(text)
    assert (metre.beats_per_bar, metre.pulse, metre.grouping, metre.strong_beats) == CASES[text]
    assert str(metre) == text


@pytest.mark.parametrize("text", ["", "4", "4/5", "0/4", "x/4", "99/4", "4/4/4"])
def test_what_is_no_metre_is_refused(text: str) -> None:
    with pytest.raises(OptionError, match="is no metre"):
        parse_metre(text)


def test_a_bar_without_beats_is_no_metre() -> None:
    with pytest.raises(ValueError, match="is no metre"):
        Metre(0, 4)
