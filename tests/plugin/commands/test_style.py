"""``hitpoint style``, and the example in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hitpoint.core.arrange.styles.styles import style_named
from hitpoint.plugin.cli import main

DOCS = Path(__file__).parents[3] / "resources" / "docs" / "styles.md"


@pytest.fixture
def duo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The documentation's style, in its own file."""
    monkeypatch.setenv("HITPOINT_CONFIG", str(tmp_path / "config"))
    found = re.search(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    path = tmp_path / "duo.toml"
    path.write_text(found[1], encoding="utf-8")
    return path


def test_the_documented_example_is_a_style_that_can_be_asked_for(
    duo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["style", "check", str(duo)]) == 0
    assert "duo is a style: Guitar, Flute; Flute leads" in (told := capsys.readouterr().out)
    assert str(tmp_path / "config" / "styles") in told
    folder = tmp_path / "config" / "styles"
    folder.mkdir(parents=True)
    duo.rename(folder / "duo.toml")
    assert style_named("duo").players[1].name == "Flute"
    assert main(["style", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("piano") and lines[-1].startswith("duo") and len(lines) >= 20


def test_a_file_that_makes_no_sense_is_one_line_on_stderr(duo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    duo.write_text(duo.read_text(encoding="utf-8").replace("tacet 5", "tacit 5"), encoding="utf-8")
    assert main(["style", "check", str(duo)]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and "duo.toml: part 'Flute': textures: there is no 'tacit'" in error


def test_all_keys_of_the_documentation_are_read_and_the_other_way_round() -> None:
    from hitpoint.core.arrange.styles.style_file import _KEYS

    text = DOCS.read_text(encoding="utf-8")
    assert not [key for key in _KEYS if f"`{key}" not in text]
