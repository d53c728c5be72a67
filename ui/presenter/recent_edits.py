"""The edits that were opened lately, newest first, in a small file of the user's."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

MOST = 10
_NAME = "recent_edits.json"


class RecentEdits:
    """The list in a folder; a list that is damaged or cannot be written is no reason to stop anybody."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / _NAME

    def paths(self) -> tuple[Path, ...]:
        """Those that are still there."""
        try:
            written = json.loads(self._file.read_bytes())
        except (OSError, ValueError, RecursionError):
            return ()
        names = [name for name in written if isinstance(name, str)] if isinstance(written, list) else []
        return tuple(path for path in map(Path, names[:MOST]) if "\0" not in str(path) and path.exists())

    def add(self, path: Path) -> None:
        """Put an edit at the top."""
        newest = Path(os.path.abspath(path))
        names = [str(newest), *(str(other) for other in self.paths() if other != newest)][:MOST]
        temporary = self._file.with_suffix(f".{os.getpid()}.tmp")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(names), encoding="ascii")
            os.replace(temporary, self._file)
