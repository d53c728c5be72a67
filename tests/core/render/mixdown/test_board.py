"""Who plays what: parts in order, everybody busy to the end, everything once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.render.mixdown.board import Board
from hitpoint.core.render.mixdown.rough_sound import Chunk


def part(number, *places):
    return [Chunk(number, n, n + 1) for n in places]


def test_everybody_keeps_to_a_part_and_then_halves_what_is_left():
    board = Board([part(0, *range(9)), part(1, 0)])
    first, second = board.take(None), board.take(None)
    assert (first, second) == (Chunk(0, 0, 1), Chunk(1, 0, 1))
    assert board.take(second) == Chunk(0, 5, 6)  # of the eight that wait
    assert board.take(first) == Chunk(0, 1, 2)
    assert board.take(Chunk(0, 5, 6)) == Chunk(0, 6, 7)


def test_after_a_gap_the_same_part_goes_on_if_nobody_has_begun_there():
    board = Board([part(0, 0, 1, 5), part(1, 0)])
    assert board.take(Chunk(0, 1, 2)) == Chunk(0, 0, 1)
    assert board.take(Chunk(0, 1, 2)) == Chunk(0, 5, 6)
    assert board.take(Chunk(0, 5, 6)) == Chunk(1, 0, 1)


def test_a_chunk_given_back_is_played_by_another():
    board = Board([part(0, 0)])
    chunk = board.take(None)
    board.give_back(chunk)
    assert board.take(None) == chunk
    assert board.finish(chunk) and not board.finish(chunk) and board.is_done


@given(
    lengths=st.lists(st.integers(0, 12), max_size=4),
    turns=st.lists(st.integers(0, 2), max_size=80),
    broken=st.sets(st.integers(0, 60), max_size=5),
)
def test_everything_is_played_once_whoever_comes_when(lengths, turns, broken):
    board = Board([part(number, *range(length)) for number, length in enumerate(lengths)])
    last, played = [None] * 3, []
    for number, player in enumerate([*turns, *[0] * (sum(lengths) + len(broken))]):
        chunk = board.take(last[player])
        if chunk is not None and number in broken:
            board.give_back(chunk)
        elif chunk is not None:
            last[player] = chunk
            assert board.finish(chunk)
            played.append(chunk)
    assert board.is_done and len(played) == len(set(played)) == sum(lengths)
