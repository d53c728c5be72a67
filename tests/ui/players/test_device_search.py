from __future__ import annotations

from collections.abc import Callable
from queue import Queue
from threading import Event

import pytest

from hitpoint.ui.players.audition_player import AuditionPlayer
from hitpoint.ui.players.device_search import DeviceSearch
from hitpoint.ui.players.player import Player
from hitpoint.ui.players.recorded_output import RecordedOutput


class Desk:
    """A main thread that does what it is handed when the test says so, and a device that opens when it may."""

    def __init__(self) -> None:
        self.handed: Queue[Callable[[], None]] = Queue()
        self.used: list[Player] = []
        self.opened: list[RecordedOutput] = []
        self.may_open = Event()
        self.search = DeviceSearch(self.handed.put, self.used.append, self.choose)

    def choose(self) -> Player:
        assert self.may_open.wait(60)
        self.opened.append(RecordedOutput())
        return AuditionPlayer(self.opened[-1])


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_what_is_found_is_used_on_the_main_thread(desk: Desk) -> None:
    desk.may_open.set()
    desk.search.look()
    hand_over = desk.handed.get(timeout=60)
    assert desk.used == []
    hand_over()
    assert [player.device.name for player in desk.used] == ["recorded"]


def test_closing_waits_for_a_device_that_is_being_opened(desk: Desk) -> None:
    desk.search.look()
    desk.may_open.set()
    desk.search.close()
    assert len(desk.opened) == 1


def test_what_is_found_too_late_is_closed_and_not_used(desk: Desk) -> None:
    desk.search.look()
    desk.may_open.set()
    desk.search.close()
    desk.handed.get(timeout=60)()
    assert desk.used == [] and desk.opened[0].is_closed


def test_every_search_that_was_asked_for_is_waited_for(desk: Desk) -> None:
    for _ in range(3):
        desk.search.look()
    desk.may_open.set()
    desk.search.close()
    assert len(desk.opened) == 3 and all(output.is_closed for output in desk.opened)
