from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from hitpoint.core.diffusion import through as module
from hitpoint.core.diffusion.model_folder import KINDS, licence_of
from hitpoint.core.diffusion.riffusion import Riffusion
from hitpoint.core.diffusion.through import Coated, check_model, through
from hitpoint.core.errors import CheckpointError, OptionError
from hitpoint.core.progress import Cancelled, Progress

RATE = 16_000
STEPS = 4


@pytest.fixture(scope="module")
def mix() -> np.ndarray:
    """A second and a bit of two struck tones, one to each side, and a click at half a second."""
    time = np.arange(RATE * 7 // 10 + 7) / RATE
    tones = [np.sin(2 * np.pi * hertz * time) * np.exp(-2 * (time % 0.5)) for hertz in (330.0, 523.25)]
    sound = np.stack([0.3 * tones[0] + 0.1 * tones[1], 0.1 * tones[0] + 0.3 * tones[1]], axis=1)
    sound[RATE // 2] += 0.5
    return sound.astype(np.float32)


@pytest.fixture(scope="module")
def coated(mix: np.ndarray, tiny_stable_diffusion: Path) -> Coated:
    return through(mix, RATE, tiny_stable_diffusion, 0.5, 1, "piano", steps=STEPS)


def decibels(error: np.ndarray, mix: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(error**2) / np.mean(mix**2)))


def test_strength_0_is_the_identity_of_the_vocoder(mix: np.ndarray, tiny_stable_diffusion: Path) -> None:
    done = through(mix, RATE, tiny_stable_diffusion, 0.0, 1, "piano")
    assert decibels(done.sound - mix, mix) < -60


def test_stretches_meet_without_a_seam(
    mix: np.ndarray, tiny_stable_diffusion: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Riffusion, "block_seconds", 0.4)
    assert len(module._blocks(len(mix), 4 * RATE // 10, RATE // 10)) > 1
    done = through(mix, RATE, tiny_stable_diffusion, 0.0, 1, "piano")
    assert decibels(done.sound - mix, mix) < -50


def test_it_is_as_long_and_as_loud(mix: np.ndarray, coated: Coated) -> None:
    assert coated.sound.shape == mix.shape and coated.sound.dtype == np.float32
    levels = [np.sqrt(np.mean(each.astype(float) ** 2)) for each in (coated.sound, mix)]
    assert levels[0] == pytest.approx(levels[1], rel=0.01) or np.abs(coated.sound).max() == pytest.approx(1.0)


def test_it_changes_the_sound_and_nothing_moves(mix: np.ndarray, coated: Coated) -> None:
    assert decibels(coated.sound - mix, mix) > -40
    windows = [np.abs(each).mean(axis=1) for each in (coated.sound, mix)]
    onsets = [int(np.abs(np.diff(each[RATE * 4 // 10 : RATE * 6 // 10])).argmax()) for each in windows]
    assert abs(onsets[0] - onsets[1]) <= 160  # a step of the spectrogram


def test_the_same_seed_is_the_same_sound(mix: np.ndarray, coated: Coated, tiny_stable_diffusion: Path) -> None:
    again, other = (through(mix, RATE, tiny_stable_diffusion, 0.5, seed, "piano", steps=STEPS) for seed in (1, 2))
    assert np.array_equal(again.sound, coated.sound)
    assert not np.array_equal(other.sound, coated.sound)


def test_it_can_be_stopped_between_steps(mix: np.ndarray, tiny_stable_diffusion: Path) -> None:
    told: list[float] = []
    progress = Progress(lambda fraction, _: told.append(fraction), lambda: len(told) >= 3)
    with pytest.raises(Cancelled):
        through(mix, RATE, tiny_stable_diffusion, 1.0, 1, "piano", progress, steps=STEPS)
    assert told[-1] < 0.5


def test_too_little_memory_is_told_at_once(tiny_stable_diffusion: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "free_bytes", lambda: 1000)
    with pytest.raises(CheckpointError, match=r"needs about .* GB of memory"):
        check_model(tiny_stable_diffusion)


def test_another_model_or_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"model_index\.json"):
        check_model(tmp_path)
    (tmp_path / "model_index.json").write_text(json.dumps({"_class_name": "AudioLDMPipeline"}))
    with pytest.raises(CheckpointError, match="AudioLDMPipeline, which is not supported"):
        check_model(tmp_path)


def test_a_strength_outside_is_refused(mix: np.ndarray, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="0 to 1"):
        through(mix, RATE, tmp_path, 1.5, 1, "piano")


def test_the_licence_of_the_weights_is_told(coated: Coated, tiny_stable_diffusion: Path, tmp_path: Path) -> None:
    assert coated.licence == "not told" and coated.model == tiny_stable_diffusion.name
    shutil.copytree(tiny_stable_diffusion, tmp_path / "model")
    (tmp_path / "model" / "README.md").write_text("---\nlicense: creativeml-openrail-m\n---\n# Riffusion\n")
    assert licence_of(tmp_path / "model") == "creativeml-openrail-m"


def test_every_kind_of_folder_has_its_model() -> None:
    assert module._MODELS.keys() == KINDS.keys()
