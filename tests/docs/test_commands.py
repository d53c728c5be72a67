"""Every fenced command in README and the pages of resources/docs runs, in the order of its page."""

from __future__ import annotations

import json
import re
import runpy
import shlex
from pathlib import Path
from typing import Any

import pytest

from hitpoint.plugin import cli

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "resources" / "docs").glob("*.md"))]
_READ_FIRST = ("README",)
_NEEDS_MORE = (
    "panel",
    "watch",
    "mcp",
    "install",
    "train",
    "evaluate",
)  # a screen, an end, a client, a host, a data set


def fenced(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def commands(page: Path) -> list[list[str]]:
    """The command lines of a page, without those that need what a test has not."""
    lines = [line.partition("  #")[0] for block in fenced(page, "sh") for line in block.splitlines()]
    words = [shlex.split(line) for line in lines if line.startswith("hitpoint ")]
    return [line[1:] for line in words if line[1] not in _NEEDS_MORE and not line[1].startswith("-")]


def _time(value: float) -> dict[str, Any]:
    return {"OTIO_SCHEMA": "RationalTime.1", "value": value, "rate": 25}


def _edit(shots: list[tuple[str, int, int]]) -> dict[str, Any]:
    children = [
        {
            "OTIO_SCHEMA": "Clip.2",
            "name": name,
            "source_range": {"OTIO_SCHEMA": "TimeRange.1", "start_time": _time(start), "duration": _time(frames)},
            "media_references": {
                "DEFAULT_MEDIA": {"OTIO_SCHEMA": "ExternalReference.1", "target_url": f"/lost/{name}"}
            },
            "active_media_reference_key": "DEFAULT_MEDIA",
        }
        for name, start, frames in shots
    ]
    track = {"OTIO_SCHEMA": "Track.1", "name": "V1", "kind": "Video", "children": children}
    stack = {"OTIO_SCHEMA": "Stack.1", "name": "tracks", "children": [track]}
    return {"OTIO_SCHEMA": "Timeline.1", "name": "cut", "metadata": {}, "tracks": stack}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the pages name: EDIT.otio of sixteen seconds, NEW_EDIT.otio, footage/."""
    shots = [("a.mov", 0, 100), ("b.mov", 0, 75), ("c.mov", 10, 125), ("d.mov", 0, 100)]
    (tmp_path / "EDIT.otio").write_text(json.dumps(_edit(shots)))
    (tmp_path / "NEW_EDIT.otio").write_text(json.dumps(_edit([*shots[:2], ("e.mov", 0, 50), *shots[2:]])))
    (tmp_path / "footage").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HITPOINT_CACHE", str(tmp_path / "cache"))
    return tmp_path


def _scored_first(desk: Path, line: list[str]) -> None:
    """The scored edit that a page takes for granted."""
    if any(word.startswith("EDIT_hitpoint") for word in line) and not (desk / "EDIT_hitpoint.otio").exists():
        assert cli.main(["score", "EDIT.otio", "--quiet"]) == 0


def _shared(page: Path) -> Any:
    """A page as a parameter: the first one that a newcomer reads runs always, the others with ``-m slow``."""
    return pytest.param(page, id=page.stem, marks=() if page.stem in _READ_FIRST else pytest.mark.slow)


@pytest.mark.parametrize("page", [_shared(page) for page in PAGES if commands(page)])
def test_every_command_of_a_page_runs(page: Path, desk: Path) -> None:
    for line in commands(page):
        _scored_first(desk, line)
        assert cli.main(line) == 0, shlex.join(line)


@pytest.mark.parametrize("page", [page for page in PAGES if fenced(page, "python")], ids=lambda page: page.stem)
def test_every_program_of_a_page_runs(page: Path, desk: Path) -> None:
    for program in fenced(page, "python"):
        (desk / "program.py").write_text(program, encoding="utf-8")
        runpy.run_path(str(desk / "program.py"), run_name="__main__")
    assert list(desk.glob("*_hitpoint.otio"))
