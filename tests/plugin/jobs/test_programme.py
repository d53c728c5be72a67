"""``--loudness programme``: the cues of a command are as loud as asked together, and keep their distance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.render.mix.levels import LevelMeter
from hitpoint.core.render.mix.loudness import gated_loudness
from hitpoint.plugin import cli


def loudness(*paths: Path) -> float:
    """LUFS of files one after another."""
    meter = LevelMeter(only_highest=True)
    sound = np.concatenate([soundfile.read(path)[0] for path in paths])
    meter.add(sound, np.zeros(len(sound)))
    return float(gated_loudness(meter.levels().hops))


def test_all_cues_together_have_the_loudness(tmp_path: Path, small_document: dict[str, Any]) -> None:
    edit, report = tmp_path / "small.otio", tmp_path / "report.json"
    edit.write_text(json.dumps(small_document))
    words = ["--cue", "soft=0-2,style=ambient", "--cue", "loud=4-6,style=trailer", "--report", str(report)]
    asked = ["--loudness", "-20", "--loudness", "programme", "--quiet", "--no-cache"]
    assert cli.main(["score", str(edit), *words, *asked]) == 0
    mixes = [Path(one["outputs"]["mix"]) for one in json.loads(report.read_text())["cues"]]
    assert loudness(*mixes) == pytest.approx(-20.0, abs=0.7)
    targets = [read_cue(Path(one["outputs"]["cue"])).sound.loudness for one in json.loads(report.read_text())["cues"]]
    assert targets[0] < -20.0 < targets[1], targets
    assert [loudness(mix) for mix in mixes] == pytest.approx(targets, abs=0.5)
    outputs = json.loads(report.read_text())["cues"][0]["outputs"]
    assert cli.main(["render", outputs["cue"], "-o", str(tmp_path / "again"), "--quiet"]) == 0
    again = next((tmp_path / "again").glob("*_mix.wav"))
    assert again.read_bytes() == mixes[0].read_bytes()


def test_a_loudness_that_is_none_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["score", "x.otio", "--loudness", "loud"])
    assert "'loud' is no number from -40 to -8, nor cue or programme" in capsys.readouterr().err
