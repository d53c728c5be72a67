from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QPoint, QSettings, Qt
from pytestqt.qtbot import QtBot

from hitpoint.ui.lanes.lane_heights import LaneHeights
from hitpoint.ui.lanes.timeline_view import TimelineView

LEFT = Qt.MouseButton.LeftButton


def _view(qtbot: QtBot, settings: QSettings) -> tuple[TimelineView, LaneHeights]:
    view = TimelineView()
    qtbot.addWidget(view)
    heights = LaneHeights(view.lanes, view)
    heights.remember_in(settings)
    view.resize(900, 600)
    view.show()
    return view, heights


def test_a_lane_is_dragged_taller_and_is_so_again_next_time(qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    view, _ = _view(qtbot, settings)
    lane, before = view.chords, view.chords.height()
    qtbot.mousePress(lane, LEFT, pos=QPoint(30, before - 2))
    qtbot.mouseMove(lane, QPoint(30, before + 28))
    qtbot.mouseRelease(lane, LEFT, pos=QPoint(30, lane.height() - 2))
    assert lane.height() == before + 30
    again, _ = _view(qtbot, settings)
    assert again.chords.height() == before + 30
    qtbot.mouseDClick(again.chords, LEFT, pos=QPoint(30, again.chords.height() - 2))
    assert again.chords.minimumHeight() == before
    assert _view(qtbot, settings)[0].chords.minimumHeight() == before


def test_keys_make_the_lane_with_the_focus_taller_and_lower(qtbot: QtBot, tmp_path: Path) -> None:
    view, _ = _view(qtbot, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    before, both = view.moods.height(), Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(view.moods, Qt.Key.Key_Down, both)
    assert view.moods.minimumHeight() == before + 12
    for _ in range(20):
        qtbot.keyClick(view.moods, Qt.Key.Key_Up, both)
    assert view.moods.minimumHeight() == 18


def test_the_edge_of_a_lane_is_no_place_in_time(qtbot: QtBot, tmp_path: Path) -> None:
    view, _ = _view(qtbot, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    with qtbot.assertNotEmitted(view.seek_requested):
        qtbot.mouseClick(view.shots, LEFT, pos=QPoint(30, view.shots.height() - 2))
