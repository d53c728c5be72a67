"""Looks for a sound device on a thread of its own, because opening one takes some tenths of a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock, Thread

from hitpoint.ui.players.choice import choose_player
from hitpoint.ui.players.player import Player

_PATIENCE = 10.0  # seconds that the end waits for a sound server that does not answer


class DeviceSearch:
    """Finds players, again and again if asked.

    Args:
        post: calls something on the main thread, soon; from any thread.
        use: takes a player that was found; called on the main thread.
        choose: opens a device and answers a player on it.
    """

    def __init__(
        self,
        post: Callable[[Callable[[], None]], None],
        use: Callable[[Player], None],
        choose: Callable[[], Player] = choose_player,
    ) -> None:
        self._post, self._use, self._choose = post, use, choose
        self._threads: list[Thread] = []
        self._found: list[Player] = []
        self._lock, self._is_closed = Lock(), False

    def look(self) -> None:
        """Begin a search; what it finds is used as soon as it is there."""
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        self._threads.append(Thread(target=self._search, name="sound device", daemon=True))
        self._threads[-1].start()

    def close(self) -> None:
        """End it: wait for searches that go on, and close what nobody uses.

        A library of the sound system that is unloaded while a thread is inside takes the process with it.
        """
        with self._lock:
            self._is_closed = True
        end = time.monotonic() + _PATIENCE
        for thread in self._threads:
            thread.join(max(end - time.monotonic(), 0.0))
        for player in self._taken():
            player.close()

    def _search(self) -> None:
        player = self._choose()
        with self._lock:
            self._found.append(player)
        self._post(self._hand_over)

    def _hand_over(self) -> None:
        if not self._is_closed:
            for player in self._taken():
                self._use(player)

    def _taken(self) -> list[Player]:
        with self._lock:
            found, self._found = self._found, []
        return found
