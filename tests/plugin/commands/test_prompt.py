from __future__ import annotations

import json
from pathlib import Path

import pytest

from hitpoint.plugin import cli


def test_words_become_the_music_and_are_told(
    small_edit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.json"
    words = "sad strings, 70 bpm, A minor, no pizzicato, flugelhorn"
    assert cli.main(["score", str(small_edit), "--prompt", words, "--report", str(report), "--no-cache"]) == 0
    cue = json.loads(report.read_text())["cue"]
    assert (cue["style"], cue["key"]) == ("strings", "A minor")
    assert cue["moods"][0]["wished"] and cue["moods"][0]["valence"] < 0
    assert "Pizzicato" not in [part["name"] for part in cue["parts"]]
    assert {"words": "70 bpm", "control": "tempo", "value": "70"} in cue["prompt"]["understood"]
    assert cue["prompt"]["ignored"] == ["flugelhorn"]
    assert "not heard flugelhorn" in capsys.readouterr().out


@pytest.mark.parametrize("prompt", ["", "9-5=calm", "0-99=calm"])
def test_a_prompt_that_makes_no_sense_is_told(
    small_edit: Path, capsys: pytest.CaptureFixture[str], prompt: str
) -> None:
    assert cli.main(["score", str(small_edit), "--prompt", prompt, "--no-cache", "--quiet"]) == 1
    assert "--prompt" in capsys.readouterr().err


def test_a_prompt_that_is_too_long_says_how_long_it_may_be(
    small_edit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["score", str(small_edit), "--prompt", "calm " * 500, "--no-cache", "--quiet"]) == 1
    assert "is too long, 2500 characters: write 2000 at most" in capsys.readouterr().err
