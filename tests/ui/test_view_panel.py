from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PyQt6.QtGui import QDropEvent, QWheelEvent
from PyQt6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFrame,
    QLineEdit,
    QListWidget,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from hitpoint.core.cue.film import film_cues
from hitpoint.core.ports import WriteChoice
from hitpoint.ui.actions import ACTIONS
from hitpoint.ui.app import Window, make_application
from hitpoint.ui.dialogs.delivered import DeliveredDialog
from hitpoint.ui.dialogs.questions import question_box
from hitpoint.ui.dialogs.shortcuts import ShortcutSheet, shortcuts_html
from hitpoint.ui.dialogs.write_back import WriteBackDialog
from hitpoint.ui.panel import first_size
from hitpoint.ui.presenter.questions import ANSWERS, Answer, Question, Topic
from hitpoint.ui.presenter.view_models import Busy
from hitpoint.ui.style_sheet import dress
from hitpoint.ui.theme import DARK, LIGHT

Room = Any  # tests/ui/conftest.py


def _silent(widget: QWidget) -> bool:
    """Whether an editor who cannot see a widget, or does not know it, is told nothing about it."""
    return not widget.accessibleName() or not (widget.toolTip() or widget.accessibleName())


_TOLD = (QAbstractButton, QLineEdit, QComboBox, QTableWidget, QListWidget)


def _reachable(panel: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in panel.findChildren(QWidget)
        if not widget.objectName().startswith("qt_")
        and (isinstance(widget, _TOLD) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and not _is_inner(widget)
    ]


def _is_inner(widget: QWidget) -> bool:
    """Whether Qt made it for a widget that is told itself: the field of a spin box, the views of a list."""
    parent = widget.parentWidget()
    inner = (
        "QSpinBox",
        "QDoubleSpinBox",
        "QComboBox",
        "QTableWidget",
        "QListWidget",
        "QMenuBar",
        "QToolBar",
        "QTabBar",
    )
    if type(widget).__name__ == "QListView" and isinstance(widget.window(), QFrame):
        return True  # the list that a combo box unfolds
    names = {type(parent).__name__} if parent is not None else set()
    return bool(names & set(inner)) or type(widget).__name__ in (
        "QMenuBar",
        "QStackedWidget",
        "QTabWidget",
        "QScrollArea",
    )


def test_everything_that_can_be_reached_says_what_it_is(at_work: Window) -> None:
    silent = [
        f"{type(w).__name__} {w.accessibleName()!r} {w.toolTip()!r}" for w in _reachable(at_work.panel) if _silent(w)
    ]
    assert silent == []


def test_every_button_has_a_tooltip(at_work: Window) -> None:
    buttons = [w for w in _reachable(at_work.panel) if isinstance(w, QAbstractButton)]
    assert len(buttons) > 25
    assert [b.accessibleName() for b in buttons if not b.toolTip()] == []


def test_shortcuts_stand_in_tooltips_and_are_taken_once(window: Window) -> None:
    keys = [key for row in ACTIONS for key in row.keys]
    assert len(keys) == len(set(keys))
    for row in ACTIONS:
        assert not row.keys or window.panel.actions_by_name[row.name].shortcut().toString() in (
            window.panel.actions_by_name[row.name].toolTip()
        )


def test_the_sheet_tells_every_shortcut(window: Window, qtbot: QtBot) -> None:
    html = shortcuts_html()
    for row in ACTIONS:
        if row.keys:
            assert f"<b>{window.panel.actions_by_name[row.name].shortcut().toString()}</b>" in html
    sheet = ShortcutSheet(window.panel)
    qtbot.addWidget(sheet)
    assert all(not _silent(widget) for widget in _reachable(sheet))


def test_without_an_edit_only_ways_in_can_be_pressed(window: Window) -> None:
    enabled = {name for name, action in window.panel.actions_by_name.items() if action.isEnabled()}
    assert {"open", "demo", "quit", "shortcuts"} <= enabled
    assert not enabled & {"write_back", "undo", "lock", "regenerate", "compare"}


def test_undo_says_what_it_takes_back(at_work: Window) -> None:
    at_work.presenter.changes.toggle_lock(0, 2)
    action = at_work.panel.actions_by_name["undo"]
    assert action.text() == "&Undo Lock Chords"
    action.trigger()
    assert not any(step.locked for step in at_work.presenter.desk.cue.steps)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("signal", "arguments", "label"),
    [
        ("lock_toggled", (0, 1), "Lock Chord"),
        ("chord_set_requested", (0, 2, "D:min"), "Set Chord Dm"),
        ("hit_wanted", (60, False), "Let Hit Pass"),
        ("hit_moved", (60, 70), "Move Hit"),
        ("hit_added", (90,), "Add Hit"),
        ("hit_removed", (60,), "Remove Hit"),
        ("mood_set_requested", (0.0, 2.0, "sad"), "Set Mood sad"),
        ("density_drawn", (0, [4.0, 5.0]), "Draw Density"),
        ("loudness_drawn", (0, [0.1]), "Draw Loudness"),
    ],
)
def test_the_timeline_is_heard(at_work: Window, signal: str, arguments: tuple[object, ...], label: str) -> None:
    getattr(at_work.panel.timeline, signal).emit(*arguments)
    assert at_work.presenter.desk.session.undo_label == label  # type: ignore[union-attr]


