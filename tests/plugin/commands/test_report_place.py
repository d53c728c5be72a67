from __future__ import annotations

from pathlib import Path

import pytest

from hitpoint.plugin import cli


@pytest.mark.parametrize("words", [["score"], ["reroll"], ["conform", "SCORED"], ["watch", "--once"]])
def test_a_report_that_cannot_be_written_is_told_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert cli.main([*words, "NO_EDIT.otio", "--report", str(tmp_path / "none" / "r.json")]) == cli.EXIT_ERROR
    told = capsys.readouterr().err
    assert told.startswith("hitpoint: --report: cannot write") and "no such folder" in told


def test_a_demo_where_none_can_be_made_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert cli.main(["demo", str(tmp_path / "file" / "demo")]) == cli.EXIT_ERROR
    told = capsys.readouterr().err
    assert told.startswith("hitpoint: cannot write") and "DIR names the place" in told
