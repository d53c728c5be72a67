"""The iXML chunk (iXML 2.10, ixml.info): which project a WAV file belongs to, and how it came about, in XML."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from xml.sax.saxutils import escape

_MOST = 4000  # characters of a text


@dataclass(frozen=True)
class Ixml:
    """What the chunk says.

    Attributes:
        project: the edit's name.
        note: one sentence about the sound.
        user: free text.
    """

    project: str
    note: str
    user: str = ""


def ixml_chunk(said: Ixml) -> bytes:
    """The chunk with its header, an even number of bytes."""
    fields = (("PROJECT", said.project), ("NOTE", said.note), ("USER", said.user))
    lines = "".join(f"<{name}>{escape(_plain(text))}</{name}>\n" for name, text in fields if text)
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<BWFXML>\n<IXML_VERSION>2.10</IXML_VERSION>\n{lines}</BWFXML>\n'
    body = xml.encode("utf-8", "replace")
    return struct.pack("<4sI", b"iXML", len(body)) + body + b"\0" * (len(body) % 2)


def _plain(text: str) -> str:
    """A text without what XML 1.0 does not allow."""
    return "".join(letter if letter.isprintable() else " " for letter in text[:_MOST])
