"""Files of the AMT with a memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from hitpoint.core.errors import CheckpointError
from hitpoint.core.model.checkpoint import (
    default_checkpoint,
    load_amt,
    load_chord_model,
    load_regressor,
    read_metadata,
    save_amt,
    save_memory_amt,
)
from hitpoint.core.model.memory_config import MemoryConfig
from hitpoint.core.model.networks.amt import AMT
from hitpoint.core.model.networks.memory_amt import MemoryAMT


@pytest.fixture
def model() -> MemoryAMT:
    torch.manual_seed(0)
    return MemoryAMT(MemoryConfig(d_model=16, n_heads=2, n_layers=2, encoder_layers=1, max_steps=12)).eval()


def test_it_comes_back_as_it_was_saved(model: MemoryAMT, tmp_path: Path) -> None:
    save_memory_amt(model, tmp_path / "m.safetensors", {"seed": 3})
    again = load_chord_model(tmp_path / "m.safetensors")
    assert isinstance(again, MemoryAMT)
    assert (again.config, again.training, read_metadata(tmp_path / "m.safetensors")) == (
        model.config,
        False,
        {"seed": 3},
    )
    for name, value in model.state_dict().items():
        assert torch.equal(again.state_dict()[name], value), name


def test_half_the_size_keeps_the_weights_to_a_thousandth(model: MemoryAMT, tmp_path: Path) -> None:
    save_memory_amt(model, tmp_path / "m.safetensors", {}, half=True)
    again = load_chord_model(tmp_path / "m.safetensors")
    torch.testing.assert_close(dict(again.named_parameters()), dict(model.named_parameters()), rtol=1e-3, atol=1e-6)


def test_a_chord_model_of_either_kind_is_known_by_its_file(
    model: MemoryAMT, small_amt: Callable[..., AMT], tmp_path: Path
) -> None:
    save_memory_amt(model, tmp_path / "memory.safetensors", {})
    save_amt(small_amt(), tmp_path / "plain.safetensors", {})
    assert type(load_chord_model(tmp_path / "memory.safetensors")) is MemoryAMT
    assert type(load_chord_model(tmp_path / "plain.safetensors")) is AMT
    assert load_chord_model(default_checkpoint("amt")).max_steps == 300


def test_it_is_no_other_kind(model: MemoryAMT, tmp_path: Path) -> None:
    save_memory_amt(model, tmp_path / "m.safetensors", {})
    for load in (load_amt, load_regressor):
        with pytest.raises(CheckpointError, match="memory_amt"):
            load(tmp_path / "m.safetensors")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"a text"], ids=["empty", "magic", "text"])
def test_what_is_no_checkpoint_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(CheckpointError):
        load_chord_model(tmp_path / "x")


def test_weights_for_other_sizes_are_refused(model: MemoryAMT, tmp_path: Path) -> None:
    model.chords.run = torch.nn.Embedding(5, 16)
    save_memory_amt(model, tmp_path / "m.safetensors", {})
    with pytest.raises(CheckpointError, match="shape"):
        load_chord_model(tmp_path / "m.safetensors")
