from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PyQt6.QtGui import QImage, QWheelEvent
from PyQt6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.styling import StyleSpan
from hitpoint.ui.lanes.drawing.lane import Lane
from hitpoint.ui.lanes.drawing.stage import HEADER
from hitpoint.ui.lanes.drawing.timeline_data import WavePeaks, timeline_data
from hitpoint.ui.lanes.timeline_view import TimelineView

MakeCue = Callable[..., Cue]


@pytest.fixture
def cue(make_small_cue: MakeCue) -> Cue:
    return make_small_cue("C C F G A:min F G C", cuts=[50, 130])


@pytest.fixture
def view(qtbot: QtBot, cue: Cue) -> TimelineView:
    """Eight seconds in 800 pixels."""
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(HEADER + 800, 702)
    view.show()
    QApplication.processEvents()  # until its layout is done
    view.show_timeline(timeline_data(cue.edit, cue))
    view.show_span(0.0, 8.0)
    return view


def click(qtbot: QtBot, lane: Lane, x: float, y: float | None = None) -> None:
    place = QPoint(HEADER + round(x), lane.height() // 2 if y is None else round(y))
    qtbot.mouseClick(lane, Qt.MouseButton.LeftButton, pos=place)


def test_every_lane_tells_what_it_is_and_takes_keys(view: TimelineView) -> None:
    for lane in view.all_lanes:
        assert lane.accessibleName() and lane.accessibleDescription() and lane.toolTip()
        assert lane.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_a_click_on_the_ruler_goes_to_a_frame(view: TimelineView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.seek_requested) as asked:
        click(qtbot, view.ruler, 301, y=5)
    assert asked.args == [3.0]


def test_a_drag_below_the_ruler_asks_for_a_loop(view: TimelineView, qtbot: QtBot) -> None:
    low = view.ruler.height() - 6
    qtbot.mousePress(view.ruler, Qt.MouseButton.LeftButton, pos=QPoint(HEADER + 500, low))
    qtbot.mouseMove(view.ruler, QPoint(HEADER + 200, low))
    with qtbot.waitSignal(view.loop_requested) as asked:
        qtbot.mouseRelease(view.ruler, Qt.MouseButton.LeftButton, pos=QPoint(HEADER + 200, low))
    assert asked.args == [2.0, 5.0]


def test_the_ruler_goes_by_frames(view: TimelineView, qtbot: QtBot) -> None:
    view.show_playhead(2.0)
    with qtbot.waitSignal(view.seek_requested) as asked:
        qtbot.keyClick(view.ruler, Qt.Key.Key_Right)
    assert asked.args == [pytest.approx(2.04)]


def test_a_double_click_on_a_shot_selects_its_music(view: TimelineView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.selection_changed) as asked:
        qtbot.mouseDClick(view.shots, Qt.MouseButton.LeftButton, pos=QPoint(HEADER + 300, 20))
    assert asked.args == [2, 5]
    assert view.stage.selection == (2, 5)


def test_a_selection_that_is_shown_is_not_asked_for(view: TimelineView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.selection_changed):
        view.show_selection(1, 3)
    assert view.stage.selected_seconds == (1.0, 3.0)
    view.show_selection(0, 0)
    assert view.stage.selection is None


def test_a_selection_beyond_a_shorter_cue_is_dropped(view: TimelineView, make_small_cue: MakeCue) -> None:
    view.show_selection(6, 8)
    short = make_small_cue("C F G")
    view.show_timeline(timeline_data(short.edit, short))
    assert view.stage.selection is None


def test_the_playhead_is_told_by_timecode_bar_and_chord(view: TimelineView) -> None:
    view.show_playhead(2.52)
    assert view.ruler.caption() == "bar 2, beat 2"
    assert view.ruler.name == "01:00:02:13"
    assert view.chords.caption() == "F"


def test_the_page_turns_when_the_playhead_leaves_it(view: TimelineView) -> None:
    view.show_span(0.0, 2.0)
    view.show_playhead(5.0)
    assert view.stage.visible[0] < 5.0 < view.stage.visible[1]


def test_the_page_stays_when_nobody_follows(view: TimelineView) -> None:
    view.show_span(0.0, 2.0)
    view.is_following = False
    view.show_playhead(5.0)
    assert view.stage.visible[0] == 0.0


def test_the_buttons_zoom_and_show_everything(view: TimelineView) -> None:
    before = view.stage.scale.pixels_per_second
    view.zoom_in()
    assert view.stage.scale.pixels_per_second > before
    view.zoom_to_fit()
    assert view.stage.visible[1] > 8.0


def test_ctrl_and_the_wheel_zoom_at_the_mouse(view: TimelineView) -> None:
    under = view.stage.scale.seconds(400)
    place = QPointF(HEADER + 400, 10)
    wheel = QWheelEvent(
        place, place, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.density, wheel)
    assert view.stage.scale.pixels_per_second == pytest.approx(120.0)
    assert view.stage.scale.seconds(400) == pytest.approx(under, abs=0.01)


def test_a_window_made_wider_shows_the_whole_edit_still(view: TimelineView) -> None:
    view.zoom_to_fit()
    view.resize(HEADER + 1200, 702)
    QApplication.processEvents()
    assert view.stage.width == 1200
    assert view.stage.visible[1] == pytest.approx(8 * 1.015)


def test_lanes_that_do_not_fit_leave_the_ruler_as_wide_as_themselves(view: TimelineView, qtbot: QtBot) -> None:
    view.resize(HEADER + 800, 260)
    qtbot.waitUntil(lambda: view.stage.width < 800)
    qtbot.waitUntil(lambda: view.ruler.width() == view.chords.width() == view.stage.width + HEADER)


def test_pictures_are_asked_for_where_there_is_room_and_once(view: TimelineView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.thumbnails_wanted) as asked:
        view.scroll_to(0.0)
    asked_for = asked.args[0]
    assert len([frame for frame in asked_for if 50 <= frame < 125]) > 1  # more than one along a shot that is wide
    image = QImage(16, 9, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    view.show_thumbnail(asked_for[1], image)
    assert view.shots.wanted_thumbnails() == [frame for frame in asked_for if frame != asked_for[1]]
    seen = view.shots.grab().toImage().pixelColor(HEADER + 202 + 20, 40)
    assert seen.red() > 200 and seen.green() < 40


def test_a_wave_is_painted_where_the_music_is(view: TimelineView) -> None:
    peaks = WavePeaks(2.0, 50.0, np.full(100, -0.9, np.float32), np.full(100, 0.9, np.float32))
    empty = view.music.grab().toImage()
    view.show_music_wave(peaks)
    full = view.music.grab().toImage()
    low = empty.height() - 16  # below the line that shows ducking
    assert full.pixel(HEADER + 300, low) != empty.pixel(HEADER + 300, low)
    assert full.pixel(HEADER + 600, low) == empty.pixel(HEADER + 600, low)


def test_others_may_add_to_a_menu(view: TimelineView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.menu_opened) as opened:
        view.chords.menu_opened.emit(QMenu(view), 1.5)
    assert opened.args[0] == "chords" and opened.args[2] == 1.5


def test_other_colours_are_painted_at_once(view: TimelineView, monkeypatch: pytest.MonkeyPatch) -> None:
    from hitpoint.ui import theme
    from hitpoint.ui.lanes import timeline_view

    for table in (theme.DARK, theme.LIGHT):
        monkeypatch.setattr(timeline_view, "current_theme", lambda table=table: table)
        QApplication.sendEvent(view, QEvent(QEvent.Type.PaletteChange))
        assert view.tempo.grab().toImage().pixelColor(20, 3).name() == table.raised


def test_an_edit_without_music_is_shown(view: TimelineView, cue: Cue) -> None:
    view.show_timeline(timeline_data(cue.edit))
    assert not view.grab().isNull()
    assert view.stage.data.music is None


def test_keys_and_clicks_do_nothing_bad_without_an_edit(qtbot: QtBot) -> None:
    view = TimelineView()
    qtbot.addWidget(view)
    view.show()
    for lane in view.all_lanes:
        for key in (
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
            Qt.Key.Key_Up,
            Qt.Key.Key_Return,
            Qt.Key.Key_Delete,
            Qt.Key.Key_L,
        ):
            qtbot.keyClick(lane, key)
        click(qtbot, lane, 100)
        qtbot.mouseDClick(lane, Qt.MouseButton.LeftButton, pos=QPoint(HEADER + 100, 10))
    assert view.stage.selection is None


def test_the_own_style_is_not_named_under_another(view: TimelineView, make_small_cue: MakeCue) -> None:
    cue = replace(make_small_cue("C C F G A:min A:min F C"), heard=(50, 150))
    cue = replace(cue, styling=(StyleSpan(40, 100, "strings"),))
    view.show_timeline(timeline_data(cue.edit, cue))
    view.show_span(0.0, 8.0)
    assert view.styles._is_covered(view.styles.x_of(2.1)) and not view.styles._is_covered(view.styles.x_of(1.0))


@pytest.mark.parametrize(
    ("box", "room"),
    [((100, 300), (200, 200)), ((300, 400), (300, 300)), ((20, 100), (20, 100)), ((-50, 700), (200, 400))],
    ids=["begins in the veil", "ends in it", "lies in it", "is longer"],
)
def test_a_name_stands_where_the_music_sounds(
    view: TimelineView, make_small_cue: Callable[..., Cue], box: tuple[int, int], room: tuple[int, int]
) -> None:
    cue = replace(make_small_cue("C C F G A:min A:min F C"), heard=(50, 150))
    view.show_timeline(timeline_data(cue.edit, cue))
    view.show_span(0.0, 8.0)
    found = view.moods.room_of(QRectF(box[0], 4, box[1], 20))
    assert (found.left(), found.width()) == pytest.approx(room, abs=1)
