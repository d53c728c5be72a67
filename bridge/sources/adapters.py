"""AAF and the rest, through whatever OpenTimelineIO adapters are installed.

The adapter's timeline is turned into JSON, so that everything takes the same road as an .otio file.
"""

from __future__ import annotations

import gc
import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import opentimelineio as otio

from hitpoint.bridge.otio.otio_json import Node, parse_document, read_bounded
from hitpoint.core.errors import EditReadError
from hitpoint.core.machine.collection import uncollected

_NOT_EDITS = (".ma", ".mb", ".svg", ".json")  # adapters that start other programs, or only write; our own cues


def can_read(path: Path) -> bool:
    """Whether an installed adapter reads files with this ending."""
    suffix = path.suffix.casefold()
    return suffix not in _NOT_EDITS and suffix[1:] in otio.adapters.suffixes_with_defined_adapters(read=True)


def load_through_adapter(path: Path, *, is_lean: bool = False) -> tuple[Node, list[str]]:
    """The document an adapter makes of a file, and warnings for the editor.

    Args:
        path: the file.
        is_lean: whether metadata that is not looked at while reading may be left out, which is faster.

    Raises:
        EditReadError: if the adapter cannot make sense of it.
    """
    content = read_bounded(path)
    if not content.strip():
        raise EditReadError(f"{path.name} is empty: export the timeline again")
    with _silenced():
        if path.suffix.casefold() == ".aaf" and find_spec("aaf2") is not None:
            return _aaf(path, is_lean=is_lean), []
        return parse_document(_as_json(path, _read), path.name), []


def _aaf(path: Path, *, is_lean: bool) -> Node:
    """An AAF, without its markers if the adapter does not survive them; they are read in another way then."""
    from hitpoint.bridge.sources.aaf import Facts, completed, facts_of, without_marks  # loads the library for AAF
    from hitpoint.bridge.sources.lean_aaf import read_lean

    told: list[Facts | None] = []

    def read(path: Path) -> Any:
        """The timeline of a file; facts found on the way are kept."""
        timeline, facts = read_lean(path) if is_lean else (_read(path), None)
        told.append(facts)
        return timeline

    with uncollected():
        try:
            document = parse_document(_as_json(path, read), path.name)
        except EditReadError:
            facts = facts_of(path)
            if not facts.marks:
                raise
        else:
            return completed(document, told[0] or facts_of(path), with_marks=False)
        with without_marks(path) as copy:
            return completed(parse_document(_as_json(copy, read), path.name), facts, with_marks=True)


@contextmanager
def _silenced() -> Iterator[None]:
    """Adapters log and warn of what one line says."""
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                yield
            finally:
                gc.collect()  # closes files that an adapter has left open
    finally:
        logging.disable(level)


def _read(path: Path) -> Any:
    return otio.adapters.read_from_file(str(path))


def _as_json(path: Path, read: Callable[[Path], Any]) -> bytes:
    text, reason = _attempted(path, read)  # the adapter's own error is gone here, and with it the files it held open
    if reason:
        kind = path.suffix[1:].upper()
        raise EditReadError(f"{path.name} cannot be read as {kind} ({reason}): export it again, or in another format")
    return text.encode()


def _attempted(path: Path, read: Callable[[Path], Any]) -> tuple[str, str]:
    """The JSON that is made of what a reader finds in a file, or the reason why there is none."""
    try:
        return str(otio.adapters.write_to_string(read(path), "otio_json")), ""
    except OSError as error:
        return "", error.strerror or "it cannot be opened"
    except Exception:  # noqa: BLE001  an adapter is foreign code; what it raises is no sentence for an editor
        return "", "it is damaged, or holds what the adapter does not know"
