"""A document as text, spelled as the file it came from: its indentation, its escapes, its word for infinity."""

from __future__ import annotations

import json
import re

from hitpoint.bridge.otio.otio_json import Node
from hitpoint.core.errors import EditWriteError

_INDENTATION = re.compile(rb"\{\s*?\n([ \t]*)\S")
_TIGHT = re.compile(rb'":[^\s]')
_STRING_OR_INFINITY = re.compile(r'"(?:[^"\\]|\\.)*"|-?\bInfinity\b')
_STRING_OR_SHORT = re.compile(rb'"(?:[^"\\]|\\.)*"|\bInf\b')


def text_like(document: Node, source: bytes = b"{\n    ") -> bytes:
    """The document in UTF-8, laid out as ``source``; numbers keep their value and whether they are whole.

    Raises:
        EditWriteError: if it is nested too deep to be written.
    """
    indentation = _INDENTATION.search(source[:10_000])
    indent = indentation[1].decode() if indentation else None
    escapes = source.isascii() and b"\\u" in source
    try:
        text = json.dumps(document, indent=indent, separators=_separators(source, indent), ensure_ascii=escapes)
    except RecursionError:
        raise EditWriteError("the edit is nested too deep to be written: export it flat") from None
    if b"Inf" in source and any(match[0] == b"Inf" for match in _STRING_OR_SHORT.finditer(source)):
        text = _STRING_OR_INFINITY.sub(_spelled_short, text)
    text += "\n" if source.endswith(b"\n") else ""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:  # half a surrogate pair, which only an escape can carry
        return json.dumps(document, indent=indent).encode("ascii")


def _separators(source: bytes, indent: str | None) -> tuple[str, str]:
    if indent is not None:
        return ",", ": "
    return (",", ":") if _TIGHT.search(source[:10_000]) else (", ", ": ")


def _spelled_short(match: re.Match[str]) -> str:
    found = match[0]
    return found if found.startswith('"') else found.replace("Infinity", "Inf")
