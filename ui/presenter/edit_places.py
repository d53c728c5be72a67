"""Where the files of an edit are, as its editor has said: the folder its music goes to, and where its media lie."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

MOST = 200  # edits that are remembered, those named last
_NAME = "edit_places.json"
_MUSIC, _MEDIA = "music", "media"


class EditPlaces:
    """What is remembered in a folder of the user's; what is damaged or cannot be written is no reason to stop anybody."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / _NAME

    def music(self, edit: Path) -> Path | None:
        """The folder that music for this edit went to last, if it is still there; None for beside the edit."""
        return self._place(edit, _MUSIC)

    def media(self, edit: Path) -> tuple[Path, ...]:
        """The folder in which the media of this edit were found, if it is still there."""
        place = self._place(edit, _MEDIA)
        return () if place is None else (place,)

    def put_music(self, edit: Path, folder: Path) -> None:
        """Music for this edit goes there from now on."""
        self._put(edit, _MUSIC, folder)

    def put_media(self, edit: Path, folder: Path) -> None:
        """The media of this edit lie there."""
        self._put(edit, _MEDIA, folder)

    def _place(self, edit: Path, kind: str) -> Path | None:
        named = self._read().get(os.path.abspath(edit), {}).get(kind)
        return Path(named) if named and "\0" not in named and Path(named).is_dir() else None

    def _put(self, edit: Path, kind: str, folder: Path) -> None:
        known, name = self._read(), os.path.abspath(edit)
        places = known.pop(name, {}) | {kind: os.path.abspath(folder)}
        newest = dict([*known.items(), (name, places)][-MOST:])
        temporary = self._file.with_suffix(f".{os.getpid()}.tmp")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(newest), encoding="ascii")
            os.replace(temporary, self._file)

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            written = json.loads(self._file.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        rows = written.items() if isinstance(written, dict) else ()
        return {
            edit: {kind: place for kind, place in places.items() if isinstance(place, str)}
            for edit, places in rows
            if isinstance(places, dict)
        }
