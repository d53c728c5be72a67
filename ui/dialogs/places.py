"""The system's dialogues that ask for a file or a folder; each answers nothing where the editor thinks better of it."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QCoreApplication
from PyQt6.QtWidgets import QFileDialog, QWidget

_FILTER = (
    "Edits (*.otio *.otioz *.otiod *.kdenlive *.edl *.xml *.fcpxml *.aaf *.json *.mp4 *.mov *.mkv *.mxf *.avi *.webm)"
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Places", text)


def asked_edit(parent: QWidget) -> Path | None:
    """An edit, a movie or a cue to open."""
    name, _ = QFileDialog.getOpenFileName(parent, _tr("Open Edit"), "", f"{_FILTER};;{_tr('All files')} (*)")
    return Path(name) if name else None


def asked_cut(parent: QWidget) -> Path | None:
    """Another cut for the music to follow."""
    name, _ = QFileDialog.getOpenFileName(parent, _tr("Follow Another Cut"), "", _FILTER)
    return Path(name) if name else None


def asked_media_folder(parent: QWidget, start: str) -> Path | None:
    """The folder of media that are missing."""
    name = QFileDialog.getExistingDirectory(parent, _tr("The Folder of the Media"), start)
    return Path(name) if name else None


def asked_music_folder(parent: QWidget) -> Path | None:
    """Where music is to go that cannot go beside its edit."""
    name = QFileDialog.getExistingDirectory(parent, _tr("Write the Music to Another Folder"), str(Path.home()))
    return Path(name) if name else None
