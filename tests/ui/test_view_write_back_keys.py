from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from hitpoint.core.ports import Way
from hitpoint.ui.dialogs.write_back import WriteBackDialog


def test_return_writes_and_asks_for_no_other_place(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (asked.append("place"), ("", ""))[1])
    ways = (Way("otio", "A copy of the edit", "open it", (), (), Path("/films/cut_hitpoint.otio"), True),)
    dialog = WriteBackDialog(ways, None, has_duck=False)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert (asked, dialog.result()) == ([], dialog.DialogCode.Accepted)
