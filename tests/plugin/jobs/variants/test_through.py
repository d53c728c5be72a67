from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.diffusion import through as engine
from hitpoint.core.diffusion.through import Coated
from hitpoint.core.errors import CheckpointError
from hitpoint.plugin import cli
from hitpoint.plugin.jobs.variants import through as module
from hitpoint.plugin.jobs.variants.through import ThroughJob, mix_through


@pytest.fixture
def edit(scored: Any, tmp_path: Path) -> Path:
    shutil.copytree(Path(scored.output("timeline")).parent, tmp_path / "cut")
    return next((tmp_path / "cut").glob("*_hitpoint.otio"))


@pytest.fixture
def halved(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that halves: the real ones are tested with the engine."""

    def through(
        mix: np.ndarray, rate: int, model: Path, strength: float, seed: int, prompt: str, progress: Any,
        span: tuple[float, float] | None,
    ) -> Coated:  # fmt: skip
        share = np.full(len(mix), 0.5)
        if span is not None:
            share[: round(span[0] * rate)] = share[round(span[1] * rate) :] = 1.0
        return Coated(mix * share[:, None], "openrail", model.name)

    monkeypatch.setattr(engine, "through", through)
    monkeypatch.setattr(engine, "check_model", lambda model: None)
    monkeypatch.setattr(module, "kind_of", lambda model: "StableDiffusionPipeline")


def test_it_lies_among_the_stems_with_its_licence(halved: None, edit: Path, tmp_path: Path) -> None:
    done = mix_through(ThroughJob(edit, tmp_path / "riffusion", 0.4, "glass"))
    mix, _ = soundfile.read(next(edit.parent.rglob("*_mix.wav")))
    sound, rate = soundfile.read(done.sound)
    assert done.sound.parent.name == "stems" and rate == 48_000
    assert sound.shape == mix.shape and np.allclose(sound, mix / 2, atol=2.0**-22)
    told = json.loads(done.provenance.read_text())
    assert (told["licence"], told["model"], told["strength"], told["prompt"]) == ("openrail", "riffusion", 0.4, "glass")


def test_the_command_tells_it_and_an_earlier_one_stays(
    halved: None, edit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ["restyle", str(edit), "--strength", "0.4", "--through", str(tmp_path)]
    assert cli.main(line) == cli.main(line) == 0
    assert "openrail" in capsys.readouterr().out
    assert len(list(edit.parent.rglob("*_through*.wav"))) == 2


def test_a_range_is_one_of_the_timeline_and_whole_chords(halved: None, edit: Path, tmp_path: Path) -> None:
    done = mix_through(ThroughJob(edit, tmp_path / "riffusion", 0.4, span=("2", "6")))
    first, end = json.loads(done.provenance.read_text())["span"]
    cue = read_cue(next(edit.parent.rglob("cue.json")))
    starts = [float(cue.step_start(step) - cue.start) for step in range(len(cue.steps))]
    assert 2 <= float(cue.start) + first < float(cue.start) + end <= 6 and first in starts and end in starts
    mix, rate = soundfile.read(next(edit.parent.rglob("*_mix.wav")))
    sound, _ = soundfile.read(done.sound)
    inside = slice(round(first * rate), round(end * rate))
    assert np.allclose(sound[inside], mix[inside] / 2, atol=2.0**-22)
    assert np.allclose(np.delete(sound, inside, 0), np.delete(mix, inside, 0), atol=2.0**-22)


def test_it_changes_no_notes(edit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = ["restyle", str(edit), "--strength", "0.4", "--through", str(tmp_path), "--part", "Melody"]
    assert cli.main(line) == 1
    assert "--part does not go with it" in capsys.readouterr().err


def test_a_folder_without_a_model_is_refused(edit: Path, tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"model_index\.json"):
        mix_through(ThroughJob(edit, tmp_path, 0.4))
