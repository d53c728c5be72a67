"""The JSON of an .otio file, read tolerantly and without OpenTimelineIO.

Hosts write files that the library refuses: newer schema numbers, effects of their own, the tokens ``Inf`` and ``NaN``.
Here a document is plain dictionaries and lists, exactly as stored, so that what is not understood can be kept. The
small accessors below answer something usable for every shape of value, so that a walk over a damaged file ends in
"nothing there" or in an :class:`EditReadError`, never in a crash.

Example::

    document = load_timeline_document(Path("cut.otio"))
    tracks = children_of(find_timeline(document)["tracks"])
"""

from __future__ import annotations

import json
import re
from collections import deque
from pathlib import Path
from typing import Any

from hitpoint.core.errors import EditReadError

Node = dict[str, Any]

MAX_DOCUMENT_BYTES = 512 * 1024 * 1024  # 5 000 clips are about 10 MB
MAX_COLLECTION_ITEMS = 100_000

_JSON_KINDS = {
    list: "a list",
    str: "a text",
    int: "a number",
    float: "a number",
    bool: "a truth value",
    type(None): "null",
}
_STRING_OR_INF = re.compile(r'"(?:[^"\\]|\\.)*"|-?\bInf\b')


def load_timeline_document(path: Path) -> Node:
    """The JSON of an .otio file as it is stored, unchanged; numbers written ``Inf`` become float infinity.

    Raises:
        EditReadError: if the file cannot be read, or does not hold a JSON object.
    """
    return parse_document(read_bounded(path), path.name)


def read_bounded(path: Path, limit: int = MAX_DOCUMENT_BYTES) -> bytes:
    """All bytes of a regular file no longer than ``limit``.

    Raises:
        EditReadError: if there is no such file, or it is a folder, too long or unreadable.
    """
    try:
        if path.is_dir():
            raise EditReadError(f"{path} is a folder: name the edit's file")
        if not path.exists():
            raise EditReadError(f"nothing found at {path}: check the path to the edit")
        if not path.is_file():
            raise EditReadError(f"{path} is no regular file: name the edit's file")
        if path.stat().st_size > limit:
            raise EditReadError(f"{path.name} is larger than {limit >> 20} MB: export only the timeline")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise EditReadError(f"{path} cannot be read ({reason}): check its name and permissions") from None


def parse_document(content: bytes, name: str) -> Node:
    """The JSON object in ``content``; ``name`` is what the file is called in messages.

    Raises:
        EditReadError: if it is empty, damaged, nested too deep or no JSON object.
    """
    if not content.strip():
        raise EditReadError(f"{name} is empty: export the timeline again")
    try:
        document = _loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise EditReadError(f"{name} is no OpenTimelineIO file: it is not text") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise EditReadError(f"{name} is damaged at {where} ({error.msg}): export the timeline again") from None
    except RecursionError:
        raise EditReadError(f"{name} is nested too deep to be an edit") from None
    except ValueError as error:  # an integer of thousands of digits
        raise EditReadError(f"{name} holds a number that cannot be read: {str(error)[:80]}") from None
    if not isinstance(document, dict):
        raise EditReadError(f"{name} is no OpenTimelineIO file: it holds {_JSON_KINDS[type(document)]}, no timeline")
    return document


def find_timeline(document: Node, name: str = "the file") -> Node:
    """The root if it is a Timeline, else the first Timeline in the root SerializableCollection (outermost first).

    The answer is part of ``document``, not a copy.

    Raises:
        EditReadError: if there is none.
    """
    waiting = deque([document])
    seen = 0
    while waiting and seen < MAX_COLLECTION_ITEMS:
        node = waiting.popleft()
        seen += 1
        if schema_of(node) == "Timeline":
            return node
        if schema_of(node) == "SerializableCollection":
            waiting.extend(children_of(node))
    root = schema_of(document) or "no OpenTimelineIO object"
    raise EditReadError(f"{name} holds no timeline (its root is {root[:60]}): export a timeline, not a clip or a bin")


def count_timelines(document: Node) -> int:
    """The number of timelines in the root or directly in its collection."""
    if schema_of(document) == "SerializableCollection":
        return sum(schema_of(child) == "Timeline" for child in children_of(document))
    return int(schema_of(document) == "Timeline")


def with_readable_markers(document: Node) -> Node:
    """A copy in which OpenTimelineIO 0.18 can read the markers: Marker.3 (colour as an object) as Marker.2 (as a name).

    Only for handing a document to the library; what is written back comes from the original.
    """
    view: Node = json.loads(json.dumps(document))  # copy.deepcopy would run out of stack on deep nesting
    waiting: list[Any] = [view]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if node.get("OTIO_SCHEMA") == "Marker.3":
                node["OTIO_SCHEMA"] = "Marker.2"
                node["color"] = color_name(node)
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return view


def schema_of(node: object) -> str:
    """Schema name without its version, such as "Clip"; empty for anything that is no OpenTimelineIO object."""
    schema = node.get("OTIO_SCHEMA") if isinstance(node, dict) else None
    return schema.partition(".")[0] if isinstance(schema, str) else ""


def children_of(node: object) -> list[Node]:
    """The children of a composition or collection; what is no object is left out."""
    return nodes_in(node, "children")


def nodes_in(node: object, key: str) -> list[Node]:
    """The objects in the list stored under ``key``, such as "markers" or "effects"."""
    value = node.get(key) if isinstance(node, dict) else None
    return [child for child in value if isinstance(child, dict)] if isinstance(value, list) else []


def object_in(node: object, *keys: str) -> Node:
    """The object found by following ``keys``; an empty one when any step is missing or no object."""
    for key in keys:
        node = node.get(key) if isinstance(node, dict) else None
    return node if isinstance(node, dict) else {}


def text_in(node: object, key: str) -> str:
    """The text stored under ``key``; empty if there is none."""
    value = node.get(key) if isinstance(node, dict) else None
    return value if isinstance(value, str) else ""


def number_in(node: object, key: str) -> float | None:
    """The number stored under ``key`` (it may be infinite or NaN); None if there is none."""
    value = node.get(key) if isinstance(node, dict) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def is_enabled(node: Node) -> bool:
    """Whether an item is shown; only an explicit ``"enabled": false`` hides it."""
    return node.get("enabled") is not False


def color_name(marker: Node) -> str:
    """Colour name of a Marker.2 (text) or Marker.3 (object with a name); empty if it has none."""
    color = marker.get("color")
    return text_in(color, "name") if isinstance(color, dict) else text_in(marker, "color")


def _loads(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        if "Inf" not in text:
            raise
        return json.loads(_STRING_OR_INF.sub(_spelled_out, text))


def _spelled_out(match: re.Match[str]) -> str:
    found = match[0]
    return found if found.startswith('"') else found.replace("Inf", "Infinity")
