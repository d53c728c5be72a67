"""How a long call reports, and how it is stopped.

A long function takes a :class:`Progress` and calls ``progress.step(fraction)``. The caller decides what a report does
(a bar on stderr, a signal to a window) and whether the work goes on.
"""

from __future__ import annotations

from collections.abc import Callable


class Cancelled(Exception):
    """Raised inside a long call when its caller has asked it to stop."""


class Progress:
    """A report line for one piece of work, which can be divided among its parts.

    Args:
        report: called with the fraction done (0..1, never falling) and a few words on what is being done.
        is_cancelled: asked at each step; answering True makes the step raise :class:`Cancelled`.
    """

    def __init__(
        self,
        report: Callable[[float, str], None] | None = None,
        is_cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._report = report
        self._is_cancelled = is_cancelled
        self._start = 0.0
        self._end = 1.0

    def step(self, fraction: float, message: str = "") -> None:
        """Say that ``fraction`` (0..1) of this piece of work is done.

        Raises:
            Cancelled: if the caller has asked for an end.
        """
        if self._is_cancelled is not None and self._is_cancelled():
            raise Cancelled
        if self._report is not None:
            inside = min(max(fraction, 0.0), 1.0)
            self._report(self._start + (self._end - self._start) * inside, message)

    def part(self, start: float, end: float) -> Progress:
        """A progress of its own for the stretch from ``start`` to ``end`` (fractions of this one)."""
        inner = Progress(self._report, self._is_cancelled)
        length = self._end - self._start
        inner._start = self._start + length * start
        inner._end = self._start + length * end
        return inner

    def share(self, number: int, count: int) -> Progress:
        """The part of the ``number``-th (from 0) of ``count`` equal pieces of work that follow each other."""
        return self.part(number / count, (number + 1) / count)


SILENT = Progress()
