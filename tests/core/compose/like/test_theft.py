import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.compose.like.theft import ClosestRun, longest_shared, without_rounds


@given(st.lists(st.integers(0, 5), max_size=20), st.lists(st.integers(0, 5), max_size=20))
def test_a_shared_run_is_the_same_from_both_sides(first, second):
    assert longest_shared(first, second) == longest_shared(second, first)
    assert longest_shared(first, second) <= min(len(first), len(second))


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=30, unique=True))
def test_a_copy_is_found_in_full(run):
    assert longest_shared([-1, *run, -2], [-3, -4, *run]) == len(run)


@pytest.mark.parametrize(
    ("run", "counted"), [("abcd" * 5, 8), ("abababab", 4), ("aaaa", 2), ("abcdefgh", 8), ("abcabcd", 7)]
)
def test_a_loop_counts_twice_at_most(run, counted):
    assert without_rounds(run) == counted


def test_what_was_to_be_followed_is_no_theft():
    run = ClosestRun(chords=30, melody=0)
    assert run.is_alarming()
    assert not run.is_alarming(chords_followed=True)
    assert not ClosestRun(4, 3).is_alarming()
