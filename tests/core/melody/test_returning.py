from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from hitpoint.core.melody.returning import head_bars, mirrored, varied
from hitpoint.core.music.theme import Theme, ThemeNote

PLAIN = Theme(
    tuple(ThemeNote(16 * bar + 4 * beat, 4, (beat + bar) % 5) for bar in range(4) for beat in range(4)), 16, 4
)
LONG = Theme((ThemeNote(0, 8, 0), ThemeNote(8, 8, 2), ThemeNote(16, 16, 1), ThemeNote(32, 16, 4)), 16, 3)


@pytest.mark.parametrize("theme", [PLAIN, LONG])
@pytest.mark.parametrize("seed", range(4))
def test_a_return_has_the_head_and_ends_otherwise(theme: Theme, seed: int) -> None:
    head = [note for note in theme.notes if note.slot < head_bars(theme) * theme.bar_slots]
    for variant in range(1, 7):
        again = varied(theme, variant, seed)
        assert list(again.notes[: len(head)]) == head
        assert again.notes != theme.notes


@pytest.mark.parametrize("seed", range(4))
def test_returns_that_follow_each_other_differ(seed: int) -> None:
    found = [varied(PLAIN, variant, seed).notes for variant in range(8)]
    assert all(one != other for one, other in pairwise(found))


@pytest.mark.parametrize("theme", [PLAIN, LONG])
def test_notes_come_one_after_the_other_inside_the_theme(theme: Theme) -> None:
    for variant in range(1, 9):
        notes = varied(theme, variant, 3).notes
        assert all(before.slot + before.length <= after.slot for before, after in pairwise(notes))
        assert notes[-1].slot + notes[-1].length <= theme.bars * theme.bar_slots


def test_the_statement_and_a_theme_of_one_bar_stay_as_they_are() -> None:
    one = Theme(PLAIN.notes[:4], 16, 1)
    assert varied(PLAIN, 0, 1) == PLAIN
    assert varied(one, 3, 1) == one


def test_an_answer_falls_where_the_theme_rose_in_its_rhythm() -> None:
    answer = mirrored(PLAIN)
    assert [(n.slot, n.length) for n in answer.notes] == [(n.slot, n.length) for n in PLAIN.notes]
    rises = [b.degree - a.degree for a, b in pairwise(PLAIN.notes)]
    assert [a.degree - b.degree for a, b in pairwise(answer.notes)] == rises


def test_the_last_bar_goes_on_from_where_the_one_before_left_the_voice() -> None:
    high = replace(PLAIN, notes=(*(replace(note, degree=8) for note in PLAIN.notes[:12]), *PLAIN.notes[12:]))
    starts = [next(note for note in varied(high, variant, 2).notes if note.slot >= 48) for variant in range(1, 7)]
    assert {note.degree for note in starts} == {3}  # of -1, 1 and 3 that which is nearest


def test_a_tone_in_the_middle_of_a_bar_stays_there_in_another_rhythm() -> None:
    halves = Theme(tuple(ThemeNote(16 * bar + slot, 6, bar) for bar in range(4) for slot in (0, 8)), 16, 4)
    found = [note.slot % 16 for variant in range(1, 9) for note in varied(halves, variant, 1).notes]
    assert found.count(6) == 0


def test_eighths_of_a_theme_in_six_eight_sway_when_it_returns() -> None:
    notes = tuple(ThemeNote(12 * bar + 2 * eighth, 2, (eighth + bar) % 5) for bar in range(4) for eighth in range(6))
    theme = Theme(notes, 12, 4)
    places = [{note.slot % 6 for note in varied(theme, variant, 0, is_compound=True).notes} for variant in range(1, 5)]
    assert any(3 in found for found in places)
    assert not any(3 in {note.slot % 6 for note in varied(theme, variant, 0).notes} for variant in range(1, 5))
