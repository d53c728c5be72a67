"""The list of takes in a real window: kept from composing to composing, named, pinned and deleted by keys."""

from __future__ import annotations

from typing import Any

from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from hitpoint.core.arrange.arranger import with_any_playing
from hitpoint.ui.app import Window
from hitpoint.ui.presenter.view_models import Menus
from hitpoint.ui.widgets.takes_list import TakesList


def _texts(window: Window, column: int) -> list[str]:
    table = window.panel.takes._table
    return [item.text() for row in range(table.rowCount()) if (item := table.item(row, column)) is not None]


def _regenerated(window: Window, qtbot: QtBot) -> None:
    window.panel.timeline.selection_changed.emit(2, 5)
    rows = window.panel.takes._table.rowCount()
    window.panel.actions_by_name["regenerate"].trigger()
    qtbot.waitUntil(lambda: window.panel.takes._table.rowCount() > rows + 2, timeout=20_000)


def _focused(window: Window, qtbot: QtBot) -> Any:
    """The list with the focus, which a window that was just shown may get late."""
    window.panel.activateWindow()
    table = window.panel.takes._table
    table.setFocus()
    qtbot.waitUntil(lambda: table.hasFocus() and table.rowCount() > 1, timeout=20_000)
    return table


def test_takes_of_every_composing_stay_in_the_list(at_work: Window, qtbot: QtBot) -> None:
    _regenerated(at_work, qtbot)
    assert _texts(at_work, 0)[-5:] == ["before 2", "1A", "1B", "1C", "1D"]


def test_t_compares_old_with_new(at_work: Window, qtbot: QtBot) -> None:
    old = at_work.presenter.desk.cue
    assert old is not None
    _regenerated(at_work, qtbot)
    new = at_work.presenter.desk.cue
    QTest.keyClick(_focused(at_work, qtbot), Qt.Key.Key_T)
    assert at_work.presenter.desk.cue == with_any_playing(old)
    QTest.keyClick(_focused(at_work, qtbot), Qt.Key.Key_T)
    assert at_work.presenter.desk.cue == new


def test_f2_names_and_s_pins_and_delete_forgets(at_work: Window, qtbot: QtBot) -> None:
    table = _focused(at_work, qtbot)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.currentRow() == 1
    QTest.keyClick(table, Qt.Key.Key_F2)
    field = table.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "calmer")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _texts(at_work, 1)[1] == "calmer", timeout=20_000)
    QTest.keyClick(_focused(at_work, qtbot), Qt.Key.Key_S)
    assert _texts(at_work, 0)[1] == "\N{BLACK STAR} 1B"
    music = at_work.presenter.desk.cue
    QTest.keyClick(_focused(at_work, qtbot), Qt.Key.Key_Delete)
    assert _texts(at_work, 0) == ["1A", "1C", "1D"]
    assert at_work.presenter.desk.cue == music


def test_escape_leaves_a_name_as_it_was(at_work: Window, qtbot: QtBot) -> None:
    table, before = _focused(at_work, qtbot), _texts(at_work, 1)
    QTest.keyClick(table, Qt.Key.Key_F2)
    field = table.findChild(QLineEdit)
    QTest.keyClicks(field, "xyz")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    qtbot.wait(20)
    assert _texts(at_work, 1) == before


def test_kept_takes_are_there_when_the_edit_is_opened_again(at_work: Window, qtbot: QtBot) -> None:
    _regenerated(at_work, qtbot)
    rows, opened = _texts(at_work, 0), at_work.presenter.desk.opened
    assert opened is not None
    at_work.presenter.takes.name(1, "second")
    at_work.presenter.files._open(opened.path)
    qtbot.waitUntil(lambda: "second" in _texts(at_work, 1), timeout=20_000)
    assert set(rows) <= set(_texts(at_work, 0))


def test_varying_is_asked_for_with_strength_and_players(qtbot: QtBot) -> None:
    takes = TakesList(("piano", "strings"))
    qtbot.addWidget(takes)
    takes.show_menus(Menus(has_cue=True))
    with qtbot.waitSignal(takes.strength_changed) as asked:
        qtbot.keyClick(takes._strength, Qt.Key.Key_Right)
    assert asked.args == [0.35] and takes._figure.text() == "0.35"
    with qtbot.waitSignal(takes.vary_style_changed) as style:
        qtbot.keyClick(takes._style, Qt.Key.Key_End)
    assert style.args == ["strings"]
    with qtbot.waitSignal(takes.vary_requested):
        qtbot.mouseClick(takes._vary, Qt.MouseButton.LeftButton)


def test_four_takes_are_in_view_in_a_small_window(at_work: Window, qtbot: QtBot) -> None:
    _regenerated(at_work, qtbot)
    at_work.panel.resize(1024, 640)
    table = at_work.panel.takes._table
    qtbot.waitUntil(lambda: at_work.panel.width() == 1024)
    qtbot.waitUntil(lambda: 4 * table.rowHeight(0) <= table.viewport().height(), timeout=2000)
    at_work.panel.resize(1900, 1040)
    qtbot.waitUntil(lambda: table.rowHeight(0) == 26 and not table.horizontalHeader().isHidden(), timeout=2000)
