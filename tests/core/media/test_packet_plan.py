from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.media.packet_plan import PacketIndex, TickPair, cuts, pairs_at, runs_for, tick_at


def index_of(*packets: tuple[int, bool], time_base: Fraction = Fraction(1, 25)) -> PacketIndex:
    pts, keyframe = zip(*packets, strict=True)
    return PacketIndex(np.array(pts), np.array(keyframe), np.zeros(len(pts), np.bool_), time_base, 0)


# three GOPs of I P b b, the last one open: its leading pictures 8 and 9 follow the keyframe 10
OPEN = index_of(
    (0, True), (3, False), (1, False), (2, False),
    (4, True), (7, False), (5, False), (6, False),
    (10, True), (8, False), (9, False), (11, False),
)  # fmt: skip


@pytest.mark.parametrize(
    ("needed", "runs"),
    [
        ([0], [range(1)]),
        ([1], [range(3)]),
        ([3, 4], [range(2), range(4, 5)]),
        ([2, 5], [range(7)]),
        ([11], [range(8, 12)]),
        ([8], [range(4, 10)]),
        ([8, 10], [range(4, 10)]),
        ([], []),
    ],
    ids=["keyframe", "B-frame", "two GOPs", "neighbours", "after open", "leading", "leading and key", "nothing"],
)
def test_only_what_is_needed_is_sent(needed: list[int], runs: list[range]) -> None:
    assert runs_for(OPEN, needed) == runs


@given(st.sets(st.integers(0, 11), min_size=1))
def test_runs_rise_begin_at_keyframes_and_hold_what_is_needed(needed: set[int]) -> None:
    runs = runs_for(OPEN, needed)
    sent = {int(OPEN.pts[place]) for run in runs for place in run}
    assert needed <= sent
    assert all(OPEN.keyframe[run.start] for run in runs)
    assert all(before.stop < after.start for before, after in pairwise(runs))


@given(st.fractions(Fraction(-1), Fraction(2)))
def test_the_frame_shown_is_the_last_that_has_begun(time: Fraction) -> None:
    (pair,) = pairs_at(OPEN, [time])
    assert pair.shown == min(max(tick_at(time, OPEN.time_base, 0), 0), 11)
    assert (pair.first, pair.second) == ((pair.shown, pair.shown + 1) if pair.shown < 11 else (10, 11))


def test_a_discarded_packet_is_never_shown() -> None:
    index = PacketIndex(OPEN.pts, OPEN.keyframe, OPEN.pts < 2, OPEN.time_base, 2)
    assert pairs_at(index, [Fraction(0)])[0].shown == 2


def test_times_survive_the_rounding_of_matroska() -> None:
    exact = Fraction(1001, 24000)
    assert [tick_at(exact * number, Fraction(1, 1000), 0) for number in (1, 25, 100)] == [42, 1043, 4171]


def test_a_coarse_clock_does_not_round_up() -> None:
    assert tick_at(Fraction(3, 100), Fraction(1, 24), 0) == 0


def row_of_gops(*sizes: int) -> PacketIndex:
    keyframe = [place == 0 for size in sizes for place in range(size)]
    return index_of(*enumerate(keyframe))


@given(st.lists(st.integers(1, 30), min_size=1, max_size=12), st.integers(1, 6), st.data())
def test_cut_pairs_decode_at_most_a_quarter_more(sizes: list[int], count: int, data: st.DataObject) -> None:
    index = row_of_gops(*sizes)
    frames = sorted(data.draw(st.sets(st.integers(0, sum(sizes) - 1), min_size=1)))
    pairs = pairs_at(index, [Fraction(frame, 25) for frame in frames])

    def packets(some: Sequence[TickPair]) -> int:
        return sum(map(len, runs_for(index, {tick for pair in some for tick in (pair.first, pair.second)})))

    places = cuts(index, pairs, count)
    edges = [0, *places, len(pairs)]
    assert all(before < after for before, after in pairwise(edges))
    assert len(places) < max(count, 1)
    assert sum(packets(pairs[a:b]) for a, b in pairwise(edges)) <= packets(pairs) * 1.25


def test_a_cut_is_moved_to_the_beginning_of_a_gop() -> None:
    index = row_of_gops(20, 10, 30)
    pairs = pairs_at(index, [Fraction(frame, 25) for frame in range(0, 59, 2)])
    assert cuts(index, pairs, 2) == [15]
