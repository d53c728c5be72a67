"""ACE-Step and Stable Audio, tiny and untrained: lengths, places, seeds, strengths, and that they can be stopped."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hitpoint.core.diffusion.through import through
from hitpoint.core.diffusion.waveforms import StableAudioOpen
from hitpoint.core.progress import Cancelled, Progress

RATE = 48_000  # thrice the models' own
STEPS = 4
MODELS = ("tiny_ace_step", "tiny_stable_audio", "tiny_stable_audio_3")


@pytest.fixture(params=MODELS)
def model(request: pytest.FixtureRequest) -> Path:
    return Path(request.getfixturevalue(request.param))


@pytest.fixture(scope="module")
def mix() -> np.ndarray:
    """Three quarters of a second of two tones, one to each side."""
    time = np.arange(RATE * 3 // 4 + 5) / RATE
    return np.stack([0.3 * np.sin(2 * np.pi * hertz * time) for hertz in (330.0, 523.25)], axis=1).astype(np.float32)


def drawn(mix: np.ndarray, model: Path, strength: float, seed: int = 1, **options: object) -> np.ndarray:
    return through(mix, RATE, model, strength, seed, "piano", steps=STEPS, **options).sound  # type: ignore[arg-type]


def test_it_is_as_long_and_as_loud(mix: np.ndarray, model: Path) -> None:
    sound = drawn(mix, model, 0.5)
    assert sound.shape == mix.shape and sound.dtype == np.float32
    levels = [np.sqrt(np.mean(each.astype(float) ** 2)) for each in (sound, mix)]
    assert levels[0] == pytest.approx(levels[1], rel=0.01) or np.abs(sound).max() == pytest.approx(1.0)


def test_the_same_seed_is_the_same_sound(mix: np.ndarray, model: Path) -> None:
    assert np.array_equal(drawn(mix, model, 0.5), drawn(mix, model, 0.5))
    assert not np.array_equal(drawn(mix, model, 0.5), drawn(mix, model, 0.5, seed=2))


def test_at_strength_0_no_seed_is_heard(mix: np.ndarray, model: Path) -> None:
    assert np.array_equal(drawn(mix, model, 0.0), drawn(mix, model, 0.0, seed=2))


@pytest.mark.parametrize("name", ["tiny_ace_step", "tiny_stable_audio_3"])
def test_more_strength_is_further_from_the_autoencoder_alone(
    mix: np.ndarray, name: str, request: pytest.FixtureRequest
) -> None:
    model = request.getfixturevalue(name)
    own = drawn(mix, model, 0.0)
    distances = [float(np.abs(drawn(mix, model, strength) - own).mean()) for strength in (0.05, 0.9)]
    assert 0 < distances[0] < distances[1]


def test_the_schedule_of_stable_audio_open_begins_at_the_noise_of_the_strength(
    mix: np.ndarray, tiny_stable_audio: Path
) -> None:
    model = StableAudioOpen(tiny_stable_audio)
    begun = []
    for strength in (0.1, 0.5, 1.0):
        model.coated(mix, RATE, strength, 1, "piano", STEPS, Progress())
        begun.append(float(model._pipeline.scheduler.sigmas[0]))
    assert begun == pytest.approx([0.63, 12.25, 500.0], rel=0.01)  # .3 (500 / .3) ** strength


def test_outside_a_span_every_sample_stays(mix: np.ndarray, model: Path) -> None:
    sound = drawn(mix, model, 0.5, span=(0.25, 0.5))
    inside = slice(RATE // 4, RATE // 2)
    assert np.array_equal(sound[: inside.start], mix[: inside.start])
    assert np.array_equal(sound[inside.stop :], mix[inside.stop :])
    assert not np.array_equal(sound[inside], mix[inside])


def test_what_is_longer_than_a_model_takes_at_once_is_drawn_in_stretches(
    mix: np.ndarray, tiny_stable_audio: Path
) -> None:
    longer = np.tile(mix, (4, 1))
    assert StableAudioOpen(tiny_stable_audio).block_seconds == 2.048
    assert drawn(longer, tiny_stable_audio, 0.2).shape == longer.shape


def test_it_can_be_stopped_between_steps(mix: np.ndarray, model: Path) -> None:
    told: list[float] = []
    progress = Progress(lambda fraction, _: told.append(fraction), lambda: len(told) >= 3)
    with pytest.raises(Cancelled):
        through(mix, RATE, model, 1.0, 1, "piano", progress, steps=STEPS)
    assert told[-1] < 1.0
