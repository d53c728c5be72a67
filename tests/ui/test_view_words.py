"""The words of a cue in a real window: typed, shown as chips, changed and removed by their menus."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from hitpoint.ui.app import Window


def _say(window: Window, qtbot: QtBot, text: str) -> None:
    window.panel.actions_by_name["show_words"].trigger()
    field = window.panel.words.field
    field.clear()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def _chips(window: Window) -> list[str]:
    return [chip.text() for chip in window.panel.words.chips]


def test_words_become_chips_and_the_rest_is_named(at_work: Window, qtbot: QtBot) -> None:
    _say(at_work, qtbot, "dark strings, blurgh")
    assert _chips(at_work)[0] == "mood: dark"
    texts = [label.text() for label in at_work.panel.words.findChildren(QLabel)]
    assert "Not understood: blurgh" in texts
    assert at_work.panel.words._waiting.isVisible()


def test_a_chip_tells_the_place_in_time_that_its_words_have(at_work: Window, qtbot: QtBot) -> None:
    _say(at_work, qtbot, "quiet at the end, tense from 3 seconds")
    assert _chips(at_work)[:2] == [
        "loudness: quiet, 00:00:06:00 \N{EN DASH} 00:00:08:00",
        "mood: tense, 00:00:03:00 \N{EN DASH} 00:00:08:00",
    ]
    assert "%" not in at_work.panel.words.chips[0].toolTip()


def test_a_chip_says_when_its_time_counts_for_nothing(at_work: Window, qtbot: QtBot) -> None:
    _say(at_work, qtbot, "strings from 3 seconds")
    chip = at_work.panel.words.chips[0]
    assert chip.text() == "instrument: strings, whole cue"
    assert "not only for 00:00:03:00 \N{EN DASH} 00:00:08:00." in chip.toolTip()


def test_a_feeling_is_told_by_its_name(at_work: Window, qtbot: QtBot) -> None:
    _say(at_work, qtbot, "dark strings")
    assert at_work.panel.words.chips[0].toolTip().startswith("dark asks for mood Sad\n")


def test_a_chip_is_changed_and_removed_by_its_menu(at_work: Window, qtbot: QtBot) -> None:
    _say(at_work, qtbot, "dark strings")
    menu = at_work.panel.words.chips[0].menu()
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "sad").trigger()
    assert at_work.panel.words.field.text() == "sad strings"
    menu = at_work.panel.words.chips[0].menu()
    assert menu is not None
    menu.actions()[-1].trigger()
    assert at_work.panel.words.field.text() == "strings"
    at_work.panel.actions_by_name["undo"].trigger()
    assert at_work.panel.words.field.text() == "sad strings"


def test_a_stretch_needs_a_selection(at_work: Window, qtbot: QtBot) -> None:
    at_work.panel.words.stretch.setChecked(True)
    _say(at_work, qtbot, "calm")
    assert "No stretch is selected" in at_work.panel.notices.text
    at_work.presenter.changes.select(2, 4)
    at_work.panel.words.stretch.setChecked(True)
    _say(at_work, qtbot, "calm")
    assert len(at_work.presenter.desk.film.cues.named("1M1").prompts) == 1


def test_composing_with_the_words_takes_them_up(at_work: Window, qtbot: QtBot) -> None:
    _say(at_work, qtbot, "dark strings")
    qtbot.mouseClick(at_work.panel.words._compose, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not at_work.panel.busy.is_busy and not at_work.panel.words._waiting.isVisible())
    assert at_work.presenter.desk.cue is not None and at_work.presenter.desk.cue.prompts == ("dark strings",)
