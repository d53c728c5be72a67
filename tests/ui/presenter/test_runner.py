from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Event, get_ident

import pytest

from hitpoint.core.errors import OptionError
from hitpoint.core.progress import Progress
from hitpoint.ui.presenter.runner import ERROR, SHOWN, STALE, JobRunner
from hitpoint.ui.presenter.view_models import Busy


class Desk:
    """A main thread that does what was posted to it only when told, and notes what it was shown."""

    def __init__(self) -> None:
        self.posted: queue.Queue[Callable[[], None]] = queue.Queue()
        self.shown: list[object] = []
        self.errors: list[str] = []
        self.busy: list[Busy | None] = []
        self.runner = JobRunner(self.posted.put, self.busy.append)

    def start(self, lane: str, work: Callable[[Progress], object]) -> None:
        self.runner.start(lane, lane, work, self.shown.append, self.errors.append)

    def until(self, is_so: Callable[[], bool]) -> None:
        for _ in range(6000):
            if is_so():
                return
            with suppress(queue.Empty):
                self.posted.get(timeout=0.01)()
        pytest.fail("it did not become so")

    def until_idle(self) -> None:
        self.until(lambda: not self.runner._newest)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    monkeypatch.setenv("HITPOINT_STATE", str(tmp_path_factory.mktemp("state")))
    desk = Desk()
    yield desk
    desk.runner.close()


def test_work_is_done_elsewhere_and_shown_here(desk: Desk) -> None:
    desk.start("compose", lambda progress: get_ident())
    desk.until_idle()
    assert desk.shown != [get_ident()]
    assert len(desk.shown) == 1
    assert desk.runner.ends == {SHOWN: 1}


def test_what_the_editor_can_mend_is_shown_in_its_own_words(desk: Desk) -> None:
    def refuse(progress: Progress) -> None:
        raise OptionError("a wish too far: ask for less")

    desk.start("compose", refuse)
    desk.until_idle()
    assert desk.errors == ["a wish too far: ask for less"]
    assert desk.runner.ends == {ERROR: 1}


