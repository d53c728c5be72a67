"""What went wrong, in words for the editor.

What they can mend says so itself (:class:`~hitpoint.core.errors.HitpointError`); anything else is a mistake of ours: it
gets one line that says where its traceback was kept, and that nothing is lost.
"""

from __future__ import annotations

import traceback
from contextlib import suppress
from pathlib import Path

from hitpoint.core.errors import HitpointError, printable
from hitpoint.core.files.state_folder import user_state_folder

_LONGEST = 600  # characters that a message bar can show
REPORT_NAME = "last_error.txt"


def told(error: BaseException) -> str:
    """One line about an error; a mistake of ours is also written to a file, for the person who mends it."""
    if isinstance(error, HitpointError):
        return _one_line(str(error))
    if isinstance(error, MemoryError):
        return "there is not enough memory for this: close other programs, or score a shorter range"
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        return _one_line(f"{place}{error.strerror}: check the disk and the rights to that folder, then try again")
    kept = _kept(error)
    where = f"; the details are in {kept}" if kept is not None else ""
    return _one_line(f"something went wrong inside Hitpoint ({type(error).__name__}: {error}){where}; nothing is lost")


def _kept(error: BaseException) -> Path | None:
    """Where the traceback was written; None if the disk would not take it."""
    text = "".join(traceback.format_exception(error))
    with suppress(OSError):
        folder = user_state_folder()
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / REPORT_NAME
        path.write_text(text, encoding="utf-8", errors="backslashreplace")
        return path
    return None


def _one_line(text: str) -> str:
    plain = printable(text)
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
