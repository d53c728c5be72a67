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


def over(make_sheet: SheetMaker, chords: list[tuple[float, str]], slots: list[tuple[int, int, int]], key: str) -> int:
    """The shift of notes, (sixteenth, length, degree) each, over chords by their beats."""
    timed = tuple(TimedChord(Fraction(beat), parse_chord(name)) for beat, name in chords)
    theme = Theme(tuple(ThemeNote(*slot) for slot in slots), 16, 2)
    tonic = parse_key(key)
    sheet = make_sheet((("A", 4),), chords=timed, low=40, high=100)
    return shift_to_meet(sheet, theme, [note.slot * Fraction(1, 4) for note in theme.notes], tonic, 60 + tonic.tonic, 0)


def test_what_sounds_across_a_strong_beat_counts(make_sheet: SheetMaker) -> None:
    held = [(16 * bar + slot, 4 + slot, 0) for bar in range(2) for slot in (0, 4)]  # C, struck again before the middle
    chords = [(0, "C"), (2, "G"), (4, "C"), (6, "G")]
    assert over(make_sheet, chords, held, "C major") == -3


def test_a_theme_is_not_moved_to_a_tritone_that_it_has_not(make_sheet: SheetMaker) -> None:
    fourth = [(0, 8, 2), (8, 8, 5)]  # E and A; F and B would meet both chords
    assert over(make_sheet, [(0, "F"), (2, "B:hdim7")], fourth, "C major") == -2


def test_a_head_that_meets_its_chords_stays_whatever_follows_it(make_sheet: SheetMaker) -> None:
    slots = [(0, 8, 0), (8, 8, 2), (16, 8, 0), (24, 8, 2)]
    chords = tuple(TimedChord(Fraction(beat), parse_chord(name)) for beat, name in ((0, "C"), (4, "D:min")))
    sheet = make_sheet((("A", 4),), chords=chords)
    theme = Theme(tuple(ThemeNote(*slot) for slot in slots), 16, 2)
    starts = [note.slot * Fraction(1, 4) for note in theme.notes]
    assert shift_to_meet(sheet, theme, starts, C, 72, 0, known=16) == 0
