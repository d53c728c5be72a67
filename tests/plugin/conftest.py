"""A small edit whose pictures are missing, and what the main job makes of it: scored once, looked at by many tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from hitpoint.plugin import cli

Node = dict[str, Any]


def _time(value: float) -> Node:
    return {"OTIO_SCHEMA": "RationalTime.1", "value": value, "rate": 23.976023976023978}


def _clip(name: str, start: int, frames: int) -> Node:
    return {
        "OTIO_SCHEMA": "Clip.2",
        "name": name,
        "source_range": {"OTIO_SCHEMA": "TimeRange.1", "start_time": _time(start), "duration": _time(frames)},
        "media_references": {
            "DEFAULT_MEDIA": {"OTIO_SCHEMA": "ExternalReference.1", "target_url": f"/lost/{name}", "vendor": {"x": 1}}
        },
        "active_media_reference_key": "DEFAULT_MEDIA",
        "something_new": [1, 2.5, None],
    }


def edit_document() -> Node:
    """Three shots at 23.976, 7 + 3 frames short of 8 seconds, one audio track."""
    shots = [_clip("a.mov", 10, 60), _clip("b.mov", 0, 50), _clip("c.mov", 86400, 78)]
    tracks = [
        {"OTIO_SCHEMA": "Track.1", "name": "V1", "kind": "Video", "children": shots},
        {"OTIO_SCHEMA": "Track.1", "name": "A1", "kind": "Audio", "children": [_clip("a.wav", 0, 188)]},
    ]
    stack = {"OTIO_SCHEMA": "Stack.1", "name": "tracks", "children": tracks}
    return {"OTIO_SCHEMA": "Timeline.1", "name": "small", "metadata": {"other": {"kept": True}}, "tracks": stack}


class Run(NamedTuple):
    """One run of the main job: the edit, the report, and where things lie."""

    edit: Path
    report: Node

    def output(self, name: str) -> Path:
        return Path(self.report["outputs"][name])


@pytest.fixture(scope="session")
def small_document() -> Node:
    """The small edit as JSON values."""
    return edit_document()


@pytest.fixture
def small_edit(tmp_path: Path) -> Path:
    path = tmp_path / "small.otio"
    path.write_text(json.dumps(edit_document()))
    return path


@pytest.fixture(scope="session")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("scored")
    edit, report = folder / "small.otio", folder / "report.json"
    edit.write_text(json.dumps(edit_document()))
    assert cli.main(["score", str(edit), "--report", str(report), "--quiet", "--no-cache"]) == 0
    return Run(edit, json.loads(report.read_text()))
