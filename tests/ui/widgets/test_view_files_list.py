from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from hitpoint.core.ports import Delivered
from hitpoint.ui.dialogs.delivered import DeliveredDialog


def test_mix_stems_and_midi_are_dragged_out_as_files(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "cut.music"
    (folder / "stems").mkdir(parents=True)
    names = ("cut_mix.wav", "stems/cut_pad.wav", "stems/cut_bass.wav", "cut.mid")
    for name in names:
        (folder / name).write_bytes(b"x")
    dialog = DeliveredDialog(Delivered(tmp_path / "gone.otio", folder / "cut_mix.wav", folder, "Import it."))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.files.isVisible()
    dialog.files.selectAll()
    urls = [Path(url.toLocalFile()) for url in dialog.files.mimeData(dialog.files.selectedItems()).urls()]
    assert [str(url.relative_to(folder)) for url in urls] == [names[0], names[2], names[1], names[3]]


def test_all_cues_that_were_written_are_named_and_dragged(qtbot: QtBot, tmp_path: Path) -> None:
    folder, cues = tmp_path / "cut.music", []
    for name in ("1M1", "2M1"):
        (folder / name / "stems").mkdir(parents=True)
        for kind in (f"{name}_mix.wav", f"stems/{name}_pad.wav", f"{name}.mid"):
            (folder / name / kind).write_bytes(b"x")
        cues.append((folder / name / f"{name}_mix.wav", folder / name))
    dialog = DeliveredDialog(Delivered(tmp_path / "gone.otio", cues[0][0], folder, "Import it.", cues=tuple(cues)))
    qtbot.addWidget(dialog)
    listed = [item.text() for item in dialog.files.findItems("*", Qt.MatchFlag.MatchWildcard)]
    assert listed == [name + end for name in ("1M1", "2M1") for end in ("_mix.wav", "_pad.wav", ".mid")]
    assert any("1M1_mix.wav, 2M1_mix.wav" in label.text() for label in dialog.findChildren(QLabel))
