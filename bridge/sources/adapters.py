"""AAF and the rest, through whatever OpenTimelineIO adapters are installed.

The adapter's timeline is turned into JSON, so that everything takes the same road as an .otio file.
"""

from __future__ import annotations

import gc
import logging
import warnings
from pathlib import Path
from typing import Any

import opentimelineio as otio

from hitpoint.bridge.otio.otio_json import Node, parse_document, read_bounded
from hitpoint.core.errors import EditReadError

_NOT_EDITS = (".ma", ".mb", ".svg")  # adapters that start other programs, or only write


def can_read(path: Path) -> bool:
    """Whether an installed adapter reads files with this ending."""
    suffix = path.suffix.casefold()
    return suffix not in _NOT_EDITS and suffix[1:] in otio.adapters.suffixes_with_defined_adapters(read=True)


def load_through_adapter(path: Path) -> tuple[Node, list[str]]:
    """The document an adapter makes of a file, and warnings for the editor.

    Raises:
        EditReadError: if the adapter cannot make sense of it.
    """
    content = read_bounded(path)
    if not content.strip():
        raise EditReadError(f"{path.name} is empty: export the timeline again")
    options: dict[str, Any] = {}
    told: list[str] = []
    if path.suffix.casefold() == ".aaf":
        options["use_empty_mob_ids"] = True
    return parse_document(_as_json(path, options), path.name), told


def _as_json(path: Path, options: dict[str, Any]) -> bytes:
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)  # adapters log what the one line below says
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            text, reason = _attempted(path, options)
            gc.collect()  # closes files that an adapter has left open, while warnings of it are silent
    finally:
        logging.disable(level)
    if not text:
        raise EditReadError(f"{path.name} cannot be read as {path.suffix[1:].upper()} ({reason}): export it again")
    return text.encode()


def _attempted(path: Path, options: dict[str, Any]) -> tuple[str, str]:
    """The JSON an adapter makes of a file, or no text and the reason why."""
    try:
        return str(otio.adapters.write_to_string(_read(path, options), "otio_json")), ""
    except Exception as error:  # noqa: BLE001  an adapter is foreign code and raises whatever it likes
        return "", " ".join(str(error).split())[:160] or type(error).__name__


def _read(path: Path, options: dict[str, Any]) -> Any:
    try:
        return otio.adapters.read_from_file(str(path), **options)
    except TypeError:  # an adapter that does not know the option
        return otio.adapters.read_from_file(str(path))
