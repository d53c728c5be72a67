from __future__ import annotations

import numpy as np

from hitpoint.core.melody.line import BAR, Ground, degree_of, gap_class, pitch_of
from hitpoint.core.melody.memory import LAGS, NO_GAP, NO_PITCH, Memory


def memory_of(bars: int = 8, returns: int = 0) -> Memory:
    size = bars * BAR
    rows = np.zeros(size, np.int64)
    ground = Ground(np.zeros((size, 12)), rows + 12, rows, rows + size, rows + returns, rows, False)
    return Memory(ground)


def test_a_pointer_says_how_it_went_on_a_bar_ago() -> None:
    memory = memory_of()
    for onset, pitch in ((0, 12), (4, 14), (8, 16), (16, 12)):
        memory.add(onset, pitch)
    gaps, trust = memory.gaps()
    assert gaps[0] == gap_class(4)
    assert trust[0].tolist()[:2] == [1.0, 1.0]
    assert memory.next_pitches(20)[0][0].tolist() == [14, 14]


def test_a_pointer_moves_what_it_finds_along_the_scale() -> None:
    memory = memory_of()
    for onset, pitch in ((0, 12), (4, 14), (16, 14)):
        memory.add(onset, pitch)
    assert memory.next_pitches(20)[0][0].tolist() == [14, 16]


def test_without_a_past_nothing_is_proposed() -> None:
    memory = memory_of()
    memory.add(0, 12)
    assert set(memory.gaps()[0].tolist()) == {NO_GAP}
    assert set(memory.next_pitches(4)[0].ravel().tolist()) == {NO_PITCH}


def test_lags_that_are_too_short_are_passed_over() -> None:
    memory = memory_of()
    memory.shortest = 4
    for onset, pitch in ((0, 12), (4, 14), (16, 12)):
        memory.add(onset, pitch)
    assert memory.gaps()[0][LAGS.index(1)] == NO_GAP


def test_the_best_lag_is_where_most_notes_fit() -> None:
    memory = memory_of()
    for onset, pitch in ((0, 12), (2, 14), (6, 17), (48, 12), (50, 14)):
        memory.add(onset, pitch)
    assert memory.gaps()[0][len(LAGS)] == gap_class(4)


def test_a_copy_goes_its_own_way() -> None:
    memory = memory_of()
    memory.add(0, 12)
    other = memory.copy()
    other.add(4, 14)
    assert len(memory.onsets) == 1
    assert memory.next_pitches(16)[0][0].tolist() == [12, NO_PITCH]


def test_degrees_and_pitches_are_inverse() -> None:
    assert all(pitch_of(*degree_of(pitch)) == pitch for pitch in range(45))
