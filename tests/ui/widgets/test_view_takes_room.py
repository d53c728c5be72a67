"""The list of takes in little room."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from hitpoint.ui.presenter.view_models import TakeRow
from hitpoint.ui.widgets.takes_list import TakesList

LONG = "with the picture, recommended, most on the cuts, fewer chord changes, repeats itself"


def take(letter: str, words: str = LONG) -> TakeRow:
    return TakeRow(letter, words, 0.0, -1.0, 1.0, 1.0, "Bm7  E  F#m  E  A  F#m …", 1)


def shown(qtbot: QtBot, width: int) -> TakesList:
    takes = TakesList()
    qtbot.addWidget(takes)
    takes.resize(width, 190)
    takes.show()
    takes.show_takes(tuple(take(letter) for letter in "ABCDEFGH"), 7)
    return takes


def test_long_words_leave_room_for_the_chords(qtbot: QtBot) -> None:
    table = shown(qtbot, 480)._table
    bar = table.horizontalScrollBar()
    assert bar is not None and bar.maximum() == 0
    assert table.columnWidth(2) > 100


def test_the_take_that_is_heard_stays_in_view(qtbot: QtBot) -> None:
    takes = shown(qtbot, 480)
    takes.resize(480, 150)
    view = takes._table.viewport()
    assert view is not None
    assert view.rect().intersects(takes._table.visualItemRect(takes._table.item(7, 0)))
