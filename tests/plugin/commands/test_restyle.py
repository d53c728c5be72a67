"""``hitpoint restyle`` and ``--search`` from the outside."""

from __future__ import annotations

import filecmp
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hitpoint.plugin import cli
from hitpoint.plugin.commands import restyle


def restyled(scored: Any, tmp_path: Path, *options: str) -> dict[str, Any]:
    report = tmp_path / "report.json"
    words = ["restyle", str(scored.output("timeline")), "-o", str(tmp_path / "out.otio"), "--report", str(report)]
    assert cli.main([*words, "--quiet", "--no-cache", *options]) == 0
    found: dict[str, Any] = json.loads(report.read_text())
    return found


def test_strength_0_is_the_same_to_the_bit(scored: Any, tmp_path: Path) -> None:
    found = restyled(scored, tmp_path, "--strength", "0", "--style", "strings")
    assert filecmp.cmp(scored.output("mix"), found["outputs"]["mix"], shallow=False)
    assert found["restyle"][0]["bars_changed"] == 0
    assert found["restyle"][0]["told"] == [
        "unchanged --strength 0 changes nothing: out_mix.wav is small_hitpoint_mix.wav, byte for byte"
    ]


@pytest.mark.slow
def test_variations_are_versions_that_differ(scored: Any, tmp_path: Path) -> None:
    found = restyled(scored, tmp_path, "--strength", "1", "--variations", "2", "--morph", "2-6=piano>strings")
    first, second = (json.loads(Path(one["cue"]).read_text()) for one in found["restyle"])
    assert first["steps"] != second["steps"]
    assert first["styling"][0] | {"start_frame": 0, "end_frame": 0} == second["styling"][0] | {
        "start_frame": 0,
        "end_frame": 0,
    }
    assert {part["style"] for part in found["cue"]["parts"]} == {"piano", "strings"}


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--strength", "0.5", "--style", "nosuch"], "no style"),
        (["--strength", "0.5", "--part", "Trombone"], "no part"),
        (["--strength", "0.5", "--prompt", ""], "write what the music is to be"),
        (["--strength", "0.5", "--prompt", "xyzzy qwrt"], "none of these words is known"),
        (["--strength", "0.5", "--prompt", "2-4=sad", "--range", "1", "3"], "leave --range out"),
        (["--strength", "0.5", "--range", "0", "2"], "no whole bar lies in it"),
        (["--strength", "0.5", "--morph", "9-2=piano>strings"], "--morph"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(
    scored: Any, capsys: pytest.CaptureFixture[str], options: list[str], says: str
) -> None:
    words = ["restyle", str(scored.output("timeline")), "--quiet", "--no-cache", *options]
    assert cli.main(words) == 1
    said = capsys.readouterr().err
    assert says in said and len(said.strip().splitlines()) == 1


def test_a_search_is_never_worse_than_the_first(small_edit: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    words = [
        "score",
        str(small_edit),
        "--search",
        "6",
        "--takes",
        "2",
        "--report",
        str(report),
        "--quiet",
        "--no-cache",
    ]
    assert cli.main(words) == 0
    found = json.loads(report.read_text())
    best, first = (float(found["search"].split(word)[1].split(",")[0]) for word in ("best ", "the first "))
    assert found["search"].startswith("6 composed") and best >= first and len(found["takes"]) == 2


@pytest.mark.parametrize("text", ["0", "x", "3.5", "-1s", "0s"])
def test_a_search_that_makes_no_sense_is_wrong_usage(small_edit: Path, text: str) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["score", str(small_edit), "--search", text])
    assert ended.value.code == 2


def test_one_bar_that_stayed_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    version = SimpleNamespace(changed=(), bars=3, of=4, told=(), scored=SimpleNamespace(kept_sounds=()))
    restyle._tell_changes(version)  # type: ignore[arg-type]  # all that it reads
    assert "other     3 of 4 bars\n  stayed    1 bar, the plan" in capsys.readouterr().out
