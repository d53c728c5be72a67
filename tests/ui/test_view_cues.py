"""Cues in a real window: keys, drags and typing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from hitpoint.core.cue.documents.autosave import left_behind
from hitpoint.core.cue.film.cue_list import CueEntry
from hitpoint.ui.app import Window
from hitpoint.ui.cues.cue_table import IN, LENGTH, NAME, NOTES, STATE, STYLE
from hitpoint.ui.dialogs.questions import question_box
from hitpoint.ui.dialogs.write_back import WriteBackDialog
from hitpoint.ui.presenter.questions import Answer, Question, Topic

Room = Any  # tests/ui/conftest.py
LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def spotted(at_work: Window, qtbot: QtBot) -> Window:
    """1M1 from frame 0 to 80, composed, and 1M2 from 100 to 150, proposed, of 200."""
    cues = at_work.presenter.cues
    cues.resize("1M1", 0, 80)
    at_work.presenter.takes.compose()
    qtbot.waitUntil(lambda: not at_work.panel.busy.is_busy and at_work.presenter.desk.film.is_ready("1M1"))
    cues.create(100, 150)
    at_work.panel.timeline.seek_requested.emit(0.0)
    QApplication.processEvents()
    return at_work


def spans(window: Window) -> dict[str, tuple[int, int]]:
    return {entry.name: (entry.start_frame, entry.end_frame) for entry in window.presenter.desk.film.cues.entries}


def place(window: Window, frame: int) -> QPoint:
    stage = window.panel.timeline.stage
    return QPoint(stage.header + round(stage.scale.x(frame / 25)), 12)


def drag(window: Window, qtbot: QtBot, first: int, last: int) -> None:
    lane = window.panel.timeline.cues
    qtbot.mousePress(lane, LEFT, pos=place(window, first))
    qtbot.mouseMove(lane, place(window, last))
    qtbot.mouseRelease(lane, LEFT, pos=place(window, last))


def cell(window: Window, row: int, column: int) -> str:
    item = window.panel.cues.table.item(row, column)
    assert item is not None
    return item.text()


def test_a_drag_in_silence_makes_a_cue(spotted: Window, qtbot: QtBot) -> None:
    drag(spotted, qtbot, 160, 190)
    start, end = spans(spotted)["1M3"]
    assert abs(start - 160) <= 1 and abs(end - 190) <= 1
    assert spotted.panel.actions_by_name["undo"].text() == "&Undo Create Cue 1M3"


def test_a_drag_of_a_border_resizes_and_undo_gives_it_back(spotted: Window, qtbot: QtBot) -> None:
    drag(spotted, qtbot, 150, 170)
    assert spans(spotted)["1M2"] == (100, 170)
    spotted.panel.actions_by_name["undo"].trigger()
    assert spans(spotted)["1M2"] == (100, 150)


def test_a_border_snaps_to_a_cut(spotted: Window, qtbot: QtBot) -> None:
    drag(spotted, qtbot, 150, 131)
    assert spans(spotted)["1M2"] == (100, 130)


def test_a_drag_over_a_neighbour_asks_and_cancel_leaves_all_as_it_was(
    spotted: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Question] = []
    monkeypatch.setattr(spotted.panel, "ask", lambda question: asked.append(question) or Answer.CANCEL)
    drag(spotted, qtbot, 100, 60)
    assert [(question.name, question.detail) for question in asked] == [("1M2", "1M1")]
    assert spans(spotted) == {"1M1": (0, 80), "1M2": (100, 150)}


def test_the_question_names_what_it_would_replace(spotted: Window) -> None:
    box, buttons = question_box(Question(Topic.CUE_OVERLAP, "1M2", "1M1, 1M3"), spotted.panel)
    assert [button.text() for button in buttons] == ["Replace 1M1, 1M3", "Cancel"]
    box.deleteLater()


def test_marks_and_one_key_make_a_cue(spotted: Window, qtbot: QtBot) -> None:
    panel = spotted.panel
    for frame, key in ((155, Qt.Key.Key_I), (179, Qt.Key.Key_O)):
        spotted.shuttle.go_to(frame)
        qtbot.keyClick(panel.timeline.chords, key)
    qtbot.keyClick(panel.timeline.chords, Qt.Key.Key_N)
    assert spans(spotted)["1M3"] == (155, 180)


def test_keys_split_join_and_walk(spotted: Window, qtbot: QtBot) -> None:
    chords = spotted.panel.timeline.chords
    spotted.shuttle.go_to(120)
    spotted.playhead.look()
    qtbot.keyClick(chords, Qt.Key.Key_K, CONTROL)
    assert spans(spotted) == {"1M1": (0, 80), "1M2": (100, 120), "1M3": (120, 150)}
    qtbot.keyClick(chords, Qt.Key.Key_J, CONTROL)
    assert spans(spotted)["1M2"] == (100, 150)
    spotted.shuttle.seek(0.0)
    qtbot.keyClick(chords, Qt.Key.Key_PageDown)
    assert spotted.shuttle.frame == 100
    qtbot.keyClick(chords, Qt.Key.Key_PageUp)
    assert spotted.shuttle.frame == 0


def test_the_lanes_show_the_cue_under_the_playhead(spotted: Window) -> None:
    timeline = spotted.panel.timeline
    assert len(timeline.stage.data.steps) > 0 and spotted.presenter.desk.name == "1M1"
    spotted.shuttle.go_to(110)
    spotted.playhead.look()
    assert len(timeline.stage.data.steps) == 0 and spotted.presenter.desk.name == "1M2"
    spotted.shuttle.go_to(10)
    spotted.playhead.look()
    assert len(timeline.stage.data.steps) > 0


def test_a_double_click_in_lane_or_list_goes_there(spotted: Window, qtbot: QtBot) -> None:
    lane, table = spotted.panel.timeline.cues, spotted.panel.cues.table
    qtbot.mouseDClick(lane, LEFT, pos=place(spotted, 130))
    assert spotted.shuttle.frame == 100
    spotted.panel.side.setCurrentWidget(spotted.panel.cues)
    table.itemDoubleClicked.emit(table.item(0, NOTES))
    assert spotted.shuttle.frame == 0


def test_the_list_says_what_there_is(spotted: Window) -> None:
    assert [cell(spotted, row, NAME) for row in range(2)] == ["1M1", "1M2"]
    assert cell(spotted, 1, IN) == "00:00:04:00"
    assert [cell(spotted, row, STATE) for row in range(2)] == ["composed", "proposed"]
    assert "2 cues, 65 %" in spotted.panel.cues._sum.text()


def test_what_is_typed_into_the_list_is_one_undo_step_each(spotted: Window) -> None:
    table = spotted.panel.cues.table
    for column, text in ((NAME, "Rain"), (IN, "410"), (STYLE, "strings"), (NOTES, "low")):
        item = table.item(1, column)
        assert item is not None
        item.setText(text)
    entry = spotted.presenter.desk.film.cues.named("Rain")
    assert (entry.start_frame, entry.style, entry.notes) == (110, "strings", "low")
    told = []
    for _ in range(4):
        told.append(spotted.presenter.desk.session.undo_label)  # type: ignore[union-attr]
        spotted.panel.actions_by_name["undo"].trigger()
    assert told == ["Note on Rain", "Change Style of Rain to strings", "Resize Rain", "Rename 1M2 to Rain"]
    assert cell(spotted, 1, NAME) == "1M2"


@pytest.mark.parametrize(
    ("column", "text", "told"), [(NAME, "1M1", "already"), (IN, "xx", "no timecode"), (IN, "700", "empty")]
)
def test_what_makes_no_sense_is_told_and_not_taken(spotted: Window, column: int, text: str, told: str) -> None:
    item = spotted.panel.cues.table.item(1, column)
    assert item is not None
    before = item.text()
    item.setText(text)
    assert told in spotted.panel.notices.text
    assert cell(spotted, 1, column) == before


def test_the_chosen_cues_of_the_list_are_composed(spotted: Window, qtbot: QtBot) -> None:
    spotted.panel.cues.table.selectRow(1)
    assert spotted.presenter.cues.meant == ("1M2",)
    spotted.panel.actions_by_name["compose_cues"].trigger()
    qtbot.waitUntil(lambda: spotted.presenter.desk.film.is_ready("1M2") and not spotted.panel.busy.is_busy)
    assert cell(spotted, 1, STATE) == "composed"


def test_the_menu_of_a_cue_does_what_it_says(spotted: Window) -> None:
    lane, menu = spotted.panel.timeline.cues, QMenu()
    lane.fill_menu(menu, place(spotted, 30).x() - spotted.panel.timeline.stage.header, 10)
    actions = {action.text(): action for action in menu.actions()}
    actions["Approved"].trigger()
    assert cell(spotted, 0, STATE) == "approved"
    actions["Split Here"].trigger()
    assert len(spans(spotted)) == 3


def test_proposals_are_taken_into_the_list(spotted: Window, room: Room, qtbot: QtBot) -> None:
    room.ports.proposals = (CueEntry("9", 160, 190, reason="a stretch without talk"),)
    spotted.panel.actions_by_name["spot"].trigger()
    qtbot.waitUntil(lambda: "9" in spans(spotted))
    assert "a stretch without talk" in spotted.panel.timeline.cues.tip_at(place(spotted, 170).x() - 118, 10)


def test_writing_back_says_what_is_written_and_what_is_left_out(spotted: Window, room: Room) -> None:
    film = spotted.presenter.desk.film
    ways = room.ports.ways(Path("/films/cut.otio"), spotted.presenter.desk.cue)
    dialog = WriteBackDialog(ways, spotted.panel, film=film)
    assert dialog._cues.text() == "Writes 1M1\nLeaves out 1M2 (not composed)"
    assert not dialog._approved.isEnabled()
    spotted.presenter.cues.approve(("1M1",))
    dialog = WriteBackDialog(ways, spotted.panel, film=spotted.presenter.desk.film)
    dialog.choose_approved(is_only=True)
    assert dialog.choice.approved and "Writes 1M1" in dialog._cues.text()


def test_all_cues_lie_in_the_recovery_file(spotted: Window, tmp_path: Path) -> None:
    film = spotted.presenter.desk.film
    spotted.keeper.set_aside()
    (found,) = left_behind(tmp_path / "state" / "recovery")
    assert found.film == film


def test_a_border_drawn_beyond_the_music_offers_the_rest_in_message_and_menu(spotted: Window, qtbot: QtBot) -> None:
    desk, panel = spotted.presenter.desk, spotted.panel
    drag(spotted, qtbot, 80, 95)
    assert desk.film.is_stale("1M1") and panel.notices._offer.text() == "Compose the Rest"
    menu = QMenu()
    panel.timeline.cues.fill_menu(menu, float(place(spotted, 40).x() - panel.timeline.stage.header), 12.0)
    assert "Compose the Rest" in [action.text() for action in menu.actions()]
    panel.notices._offer.click()
    qtbot.waitUntil(lambda: desk.film.is_ready("1M1"))
    assert panel.notices.text == "" and panel.actions_by_name["undo"].text() == "&Undo Compose the Rest of 1M1"
    menu.deleteLater()


def mark_and_make(window: Window, qtbot: QtBot, first: int, last: int) -> None:
    for frame, key in ((first, Qt.Key.Key_I), (last, Qt.Key.Key_O)):
        window.shuttle.go_to(frame)
        qtbot.keyClick(window.panel.timeline.chords, key)
    qtbot.keyClick(window.panel.timeline.chords, Qt.Key.Key_N)


def same_everywhere(window: Window) -> set[tuple[str, ...]]:
    """The cue that is marked in the list, outlined in the lane, filled there, bold in the list, meant, and shown."""
    panel, presenter = window.panel, window.presenter
    bold = tuple(row[NAME] for row in panel.cues._rows if row[-1])
    lane = panel.timeline.cues
    return {panel.cues.chosen_names, lane._chosen, (lane._current,), bold, presenter.cues.meant, (presenter.desk.name,)}


def test_what_is_highlighted_outlined_shown_and_composed_is_one_cue(spotted: Window, qtbot: QtBot) -> None:
    """Also where the new cue takes the row of the one chosen before; a finished cue beside it stays."""
    desk, panel = spotted.presenter.desk, spotted.panel
    panel.cues.table.selectRow(1)
    assert same_everywhere(spotted) == {("1M2",)} and spotted.shuttle.frame == 100
    panel.actions_by_name["compose_cues"].trigger()
    qtbot.waitUntil(lambda: desk.film.is_ready("1M2") and not panel.busy.is_busy)
    finished = dict(desk.film.music)
    mark_and_make(spotted, qtbot, 82, 96)
    assert [cell(spotted, row, NAME) for row in range(3)] == ["1M1", "1M3", "1M2"]
    assert same_everywhere(spotted) == {("1M3",)}
    panel.cues.compose_requested.emit()
    qtbot.waitUntil(lambda: desk.film.is_ready("1M3") and not panel.busy.is_busy)
    assert {name: desk.film.music[name] for name in finished} == finished
    assert panel.actions_by_name["undo"].text() == "&Undo Compose 1M3"


def test_composing_over_other_music_asks_and_says_composing_no_longer(
    spotted: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, panel, asked = spotted.presenter.desk, spotted.panel, list[Question]()
    monkeypatch.setattr(panel, "ask", lambda question: asked.append(question) or Answer.CANCEL)
    spotted.shuttle.go_to(110)
    spotted.playhead.look()
    spotted.presenter.cues.choose(("1M1", "1M2"))
    before = desk.film
    panel.cues.compose_requested.emit()
    assert [(each.topic, each.detail) for each in asked] == [(Topic.COMPOSE_OVER, "1M1")] and desk.film is before
    panel.timeline.cues.cue_deleted.emit("1M1")
    spotted.presenter.cues.create(160, 190)
    spotted.presenter.cues.choose(("1M2", "1M1"))
    panel.cues.compose_requested.emit()
    qtbot.waitUntil(lambda: not panel.busy.is_busy and len(desk.film.music) == 2)
    assert not panel.timeline.stage.is_composing


def test_after_a_split_and_an_undo_the_lanes_show_the_cue_at_the_playhead(spotted: Window, qtbot: QtBot) -> None:
    desk, panel = spotted.presenter.desk, spotted.panel
    spotted.shuttle.go_to(40)
    spotted.playhead.look()
    panel.actions_by_name["split_cue"].trigger()
    assert same_everywhere(spotted) == {("1M3",)}
    spotted.presenter.changes.toggle_lock(3, 4)
    spotted.shuttle.go_to(10)
    spotted.playhead.look()
    assert same_everywhere(spotted) == {("1M1",)}
    panel.actions_by_name["undo"].trigger()
    assert same_everywhere(spotted) == {("1M1",)}
    assert panel.notices.text == "Undone in 1M3, which is not at the playhead: Lock Chord."
    chords, stage = panel.timeline.chords, panel.timeline.stage
    veiled = QPoint(stage.header + round(stage.scale.x(70 / 25)), chords.height() // 2)
    qtbot.mouseClick(chords, LEFT, pos=veiled)
    assert same_everywhere(spotted) == {("1M3",)} and desk.cue is not None and desk.cue.heard == (40, 80)


def test_joining_asks_before_other_music_is_lost(
    spotted: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, panel, asked = spotted.presenter.desk, spotted.panel, list[Question]()
    answers = [Answer.CANCEL, Answer.REPLACE]
    monkeypatch.setattr(panel, "ask", lambda question: asked.append(question) or answers.pop(0))
    spotted.presenter.cues.split("1M1", 40)
    spotted.presenter.cues.set_style("1M3", "strings")
    before = desk.film
    panel.timeline.cues.cue_joined.emit("1M1")
    assert [(each.topic, each.name, each.detail) for each in asked] == [(Topic.JOIN_LOSES, "1M1", "1M3 (strings)")]
    assert desk.film is before
    panel.timeline.cues.cue_joined.emit("1M1")
    assert spans(spotted)["1M1"] == (0, 80) and desk.film.music["1M1"].style == "piano"


def test_the_time_over_the_lane_names_is_painted_as_the_playhead_goes(
    spotted: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ruler, painted = spotted.panel.timeline.ruler, list[str]()
    paint = type(ruler)._paint_header
    monkeypatch.setattr(
        type(ruler), "_paint_header", lambda self, painter: (paint(self, painter), painted.append(self.name))
    )
    for frame in (160, 185):  # both in silence, where nothing but the time is another
        spotted.shuttle.go_to(frame)
        spotted.playhead.look()
        QApplication.processEvents()
    qtbot.waitUntil(lambda: painted[-1:] == ["00:00:07:10"], timeout=2000)


def test_what_is_told_of_half_a_cue_is_of_what_is_heard(spotted: Window) -> None:
    panel, stage = spotted.panel, spotted.panel.timeline.stage
    spotted.presenter.changes.toggle_lock(0, 1)
    hits = panel.timeline.hits.caption()
    assert "4 chords  ·  1 locked" in panel._facts.text()
    spotted.presenter.changes.add_hit(20)
    spotted.presenter.cues.resize("1M1", 40, 80)
    assert "3 chords" in panel._facts.text() and "locked" not in panel._facts.text()
    assert panel.timeline.hits.caption() == hits
    stage.playhead = 0.5  # in the half that is not heard
    lanes = [lane for lane in panel.timeline.lanes.values() if lane.is_of_music and lane is not panel.timeline.hits]
    assert {lane.caption() for lane in lanes} == {""} and panel.timeline.ruler.caption() == "no music here"
    stage.playhead = 2.0
    assert panel.timeline.chords.caption() and panel.timeline.density.caption()


def test_takes_of_half_a_cue_are_described_by_what_is_heard(spotted: Window, qtbot: QtBot) -> None:
    desk, panel = spotted.presenter.desk, spotted.panel
    qtbot.keyClick(panel.timeline.chords, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: panel.takes._table.rowCount() > 0 and not panel.busy.is_busy)
    table = panel.takes._table
    whole = [table.item(row, 2).text() for row in range(table.rowCount())]  # type: ignore[union-attr]
    spotted.presenter.cues.resize("1M1", 40, 80)
    heard = [table.item(row, 2).text() for row in range(table.rowCount())]  # type: ignore[union-attr]
    assert desk.cue is not None and desk.cue.heard == (40, 80) and table.rowCount() == len(whole)
    assert all(len(now.split()) < len(before.split()) for now, before in zip(heard, whole, strict=True))


def test_what_is_hidden_takes_no_click(spotted: Window, qtbot: QtBot) -> None:
    desk, panel = spotted.presenter.desk, spotted.panel
    stage, hits, chords = panel.timeline.stage, panel.timeline.hits, panel.timeline.chords
    spotted.presenter.changes.add_hit(20)
    spotted.presenter.cues.resize("1M1", 40, 80)
    before, place = desk.cue, stage.header + round(stage.scale.x(20 / 25))
    qtbot.mouseDClick(hits, LEFT, pos=QPoint(place, hits.height() // 2))
    qtbot.mouseClick(chords, LEFT, pos=QPoint(place, chords.height() // 2))
    qtbot.mouseDClick(chords, LEFT, pos=QPoint(place, chords.height() // 2))
    assert desk.cue is before and stage.selection is None and not chords.editor.isVisible()
    spotted.shuttle.go_to(41)
    spotted.playhead.look()
    for _ in range(9):
        qtbot.keyClick(chords, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert stage.selection is not None and stage.selected_seconds is not None and stage.selected_seconds[1] > 40 / 25


def test_marks_of_one_edit_are_gone_in_the_next(at_work: Window, qtbot: QtBot, room: Room) -> None:
    panel = at_work.panel
    qtbot.keyClick(panel.timeline.chords, Qt.Key.Key_I)
    assert panel.timeline.stage.loop is not None
    at_work.keeper.forget()
    at_work.presenter.desk.session.mark_saved()  # type: ignore[union-attr]
    at_work.presenter.files.open(room.edit_file("other.otio"))
    qtbot.waitUntil(lambda: panel.windowTitle().startswith("other") and not panel.busy.is_busy)
    assert panel.timeline.stage.loop is None and at_work.shuttle.loop_span is None


def test_the_loudness_of_the_programme_is_set_where_loudness_is(at_work: Window) -> None:
    settings, desk = at_work.panel.settings, at_work.presenter.desk
    at_work.panel.side.setCurrentWidget(settings)
    settings._by.setFocus()
    QTest.keyClick(settings._by, Qt.Key.Key_Down)
    assert desk.film.cues.programme == -16.0
    settings._loudness.setValue(-23.0)
    assert desk.film.cues.programme == -23.0 and desk.cue is not None and desk.cue.sound.loudness == -16.0
    at_work.presenter.changes.undo()
    at_work.presenter.changes.undo()
    assert desk.film.cues.programme is None
    assert settings._by.currentIndex() == 0 and settings._loudness.value() == -16.0


@pytest.mark.parametrize(("width", "left_out"), [(1366, [LENGTH]), (1920, [])])
def test_notes_have_room_in_a_small_window(spotted: Window, width: int, left_out: list[int]) -> None:
    panel = spotted.panel
    spotted.presenter.cues.note("1M1", "softer under the letter")
    panel.actions_by_name["show_cues"].trigger()
    panel.resize(width, 728)
    QApplication.processEvents()
    table = panel.cues.table
    assert [column for column in range(NOTES) if table.isColumnHidden(column)] == left_out
    bar, view, item = table.horizontalScrollBar(), table.viewport(), table.item(0, NAME)
    assert bar is not None and view is not None and item is not None
    assert bar.maximum() == 0
    assert table.columnWidth(NOTES) >= 80
    assert "0:03.2" in item.toolTip()
