"""Long work off the main thread: one worker, a number for every job, and exactly one end for each.

A job is ``work(progress) -> result``. Jobs of one lane ("compose", "sound" ...) supersede each other: starting one
stops those before it and drops what they still bring. Each job ends in one of three ways, always on the main thread and
never in two: its result is shown (``done``), its error is shown (``failed``), or it is dropped as stale. Plain Python:
the runner is told how to call something on the main thread (``post``).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from threading import Condition, Thread
from typing import Any, Protocol, TypeVar

from hitpoint.core.progress import Cancelled, Progress
from hitpoint.ui.presenter.messages import told
from hitpoint.ui.presenter.view_models import Busy

Result = TypeVar("Result")
Post = Callable[[Callable[[], None]], None]

SHOWN, ERROR, STALE = "shown", "error", "stale"
_REPORT_SECONDS = 0.05  # between two reports that reach the window


class Runner(Protocol):
    """What the presenter needs of whoever runs its jobs."""

    def start(
        self,
        lane: str,
        name: str,
        work: Callable[[Progress], Result],
        done: Callable[[Result], None],
        failed: Callable[[str], None],
    ) -> None:
        """Run work, later; what the lane was at is dropped."""

    def start_each(
        self,
        lane: str,
        name: str,
        work: Callable[[Progress], Iterator[Result]],
        shown: Callable[[Result], None],
        failed: Callable[[str], None],
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        """Run work that has results on its way, show each, and say when there are no more."""

    def cancel(self, *lanes: str) -> None:
        """Drop what these lanes are at; all lanes if none is named."""

    def is_busy(self, lane: str) -> bool:
        """Whether a lane has a job that has not ended."""


@dataclass(eq=False)
class _Job:
    number: int
    lane: str
    name: str
    work: Callable[[Progress], Any]
    done: Callable[[Any], None]
    failed: Callable[[str], None]
    shown: Callable[[Any], None] | None = None
    is_stopped: bool = False
    is_put_off: bool = False
    has_shown: bool = False
    reported: float = field(default=-1.0)


class JobRunner:
    """Runs jobs in the order they were started, on one thread of its own.

    Args:
        post: calls a function on the main thread, soon.
        on_busy: called on the main thread with what is being done, and with None when nothing is.
        patient: lanes whose jobs step back for those of all other lanes, and for those of lanes named earlier: what
            they are at is stopped at its next step, and begun again when the other is done. A job that has shown
            something steps back for the lane named next, too. Lanes in a tuple wait for each other in turn.
    """

    def __init__(
        self,
        post: Post,
        on_busy: Callable[[Busy | None], None] = lambda busy: None,
        patient: Sequence[str | tuple[str, ...]] = (),
    ) -> None:
        self.on_busy = on_busy
        groups = [(one,) if isinstance(one, str) else one for one in patient]
        self._ranks = {lane: rank for rank, group in enumerate(groups, 1) for lane in group}
        self._running: _Job | None = None
        self.ends: Counter[str] = Counter()
        self._post = post
        self._numbers = count(1)
        self._newest: dict[str, _Job] = {}
        self._queue: list[_Job] = []
        self._changed = Condition()
        self._is_closed = False
        self._thread = Thread(target=self._run, name="jobs", daemon=True)
        self._thread.start()

    def start(
        self,
        lane: str,
        name: str,
        work: Callable[[Progress], Result],
        done: Callable[[Result], None],
        failed: Callable[[str], None],
    ) -> None:
        """Run work on the worker thread; on the main thread only."""
        self._add(_Job(next(self._numbers), lane, name, work, done, failed))

    def start_each(
        self,
        lane: str,
        name: str,
        work: Callable[[Progress], Iterator[Result]],
        shown: Callable[[Result], None],
        failed: Callable[[str], None],
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        """Run work that has results on its way; on the main thread only. Each is shown until the job is superseded."""
        self._add(_Job(next(self._numbers), lane, name, work, lambda nothing: ended(), failed, shown))

    def cancel(self, *lanes: str) -> None:
        """Drop what these lanes are at; on the main thread only."""
        for lane in lanes or tuple(self._newest):
            job = self._newest.pop(lane, None)
            if job is not None:
                job.is_stopped = True
                self.ends[STALE] += 1
        self._tell()

    def is_busy(self, lane: str) -> bool:
        """Whether a lane has a job that has not ended."""
        return lane in self._newest

    def close(self, seconds: float = 5.0) -> None:
        """Stop everything, and wait for the thread as long as that; what it is at reports often and so ends soon."""
        self.cancel()
        with self._changed:
            self._is_closed = True
            self._queue.clear()
            self._changed.notify()
        self._thread.join(seconds)

    def _add(self, job: _Job) -> None:
        self.cancel(job.lane)
        self._newest[job.lane] = job
        with self._changed:
            self._queue.append(job)
            self._put_off()
            self._changed.notify()
        self._tell()

    def _put_off(self) -> None:
        """Let the running job step back if one waits that goes before it."""
        running = self._running
        if running is not None and any(self._rank(each) < self._rank(running) for each in self._queue):
            running.is_put_off = True

    def _rank(self, job: _Job) -> float:
        rank = self._ranks.get(job.lane, 0)
        return rank + 1.5 if rank and job.has_shown else rank

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._queue or self._is_closed)
                if self._is_closed:
                    return
                job = min(self._queue, key=lambda each: (self._rank(each), each.number))
                self._queue.remove(job)
                self._running = job
            is_done = job.is_stopped or self._work(job)
            with self._changed:
                self._running, job.is_put_off = None, False
                if not is_done:
                    self._queue.append(job)
            del job  # what it holds may be large

    def _work(self, job: _Job) -> bool:
        """Do one job; the only place beside Qt's own where every exception is caught. False if it was put off."""
        progress = Progress(
            lambda fraction, message: self._report(job, fraction, message), lambda: job.is_stopped or job.is_put_off
        )
        try:
            result = self._result(job, progress)
        except Cancelled:
            if job.is_put_off and not job.is_stopped:
                return False
            self._post(lambda: self._end(job, STALE, lambda: None))
        except Exception as error:  # noqa: BLE001 - whatever it is, the editor is told and goes on
            message = told(error)
            self._post(lambda: self._end(job, ERROR, lambda: job.failed(message)))
        else:
            self._post(lambda: self._end(job, SHOWN, lambda: job.done(result)))
        return True

    def _result(self, job: _Job, progress: Progress) -> Any:
        """What the work of a job gives; what it gives on its way is shown."""
        given = job.work(progress)
        if job.shown is None:
            return given
        for result in given:
            self._post(lambda each=result: self._show_part(job, each))  # type: ignore[misc]
            with self._changed:
                job.has_shown = True
                self._put_off()
        return None

    def _report(self, job: _Job, fraction: float, message: str) -> None:
        now = time.monotonic()
        if now - job.reported >= _REPORT_SECONDS:
            job.reported = now
            self._post(lambda: self._show_report(job, Busy(job.name, fraction, message)))

    def _show_report(self, job: _Job, busy: Busy) -> None:
        if self._newest.get(job.lane) is job:
            self.on_busy(busy)

    def _show_part(self, job: _Job, result: Any) -> None:
        if self._newest.get(job.lane) is job and job.shown is not None:
            job.shown(result)

    def _end(self, job: _Job, way: str, show: Callable[[], None]) -> None:
        """End a job on the main thread; one that was superseded has been counted already."""
        if self._newest.get(job.lane) is not job:
            return
        del self._newest[job.lane]
        self.ends[way] += 1
        self._tell()
        show()

    def _tell(self) -> None:
        waiting = min(self._newest.values(), key=lambda job: job.number, default=None)
        self.on_busy(None if waiting is None else Busy(waiting.name))


class BusyOfAll:
    """One line for several runners: what the first of them is at, else the next.

    Args:
        show: shows the line; None when nobody works.
    """

    def __init__(self, show: Callable[[Busy | None], None]) -> None:
        self._show = show
        self._at: list[Busy | None] = []

    def next(self) -> Callable[[Busy | None], None]:
        """What one more runner tells; those asked for earlier go before it."""
        place = len(self._at)
        self._at.append(None)

        def tell(busy: Busy | None) -> None:
            self._at[place] = busy
            self._show(next((each for each in self._at if each is not None), None))

        return tell