def test_settings_show_a_cue_without_asking_for_it(at_work: Window) -> None:
    for _ in range(2):
        at_work.panel.settings.show_cue(at_work.presenter.desk.cue)
    assert at_work.presenter.desk.session.undo_label is None  # type: ignore[union-attr]


def test_settings_are_heard(at_work: Window) -> None:
    settings = at_work.panel.settings
    settings._loudness.setValue(-23.0)
    settings._style.setCurrentText("strings")
    cue = at_work.presenter.desk.cue
    assert cue is not None
    assert (cue.sound.loudness, cue.style) == (-23.0, "strings")
    assert list(at_work.panel.parts._rows) == ["Strings"]


def test_a_part_is_left_out_and_solo_leaves_the_cue_alone(at_work: Window) -> None:
    parts = at_work.panel.parts
    parts._rows["Pad"].on.setChecked(False)
    assert at_work.presenter.desk.cue.sound.left_out == ("Pad",)  # type: ignore[union-attr]
    parts._rows["Piano"].solo.setChecked(True)
    assert at_work.listening.monitor.soloed == {"Piano"}
    assert at_work.presenter.desk.session.undo_label == "Leave Out Pad"  # type: ignore[union-attr]


def test_a_row_of_the_takes_chooses_one(at_work: Window) -> None:
    at_work.panel.takes._table.selectRow(2)
    assert at_work.presenter.desk.session.undo_label == "Choose Take"  # type: ignore[union-attr]
    at_work.panel.actions_by_name["compare"].trigger()
    assert at_work.panel.takes.chosen == 0


def test_an_error_stays_until_it_is_dismissed_and_can_be_read_by_machines(at_work: Window) -> None:
    at_work.panel.show_error("the disk is full: make room")
    notices = at_work.panel.notices
    assert (notices.text, notices.is_error) == ("The disk is full: make room", True)
    assert notices.accessibleDescription() == "The disk is full: make room"
    notices.dismiss()
    assert notices.text == ""


def test_long_lists_of_notes_are_cut_short(window: Window) -> None:
    window.panel.show_notes(tuple(f"note {number}" for number in range(40)))
    assert window.panel.notices.text.count("\n") == 6
    assert "34 more" in window.panel.notices.text


def test_work_shows_and_can_be_stopped(window: Window, qtbot: QtBot) -> None:
    busy = window.panel.busy
    busy.show_busy(Busy("Composing", 0.4, "writing"))
    assert not busy._bar.isVisible()
    qtbot.waitUntil(lambda: busy._bar.isVisible(), timeout=60_000)
    with qtbot.waitSignal(busy.cancel_requested):
        busy._stop.click()
    busy.show_busy(None)
    assert not busy._bar.isVisible()


def test_a_dropped_file_is_opened(window: Window, qtbot: QtBot, room: Room) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(room.edit_file("dropped.otio")))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(window.panel.dropped) as heard:
        window.panel.dropEvent(event)
    assert heard.args == [str(room.folder / "dropped.otio")]


def test_the_title_tells_the_edit_and_whether_it_is_saved(at_work: Window) -> None:
    assert at_work.panel.windowTitle() == "cut.otio • — Hitpoint"
    at_work.presenter.desk.session.mark_saved()  # type: ignore[union-attr]
    at_work.presenter.desk.refresh()
    assert at_work.panel.windowTitle() == "cut.otio — Hitpoint"


