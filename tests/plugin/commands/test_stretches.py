"""A stretch past the end is refused by every option of every command in the same words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hitpoint.plugin import cli

Run = Any  # tests/plugin/conftest.py


@pytest.mark.parametrize(
    "words",
    [
        "score EDIT --range 2 99",
        "score EDIT --cue 1M9=2-99",
        "score EDIT --mood 2-99=tense",
        "score EDIT --style 2-99=strings",
        "score EDIT --morph 2-99=piano>strings",
        "score EDIT --prompt 2-99=calm",
        "reroll SCORED --range 2 99",
        "reroll SCORED --lock 2-99",
        "reroll SCORED --unlock 2-99",
        "restyle SCORED --strength 0.5 --range 2 99",
        "restyle SCORED --strength 0.5 --prompt 2-99=calm",
    ],
)
def test_a_stretch_past_the_end_of_the_edit(
    scored: Run, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = {"EDIT": str(scored.edit), "SCORED": scored.report["outputs"]["timeline"]}
    line = [places.get(word, word) for word in words.split()]
    assert cli.main([*line, "-o", str(tmp_path / "out.otio"), "--quiet", "--no-cache"]) == 1
    assert "it reaches past the end of the edit, at 7.841 s: take an earlier end" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
