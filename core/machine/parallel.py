"""Several pieces of work in threads at once, with one progress for all.

For work that mostly decodes, which needs no turn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event
from typing import Generic, TypeVar

from hitpoint.core.progress import Cancelled, Progress

_REPORTS_A_SECOND = 10

Result = TypeVar("Result")


@dataclass
class _Piece(Generic[Result]):
    """A piece of work, and how far it is: 0..1, and in words."""

    work: Callable[[Progress], Result]
    weight: int
    done: float = 0.0
    message: str = field(default="")

    def report(self, fraction: float, message: str) -> None:
        """As a progress reports; called in the thread that does the work."""
        self.done = max(self.done, fraction)
        self.message = message or self.message


def side_by_side(
    work: Sequence[tuple[int, Callable[[Progress], Result]]], threads: int, progress: Progress
) -> list[Result]:
    """The result of each piece of work (its weight, and the function that does it), in order.

    The progress is stepped in the caller's thread only. If it cancels, all pieces are stopped first.

    Raises:
        Cancelled: if the caller has asked for an end.
        Exception: that a piece raised, once all have ended.
    """
    stopped = Event()
    pieces = [_Piece(each, weight) for weight, each in work]
    total = sum(piece.weight for piece in pieces)
    with ThreadPoolExecutor(max(threads, 1)) as pool:
        futures = [pool.submit(piece.work, Progress(piece.report, stopped.is_set)) for piece in pieces]
        waiting = set(futures)
        try:
            while waiting:
                waiting = wait(waiting, timeout=1 / _REPORTS_A_SECOND).not_done
                at_work = (piece.message for piece in pieces if 0 < piece.done < 1)
                done = sum(piece.done * piece.weight for piece in pieces)
                progress.step(done / total if total else 1.0, next(at_work, ""))
        finally:
            stopped.set()
    with suppress(Cancelled):  # a piece that heard of the end; the caller's own was raised above
        return [future.result() for future in futures]
    raise Cancelled
