"""One edit of a batch: what decides its result, and the work itself, the same wherever it runs. Loads nothing slow.

A task has a folder of its own, named after a hash of all that decides its result: the edit, the media that it uses, the
options and the version. A folder with a ``result.json`` that says "done" is not made again; what a stopped worker left
in one without is cleared away. A lock keeps two workers from making the same at once.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from importlib import import_module, metadata
from pathlib import Path
from threading import Thread
from typing import Any

from hitpoint.core.errors import EditReadError, HitpointError, OptionError
from hitpoint.core.files.file_lock import try_lock

RESULT = "result.json"
_MARK = ".hitpoint-batch"  # lies in folders that are ours to clear
_LOCK = ".lock"
_POLL_SECONDS = 0.5
_STDIN = 0


@dataclass(frozen=True)
class Task:
    """One edit.

    Attributes:
        edit: its file, absolute.
        folder: where all of it goes.
        options: further words for ``hitpoint score``.
        spots: whether there is a cue for each place that ``hitpoint spot`` finds, in place of one for all.
        seconds: how long the edit is, by which the longest are begun first.
    """

    edit: str
    folder: str
    options: tuple[str, ...] = ()
    spots: bool = False
    seconds: float = 0.0

    def document(self) -> dict[str, Any]:
        """As plain JSON values."""
        return asdict(self)


def task_of(document: Mapping[str, Any]) -> Task:
    """The task that :meth:`Task.document` told."""
    return Task(
        document["edit"], document["folder"], tuple(document["options"]), bool(document["spots"]), document["seconds"]
    )


def planned(edit: Path, folder: Path, options: tuple[str, ...], *, spots: bool) -> Task:
    """The task for an edit, in a folder inside ``folder`` that is named after what decides its result.

    Raises:
        EditReadError: if the edit cannot be read.
    """
    edit = edit.absolute()
    digest = hashlib.sha256()
    for fact in (metadata.version("hitpoint"), repr(options), repr(spots), str(edit)):
        digest.update(fact.encode("utf-8", "surrogateescape") + b"\0")
    try:
        if edit.is_file():
            digest.update(edit.read_bytes())
        seconds, contents = _length_and_media(edit)
        for content in contents:
            digest.update(content.encode())
    except OSError as error:
        raise EditReadError(f"{edit} cannot be read ({error.strerror})") from None
    place = folder.absolute() / f"{edit.stem[:80]}_{digest.hexdigest()[:12]}"
    return Task(str(edit), str(place), options, spots, seconds)


def result_of(task: Task) -> dict[str, Any] | None:
    """The result of a task; None if it was never brought to an end."""
    try:
        found = json.loads((Path(task.folder) / RESULT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and "state" in found else None


def run_task(document: Mapping[str, Any]) -> dict[str, Any]:
    """Score one edit and answer what became of it; a problem that an editor can mend is a result, too."""
    task = task_of(document)
    folder = Path(task.folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return _failed(task, f"{folder} cannot be made ({error.strerror}); -o names another place")
    with _alone(folder):
        known = result_of(task)
        if known is not None and known["state"] == "done":
            return known
        _clear(folder)
        started = time.monotonic()
        try:
            told = _scored(task, folder)
        except HitpointError as error:
            found = _failed(task, str(error))
        else:
            found = {"edit": task.edit, "state": "done", "message": "", "node": socket.gethostname(), **told}
        found["seconds"] = round(time.monotonic() - started, 2)
        _write(folder / RESULT, found)
        return found


def _scored(task: Task, folder: Path) -> dict[str, Any]:
    if not Path(task.edit).exists():
        raise EditReadError(f"{task.edit} is not on {socket.gethostname()}: put it where all machines see it")
    line = ["score", task.edit, "-o", str(folder), "--report", str(folder / "report.json"), "--quiet", *task.options]
    if task.spots:
        cues = folder / "cues.toml"
        media = [word for pair in _pairs(task.options, "--media") for word in pair]
        _command(["spot", task.edit, "-o", str(cues), "--quiet", *media])
        line += ["--cues", str(cues)]
    _command(line)
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return {
        "timeline": report["outputs"]["timeline"],
        "report": str(folder / "report.json"),
        "music_seconds": sum(cue["seconds"] or 0.0 for cue in report["cues"]),
        "cues": len(report["cues"]),
        "missing": report["edit"]["media"]["missing"],
        "warnings": report["warnings"],
    }


def _command(line: list[str]) -> None:
    """Run a command line as the program itself does, which is loaded by name as its commands are."""
    program = import_module("hitpoint.plugin.cli")
    try:
        options = program.build_parser().parse_args(line)
    except SystemExit:
        raise OptionError(f"not understood: hitpoint {' '.join(line)}") from None
    program.run(options)


def _pairs(options: tuple[str, ...], name: str) -> Iterator[tuple[str, str]]:
    return ((word, options[place + 1]) for place, word in enumerate(options[:-1]) if word == name)


def _length_and_media(path: Path) -> tuple[float, list[str]]:
    """The seconds of an edit, and hashes of its media, as far as they are here, in order of use."""
    from hitpoint.bridge.reading.timeline_reader import read_edit
    from hitpoint.core.features.cache import content_of

    edit, found = read_edit(path), []
    for media in edit.media_files:
        with suppress(OSError, HitpointError):
            found.append(content_of(media))
    return float(edit.seconds), found


def _failed(task: Task, message: str) -> dict[str, Any]:
    return {"edit": task.edit, "state": "failed", "message": message, "node": socket.gethostname()}


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other worker is at this folder."""
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        while not try_lock(lock):
            time.sleep(_POLL_SECONDS)
        yield
    finally:
        os.close(lock)


def _clear(folder: Path) -> None:
    """Take away what a worker that was stopped left, and mark the folder as ours; one that is not stays as it is."""
    entries = [entry for entry in folder.iterdir() if entry.name not in (_LOCK, _MARK)]
    if entries and not (folder / _MARK).exists():
        return
    for entry in entries:
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    (folder / _MARK).touch()


def _write(path: Path, document: Mapping[str, Any]) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    temporary.replace(path)


def end_with_parent() -> None:
    """End this process as soon as the one that started it is gone, however that ended: then standard input closes."""

    def wait() -> None:
        """Wait until the parent's end of the pipe closes, and end with it."""
        with suppress(OSError):  # not through sys.stdin: Python aborts when it ends while a thread waits in that
            while os.read(_STDIN, 1):
                pass
        os._exit(1)  # as if killed: what was begun is cleared by the next run

    Thread(target=wait, daemon=True).start()


if __name__ == "__main__":  # what a process of its own is started with: a task as JSON
    end_with_parent()
    run_task(json.loads(sys.argv[1]))
