"""Work that outlives a crash: each open cue is kept in a recovery file of its own until its editor has closed it.

A recovery file is written beside itself, flushed to the disk and then renamed, so that it is always whole. Beside it
lies a lock file that its process holds; a recovery file whose lock nobody holds was left by a crash, or kept on purpose.

::

    {"schema": "hitpoint.recovery.1", "edit": "/films/cut.otio", "saved": 1790000000.0, "cue": {"schema": ...}}
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Condition, Thread
from typing import Any

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import cue_from_document, cue_to_document
from hitpoint.core.cue.json_values import field, number, text
from hitpoint.core.errors import CueFileError
from hitpoint.core.files.file_lock import try_lock

SCHEMA = "hitpoint.recovery.1"
SECONDS_BETWEEN = 3.0  # at most so much work is lost, and the time that writing takes

_SUFFIX, _HALF, _LOCK = ".recovery.json", ".recovery.tmp", ".lock"
_LARGEST_FILE = 96 * 2**20  # bytes
_LATEST = 1e11  # seconds since 1970


@dataclass(frozen=True)
class Recovered:
    """Work that a crash left.

    Attributes:
        file: where it lies.
        edit: the file the editor had open.
        saved: seconds since 1970.
        cue: as it was last.
    """

    file: Path
    edit: Path
    saved: float
    cue: Cue


class RecoveryFile:
    """Keeps one open cue in a folder of recovery files.

    Args:
        folder: made if it is not there.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{os.getpid()}-{secrets.token_hex(4)}{_SUFFIX}"
        self._lock = os.open(_lock_of(self.path), os.O_RDWR | os.O_CREAT, 0o600)
        try_lock(self._lock)

    def write(self, edit: Path, cue: Cue) -> None:
        """Keep a cue in place of the one before.

        Raises:
            OSError: if the disk refuses; what was kept before is still there.
        """
        document = {"schema": SCHEMA, "edit": str(edit), "saved": time.time(), "cue": cue_to_document(cue)}
        temporary = self.path.with_suffix(".tmp")
        with temporary.open("w", encoding="ascii") as file:
            for chunk in json.JSONEncoder(allow_nan=False).iterencode(document):  # dumps() would hold up all threads
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, self.path)

    def adopt(self, recovered: Recovered) -> None:
        """Take over what another session left, in one step.

        Raises:
            OSError: if the disk refuses.
        """
        os.replace(recovered.file, self.path)
        _lock_of(recovered.file).unlink(missing_ok=True)

    def clear(self) -> None:
        """Forget the cue: it lies in a file of its own, or is not wanted."""
        self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file; a cue that was not cleared will be offered again."""
        os.close(self._lock)
        with suppress(OSError):
            _lock_of(self.path).unlink()


class Autosaver:
    """Writes the newest cue into a recovery file every few seconds, on a thread of its own.

    Cues are values, so that the thread needs no word from anybody while it writes.

    Args:
        folder: of the recovery files.
        seconds: between two writes.
        on_error: called (on the thread) with one line when the disk refuses, once until it works again.
    """

    def __init__(
        self,
        folder: Path,
        seconds: float = SECONDS_BETWEEN,
        on_error: Callable[[str], None] = lambda message: None,
    ) -> None:
        self._folder, self._seconds, self._on_error = folder, seconds, on_error
        self._file: RecoveryFile | None = None
        self._waiting: tuple[Path, Cue] | None = None
        self._changed = Condition()
        self._is_ending = self._has_told = self._is_writing = False
        self._thread = Thread(target=self._run, name="autosave", daemon=True)
        self._thread.start()

    def note(self, edit: Path, cue: Cue) -> None:
        """This is the work now; it will be on the disk in a few seconds."""
        with self._changed:
            self._waiting = (edit, cue)
            self._changed.notify_all()

    def forget(self) -> None:
        """There is no work now that could be lost."""
        with self._at_rest():
            self._waiting = None
            if self._file is not None:
                self._file.clear()

    def set_aside(self) -> None:
        """Leave the work where the next start will offer it; what comes now is kept in another file."""
        with self._at_rest():
            work, self._waiting = self._waiting, None
            if work is not None:
                self._write(*work)
            if self._file is not None:
                self._file.close()
            self._file = None

    def adopt(self, recovered: Recovered) -> None:
        """Go on with what a crash left, so that it is offered to nobody else.

        Raises:
            OSError: if the disk refuses.
        """
        with self._at_rest():
            self._opened().adopt(recovered)

    def end(self) -> None:
        """Stop, and forget the work: whoever wants it kept sets it aside first."""
        with self._changed:
            self._is_ending = True
            self._changed.notify_all()
        self._thread.join()
        if self._file is not None:
            self._file.clear()
            self._file.close()

    @contextmanager
    def _at_rest(self) -> Iterator[None]:
        """While the thread writes nothing."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_writing)
            yield

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting is not None or self._is_ending)
                if self._is_ending:
                    return
                work, self._waiting, self._is_writing = self._waiting, None, True
            if work is not None:
                self._write(*work)
            with self._changed:
                self._is_writing = False
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._is_ending, timeout=self._seconds)

    def _opened(self) -> RecoveryFile:
        if self._file is None:
            self._file = RecoveryFile(self._folder)
        return self._file

    def _write(self, edit: Path, cue: Cue) -> None:
        try:
            self._opened().write(edit, cue)
            self._has_told = False
        except OSError as error:
            if not self._has_told:
                self._has_told = True
                self._on_error(f"the work cannot be kept safe in {self._folder}: {error.strerror}; make room there")


def left_behind(folder: Path) -> tuple[Recovered, ...]:
    """What crashed or kept sessions left in a folder, the newest first; what is damaged is left out.

    What a crash had only half written is cleared.
    """
    for half in folder.glob(f"*{_HALF}"):
        if not _is_held(_lock_of(half.with_name(half.name.removesuffix(_HALF) + _SUFFIX))):
            half.unlink(missing_ok=True)
    found = []
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        if not _is_held(_lock_of(path)):
            with suppress(CueFileError):
                found.append(_read(path))
    return tuple(sorted(found, key=lambda each: -each.saved))


def discard(recovered: Recovered) -> None:
    """Remove what was left behind."""
    recovered.file.unlink(missing_ok=True)
    _lock_of(recovered.file).unlink(missing_ok=True)


def _lock_of(path: Path) -> Path:
    return path.with_name(path.name + _LOCK)


def _is_held(lock: Path) -> bool:
    try:
        descriptor = os.open(lock, os.O_RDWR)
    except OSError:
        return False
    try:
        return not try_lock(descriptor)
    finally:
        os.close(descriptor)


def _read(path: Path) -> Recovered:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise CueFileError(f"{path} is too large for a recovery file")
        document: Any = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise CueFileError(f"{path} cannot be read: {error}") from None
    if field(document, "schema", "the file") != SCHEMA:
        raise CueFileError(f"{path} was written by another version")
    return Recovered(
        file=path,
        edit=Path(text(field(document, "edit", "the file"), "edit")),
        saved=number(field(document, "saved", "the file"), "saved", 0, _LATEST),
        cue=cue_from_document(field(document, "cue", "the file")),
    )
