"""Which keys do what: the panel's own, the habits of an editing program, and what the editor has changed.

What is changed lies in a small file of the user's; a file that is damaged counts for nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from PyQt6.QtGui import QAction, QKeySequence

from hitpoint.ui.actions import ACTIONS, translated

_NAME = "shortcuts.json"
Keys = dict[str, tuple[str, ...]]

PRESETS: dict[str, Keys] = {
    "Hitpoint": {},
    "DaVinci Resolve": {
        "clear_marks": ("Alt+X",), "play_range": ("Alt+/",), "play_around": ("/",), "loop": ("Ctrl+/",),
        "zoom_in": ("Ctrl+=", "Ctrl++"), "zoom_out": ("Ctrl+-",), "zoom_fit": ("Shift+Z",), "snap": ("N",), "new_cue": ("Shift+N",),
        "hit": ("M",), "full_screen": ("Ctrl+F",), "show_find": ("Ctrl+Shift+F",), "select_none": ("Ctrl+Shift+A",), "quit": ("Ctrl+Q",),
    },
    "Premiere Pro": {
        "clear_marks": ("Ctrl+Shift+X",), "play_range": ("Ctrl+Shift+Space",), "play_around": ("Shift+K",),
        "zoom_in": ("=", "+"), "zoom_out": ("-",), "zoom_fit": ("\\",), "snap": ("S",), "hit": ("M",),
        "full_screen": ("Ctrl+`",), "write_back": ("Ctrl+S", "Ctrl+M"), "select_none": ("Ctrl+Shift+A",),
    },
    "Kdenlive": {
        "clear_marks": ("Ctrl+Shift+X",), "play_range": ("Ctrl+Space",), "suggest": ("Ctrl+Alt+Space",), "loop": ("Ctrl+Shift+Space",), "hit": ("*",),
        "zoom_in": ("Ctrl++",), "zoom_out": ("Ctrl+-",), "zoom_fit": ("Ctrl+0",), "full_screen": ("F11",),
    },
}  # fmt: skip
"""Keys by action, of those that an editing program has otherwise; all others stay the panel's own."""


def own_keys() -> Keys:
    """The panel's own keys of every action."""
    return {row.name: row.keys for row in ACTIONS}


def preset_keys(name: str) -> Keys:
    """The keys of a preset, for every action."""
    return own_keys() | PRESETS[name]


def conflicts(keys: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str, str]]:
    """Keys that would do two things: (keys, one action, the other)."""
    taken: dict[str, str] = {}
    found = []
    for action, sequences in keys.items():
        for sequence in sequences:
            plain = QKeySequence(sequence).toString()
            if plain and taken.setdefault(plain, action) != action:
                found.append((plain, taken[plain], action))
    return found


def apply_keys(actions: Mapping[str, QAction], keys: Mapping[str, tuple[str, ...]]) -> None:
    """Give actions their keys, and say them in their tooltips."""
    for row in ACTIONS:
        action, sequences = actions[row.name], [QKeySequence(one) for one in keys.get(row.name, row.keys)]
        action.setShortcuts(sequences)
        tip = translated(row.tip)
        shown = sequences[0].toString(QKeySequence.SequenceFormat.NativeText) if sequences else ""
        action.setToolTip(f"{tip} ({shown})" if shown else tip)


def read_keys(folder: Path) -> Keys:
    """The keys that an editor has set, for every action."""
    keys = own_keys()
    try:
        written = json.loads((folder / _NAME).read_bytes())
    except (OSError, ValueError, RecursionError):
        return keys
    for action, sequences in written.items() if isinstance(written, dict) else ():
        if action in keys and isinstance(sequences, list) and all(isinstance(one, str) for one in sequences):
            keys[action] = tuple(sequences)
    return keys if not conflicts(keys) else own_keys()


def write_keys(folder: Path, keys: Mapping[str, tuple[str, ...]]) -> None:
    """Remember what is otherwise than the panel's own.

    Raises:
        OSError: if the disk refuses.
    """
    own = own_keys()
    changed = {action: list(sequences) for action, sequences in keys.items() if sequences != own.get(action)}
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f"{_NAME}.{os.getpid()}.tmp"
    try:
        temporary.write_text(json.dumps(changed, indent=1), encoding="ascii")
        os.replace(temporary, folder / _NAME)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