def test_the_window_fits_a_small_screen(at_work: Window, qtbot: QtBot) -> None:
    at_work.panel.resize(1024, 640)
    qtbot.waitUntil(lambda: at_work.panel.width() == 1024, timeout=60_000)
    assert (at_work.panel.width(), at_work.panel.height()) == (1024, 640)
    assert at_work.panel.timeline.height() >= 250


def test_a_window_with_unsaved_work_stays_until_it_is_answered(at_work: Window) -> None:
    asked: list[Question] = []
    at_work.panel.ask = lambda question: asked.append(question) or Answer.CANCEL  # type: ignore[method-assign, func-returns-value]
    assert not at_work.panel.close()
    assert at_work.panel.isVisible()
    assert [question.topic for question in asked] == [Topic.UNSAVED]


@pytest.mark.parametrize("topic", list(Topic))
def test_questions_have_a_button_for_each_answer(window: Window, qtbot: QtBot, topic: Topic) -> None:
    box, buttons = question_box(Question(topic, "cut.otio", "2026-01-02 10:00"), window.panel)
    qtbot.addWidget(box)
    assert tuple(buttons.values()) == ANSWERS[topic]
    assert "cut.otio" in box.text()
    assert all(not _silent(button) for button in buttons)


def test_writing_back_offers_the_right_way_first(at_work: Window, qtbot: QtBot, room: Room) -> None:
    cue = at_work.presenter.desk.cue
    assert cue is not None
    way = room.ports.ways(room.folder / "cut.otio", cue)[0]
    other = type(way)("drop", "Drop <it>", "Drag {wav}", (), ("markers",), way.output.with_suffix(".kdenlive"), False)
    dialog = WriteBackDialog((other, way), at_work.panel)
    qtbot.addWidget(dialog)
    assert dialog.way is way
    assert "cut_hitpoint.otio" in dialog._facts.text()
    dialog._markers.setChecked(True)
    dialog.choose(0)
    assert (dialog.way, dialog.section_markers) == (other, False)
    assert "cut_hitpoint_mix.wav" in dialog._facts.text()
    assert all(not _silent(widget) for widget in _reachable(dialog))


def test_several_cues_are_each_named_before_they_are_written(at_work: Window, qtbot: QtBot, room: Room) -> None:
    cue = at_work.presenter.desk.cue
    assert cue is not None
    way = room.ports.ways(room.folder / "cut.otio", cue)[0]
    drop = type(way)("drop", "Drop", "Drag {wav} to {at}", (), (), way.output, True, "01:00:00:00")
    film = at_work.presenter.desk.film
    (name,) = film.cues.names
    parts = film_cues.split(film, name, cue.start_frame + 40)
    dialog = WriteBackDialog((drop,), at_work.panel, film=parts)
    qtbot.addWidget(dialog)
    names = ", ".join(parts.cues.names)
    assert f"Drag the mix of each cue ({names}) to the cue's beginning" in dialog._facts.text()


def test_what_was_written_is_told(at_work: Window, qtbot: QtBot, room: Room) -> None:
    way = room.ports.ways(room.folder / "cut.otio", at_work.presenter.desk.cue)[0]
    delivered = room.ports.write(Path("cut.otio"), None, WriteChoice(way), None)
    dialog = DeliveredDialog(delivered, at_work.panel)
    qtbot.addWidget(dialog)
    texts = [label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text")]
    assert any("open it" in text for text in texts)
    assert any("cut_hitpoint.wav" in text for text in texts)


def test_the_loop_follows_the_selection(at_work: Window) -> None:
    at_work.panel.timeline.show_selection(2, 4)
    at_work.panel.actions_by_name["loop"].trigger()
    assert at_work.shuttle.is_looping
    assert at_work.shuttle.loop_span == at_work.panel.timeline.stage.selected_seconds
    at_work.panel.actions_by_name["loop"].trigger()
    assert not at_work.shuttle.is_looping


def test_composing_the_loop_needs_one(at_work: Window) -> None:
    at_work.panel.actions_by_name["start_over_loop"].trigger()
    assert "no range" in at_work.panel.notices.text


def test_the_panel_follows_the_room_into_the_dark(at_work: Window) -> None:
    application = make_application()
    dress(application, DARK)
    assert at_work.panel.timeline.stage.theme is DARK
    dress(application, LIGHT)
    assert at_work.panel.timeline.stage.theme is LIGHT


def test_music_can_be_saved_under_another_name_and_folder(at_work: Window, qtbot: QtBot, room: Room) -> None:
    way = room.ports.ways(room.folder / "cut.otio", at_work.presenter.desk.cue)[0]
    other = type(way)("bundle", "A bundle", "", (), (), way.output.with_suffix(".otioz"), False)
    dialog = WriteBackDialog((way, other), at_work.panel)
    qtbot.addWidget(dialog)
    dialog.go_to(Path("/elsewhere/final"))
    assert dialog.choice.way.output == Path("/elsewhere/final.otio")
    assert "final.otio" in dialog._facts.text()
    dialog.choose(1)
    assert dialog.choice.way.output == Path("/elsewhere/cut_hitpoint.otioz")


def test_missing_media_can_be_looked_for_from_the_message(at_work: Window, qtbot: QtBot) -> None:
    notices = at_work.panel.notices
    at_work.panel.show_notes(("media not found: sea.mov",))
    assert not notices._offer.isVisible()
    at_work.panel.offer_media()
    assert notices._offer.isVisible()
    notices.offer_taken.disconnect()  # no dialogue of the system in a test
    with qtbot.waitSignal(notices.offer_taken):
        notices._offer.click()


def _wheel_over(widget: QWidget) -> None:
    middle = QPointF(widget.rect().center())
    turned = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(widget.rect().center())),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, turned)


