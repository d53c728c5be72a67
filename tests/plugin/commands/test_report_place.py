from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

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


@pytest.mark.parametrize("words", [["score"], ["reroll"], ["demo"], ["restyle", "--strength", "1"]])
def test_a_report_is_written_before_anybody_can_stop_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    def gone(*_: Any, **__: Any) -> None:
        raise BrokenPipeError

    module = import_module(f"hitpoint.plugin.commands.{words[0]}")
    monkeypatch.setattr(module, "_document", lambda _: {}, raising=False)
    done = SimpleNamespace(scored=None, left=())
    for name in ("score_edit", "reroll_edit", "make_demo_edit"):
        monkeypatch.setattr(module, name, lambda *_: None, raising=False)
    monkeypatch.setattr(module, "restyle_edit", lambda *_: [done], raising=False)
    monkeypatch.setattr(module, "report_document", lambda _: {"schema": "hitpoint.report.1"})
    monkeypatch.setattr(module, "tell", gone)
    report = tmp_path / "report.json"
    with pytest.raises(BrokenPipeError):
        cli.run(cli.build_parser().parse_args([*words, str(tmp_path), "--report", str(report), "--quiet"]))
    assert report.is_file()
