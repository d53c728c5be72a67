from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.ui.lanes.chords.chord_selection import ChordSelection

BLOCKS = (0, 3, 4, 8)


@pytest.fixture
def selection() -> ChordSelection:
    return ChordSelection(BLOCKS)


def test_a_click_takes_the_whole_chord(selection: ChordSelection) -> None:
    assert [selection.of_block(step) for step in (0, 2, 3, 7)] == [(0, 3), (0, 3), (3, 4), (4, 8)]


def test_a_range_keeps_the_chord_it_began_with(selection: ChordSelection) -> None:
    selection.of_block(3)
    assert selection.extended_to(6) == (3, 7)
    assert selection.extended_to(1) == (1, 4)


def test_arrows_go_from_chord_to_chord_and_stop_at_the_ends(selection: ChordSelection) -> None:
    assert selection.next_block(None, 1, near=5) == (4, 8)
    assert selection.next_block((4, 8), 1, near=0) == (4, 8)
    assert selection.next_block((4, 8), -1, near=0) == (3, 4)
    assert selection.next_block((0, 3), -1, near=0) == (0, 3)


def test_arrows_go_from_step_to_step(selection: ChordSelection) -> None:
    assert selection.next_step((4, 8), -1, near=0, count=8) == (3, 4)
    assert selection.next_step((7, 8), 1, near=0, count=8) == (7, 8)


def test_shift_and_arrows_make_it_longer_and_shorter_again(selection: ChordSelection) -> None:
    now = selection.of_step(4)
    for by, expected in ((1, (4, 6)), (1, (4, 7)), (-1, (4, 6)), (-1, (4, 5)), (-1, (3, 5)), (1, (4, 5))):
        now = selection.grown(now, by, near=0, count=8)
        assert now == expected


@given(moves=st.lists(st.sampled_from([-1, 1]), max_size=30), start=st.integers(0, 7))
def test_a_selection_never_leaves_the_cue_or_loses_its_anchor(moves: list[int], start: int) -> None:
    selection = ChordSelection(BLOCKS)
    now = anchor = selection.of_block(start)
    for by in moves:
        now = selection.grown(now, by, near=0, count=8)
        assert 0 <= now[0] <= anchor[0] < anchor[1] <= now[1] <= 8
