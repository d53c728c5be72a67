from __future__ import annotations

import numpy as np
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hitpoint.ui.lanes.drawing.timeline_data import WavePeaks
from hitpoint.ui.lanes.timeline_view import TimelineView


def _height_of_wave(view: TimelineView) -> int:
    lane, picture = view.music, view.music.grab().toImage()
    x = view.stage.header + 200
    return sum(picture.pixelColor(x, y).name() != view.stage.theme.background for y in range(2, lane.height() - 3))


def test_alt_up_and_down_draw_the_wave_larger_and_smaller(qtbot: QtBot) -> None:
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    level = np.full(3000, 0.2, np.float32)
    view.show_music_wave(WavePeaks(0.0, 100.0, -level, level))
    small = _height_of_wave(view)
    for _ in range(2):
        qtbot.keyClick(view.music, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert abs(_height_of_wave(view) - small * 2.25) <= 3
    for _ in range(9):
        qtbot.keyClick(view.music, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert _height_of_wave(view) == small