def test_the_wheel_changes_only_what_was_clicked(at_work: Window) -> None:
    panel = at_work.panel
    panel.side.setCurrentIndex(1)
    panel.activateWindow()
    settings, cue = panel.settings, at_work.presenter.desk.cue
    for widget in (
        settings._style,
        settings._loudness,
        settings._key,
        panel.parts._rows["Pad"].level,
        panel.takes._count,
    ):
        _wheel_over(widget)
    assert at_work.presenter.desk.cue is cue
    assert (panel.parts._rows["Pad"].level.value(), panel.takes._count.value()) == (0, 4)
    settings._loudness.setFocus()
    _wheel_over(settings._loudness)
    assert at_work.presenter.desk.cue is not None
    assert at_work.presenter.desk.cue.sound.loudness == -15.0


def test_a_long_list_can_be_read_to_its_end_and_taken_back(window: Window, qtbot: QtBot) -> None:
    notices = window.panel.notices
    window.panel.show_notes(tuple(f"note {number}" for number in range(40)))
    notices._more.click()
    assert notices._list.isVisible() and notices._list.count() == 40
    qtbot.keyClick(notices._list, Qt.Key.Key_Escape)
    assert not notices._list.isVisible()
    notices._more.click()
    window.panel.show_notes(())
    assert notices.text == ""
    window.panel.show_notes(("one line",))
    assert not notices._list.isVisible() and not notices._more.isVisible()


def test_a_mood_that_is_not_composed_yet_is_composed_by_one_click(at_work: Window, qtbot: QtBot) -> None:
    at_work.panel.timeline.mood_set_requested.emit(2.0, 4.0, "sad")
    offer = at_work.panel.notices._offer
    assert offer.isVisible() and offer.text() == "Compose It Now"
    with qtbot.waitSignal(at_work.panel.notices.offer_taken):
        offer.click()
    qtbot.waitUntil(lambda: at_work.presenter.desk.session.undo_label == "Regenerate Selection", timeout=60_000)


@pytest.mark.parametrize(("width", "height"), [(1366, 728), (1366, 768), (1920, 1040), (1024, 680)])
def test_the_first_window_fits_the_screen(width: int, height: int) -> None:
    size = first_size(QSize(width, height))
    assert size.width() <= width and size.height() + 40 <= height


def test_recent_edits_are_in_the_menu_and_open(at_work: Window, room: Room) -> None:
    panel = at_work.panel
    assert panel._recent is not None
    panel._recent.aboutToShow.emit()
    names = [action.text() for action in panel._recent.actions()]
    assert names == ["cut.otio"]
    panel.dropped.disconnect()
    opened: list[str] = []
    panel.dropped.connect(opened.append)
    panel._recent.actions()[0].trigger()
    assert opened == [str(room.folder / "cut.otio")]


def test_locked_chords_are_counted_as_they_are_seen(at_work: Window) -> None:
    at_work.presenter.changes.set_chord(0, 4, "C")
    at_work.presenter.changes.set_chord(4, 5, "F")
    assert "2 locked" in at_work.panel._facts.text()
