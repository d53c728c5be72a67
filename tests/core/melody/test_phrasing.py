"""The octave in which each section of a melody lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from hitpoint.core.melody.phrasing import in_registers
from hitpoint.core.melody.sheet import LeadSheet, SheetNote

SheetMaker = Callable[..., LeadSheet]


@pytest.mark.parametrize(
    ("pitches", "moved"),
    [
        ((72, 64, 86, 90), (72, 76, 74, 66)),  # the summit up, and then down by one octave and by two
        ((72, 73, 66, 74), (72, 73, 66, 74)),
        ((78, 90, 92, 58), (78, 90, 80, 58)),
        ((84, 80, 84, 84), (84, 80, 84, 84)),  # no room above
        ((60, 70, 69, 64), (60, 70, 69, 64)),  # no room below
    ],
)
def test_the_summit_lies_no_lower_than_the_first_statement_and_nothing_after_it_higher(
    make_sheet: SheetMaker, pitches: tuple[int, ...], moved: tuple[int, ...]
) -> None:
    sheet = make_sheet((("A", 4), ("A'", 4), ("B", 4), ("B'", 4)))
    sections = tuple(replace(one, is_summit=at == 1) for at, one in enumerate(sheet.sections))
    notes = [SheetNote(Fraction(16 * at + 1), Fraction(2), pitch) for at, pitch in enumerate(pitches)]
    found = in_registers(notes, replace(sheet, sections=sections))
    assert tuple(note.pitch for note in found) == moved


def test_what_the_editor_locked_stays_in_its_octave(make_sheet: SheetMaker) -> None:
    sheet = make_sheet((("A", 4), ("A'", 4), ("B", 4)))
    sections = tuple(replace(one, is_summit=at == 1) for at, one in enumerate(sheet.sections))
    notes = [SheetNote(Fraction(16 * at), Fraction(2), 70 + 9 * at, locked=at == 2) for at in range(3)]
    assert in_registers(notes, replace(sheet, sections=sections)) == tuple(notes)


def test_of_a_section_that_does_not_fit_lower_the_phrases_are_that_do(make_sheet: SheetMaker) -> None:
    sheet = make_sheet((("A", 4), ("A'", 4), ("B", 8)))
    sections = tuple(
        replace(one, is_summit=at == 1, phrases=(4,) * (one.bars // 4)) for at, one in enumerate(sheet.sections)
    )
    notes = [SheetNote(Fraction(16 * at + 1), Fraction(2), pitch) for at, pitch in enumerate((66, 70, 69, 80))]
    found = in_registers(notes, replace(sheet, sections=sections))
    assert [note.pitch for note in found] == [66, 70, 69, 68]
