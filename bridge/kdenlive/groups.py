"""The groups of a sequence, in which each clip is named by its track: ``"data": "track:frame:layer"``.

Track numbers count from 0 at the lowest track and leave the black one out; -2 is the subtitles. Kdenlive links the
wrong clips, without a word, if a track is added and the numbers here stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from hitpoint.bridge.xml_tree import escaped

_QUOTE = rb"(?:\"|&quot;|&#34;|&#x22;)"
_LEAF = re.compile(_QUOTE + rb"data" + _QUOTE + rb"\s*:\s*" + _QUOTE + rb"(\d+)(?=:)")


def renumbered(written: bytes, number: Callable[[int], int]) -> bytes:
    """The groups as they stand in the file, with each track number put through ``number``; all else stays."""
    return _LEAF.sub(lambda leaf: leaf[0][: -len(leaf[1])] + str(number(int(leaf[1]))).encode(), written)


def without_track(text: str, track: int) -> bytes | None:
    """The groups without the clips of a track, to stand in the file; None if no clip of it is in a group."""
    try:
        groups = json.loads(text) if text.strip() else []
    except (ValueError, RecursionError):
        return None
    if not isinstance(groups, list):
        return None
    kept = [left for left in (_left(group, track) for group in groups) if left is not None]
    return None if kept == groups else escaped(json.dumps(kept, ensure_ascii=False)).encode()


def _left(group: Any, track: int) -> Any:
    """The group without the clips of a track; None if nothing that needs a group is left."""
    if not isinstance(group, dict):
        return group
    inside = group.get("children")
    if not isinstance(inside, list):
        return None if str(group.get("data", "")).startswith(f"{track}:") else group
    children = [left for left in (_left(child, track) for child in inside) if left is not None]
    if len(children) == len(inside) or len(children) > 1:
        return {**group, "children": children}
    return next((child for child in children if isinstance(child, dict) and "children" in child), None)
