"""Collect the window's words, keep what is translated, and compile it: ``python resources/translations/build.py``.

Words are found by ``pylupdate6``, which comes with PyQt6; those of the presenters and of the sheets of keys, which it
does not see, are found here. ``lrelease`` compiles them: it is looked for on the path, or named by ``--lrelease`` (it
comes with Qt, and with the wheel ``pyside6-essentials``; the panel itself needs neither). Without it only the ``.ts``
is renewed. Says how much is not translated yet.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
UI = HERE.parents[1] / "ui"
LANGUAGES = ("de",)
_TOLD = re.compile(r'(?:_tr|desk\.tr)\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+),?\s*\)')
_PIECE = re.compile(r'"((?:[^"\\]|\\.)*)"')  # a long text stands in pieces
Words = dict[tuple[str, str], str]  # (context, source) -> translation


def presenter_words() -> Iterator[tuple[str, str]]:
    """What the presenters say; the window translates it under one name."""
    for path in sorted([*(UI / "presenter").rglob("*.py"), UI / "wiring.py"]):
        for text in _told(path):
            yield "Presenter", text.encode().decode("unicode_escape").encode("latin-1").decode("utf-8")


def _told(path: Path) -> list[str]:
    """The texts that a module gives to its translating function, as they are written."""
    return ["".join(_PIECE.findall(pieces)) for pieces in _TOLD.findall(path.read_text(encoding="utf-8"))]


def dialog_words() -> Iterator[tuple[str, str]]:
    """What questions and dialogues of files say through a function of their own."""
    for name in ("questions", "places"):
        for text in _told(UI / "dialogs" / f"{name}.py"):
            yield name.capitalize(), text


def sheet_words() -> Iterator[tuple[str, str]]:
    """What the sheet of keys says of keys that no action has."""
    from hitpoint.ui.dialogs.shortcuts import LANE_KEYS
    from hitpoint.ui.transport.transport_keys import KEYS

    yield from (("TransportKeys", does) for _, does in KEYS)
    yield from (("Shortcuts", does) for _, does in LANE_KEYS)
    yield from (("Shortcuts", title) for title in ("Playing", "In the timeline"))


def core_words() -> Iterator[tuple[str, str]]:
    """What the core says of itself."""
    from hitpoint.ui.core_words import CONTEXT, PATTERNS

    yield from ((CONTEXT, pattern) for pattern in PATTERNS)


def found_words() -> list[tuple[str, str]]:
    """All words, by context, each once."""
    with tempfile.TemporaryDirectory() as folder:
        ts = Path(folder) / "found.ts"
        subprocess.run(["pylupdate6", str(UI), "--ts", str(ts), "--no-obsolete"], check=True, stdout=subprocess.DEVNULL)
        found = list(read_words(ts))
    return sorted(dict.fromkeys([*found, *presenter_words(), *dialog_words(), *sheet_words(), *core_words()]))


def read_words(ts: Path) -> Words:
    """What a ``.ts`` holds; empty where it is not translated."""
    words = {}
    for context in ET.parse(ts).getroot().iter("context"):
        for message in context.iter("message"):
            words[context.findtext("name", ""), message.findtext("source", "")] = message.findtext("translation", "")
    return words


def write_words(ts: Path, language: str, found: list[tuple[str, str]], known: Words) -> int:
    """Write a ``.ts``; answers how many words are not translated."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    missing = 0
    for name, source in found:
        if name not in contexts:
            contexts[name] = ET.SubElement(root, "context")
            ET.SubElement(contexts[name], "name").text = name
        message = ET.SubElement(contexts[name], "message")
        ET.SubElement(message, "source").text = source
        translation = ET.SubElement(message, "translation")
        translation.text = known.get((name, source), "")
        if not translation.text:
            translation.set("type", "unfinished")
            missing += 1
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    ts.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8")
    return missing


def main() -> None:
    """Renew every language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lrelease", default=shutil.which("lrelease") or shutil.which("pyside6-lrelease"))
    options = parser.parse_args()
    found = found_words()
    for language in LANGUAGES:
        ts = HERE / f"hitpoint_{language}.ts"
        missing = write_words(ts, language, found, read_words(ts) if ts.exists() else {})
        print(f"{language}: {len(found)} texts, {missing} of them not translated yet")
        if options.lrelease:
            qm = ts.with_suffix(".qm")
            subprocess.run([options.lrelease, "-silent", str(ts), "-qm", str(qm)], check=True)
        else:
            print("lrelease is not there, so nothing was compiled: name it with --lrelease", file=sys.stderr)


if __name__ == "__main__":
    main()
