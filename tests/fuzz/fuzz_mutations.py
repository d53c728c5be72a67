"""Ways to spoil a file. Each takes a generator of random numbers, so that a run can be had again."""

from __future__ import annotations

import copy
import io
import json
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

Spoil = Callable[[bytes, random.Random], bytes]

# What stands where something else was expected.
_ODD_VALUES: list[Any] = [
    None, True, False, 0, -1, 1, 2**31, -(2**63), 2**64, 10**30, 10**400, 0.0, -0.0, 0.5, 1e-300, 1e300, 1e308, -1e308,
    float("nan"), float("inf"), float("-inf"), "", "C", "\0", "\n", "a\nb; rm -rf ~ $(id) `id`", "\u202e", "\ud800",
    "../../../etc/passwd", "/dev/zero", "/dev/stdin", "file:///etc/passwd", "http://127.0.0.1:9/x.mov", "//host/share/x",
    "x" * 100_000, "1/0", "24000/1001", "-1/7", "1e999", [], {}, [[]], [{}], {"OTIO_SCHEMA": "Clip.99"},
    {"OTIO_SCHEMA": "Timeline.1"}, {"OTIO_SCHEMA": "Stack.1", "children": None}, {"": ""},
]  # fmt: skip
_SCHEMAS = ["Timeline.1", "Stack.1", "Track.1", "Clip.2", "Clip.1", "Gap.1", "Transition.1", "Marker.2", "Marker.3",
            "ExternalReference.1", "ImageSequenceReference.1", "LinearTimeWarp.1", "FreezeFrame.1", "RationalTime.1",
            "TimeRange.1", "SerializableCollection.1", "Nonsense.7", ""]  # fmt: skip
_ODD_BYTES = [
    b"\0",
    b"\xff",
    b"\x7f",
    b"\xff\xff\xff\xff",
    b"\0\0\0\0",
    b"\x80\0\0\0",
    b"[" * 2000,
    b'{"a":' * 500,
    b'"',
    b"Inf",
]


_XML_PART = re.compile(rb'"[^"<>]*"|(?<=>)[^<>]+(?=<)|<[a-z]+ [^<>]*/>|<property[^>]*>[^<]*</property>')


def spoiled_bytes(content: bytes, dice: random.Random) -> bytes:
    """Flipped, cut, doubled, overwritten."""
    data = bytearray(content)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(data) + 1)
        match dice.randrange(5):
            case 0 if at < len(data):
                data[at] ^= 1 << dice.randrange(8)
            case 1:
                del data[at : at + dice.choice([1, 2, 16, len(data)])]
            case 2:
                odd = dice.choice(_ODD_BYTES)
                data[at : at + len(odd)] = odd
            case 3:
                data[at:at] = dice.choice(_ODD_BYTES)
            case _:
                data[at:at] = data[at : at + dice.choice([4, 64, 1000])]
    return bytes(data)


