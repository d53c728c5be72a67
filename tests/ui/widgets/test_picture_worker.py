from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from threading import Event

import pytest

from hitpoint.core.edit import Edit, Shot, ShotKind
from hitpoint.core.media.picture_at import Picture, Seen, Shown
from hitpoint.core.timebase import FrameRate
from hitpoint.ui.widgets.picture_worker import PictureWorker

EDIT = Edit("cut", Path("cut.otio"), FrameRate(Fraction(25)), 1000, (Shot("", 0, 1000, ShotKind.GAP),))


class FakeSource:
    """Decodes nothing, one frame at a time, and only while the gate is open."""

    def __init__(self) -> None:
        self.edit = EDIT
        self.gate = Event()
        self.gate.set()
        self.loaded: list[int] = []
        self.is_closed = False

    def cached(self, frame: int) -> Picture | None:
        return Picture(Shown(frame, Seen.PICTURE)) if frame in self.loaded else None

    def load(self, frames: Sequence[int], is_wanted: Callable[[], bool] = lambda: True) -> Iterator[Picture]:
        for frame in frames:
            self.gate.wait(5.0)
            if not is_wanted():
                return
            if frame not in self.loaded:
                self.loaded.append(frame)
            yield Picture(Shown(frame, Seen.PICTURE))

    def close(self) -> None:
        self.is_closed = True


class Desk:
    """A worker and what it delivered."""

    def __init__(self) -> None:
        self.shown: list[int] = []
        self.source = FakeSource()
        self.worker = PictureWorker(lambda source, picture: self.shown.append(picture.shown.frame))
        self.worker.use(self.source)  # type: ignore[arg-type]

    def until(self, condition: Callable[[], bool]) -> bool:
        deadline = time.monotonic() + 60.0
        while not condition() and time.monotonic() < deadline:
            time.sleep(0.002)
        return condition()


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.source.gate.set()
    made.worker.close()


def test_the_wanted_frame_is_delivered_and_nothing_else(desk: Desk) -> None:
    desk.worker.want(100)
    assert desk.until(lambda: desk.shown == [100])
    assert desk.source.loaded == [100]


@pytest.mark.parametrize(("stride", "ahead"), [(1, range(101, 126)), (2, range(102, 126, 2))])
def test_what_comes_next_is_decoded_along_the_direction(desk: Desk, stride: int, ahead: range) -> None:
    desk.worker.want(100, stride)
    assert desk.until(lambda: len(desk.source.loaded) == 1 + len(ahead))
    assert desk.source.loaded == [100, *ahead] and desk.shown == [100]


@pytest.mark.parametrize("stride", [0, -1])
def test_backwards_what_is_passed_on_the_way_is_kept(desk: Desk, stride: int) -> None:
    desk.source.loaded.append(101)
    desk.worker.want(101, stride)
    assert desk.until(lambda: desk.shown == [101])
    desk.worker.want(100, stride)
    assert desk.until(lambda: desk.shown == [101, 100])
    assert set(range(76, 102)) <= set(desk.source.loaded)


def test_who_drags_faster_than_pictures_come_sees_some_all_the_same(desk: Desk) -> None:
    slow = desk.source.load

    def load(frames: Sequence[int], is_wanted: Callable[[], bool] = lambda: True) -> Iterator[Picture]:
        for _ in range(10):  # frames on the way, 100 ms in all
            time.sleep(0.01)
            if not is_wanted():
                return
        yield from slow(frames, is_wanted)

    desk.source.load = load  # type: ignore[method-assign]
    deadline, frame = time.monotonic() + 60.0, 900
    while len(desk.shown) < 3 and time.monotonic() < deadline:
        frame -= 60 if frame > 100 else -800
        desk.worker.want(frame)
        time.sleep(0.03)
    assert len(desk.shown) >= 3


def test_near_the_end_no_more_is_decoded_than_there_is(desk: Desk) -> None:
    desk.worker.want(998, 1)
    assert desk.until(lambda: desk.source.loaded == [998, 999])


def test_while_one_is_decoded_only_the_newest_wish_counts(desk: Desk) -> None:
    desk.source.gate.clear()
    desk.worker.want(10)
    for frame in (200, 300, 400):
        desk.worker.want(frame)
    desk.source.gate.set()
    assert desk.until(lambda: desk.shown[-1:] == [400])
    assert set(desk.shown) <= {10, 400}


def test_another_edit_closes_the_files_of_the_one_before(desk: Desk) -> None:
    desk.worker.want(5)
    assert desk.until(lambda: desk.shown == [5])
    desk.worker.use(None)
    assert desk.until(lambda: desk.source.is_closed)


def test_after_its_end_nothing_runs() -> None:
    desk = Desk()
    desk.worker.close()
    assert not desk.worker._thread.is_alive() and not desk.shown
