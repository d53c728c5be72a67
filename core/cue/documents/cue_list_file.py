"""Cue lists as files: JSON beside the music (``cues.json``, exact), and TOML for hands (``spot -o``, ``score --cues``).

JSON::

    {"schema": "hitpoint.cues.1",
     "cues": [{"name": "1M1", "start_frame": 0, "end_frame": 240, "state": "composed", ...}]}

TOML::

    [[cue]]
    name = "1M1"
    in = "00:01:00:00"
    out = "00:01:42:12"
    style = "strings"
    mood = "tense"
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hitpoint.core.cue.film.cue_list import CueEntry, CueList, CueState, listed
from hitpoint.core.cue.json_values import field, items, number, text, whole
from hitpoint.core.cue.sound import LOUDEST, QUIETEST
from hitpoint.core.edit import Edit, written_stretch
from hitpoint.core.errors import CueFileError, OptionError
from hitpoint.core.files.toml_text import read_toml
from hitpoint.core.timebase import format_timecode, parse_time

SCHEMA = "hitpoint.cues.1"
FILE_NAME = "cues.json"

_LARGEST = 4 * 2**20  # bytes
_MOST_FRAMES = 10**9
_TEXTS = ("style", "mood", "key", "tempo", "prompt", "like", "theme", "notes", "reason", "cue", "join", "crossfade")
_WRITTEN = ("style", "mood", "key", "tempo", "prompt", "like", "theme", "join", "crossfade", "notes", "reason")  # TOML
_TIMES = ("in", "out")
_NUMBERS = (*_TIMES, "tempo", "crossfade")  # may be written as numbers in TOML


def list_to_document(cues: CueList) -> dict[str, Any]:
    """A list as JSON values; a loudness that all cues have together only where there is one."""
    together = {} if cues.programme is None else {"programme": cues.programme}
    entries = [{**asdict(entry), "state": entry.state.value} for entry in cues.entries]
    return {"schema": SCHEMA, **together, "cues": entries}


def list_from_document(document: Any) -> CueList:
    """The list that JSON values describe.

    Raises:
        CueFileError: if they describe none.
    """
    schema = text(field(document, "schema", "the cue list"), "schema")
    if schema != SCHEMA:
        raise CueFileError(f"the cue list is a {schema!r}, not a {SCHEMA!r}: it needs a newer Hitpoint")
    try:
        programme = document.get("programme")
        if programme is not None:
            programme = number(programme, "programme", QUIETEST, LOUDEST)
        return listed(items(field(document, "cues", "the cue list"), "cues", _entry), programme)
    except OptionError as error:
        raise CueFileError(f"the cue list is damaged: {error}") from None


def read_list(path: Path | str) -> CueList:
    """The list in a JSON file.

    Raises:
        CueFileError: if it cannot be read or describes none.
    """
    path = Path(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise CueFileError(f"{path} is too large for a cue list")
        return list_from_document(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise CueFileError(f"{path} cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError):
        raise CueFileError(f"{path} holds no cue list: it is damaged") from None


def write_list(cues: CueList, path: Path) -> None:
    """Write a list as JSON into a file that is not there yet."""
    with path.open("x", encoding="utf-8") as file:
        file.write(json.dumps(list_to_document(cues), indent=1) + "\n")


def list_to_toml(cues: CueList, edit: Edit) -> str:
    """A list for an editor to read and change; times in the timecode of the edit."""
    lines = [f"# Cues of {edit.name}: change what you like, then 'hitpoint score EDIT --cues THIS_FILE'.\n"]
    for entry in cues.entries:
        lines.append("\n[[cue]]\n")
        lines.append(f"name = {_quoted(entry.name)}\n")
        for name, frame in zip(_TIMES, (entry.start_frame, entry.end_frame), strict=True):
            timecode = format_timecode(edit.start_timecode_frame + frame, edit.rate, drop_frame=edit.drop_frame)
            lines.append(f"{name} = {_quoted(timecode)}\n")
        for name in _WRITTEN:
            if value := getattr(entry, name):
                lines.append(f"{name} = {_quoted(value)}\n")
    return "".join(lines)


def list_from_toml(path: Path, edit: Edit) -> CueList:
    """The list that an editor wrote.

    Raises:
        OptionError: if the file cannot be read or makes no sense; the line says which cue.
    """
    document = read_toml(path, "--cues", _LARGEST)
    found = document.get("cue")
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        raise OptionError(
            f"{path} has no [[cue]]: each cue begins with that line, 'hitpoint spot EDIT -o FILE' shows how"
        )
    return listed(_from_toml(one, f"{path.name}: cue {number}", edit) for number, one in enumerate(found, start=1))


def _entry(value: Any, where: str) -> CueEntry:
    texts = {name: text(value.get(name, "") if isinstance(value, dict) else None, f"{where}.{name}") for name in _TEXTS}
    state = text(field(value, "state", where), f"{where}.state")
    if state not in [one.value for one in CueState]:
        raise CueFileError(f"{where}.state is {state!r}: it is proposed, composed or approved")
    start = whole(field(value, "start_frame", where), f"{where}.start_frame", 0, _MOST_FRAMES)
    end = whole(field(value, "end_frame", where), f"{where}.end_frame", start + 1, _MOST_FRAMES)
    return CueEntry(text(field(value, "name", where), f"{where}.name"), start, end, state=CueState(state), **texts)


def _from_toml(values: dict[str, Any], where: str, edit: Edit) -> CueEntry:
    known = {"name", *_TIMES, *_WRITTEN}
    strange = next((name for name in values if name not in known), None)
    if strange is not None:
        raise OptionError(f"{where} has {strange!r}, which is not known: write {', '.join(sorted(known))}")
    for name, value in values.items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not isinstance(value, str) and not (name in _NUMBERS and is_number):
            raise OptionError(f"{where}: {name} takes a text in quotation marks")
    missing = next((name for name in ("name", *_TIMES) if name not in values), None)
    if missing is not None:
        raise OptionError(f"{where} has no {missing!r}: a cue needs name, in and out")
    first, last = (_time(values[name], f"{where} ({values['name']}), {name}", edit) for name in _TIMES)
    start, end = written_stretch(edit, first, last, f"{where} ({values['name']})")
    written: dict[str, Any] = {name: str(values[name]) for name in _WRITTEN if name in values}
    return CueEntry(values["name"], start, end, **written)


def _time(value: str | float, where: str, edit: Edit) -> str:
    """The time as it is written, if it is one."""
    try:
        parse_time(str(value), edit.rate, edit.start_timecode_frame)
    except OptionError as error:
        raise OptionError(f"{where}: {error}") from None
    return str(value)


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
