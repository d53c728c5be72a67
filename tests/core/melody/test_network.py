from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file

from hitpoint.core.errors import CheckpointError
from hitpoint.core.melody.decisions import decisions_of
from hitpoint.core.melody.line import Ground, Line
from hitpoint.core.melody.network import melody_network, read_melody_network
from hitpoint.core.training.melody.network import MelodyNetwork as Trained
from hitpoint.core.training.melody.train import batch_of


def small_line() -> Line:
    size = 64
    chroma = np.zeros((size, 12))
    chroma[:, [0, 4, 7]] = 1.0
    rows = np.zeros(size, np.int64)
    ground = Ground(chroma, rows, rows, rows + size, rows, rows + 3, False)
    return Line(np.array([0, 4, 8, 16, 20, 24, 40]), np.array([12, 14, 16, 12, 14, 16, 19]), ground)


def test_numpy_and_pytorch_agree() -> None:
    ours, theirs = melody_network(), Trained().double().eval()
    theirs.load_state_dict({name: torch.from_numpy(value) for name, value in ours.weights.items()})
    rows = decisions_of(small_line())
    batch = {
        name: value.double() if value.is_floating_point() else value
        for name, value in batch_of([rows], len(rows)).items()
    }
    with torch.no_grad():
        gaps, pitches = theirs(batch)
    state = ours.initial(1)
    for at in range(len(rows)):
        one = slice(at, at + 1)
        state = ours.heard(state, rows.note[one], rows.chroma[one])
        gap = ours.gap_logits(state, rows.when[one], rows.gap_pointers[one], rows.gap_trust[one])
        pitch = ours.pitch_logits(
            state,
            rows.note[one, 0],
            rows.which[one],
            rows.next_chroma[one],
            rows.pitch_pointers[one],
            rows.pitch_trust[one],
        )
        np.testing.assert_allclose(gap[0], gaps[0, at].numpy(), atol=2e-6)
        np.testing.assert_allclose(pitch[0], pitches[0, at].numpy(), atol=2e-6)


def test_missing_weights_are_an_error_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="cannot be read"):
        read_melody_network(tmp_path / "none.safetensors")


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    save_file({"pitch.weight": np.zeros((3, 3), np.float32)}, tmp_path / "other.safetensors")
    with pytest.raises(CheckpointError, match="no weights of the melody network"):
        read_melody_network(tmp_path / "other.safetensors")
