"""The first code that runs, and Ctrl+C before anything else has begun."""

from __future__ import annotations

from typing import Any

import pytest

from hitpoint.plugin import cli, start


def test_a_stop_while_the_command_line_loads_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ended: list[int] = []

    def interrupted() -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", interrupted)
    monkeypatch.setattr("os._exit", ended.append)
    start.main()
    assert (ended, capsys.readouterr().err) == ([130], "hitpoint: stopped; nothing was changed\n")


def test_any_other_end_is_that_of_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "main", lambda: 1)
    monkeypatch.setattr("os._exit", lambda code: pytest.fail("only what was stopped ends at once"))
    assert start.main() == 1
