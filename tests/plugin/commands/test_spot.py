from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hitpoint.plugin import cli


@pytest.fixture
def marked(small_document: dict[str, Any], tmp_path: Path) -> Path:
    document = json.loads(json.dumps(small_document))
    rate = {"OTIO_SCHEMA": "RationalTime.1", "rate": 23.976023976023978}
    span = {"OTIO_SCHEMA": "TimeRange.1", "start_time": {**rate, "value": 24}, "duration": {**rate, "value": 72}}
    document["tracks"]["markers"] = [{"OTIO_SCHEMA": "Marker.2", "name": "1M1", "marked_range": span}]
    path = tmp_path / "marked.otio"
    path.write_text(json.dumps(document))
    return path


def test_marked_cues_are_told_as_json(marked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["spot", str(marked), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(cue["name"], round(cue["start"] * 23.976), round(cue["end"] * 23.976)) for cue in told["cues"]] == [
        ("1M1", 24, 96)
    ]


def test_the_written_list_can_be_scored(marked: Path, tmp_path: Path) -> None:
    cues, report = tmp_path / "cues.toml", tmp_path / "report.json"
    assert cli.main(["spot", str(marked), "-o", str(cues), "--quiet"]) == 0
    run = ["score", str(marked), "--cues", str(cues), "--report", str(report), "--no-cache", "--quiet"]
    assert cli.main(run) == 0
    told = json.loads(report.read_text())
    assert [(cue["name"], round(cue["seconds"] * 23.976)) for cue in told["cues"]] == [("1M1", 72)]


def test_an_edit_that_says_nothing_is_spotted_by_its_picture(
    small_edit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["spot", str(small_edit), "--quiet", "--json", "--share", "1"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["cues"] and all(cue["reason"] for cue in told["cues"])


def test_the_sheet_of_a_scored_edit(scored: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["cuesheet", scored.report["outputs"]["timeline"], "--format", "tsv"]) == 0
    assert "1M1\t\t\t\t\tbackground instrumental\t00:00:00:00" in capsys.readouterr().out
