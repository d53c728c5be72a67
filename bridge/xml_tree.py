"""XML read safely, each element with the bytes it was read from, so that a file can be changed in those places only.

A document type may only be a name, so that there are no entities and nothing is fetched; size, depth and number of
elements are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from hitpoint.core.errors import EditReadError
from hitpoint.core.machine.collection import uncollected

MAX_DEPTH = 100
MAX_ELEMENTS = 5_000_000

_START_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(eq=False)
class Element:
    """One element and where it stands in the file.

    Attributes:
        tag: its name.
        attributes: by name.
        start: byte of its ``<``.
        inside: first byte after its start tag.
        inside_end: first byte of its end tag; ``inside`` if it has none.
        end: first byte after it.
        children: in order.
        text: all characters between its children.
    """

    tag: str
    attributes: dict[str, str]
    start: int
    inside: int
    inside_end: int = 0
    end: int = 0
    children: list[Element] = field(default_factory=list)
    text: str = ""
    _named: dict[str, Element] | None = field(
        default=None, repr=False
    )  # filled when first asked for, the tree being whole

    def all(self, *tags: str) -> list[Element]:
        """The children of these names."""
        return [child for child in self.children if child.tag in tags]

    def get(self, name: str) -> str:
        """An attribute; empty if there is none."""
        return self.attributes.get(name, "")

    def property_element(self, name: str) -> Element | None:
        """The ``<property name=...>`` that counts, which is the last of that name."""
        if self._named is None:
            self._named = {child.get("name"): child for child in self.children if child.tag == "property"}
        return self._named.get(name)

    def property(self, name: str) -> str:
        """The text of a property; empty if there is none."""
        found = self.property_element(name)
        return found.text if found is not None else ""

    def walk(self) -> Iterator[Element]:
        """The element and everything inside it, in the order of the file."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))


@dataclass(frozen=True)
class Change:
    """New bytes for a stretch of a file, ``start`` to ``end``."""

    start: int
    end: int
    content: bytes


def parse_xml(content: bytes, name: str) -> Element:
    """The root element of a file in UTF-8; ``name`` is what it is called in messages.

    Raises:
        EditReadError: if it is no XML, damaged, in another encoding, with a document type, or too deep or large.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise EditReadError(f"{name} is in UTF-16, not in UTF-8: save the project again")
    builder = _Builder(content, name)
    try:
        with uncollected():
            return builder.parsed()
    except expat.ExpatError as error:
        where = f"line {error.lineno}, column {error.offset + 1}"
        reason = expat.ErrorString(error.code)
        raise EditReadError(f"{name} is damaged at {where} ({reason}): save the project again") from None


def changed(content: bytes, changes: Sequence[Change]) -> bytes:
    """The bytes with each change made; changes at one place come in the order given."""
    parts: list[bytes] = []
    at = 0
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        assert change.start >= at, "two changes overlap"
        parts += [content[at : change.start], change.content]
        at = change.end
    return b"".join([*parts, content[at:]])


def attribute_change(content: bytes, element: Element, name: str, value: str) -> Change:
    """The change that gives an attribute a value, in the place where it stands, else at the end of the start tag."""
    tag = content[element.start : element.inside]
    found = re.search(rb"(?<=\s)" + re.escape(name.encode()) + rb"\s*=\s*(\"[^\"]*\"|'[^']*')", tag)
    written = f'"{escaped(value)}"'.encode()
    if found is not None:
        return Change(element.start + found.start(1), element.start + found.end(1), written)
    at = element.inside - (2 if tag.endswith(b"/>") else 1)
    return Change(at, at, b" " + name.encode() + b"=" + written)


def text_change(element: Element, text: str) -> Change:
    """The change that gives an element without children a text; it must not be written as an empty tag."""
    return Change(element.inside, element.inside_end, escaped(text).encode())


def escaped(text: str) -> str:
    """Text for the inside of an element or an attribute, without the characters that XML cannot hold."""
    plain = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        plain = plain.replace(character, entity)
    return plain


class _Builder:
    """The tree of a file, from the events of the parser."""

    def __init__(self, content: bytes, name: str) -> None:
        self._content = content
        self._name = name
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._root: Element | None = None
        self._count = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.XmlDeclHandler = self._declaration

    def parsed(self) -> Element:
        """The root of what was given."""
        self._parser.Parse(self._content, True)
        assert self._root is not None
        return self._root

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= MAX_DEPTH or self._count > MAX_ELEMENTS:
            raise EditReadError(f"{self._name} is nested too deep, or too large, to be an edit")
        start = self._parser.CurrentByteIndex
        matched = _START_TAG.match(self._content, start)
        assert matched is not None, "the parser has just read a start tag there"
        element = Element(tag, attributes, start, matched.end())
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)
        self._texts.append([])

    def _end(self, tag: str) -> None:
        element = self._open.pop()
        element.text = "".join(self._texts.pop())
        if self._content[element.inside - 2 : element.inside] == b"/>":
            element.inside_end = element.end = element.inside
        else:
            element.inside_end = self._parser.CurrentByteIndex
            element.end = self._content.index(b">", element.inside_end) + 1

    def _characters(self, text: str) -> None:
        if self._texts:
            self._texts[-1].append(text)

    def _doctype(self, name: str, system: str | None, public: str | None, has_inside: object) -> None:
        if system is not None or public is not None or has_inside:
            raise EditReadError(f"{self._name} has a document type of its own, which no editor writes: it is not read")

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if (encoding or "utf-8").casefold() not in ("utf-8", "utf8", "us-ascii"):
            raise EditReadError(f"{self._name} is in {encoding}, not in UTF-8: save the project again")