def spoiled_json(content: bytes, dice: random.Random) -> bytes:
    """Still JSON, but with values that nobody expects; now and then no longer JSON."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return spoiled_bytes(content, dice)
    for _ in range(dice.choice([1, 1, 2, 5])):
        document = _changed(document, dice)
    try:
        text = json.dumps(document).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):
        return content
    return spoiled_bytes(text, dice) if dice.random() < 0.05 else text


def spoiled_values(content: bytes, dice: random.Random) -> bytes:
    """Numbers of two and four bytes replaced where they stand, so that all else stays in its place."""
    data = bytearray(content)
    for _ in range(dice.choice([1, 2, 8])):
        at = dice.randrange(0, max(len(data) - 4, 1), 2)
        odd = dice.choice([b"\0\0", b"\xff\xff", b"\xff\x7f", b"\0\x80", b"\1\0", b"\0\0\0\x80", dice.randbytes(2)])
        data[at : at + len(odd)] = odd
    return bytes(data) if dice.random() < 0.9 else spoiled_bytes(bytes(data), dice)


def spoiled_tensors(content: bytes, dice: random.Random) -> bytes:
    """A safetensors file whose header, or what the header holds as JSON, says something else; or any bytes."""
    size = int.from_bytes(content[:8], "little")
    if dice.random() < 0.2 or content[8:9] != b"{" or size > len(content):
        return spoiled_bytes(content, dice)
    header = spoiled_json(content[8 : 8 + size], dice)
    try:
        told = json.loads(header)
        told["__metadata__"]["config"] = spoiled_json(told["__metadata__"]["config"].encode(), dice).decode()
        header = json.dumps(told).encode() if dice.random() < 0.5 else header
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        pass
    return len(header).to_bytes(8, "little") + header + content[8 + size :]


def spoiled_xml(content: bytes, dice: random.Random) -> bytes:
    """Values, attributes and elements exchanged, left out and doubled; now and then an entity that would swell."""
    text = content
    for _ in range(dice.choice([1, 1, 2, 5])):
        parts = list(_XML_PART.finditer(text))
        if not parts:
            break
        one, other = dice.choice(parts), dice.choice(parts)
        odd = str(dice.choice(_ODD_VALUES)).encode("utf-8", "replace").replace(b"<", b"")[:3000]
        new = dice.choice(
            [odd, other[0], one[0] * 2, b"", _numbers_changed(one[0], dice), _numbers_changed(one[0], dice)]
        )
        text = text[: one.start()] + new + text[one.end() :]
    if dice.random() < 0.03:
        bomb = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
        text = text.replace(b"?>", b"?>" + bomb, 1).replace(b"</property>", b"&b;&c;</property>", 1)
    return spoiled_bytes(text, dice) if dice.random() < 0.05 else text


def spoiled_list(content: bytes, dice: random.Random) -> bytes:
    """Words and lines of a list exchanged, left out and doubled, numbers changed; or any bytes."""
    if dice.random() < 0.2:
        return spoiled_bytes(content, dice)
    lines = [line.split(b" ") for line in content.split(b"\n")]
    for _ in range(dice.choice([1, 2, 6])):
        line = dice.choice(lines)
        place = dice.randrange(len(line))
        odd = [
            b"",
            b"999",
            b"-1",
            b"99:99:99:99",
            b"01:00:00;00",
            b"00:00:00:00",
            b"NONE",
            b"W999",
            b"M2",
            b"\xff\xfe",
            b"K O",
        ]
        line[place] = dice.choice([*odd, _numbers_changed(line[place], dice), dice.choice(dice.choice(lines))])
        if dice.random() < 0.2:
            lines.insert(dice.randrange(len(lines)), list(dice.choice(lines)))
    return b"\n".join(b" ".join(line) for line in lines)


def _numbers_changed(text: bytes, dice: random.Random) -> bytes:
    return re.sub(rb"\d+", lambda _: str(dice.choice([0, -1, 1, 2, 25, 10**9, 10**30, 0.5])).encode(), text)


def spoiled_zip(content: bytes, dice: random.Random) -> bytes:
    """A zip whose members are called, hold or promise something else."""
    if dice.random() < 0.3:
        return spoiled_bytes(content, dice)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            members = [(info, bundle.read(info)) for info in bundle.infolist() if info.file_size < 1_000_000]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        return spoiled_bytes(content, dice)
    packed = io.BytesIO()
    kind = dice.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w", kind) as bundle:
        warnings.simplefilter("ignore", UserWarning)  # names given twice are part of it
        for info, data in members:
            told = zipfile.ZipInfo(_odd_name(info.filename, dice), (1980, 1, 1, 0, 0, 0))
            told.external_attr = dice.choice([0, 0o120777 << 16, 0o100644 << 16, 0o010000 << 16])
            bundle.writestr(told, spoiled_json(data, dice) if info.filename.endswith(".otio") else data)
            if dice.random() < 0.002:
                bundle.writestr("bomb", b"\0" * 80_000_000, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _odd_name(name: str, dice: random.Random) -> str:
    odd = [
        "../out.otio",
        "/etc/out",
        "a\\..\\b",
        "C:\\x",
        "content.otio",
        "media/" + "x" * 300,
        "a\nb",
        "nul",
        "media",
        " ",
    ]
    return dice.choice(odd) if dice.random() < 0.15 else name


def _changed(document: Any, dice: random.Random) -> Any:
    """One value of the document replaced, left out, doubled, or moved."""
    document = copy.deepcopy(document)
    places = list(_places(document))
    if not places:
        return dice.choice(_ODD_VALUES)
    holder, key = dice.choice(places)
    match dice.randrange(6):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, list):
            holder[key:key] = [copy.deepcopy(holder[key])] * dice.choice([1, 3, 50])
        case 2:
            other, there = dice.choice(places)
            if (isinstance(other, list) and there < len(other)) or (isinstance(other, dict) and there in other):
                holder[key] = copy.deepcopy(other[there])
        case 3 if isinstance(holder, dict) and "OTIO_SCHEMA" in holder:
            holder["OTIO_SCHEMA"] = dice.choice(_SCHEMAS)
        case 4 if isinstance(holder[key], float) or (isinstance(holder[key], int) and abs(holder[key]) < 2**64):
            holder[key] = holder[key] * dice.choice([-1, 0, 1e-9, 1e9, 1e30, 1.0000001]) + dice.choice([0, 1, -1, 0.3])
        case _:
            holder[key] = copy.deepcopy(dice.choice(_ODD_VALUES))
    return document


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every holder and key below a node."""
    keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for key in keys:
        yield node, key
        yield from _places(node[key])
