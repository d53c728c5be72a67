from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch
from numpy.typing import NDArray

from hitpoint.core.features.speech_network import RATE, WINDOW, speech_network, speech_probabilities

pytestmark = pytest.mark.determinism

# What onnxruntime 1.32 says of silero_vad.onnx (silero-vad 6.2.3) for the first windows of voices/en.ogg.
PUBLISHED = (
    0.0291, 0.0368, 0.8719, 0.9380, 0.6608, 0.8042, 0.8025, 0.7977, 0.9934, 0.9986, 0.9984, 0.9996,
    0.9999, 0.9999, 0.9999, 0.9999, 0.9997, 0.9998, 1.0000, 0.9999, 0.9997, 1.0000, 1.0000, 1.0000,
    1.0000, 1.0000, 1.0000, 0.9999, 0.9998, 0.9987, 0.9940, 0.9822, 0.9964, 0.9998, 0.9999, 0.9994,
    0.9996, 1.0000, 1.0000, 1.0000, 1.0000, 0.9997, 0.9999, 0.9999, 1.0000, 1.0000, 0.9970, 0.9985,
)  # fmt: skip


@pytest.fixture(scope="module")
def voice() -> NDArray[np.float32]:
    sound, _ = soundfile.read(Path(__file__).parent / "voices" / "en.ogg", dtype="float32")
    return np.asarray(sound)


def test_it_says_what_the_published_network_says(voice: NDArray[np.float32]) -> None:
    found = speech_probabilities(voice)[: len(PUBLISHED)]
    np.testing.assert_allclose(found, PUBLISHED, atol=2e-3)  # decoders of the voice differ in their last bits


@pytest.mark.parametrize("samples", [0, 1, 511, 512, 513, 16_000])
def test_there_is_a_number_for_every_window_begun(voice: NDArray[np.float32], samples: int) -> None:
    found = speech_probabilities(voice[:samples])
    assert len(found) == -(-samples // WINDOW)
    assert np.all((found >= 0) & (found <= 1))


def test_what_comes_later_changes_nothing_before(voice: NDArray[np.float32]) -> None:
    whole, part = speech_probabilities(voice), speech_probabilities(voice[: 90 * WINDOW])
    np.testing.assert_allclose(part, whole[:90], atol=1e-4)


def test_a_long_sound_is_remembered_from_piece_to_piece(voice: NDArray[np.float32]) -> None:
    late = np.concatenate([np.zeros(63 * RATE, np.float32), voice])
    padded = torch.from_numpy(np.concatenate([np.zeros(64), late, np.zeros(-len(late) % WINDOW)]))
    with torch.inference_mode():
        together, _ = speech_network()(padded.unfold(0, WINDOW + 64, WINDOW))
    np.testing.assert_allclose(speech_probabilities(late), together.numpy(), atol=1e-4)


def test_silence_is_not_looked_at() -> None:
    assert not speech_probabilities(np.zeros(RATE, np.float32)).any()
