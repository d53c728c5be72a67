"""A chunk of our own at the end of a WAV file, so that music is known again wherever it turns up.

The RIFF chunk ``HITP`` holds JSON in UTF-8; programs skip chunks they do not know. It depends on the cue alone,
so that a cue that is rendered again gives the same bytes, whatever the files are called::

    {"schema": "hitpoint.sound.1", "cue": "1f2e3d4c5b6a7988"}
"""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

CHUNK = b"HITP"
LARGEST = 2048  # bytes of the chunk's content

_SCHEMA = "hitpoint.sound.1"
_FAMILY = "hitpoint.sound."
_MOST_CHUNKS = 100


@dataclass(frozen=True)
class SoundNote:
    """The note in a sound file: the id of its cue file (:func:`cue_id`)."""

    cue: str


def cue_id(content: bytes) -> str:
    """The id of a cue, from the bytes of its file: 16 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()[:16]


def note_chunk(note: SoundNote) -> bytes:
    """The chunk with its header, an even number of bytes."""
    values = {"schema": _SCHEMA, "cue": note.cue}
    body = json.dumps(values, ensure_ascii=True, separators=(",", ":")).encode()
    assert len(body) <= LARGEST, "an id is short"
    return struct.pack("<4sI", CHUNK, len(body)) + body + b"\0" * (len(body) % 2)


def read_note(path: Path) -> SoundNote | None:
    """The note in a WAV file; None if it has none, or is no WAV file. Only the headers of the chunks are read."""
    try:
        with path.open("rb") as file:
            start = file.read(12)
            return _note(_content(file)) if start[:4] == b"RIFF" and start[8:] == b"WAVE" else None
    except OSError:
        return None


def _content(file: BinaryIO) -> bytes:
    """The content of our chunk; empty if there is none."""
    for _ in range(_MOST_CHUNKS):
        header = file.read(8)
        if len(header) < 8:
            break
        name, size = struct.unpack("<4sI", header)
        if name == CHUNK:
            return file.read(min(size, LARGEST))
        file.seek(size + size % 2, 1)
    return b""


def _note(content: bytes) -> SoundNote | None:
    try:
        values = json.loads(content.decode("utf-8")) if content else None
    except (ValueError, RecursionError):
        return None
    schema, cue = (_text(values, key) for key in ("schema", "cue"))
    return SoundNote(cue) if schema.startswith(_FAMILY) and cue else None


def _text(values: object, key: str) -> str:
    value = values.get(key) if isinstance(values, dict) else None
    return value if isinstance(value, str) else ""
