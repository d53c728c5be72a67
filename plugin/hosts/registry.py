"""A list of installed scripts, in one small file among this user's data. Nothing beside an edit is asked for it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hitpoint.core.errors import EditWriteError
from hitpoint.plugin.hosts.system import System

SCHEMA = "hitpoint.hosts.1"


@dataclass(frozen=True)
class Installation:
    """The scripts put into one host.

    Attributes:
        files: the scripts or entries, absolute.
        edition: of DaVinci Resolve, as it was told at the time: "studio", "free" or "auto".
        work: where its scripts export edits to; None if it has none.
    """

    files: tuple[Path, ...]
    edition: str = ""
    work: Path | None = None


def registry_file(system: System) -> Path:
    """The list's file."""
    return system.data / "hitpoint" / "hosts.json"


def installation(system: System, host: str) -> Installation | None:
    """The record of a host; None if nothing was installed, or the file is damaged."""
    told = _document(system).get(host)
    if not isinstance(told, dict) or not isinstance(told.get("files"), list):
        return None
    work = told.get("work")
    return Installation(
        tuple(Path(file) for file in told["files"] if isinstance(file, str)),
        str(told.get("edition", "")),
        Path(work) if isinstance(work, str) else None,
    )


def remember(system: System, host: str, installed: Installation | None) -> None:
    """Keep it, or forget the host if None; in one step.

    Raises:
        EditWriteError: if the file cannot be written.
    """
    document = _document(system)
    document.pop(host, None)
    if installed is not None:
        work = None if installed.work is None else str(installed.work)
        document[host] = {"files": [str(file) for file in installed.files], "edition": installed.edition, "work": work}
    replace_text(registry_file(system), json.dumps({"schema": SCHEMA, **document}, indent=1) + "\n")


def replace_text(path: Path, text: str) -> None:
    """Write a file of ours in one step, its folder made if need be.

    Raises:
        EditWriteError: if that is not to be.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.hitpoint-tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_text(text, encoding="utf-8", newline="\n")
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise EditWriteError(
            f"cannot write {path} ({error.strerror or error}): give a folder you may write to with --folder"
        ) from None


def _document(system: System) -> dict[str, Any]:
    try:
        document = json.loads(registry_file(system).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        return {}
    return document
