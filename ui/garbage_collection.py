"""Python's search for circles of objects that nobody holds, kept out of the way of a window.

The search stops every thread. Over the notes of a feature it takes a fifth of a second and more, and it comes whenever
many objects are made, as in every change of a long cue. What a cue is made of holds no circles; so only what is young
is searched while the editor works, and all of it when another program has the screen and nothing plays.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication

_NEVER = 1 << 30


def sweep_only_young() -> None:
    """Search no more through what has been there for long."""
    gc.freeze()
    youngest, young, _ = gc.get_threshold()
    gc.set_threshold(youngest, young, _NEVER)


def sweep_unseen(application: QApplication, is_quiet: Callable[[], bool]) -> None:
    """Search through everything whenever another program has the screen, if it is quiet then."""

    def sweep(state: Qt.ApplicationState) -> None:
        if state is not Qt.ApplicationState.ApplicationActive and is_quiet():
            gc.collect()

    application.applicationStateChanged.connect(sweep)
