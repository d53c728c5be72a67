from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from hitpoint.core.melody.meeting import shift_to_meet
from hitpoint.core.melody.sheet import LeadSheet, TimedChord
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.key import parse_key
from hitpoint.core.music.theme import Theme, ThemeNote

SheetMaker = Callable[..., LeadSheet]
C = parse_key("C major")
TRIAD = Theme(tuple(ThemeNote(4 * at, 4, degree) for at, degree in enumerate((0, 1, 2, 1))), 16, 1)


def shift_over(make_sheet: SheetMaker, chord: str, wished: int = 0) -> int:
    sheet = make_sheet((("A", 4),), chords=(TimedChord(Fraction(0), parse_chord(chord)),))
    return shift_to_meet(sheet, TRIAD, [Fraction(at) for at in range(4)], C, 72, wished)


def test_a_theme_that_meets_its_chord_comes_as_wished(make_sheet: SheetMaker) -> None:
    assert shift_over(make_sheet, "C") == 0
    assert shift_over(make_sheet, "E:min", 2) == 2


def test_over_another_chord_it_is_moved_as_a_whole(make_sheet: SheetMaker) -> None:
    assert shift_over(make_sheet, "D:min") == 1
    assert shift_over(make_sheet, "G", 0) in (-1, -3, 2)
