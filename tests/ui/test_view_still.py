"""Lanes that stay where they are while an editor works, in a real window that is too small for all of them."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication

from hitpoint.ui.app import Window

Places = dict[str, tuple[int, int]]


@pytest.fixture
def small(at_work: Window) -> Window:
    """A window of the smallest size, with a cue."""
    at_work.panel.resize(1024, 640)
    QApplication.processEvents()
    bar = at_work.panel.timeline._area.verticalScrollBar()
    assert bar is not None and bar.maximum() > 60
    return at_work


def _places(window: Window) -> Places:
    """Top and height of each lane on the screen."""
    QApplication.processEvents()
    lanes = window.panel.timeline.lanes
    shown = {name: lane for name, lane in lanes.items() if lane.isVisible()}
    return {name: (lane.mapTo(window.panel, QPoint()).y(), lane.height()) for name, lane in shown.items()}


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_nothing_moves_when_a_chord_is_typed(small: Window, end: Qt.Key) -> None:
    chords = small.panel.timeline.chords
    QTest.mouseClick(chords, Qt.MouseButton.LeftButton, pos=QPoint(chords.stage.header + 40, 20))
    before = _places(small)
    for key in (Qt.Key.Key_D, Qt.Key.Key_M, end):
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key)
        assert _places(small) == before
    assert QApplication.focusWidget() is chords


def test_nothing_moves_when_a_second_style_or_the_music_comes_and_goes(small: Window) -> None:
    before, desk = _places(small), small.presenter.desk
    assert {"style", "form"} <= before.keys()
    small.presenter.changes.lay_style(60, 100, "strings")
    assert desk.cue is not None and desk.cue.styling and _places(small) == before
    small.presenter.changes.undo()
    assert _places(small) == before
    small.panel.show_cue(None)
    assert _places(small) == before
