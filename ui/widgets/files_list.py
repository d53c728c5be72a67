"""Files that were written, to be dragged into an editing program, a folder or a message."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PyQt6.QtCore import QMimeData, Qt, QUrl
from PyQt6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from hitpoint.core.ports import Delivered

_PATH = Qt.ItemDataRole.UserRole


class FilesList(QListWidget):
    """A row a file; one or several are dragged as files.

    Ctrl+C copies them as such, by whoever asks for ``mime``.
    """

    def __init__(self, files: Iterable[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setAccessibleName(self.tr("Written files"))
        self.setToolTip(self.tr("Drag files from here into your editing program; Ctrl+A selects all"))
        for file in files:
            item = QListWidgetItem(file.name)
            item.setData(_PATH, str(file))
            item.setToolTip(str(file))
            self.addItem(item)
        self.setCurrentRow(0)

    def mimeData(self, items: Iterable[QListWidgetItem]) -> QMimeData:
        """The files themselves, so that every program takes them."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(item.data(_PATH))) for item in items])
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        """Copies only: what was written stays where it is."""
        return Qt.DropAction.CopyAction


def files_of(delivered: Delivered) -> tuple[Path, ...]:
    """What an editor drags: mix, stems and notes of one cue after the other, and the timeline.

    What is not there is left out.
    """
    found: list[Path] = []
    for mix, folder in delivered.cues or ((delivered.mix, delivered.folder),):
        mixes, notes = sorted(folder.glob("*.wav")), sorted(folder.glob("*.mid"))
        found += [mix, *mixes, *sorted((folder / "stems").glob("*.wav")), *notes]
    return tuple(dict.fromkeys(path for path in (*found, delivered.timeline) if path.is_file()))
