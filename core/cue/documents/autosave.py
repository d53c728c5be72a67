"""Work that outlives a crash: the open cues of a window are kept in a recovery file until their editor has closed them.

A recovery file is written beside itself, flushed to the disk and then renamed, so that it is always whole. Beside it
lies a lock file that its process holds; a recovery file whose lock nobody holds was left by a crash, or kept on
purpose.

::

    {"schema": "hitpoint.recovery.1", "edit": "/films/cut.otio", "saved": 1790000000.0, "cue": {"schema": ...}}

That is one cue about which nobody has said more; a list of them is written with its music by name::

    {"schema": "hitpoint.recovery.2", "edit": ..., "saved": ..., "cues": {"schema": ...}, "music": {"1M1": {...}}}
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
from hitpoint.core.cue.documents.cue_list_file import list_to_document
from hitpoint.core.cue.documents.film_file import film_from_document
from hitpoint.core.cue.film.film_cues import FilmCues, film_of
from hitpoint.core.cue.json_values import field, number, text
from hitpoint.core.errors import CueFileError
from hitpoint.core.files.file_lock import try_lock

SCHEMA, SCHEMA_OF_SEVERAL = "hitpoint.recovery.1", "hitpoint.recovery.2"
SECONDS_BETWEEN = 3.0  # at most so much work is lost, and the time that writing takes

_SUFFIX, _HALF, _LOCK = ".recovery.json", ".recovery.tmp", ".lock"
_LARGEST_FILE = 256 * 2**20  # bytes
_LATEST = 1e11  # seconds since 1970


@dataclass(frozen=True)
class Recovered:
    """Work that a crash left.

    Attributes:
        file: where it lies.
        edit: the file the editor had open.
        saved: seconds since 1970.
        film: all cues, as they were last.
    """

    file: Path
    edit: Path
    saved: float
    film: FilmCues

    @property
    def cue(self) -> Cue | None:
        """The first that has music."""
        return next((self.film.music[name] for name in self.film.cues.names if name in self.film.music), None)


class RecoveryFile:
    """Keeps the open cues of a window in a folder of recovery files.

    Args:
        folder: made if it is not there.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{os.getpid()}-{secrets.token_hex(4)}{_SUFFIX}"
        self._lock = os.open(_lock_of(self.path), os.O_RDWR | os.O_CREAT, 0o600)
        try_lock(self._lock)
        self._encoded: dict[str, tuple[Cue, str]] = {}

    def write(self, edit: Path, work: Cue | FilmCues) -> None:
        """Keep cues in place of those before; only what has changed is encoded again.

        Raises:
            OSError: if the disk refuses; what was kept before is still there.
        """
        temporary = self.path.with_suffix(".tmp")
        with temporary.open("w", encoding="ascii") as file:
            for chunk in self._chunks(edit, work if isinstance(work, FilmCues) else film_of(work)):
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, self.path)

    def _chunks(self, edit: Path, film: FilmCues) -> Iterator[str]:
        """The document in pieces."""
        alone = next(iter(film.music.values()), None)
        is_plain = alone is not None and film == film_of(alone)
        head = {
            "schema": SCHEMA if is_plain else SCHEMA_OF_SEVERAL,
            "edit": os.path.abspath(edit),
            "saved": time.time(),
        }
        yield _joined(head)[:-1]
        if is_plain:
            yield ', "cue": ' + self._of(next(iter(film.music)), film) + "}"
            return
        yield ', "cues": ' + _joined(list_to_document(film.cues)) + ', "music": {'
        for index, name in enumerate(film.music):
            yield (", " if index else "") + json.dumps(name) + ": " + self._of(name, film)
        yield "}}"
        self._encoded = {name: known for name, known in self._encoded.items() if name in film.music}

    def _of(self, name: str, film: FilmCues) -> str:
        """The music of a cue as JSON; one that has not changed is at hand."""
        cue, known = film.music[name], self._encoded.get(name)
        if known is None or known[0] is not cue:
            known = self._encoded[name] = (cue, _joined(cue_to_document(cue)))
        return known[1]

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
    """Writes the newest cues into a recovery file every few seconds, on a thread of its own.

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
        self._waiting: tuple[Path, Cue | FilmCues] | None = None
        self._changed = Condition()
        self._is_ending = self._has_told = self._is_writing = False
        self._thread = Thread(target=self._run, name="autosave", daemon=True)
        self._thread.start()

    def note(self, edit: Path, work: Cue | FilmCues) -> None:
        """This is the work now; it will be on the disk in a few seconds."""
        with self._changed:
            self._waiting = (edit, work)
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

    def _write(self, edit: Path, work: Cue | FilmCues) -> None:
        try:
            self._opened().write(edit, work)
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


def _joined(document: Any) -> str:
    """JSON, made in small steps: dumps() would hold up all threads."""
    return "".join(json.JSONEncoder(allow_nan=False).iterencode(document))


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
    schema = field(document, "schema", "the file")
    if schema not in (SCHEMA, SCHEMA_OF_SEVERAL):
        raise CueFileError(f"{path} was written by another version")
    is_plain = schema == SCHEMA
    return Recovered(
        file=path,
        edit=Path(text(field(document, "edit", "the file"), "edit")),
        saved=number(field(document, "saved", "the file"), "saved", 0, _LATEST),
        film=film_of(cue_from_document(field(document, "cue", "the file")))
        if is_plain
        else film_from_document(document),
    )
