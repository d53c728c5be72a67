"""XML of exchange formats, read fast and safely: in any encoding, without entities of its own, nothing fetched.

Where a file is changed in its bytes, :mod:`hitpoint.bridge.xml_tree` is used instead, which knows where each element
stands but takes longer.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeAlias
from xml.etree import ElementTree
from xml.parsers import expat

from hitpoint.core.errors import EditReadError

Element: TypeAlias = ElementTree.Element

MAX_TAGS = 10_000_000  # starts and ends of elements
MAX_DEPTH = 100

_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*\[", re.IGNORECASE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w{1,12};)")
_CLAIMS_UTF_16 = re.compile(rb"^<\?xml[^>]*utf-?16[^>]*\?>", re.IGNORECASE)  # in a file that is in UTF-8
_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def parsed_xml(content: bytes, name: str) -> Element:
    """The root element of a file; ``name`` is what it is called in messages.

    A file in which only bare ampersands, control characters or the encoding it names are wrong is read all the same.

    Raises:
        EditReadError: if it is no XML, damaged, with entities of its own, or too large.
    """
    if not content.strip():
        raise EditReadError(f"{name} is empty: export the timeline again")
    content = _in_utf_8(content)
    if _DOCTYPE.search(content):
        raise EditReadError(f"{name} has a document type of its own, which no editor writes: it is not read")
    if content.count(b"<") > MAX_TAGS:
        raise EditReadError(f"{name} is too large to be an edit: export only the timeline")
    try:
        return _bounded(ElementTree.fromstring(content), name)
    except ElementTree.ParseError as error:
        return _bounded(_repaired(content, name, error), name)
    except (LookupError, ValueError):
        raise EditReadError(f"{name} is in an encoding that cannot be read: save it as UTF-8") from None


def new_element(tag: str, attributes: dict[str, str]) -> Element:
    """An element that stands in no file."""
    return ElementTree.Element(tag, attributes)


def child(element: Element | None, *tags: str) -> Element | None:
    """The first child of a name, and of that the first of the next name, and so on; None if there is none."""
    for tag in tags:
        element = element.find(tag) if element is not None else None
    return element


def text(element: Element | None, *tags: str) -> str:
    """The text of the child that is found by following tags; empty if there is none."""
    found = child(element, *tags)
    return (found.text or "").strip() if found is not None else ""


def root_tag(path: Path) -> str:
    """The name of a file's first element, in lower case; empty if it has none near its beginning."""
    try:
        with path.open("rb") as file:
            head = _in_utf_8(file.read(8192))
    except (OSError, ValueError):
        return ""
    found = re.search(rb"<([A-Za-z_][\w:.-]*)", re.sub(rb"<!--.*?-->", b"", head, flags=re.DOTALL))
    return found[1].decode("ascii", "replace").casefold() if found else ""


def _in_utf_8(content: bytes) -> bytes:
    if content[:2] not in _UTF_16 and content[1:2] != b"\0" and content[:1] != b"\0":
        return content
    order = "utf-16" if content[:2] in _UTF_16 else "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    return _DECLARATION.sub("", content.decode(order, "replace")).encode()


def _bounded(root: Element, name: str) -> Element:
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [inner for each in level for inner in each]
        if not level:
            return root
    raise EditReadError(f"{name} is nested too deep to be an edit")


def _repaired(content: bytes, name: str, error: ElementTree.ParseError) -> Element:
    """The root of a file with the faults that careless writers make; else the fault is told."""
    mended = _FORBIDDEN.sub(b"", _BARE_AMPERSAND.sub(b"&amp;", content)).lstrip()
    mended = _CLAIMS_UTF_16.sub(b"", mended)
    if mended != content:
        try:
            return ElementTree.fromstring(mended)
        except (ElementTree.ParseError, LookupError, ValueError):
            pass
    line, column = error.position
    reason = expat.ErrorString(error.code) or "not XML"
    where = f"line {line}, column {column + 1}"
    raise EditReadError(f"{name} is damaged at {where} ({reason}): export the timeline again") from None
