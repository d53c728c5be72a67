"""``tr`` is proven by a window that opens in German."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtWidgets import QApplication, QPushButton, QToolBar
from pytestqt.qtbot import QtBot

from hitpoint.core.ports import StyleCard
from hitpoint.core.words.chips import Chip
from hitpoint.ui.app import make_application
from hitpoint.ui.core_words import PATTERNS, spoken
from hitpoint.ui.cues.chip_words import shown_control, shown_value
from hitpoint.ui.language import speak, translations_folder
from hitpoint.ui.panel import Panel

Room = Any
ROOT = Path(__file__).parents[2]


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


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("sea.mp4 is not there: relink the clip, or name the folder its media is in", "sea.mp4 ist nicht da: den Clip"),
        (
            "sea.mp4 cannot be decoded (x): export or copy it again (its shots are scored from the cut alone)",
            "sea.mp4 lässt sich nicht decodieren (x): neu exportieren oder kopieren (seine Einstellungen werden nur",
        ),
        ("composing chords", "Akkorde werden komponiert"),
        ("nobody knows this sentence", "nobody knows this sentence"),
    ],
)
def test_what_the_core_says_is_told_in_german(german: QApplication, said: str, shown: str) -> None:
    assert spoken(said).startswith(shown)


def test_an_error_of_the_core_is_german_in_the_window(german: QApplication, window: Any) -> None:
    window.presenter.desk.fail("there is no hit point at frame 7")
    assert window.panel.notices.text == "Bei Bild 7 ist kein Treffer"


def test_what_a_take_was_composed_from_is_german(german: QApplication) -> None:
    words = [german.translate("Presenter", text) for text in ("from the cuts", "with the picture")]
    assert words == ["nach den Schnitten", "mit dem Bild"]


def test_a_chip_is_german_in_the_german_window(german: QApplication) -> None:
    chip = Chip("dark", "mood", "-0.6,-0.05")
    assert (shown_control("mood"), shown_control("without"), shown_value(chip)) == ("Stimmung", "ohne", "Traurig")


@pytest.mark.slow
def test_every_sentence_that_is_known_of_the_core_is_one_of_the_cores() -> None:
    """All texts of the program are read, which takes a while."""
    said = {text for folder in ("core", "bridge", "plugin", "ui") for text in _texts(ROOT / folder)}
    joined = "\n".join(said)
    pieces = [piece for pattern in PATTERNS for piece in re.split(r"\{\d\}", pattern)]
    assert [piece for piece in pieces if piece not in joined] == []


def _texts(folder: Path) -> Iterator[str]:
    """The texts in the modules of a folder, with {} for what is put into them."""
    for path in folder.rglob("*.py"):
        if path.name == "core_words.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.JoinedStr):
                yield "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)


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
