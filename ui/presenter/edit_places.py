"""What an editor has said of an edit's files.

Where its music goes, by which name and what of it; where its media lie.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

MOST = 200  # edits that are remembered, those named last
_NAME = "edit_places.json"
_MUSIC, _MEDIA = "music", "media"
_NAME_OF_COPY, _APPROVED = "name", "approved"


class EditPlaces:
    """What is remembered in a folder of the user's.

    What is damaged or cannot be written is no reason to stop anybody.
    """

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
        self._put(edit, **{_MUSIC: os.path.abspath(folder)})

    def name(self, edit: Path) -> str:
        """The name, without its ending, that the editor gave to the copy of this edit; empty for none."""
        return self._read().get(os.path.abspath(edit), {}).get(_NAME_OF_COPY, "")

    def is_approved_only(self, edit: Path) -> bool:
        """Whether only approved cues were written last."""
        return bool(self._read().get(os.path.abspath(edit), {}).get(_APPROVED))

    def put_choice(self, edit: Path, name: str, *, approved: bool) -> None:
        """The copy of this edit is called so, or as we call it if that is empty, and only approved cues are written."""
        self._put(edit, **{_NAME_OF_COPY: name, _APPROVED: "yes" if approved else ""})

    def put_media(self, edit: Path, folder: Path) -> None:
        """The media of this edit lie there."""
        self._put(edit, **{_MEDIA: os.path.abspath(folder)})

    def _place(self, edit: Path, kind: str) -> Path | None:
        named = self._read().get(os.path.abspath(edit), {}).get(kind)
        return Path(named) if named and "\0" not in named and Path(named).is_dir() else None

    def _put(self, edit: Path, **noted: str) -> None:
        known, name = self._read(), os.path.abspath(edit)
        places = known.pop(name, {}) | noted
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