def test_a_mistake_of_ours_is_told_in_one_line_and_the_next_job_runs(desk: Desk) -> None:
    desk.start("compose", lambda progress: 1 // 0)
    desk.until_idle()
    desk.start("compose", lambda progress: "next")
    desk.until_idle()
    assert "ZeroDivisionError" in desk.errors[0]
    assert "nothing is lost" in desk.errors[0]
    assert desk.shown == ["next"]


def test_a_newer_job_of_the_lane_drops_the_older_one(desk: Desk) -> None:
    begun, go_on = Event(), Event()

    def slow(progress: Progress) -> str:
        begun.set()
        go_on.wait(60)
        return "old"

    desk.start("sound", slow)
    assert begun.wait(60)
    desk.start("sound", lambda progress: "new")
    go_on.set()
    desk.until_idle()
    assert desk.shown == ["new"]
    assert desk.runner.ends == {STALE: 1, SHOWN: 1}


def test_a_result_on_its_way_is_dropped_if_its_job_was_cancelled(desk: Desk) -> None:
    ended = Event()
    desk.start("sound", lambda progress: ended.set())
    assert ended.wait(60)
    desk.runner.cancel("sound")
    desk.start("write", lambda progress: "later")
    desk.until_idle()
    assert desk.shown == ["later"]


def test_lanes_leave_each_other_alone(desk: Desk) -> None:
    desk.start("compose", lambda progress: "cue")
    desk.start("sound", lambda progress: "sound")
    desk.until_idle()
    assert desk.shown == ["cue", "sound"]


def test_a_cancelled_job_stops_at_its_next_step(desk: Desk) -> None:
    begun, stopped = Event(), Event()

    def endless(progress: Progress) -> None:
        begun.set()
        try:
            while True:
                progress.step(0.5, "composing")
                time.sleep(0.001)
        finally:
            stopped.set()

    desk.start("compose", endless)
    assert begun.wait(60)
    desk.until(lambda: Busy("compose", 0.5, "composing") in desk.busy)
    desk.runner.cancel()
    assert stopped.wait(60)
    assert desk.busy[-1] is None
    assert desk.runner.ends == {STALE: 1}


def test_every_job_has_exactly_one_end(desk: Desk) -> None:
    def fail(progress: Progress) -> None:
        raise OptionError("no")

    for index in range(60):
        desk.start(f"lane {index % 3}", fail if index % 5 == 0 else lambda progress: progress.step(0.1))
        if index % 7 == 0:
            desk.runner.cancel("lane 1")
    desk.until_idle()
    assert sum(desk.runner.ends.values()) == 60
    assert len(desk.shown) == desk.runner.ends[SHOWN]
    assert len(desk.errors) == desk.runner.ends[ERROR]


def test_results_on_the_way_are_shown_in_order(desk: Desk) -> None:
    desk.runner.start_each("sound", "sound", lambda progress: iter("abc"), desk.shown.append, desk.errors.append)
    desk.until_idle()
    assert desk.shown == ["a", "b", "c"]
    assert desk.runner.ends == {SHOWN: 1}


def test_results_on_the_way_of_a_superseded_job_are_dropped(desk: Desk) -> None:
    given = Event()

    def work(progress: Progress) -> Iterator[str]:
        yield "half"
        given.set()

    desk.runner.start_each("sound", "sound", work, desk.shown.append, desk.errors.append)
    assert given.wait(60)
    desk.start("sound", lambda progress: "new")
    desk.until_idle()
    assert desk.shown == ["new"]


def test_patient_work_steps_back_and_is_begun_again(desk: Desk) -> None:
    runner, begun, order = JobRunner(desk.posted.put, patient=("sound", "draw")), Event(), []

    def patient(progress: Progress) -> str:
        order.append("sound")
        begun.set()
        while len(order) == 1:
            progress.step(0.5)
            time.sleep(0.001)
        return "sound"

    runner.start("sound", "sound", patient, desk.shown.append, desk.errors.append)
    runner.start("draw", "draw", lambda progress: "drawing", desk.shown.append, desk.errors.append)
    assert begun.wait(60)
    runner.start("compose", "compose", lambda progress: order.append("compose") or "cue", desk.shown.append, print)
    desk.until(lambda: not runner._newest)
    runner.close()
    assert order == ["sound", "compose", "sound"]
    assert desk.shown == ["cue", "sound", "drawing"]
    assert runner.ends == {SHOWN: 3}


def test_what_is_heard_first_comes_before_more_takes_and_the_rest_after_them(desk: Desk) -> None:
    runner, go_on, order = JobRunner(desk.posted.put, patient=("sound", "takes")), Event(), []

    def sound(progress: Progress) -> Iterator[str]:
        go_on.wait(60)
        for index in range(len(order) + 1, 4):
            progress.step(0.5)
            order.append(f"sound {index}")
            yield "sound"

    runner.start_each("sound", "sound", sound, desk.shown.append, desk.errors.append)
    runner.start("takes", "takes", lambda progress: order.append("takes"), desk.shown.append, desk.errors.append)
    go_on.set()
    desk.until(lambda: not runner._newest)
    runner.close()
    assert order == ["sound 1", "takes", "sound 3"]


def test_work_that_was_put_off_and_then_cancelled_is_not_begun_again(desk: Desk) -> None:
    runner, begun, go_on = JobRunner(desk.posted.put, patient=("sound",)), Event(), Event()
    times = []

    def patient(progress: Progress) -> None:
        times.append(1)
        begun.set()
        while True:
            progress.step(0.5)
            time.sleep(0.001)

    runner.start("sound", "sound", patient, desk.shown.append, desk.errors.append)
    assert begun.wait(60)
    runner.start("compose", "compose", lambda progress: go_on.wait(60), desk.shown.append, desk.errors.append)
    runner.cancel("sound")
    go_on.set()
    desk.until(lambda: not runner._newest)
    runner.close()
    assert times == [1]
    assert runner.ends == {STALE: 1, SHOWN: 1}
