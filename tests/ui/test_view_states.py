"""What a window shows of itself.

Messages that move nothing, styles along a cue, moments found, titles and dissolves.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QImage
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from hitpoint.core.edit import Overlay, OverlayKind
from hitpoint.ui.app import Window
from hitpoint.ui.lanes.drawing.timeline_data import timeline_data
from hitpoint.ui.theme import current_theme

Room = Any  # tests/ui/conftest.py
LONG = "the folder may not be written to: choose another one, or mend its rights, and write again; " * 5


def _places(window: Window) -> list[tuple[QPoint, Any]]:
    panel = window.panel
    inside: list[QWidget] = [panel.preview, panel.side, panel.transport, *panel.timeline.all_lanes]
    return [(widget.mapTo(panel, QPoint(0, 0)), widget.size()) for widget in inside if widget.isVisible()]


@pytest.mark.parametrize("message", ["one line", LONG])
def test_nothing_moves_when_a_message_comes_or_goes(at_work: Window, qtbot: QtBot, message: str) -> None:
    at_work.panel.resize(1366, 728)
    qtbot.wait(20)
    before = _places(at_work)
    at_work.panel.show_error(message)
    qtbot.wait(20)
    assert at_work.panel.notices.isVisible() and _places(at_work) == before
    at_work.panel.notices.dismiss()
    qtbot.wait(20)
    assert _places(at_work) == before


def test_what_does_not_fit_is_a_list_under_the_message(at_work: Window, qtbot: QtBot) -> None:
    notices = at_work.panel.notices
    at_work.panel.show_error(LONG)
    qtbot.wait(20)
    assert notices._more.isVisible() and "…" in notices._text.text() and notices.text.startswith("The folder")
    notices._more.click()
    assert notices._all.isVisible()
    notices.dismiss()
    assert not notices._all.isVisible()


def test_a_message_goes_when_it_is_true_no_longer(at_work: Window) -> None:
    notices, changes = at_work.panel.notices, at_work.presenter.changes
    at_work.panel.timeline.mood_set_requested.emit(2.0, 4.0, "sad")
    assert "older than its mood" in notices.text
    changes.undo()
    assert notices.text == ""
    at_work.presenter.cues.join(("1M1",))
    assert notices.is_error
    changes.toggle_lock(0, 1)
    assert notices.text == ""
    at_work.panel.show_notes(("media not found: sea.mov",))
    changes.toggle_lock(0, 1)
    assert notices.text == "Media not found: sea.mov"


def test_a_range_does_not_look_like_a_selection(at_work: Window, qtbot: QtBot) -> None:
    timeline = at_work.panel.timeline
    shots, x = timeline.shots, timeline.stage.header + round(timeline.stage.scale.x(3.0))
    plain = shots.grab().toImage()
    timeline.show_loop(3.0, 5.0)
    marked = shots.grab().toImage()
    columns = [[image.pixel(x, y) for y in range(image.height())] for image in (plain, marked)]
    changed = sum(a != b for a, b in zip(*columns, strict=True))
    assert 0.3 * shots.height() < changed < 0.9 * shots.height()  # a broken line
    inside = x + 20
    assert plain.pixel(inside, 30) == marked.pixel(inside, 30)


def test_another_style_for_a_stretch_is_laid_passed_into_and_taken_back(at_work: Window, qtbot: QtBot) -> None:
    timeline, desk = at_work.panel.timeline, at_work.presenter.desk
    at_work.presenter.changes.select(2, 4)
    menu = timeline.styles.style_menu()
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "strings").trigger()
    assert [(span.start_frame, span.end_frame, span.style) for span in desk.cue.styling] == [(60, 100, "strings")]
    assert at_work.panel.actions_by_name["undo"].text() == "&Undo Play a Stretch as strings"
    timeline.styles.style_laid.emit(100, 150, "strings", "piano")
    assert desk.cue.styling[1].is_crossing and "strings → piano" in timeline.styles.tip_at(timeline.styles.x_of(5.0), 5)
    at_work.presenter.changes.undo()
    at_work.presenter.changes.undo()
    assert desk.cue.styling == ()


def test_the_key_for_styles_opens_the_list_at_the_selection(at_work: Window, qtbot: QtBot) -> None:
    at_work.presenter.changes.select(4, 8)
    at_work.panel.actions_by_name["style_stretch"].trigger()
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu) and [a.text() for a in popup.actions()][:2] == ["piano", "strings"]
    popup.close()


def test_moments_are_found_by_words_and_gone_to(at_work: Window, qtbot: QtBot) -> None:
    panel = at_work.panel
    panel.actions_by_name["show_find"].trigger()
    assert panel.side.currentWidget() is panel.moments
    panel.moments.field.setText("a door opens")
    QTest.keyClick(panel.moments.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.moments.list.count() == 2)
    assert "clear" in panel.moments.list.item(0).text() and "shot 60" in panel.moments.list.item(0).text()
    panel.moments.list.setCurrentRow(0)
    assert at_work.shuttle.frame == 70
    panel.moments._range.click()
    assert at_work.shuttle.loop_span == (60 / 25, 130 / 25)
    image = QImage(160, 90, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    panel.moments.show_picture(70, image)
    assert not panel.moments.list.item(0).icon().isNull()
    panel.moments._hit.click()
    assert at_work.panel.actions_by_name["undo"].text() == "&Undo Add Hit"


def test_without_weights_one_short_line_says_so_and_its_tooltip_what_to_get(at_work: Window, qtbot: QtBot) -> None:
    page = at_work.panel.moments
    at_work.panel.side.setCurrentWidget(page)
    page.show_found((), "")
    width = at_work.panel.side.width()
    at_work.presenter.finding.look("nowhere")
    qtbot.waitUntil(lambda: bool(page.told.text()))
    assert page.told.text() == "CLIP is not here" and page.list.count() == 0
    assert page.told.toolTip() == "CLIP is not here: hitpoint doctor says what to get"
    assert not page.told.wordWrap() and at_work.panel.side.width() == width
    assert at_work.panel.notices.text == ""


def test_an_empty_search_says_what_to_do_and_missing_media_in_one_short_line(at_work: Window) -> None:
    page = at_work.panel.moments
    at_work.panel.side.setCurrentWidget(page)
    assert page._hint.isVisible()
    at_work.presenter.finding._fail("no picture of cut could be seen: --media DIR tells where its media lie")
    assert page.told.text() == "No pictures here" and "--media" not in page.told.toolTip()
    assert not page._hint.isVisible()


def test_dissolves_and_titles_are_drawn_and_named(at_work: Window) -> None:
    timeline, edit = at_work.panel.timeline, at_work.presenter.desk.opened.edit
    plain = timeline.shots.grab().toImage()
    overlays = (Overlay(20, 50, OverlayKind.TITLE, "The End"), Overlay(120, 140, OverlayKind.DISSOLVE, "Cross"))
    timeline.show_timeline(timeline_data(replace(edit, overlays=overlays)))
    assert timeline.shots.grab().toImage() != plain
    tips = [timeline.shots.tip_at(timeline.shots.x_of(seconds), 10) for seconds in (1.2, 5.2, 6.5)]
    assert "title The End, 30 frames" in tips[0] and "dissolve Cross, 20 frames" in tips[1] and "frames" not in tips[2]


def test_music_that_is_not_heard_is_not_drawn(at_work: Window, qtbot: QtBot) -> None:
    timeline = at_work.panel.timeline
    at_work.presenter.cues.resize("1M1", 0, 100)
    assert timeline.stage.data.unheard == ((4.0, 8.0),)
    for lane in (timeline.chords, timeline.density, timeline.moods):
        image, x = lane.grab().toImage(), timeline.stage.header + round(lane.x_of(6.0))
        colours = {image.pixelColor(x, y).name() for y in range(1, lane.height() - 1)}
        assert colours == {current_theme().background}
    assert at_work.presenter.desk.film.is_ready("1M1")
