"""``tr`` is proven by a window that opens in German."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtWidgets import QApplication, QPushButton, QToolBar
from pytestqt.qtbot import QtBot

from hitpoint.core.ports import StyleCard
from hitpoint.ui.app import make_application
from hitpoint.ui.language import speak, translations_folder
from hitpoint.ui.panel import Panel

Room = Any


@pytest.fixture
def build() -> Any:
    spec = importlib.util.spec_from_file_location("build_translations", translations_folder() / "build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def german(qtbot: QtBot) -> Iterator[QApplication]:
    application = make_application()
    assert speak(application, "de_AT") == "de"
    yield application
    assert speak(application, "en") == "en"


def test_the_window_opens_in_german(german: QApplication, qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    panel = Panel((StyleCard("piano", ("Piano",)),))
    qtbot.addWidget(panel)
    bar = panel.menuBar()
    assert bar is not None
    titles = [action.text().replace("&", "") for action in bar.actions()]
    assert titles == ["Datei", "Bearbeiten", "Komponieren", "Cues", "Ansicht", "Ton", "Hilfe"]
    assert [panel.side.tabText(index) for index in (0, 1, 2, 6)] == ["Takes", "Musik", "Stimmen", "Abhören"]
    assert panel.timeline.moods.name == "Stimmung"
    assert panel.actions_by_name["undo"].toolTip().startswith("Den letzten Schritt zurücknehmen")


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_letter_of_a_menu_belongs_to_one_action(qtbot: QtBot, language: str) -> None:
    application = make_application()
    assert speak(application, language) == language
    try:
        panel = Panel((StyleCard("piano", ("Piano",)),))
    finally:
        speak(application, "en")
    qtbot.addWidget(panel)
    bar = panel.menuBar()
    assert bar is not None
    menus = [bar, *(action.menu() for action in bar.actions())]
    for menu in menus:
        assert menu is not None
        texts = [action.text() for action in menu.actions() if action.text()]
        letters = [text[text.index("&") + 1].lower() for text in texts]
        assert len(set(letters)) == len(texts), sorted(texts)


def test_what_is_done_has_a_german_name(german: QApplication, window: Any, room: Room, qtbot: QtBot) -> None:
    window.presenter.files.open(room.edit_file())
    qtbot.waitUntil(lambda: window.presenter.desk.cue is not None, timeout=20_000)
    window.presenter.changes.toggle_lock(1, 2)
    assert window.panel.actions_by_name["undo"].text() == "&Rückgängig Akkord sperren"


def test_what_is_compiled_is_what_is_written_and_all_of_it(german: QApplication, build: Any) -> None:
    words = build.read_words(translations_folder() / "hitpoint_de.ts")
    assert len(words) > 500
    wrong = [key for key, text in words.items() if not text or german.translate(*key) != text]
    assert wrong == []


@pytest.mark.slow
def test_every_word_of_the_window_is_in_the_translation(build: Any) -> None:
    known = build.read_words(translations_folder() / "hitpoint_de.ts")
    assert [key for key in build.found_words() if key not in known] == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_nothing_is_cut_short_in_the_smallest_window(qtbot: QtBot, language: str) -> None:
    application = make_application()
    assert speak(application, language) == language
    try:
        panel = Panel((StyleCard("piano", ("Piano",)), StyleCard("strings", ("Strings",))))
    finally:
        speak(application, "en")
    qtbot.addWidget(panel)
    panel.resize(1024, 640)
    panel._pages.setCurrentWidget(panel._work)
    panel.show()
    cut = []
    for page in range(panel.side.count()):
        panel.side.setCurrentIndex(page)
        application.processEvents()
        for button in panel.side.currentWidget().findChildren(QPushButton):
            if button.isVisible() and button.width() < button.fontMetrics().horizontalAdvance(button.text()) + 6:
                cut.append(button.text())
    tool_bar = panel.findChild(QToolBar)
    assert cut == [] and tool_bar is not None
    written = tool_bar.widgetForAction(panel.actions_by_name["write_back"])
    assert written is not None and written.isVisible()
    assert panel.settings.horizontalScrollBar().maximum() == 0
