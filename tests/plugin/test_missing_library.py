"""A library that is not there or broken is told in one line, with what to install."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hitpoint.plugin import cli
from hitpoint.plugin.missing_library import missing_library


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise ImportError('libx.so.1: cannot open shared object file')", "libx.so.1"),
        ("import nosuch_inner_part", "No module named 'nosuch_inner_part'"),
        ("raise OSError('libx.so: undefined symbol')", "undefined symbol"),
    ],
)
def test_a_library_that_does_not_load_is_named_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: str, said: str
) -> None:
    (tmp_path / "brokenlib.py").write_text(code)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(cli, "run", lambda _: __import__("brokenlib"))
    assert cli.main(["doctor"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("hitpoint: the library brokenlib is missing or does not load (") and said in told
    assert told.endswith("pip install --force-reinstall brokenlib\n") and told.count("\n") == 1
    sys.modules.pop("brokenlib", None)


def test_a_library_that_is_not_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    monkeypatch.setattr(cli, "run", lambda _: __import__("scipy"))
    assert cli.main(["doctor"]) == 1
    assert "the library scipy is missing" in capsys.readouterr().err


def test_an_error_of_a_file_is_no_librarys() -> None:
    assert missing_library(FileNotFoundError(2, "No such file", "x.wav")) is None


def test_an_import_that_fails_without_a_library_stays_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise ImportError("a slip")

    monkeypatch.setattr(cli, "run", fail)
    with pytest.raises(ImportError, match="a slip"):
        cli.main(["doctor"])
