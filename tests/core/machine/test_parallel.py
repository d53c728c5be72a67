from __future__ import annotations

from threading import Barrier

import pytest

from hitpoint.core.machine.parallel import side_by_side
from hitpoint.core.progress import SILENT, Cancelled, Progress


def test_answers_come_in_the_order_of_the_work():
    assert side_by_side([(1, lambda _, n=n: n * n) for n in range(9)], 3, SILENT) == [n * n for n in range(9)]


def test_pieces_run_at_the_same_time():
    barrier = Barrier(2, timeout=60)
    assert sorted(side_by_side([(1, lambda _: barrier.wait())] * 2, 2, SILENT)) == [0, 1]


def test_a_cancelled_caller_stops_every_piece():
    def forever(progress: Progress) -> None:
        while True:
            progress.step(0.5)

    with pytest.raises(Cancelled):
        side_by_side([(1, forever)] * 3, 2, Progress(is_cancelled=iter([False, True]).__next__))


def test_what_a_piece_raises_reaches_the_caller():
    def fails(progress: Progress) -> None:
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        side_by_side([(1, fails), (1, lambda _: None)], 2, SILENT)


def test_progress_never_falls():
    said: list[float] = []

    def work(progress: Progress) -> None:
        for part in range(1000):
            progress.step(part / 1000, "working")

    side_by_side([(1, work), (5, work)], 2, Progress(lambda fraction, _: said.append(fraction)))
    assert said == sorted(said)


def test_no_work_is_done_at_once():
    assert side_by_side([], 2, SILENT) == []
