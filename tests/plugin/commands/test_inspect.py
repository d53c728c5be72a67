"""What ``hitpoint inspect`` calls the format of a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hitpoint.bridge.sources.exchange import format_name
from hitpoint.plugin import cli


@pytest.mark.parametrize(
    ("name", "content", "called"),
    [
        ("a.otio", "{}", "OpenTimelineIO"),
        ("a.kdenlive", "<mlt/>", "Kdenlive project"),
        ("a.xml", "<xmeml/>", "Final Cut Pro 7 XML"),
        ("a.xml", "<fcpxml/>", "FCPXML"),
        ("a.fcpxml", "<fcpxml/>", "FCPXML"),
        ("a.edl", "TITLE: a", "EDL (CMX 3600)"),
        ("a.aaf", "", "AAF"),
        ("a.mov", "", "Movie"),
        ("a.ale", "", "ALE"),
    ],
)
def test_a_format_is_called_as_editors_call_it(tmp_path: Path, name: str, content: str, called: str) -> None:
    (tmp_path / name).write_text(content)
    assert format_name(tmp_path / name) == called


def test_inspect_names_the_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edl = tmp_path / "cut.edl"
    edl.write_text("001  AX  V  C  00:00:00:00 00:00:04:00 01:00:00:00 01:00:04:00\n")
    assert cli.main(["inspect", str(edl), "--rate", "25"]) == 0
    assert capsys.readouterr().out.startswith("cut  (EDL (CMX 3600))\n")
    assert cli.main(["inspect", str(edl), "--rate", "25", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["format"] == "EDL (CMX 3600)"
