from __future__ import annotations

from pathlib import Path

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
