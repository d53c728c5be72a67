"""Weights between two."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from hitpoint.core.errors import CheckpointError
from hitpoint.core.model.checkpoint import load_chord_model, read_metadata, save_memory_amt
from hitpoint.core.model.memory_config import MemoryConfig
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.training.blended_weights import blend, main

SMALL = {"d_model": 24, "n_heads": 2, "n_layers": 1, "encoder_layers": 1, "biased_layers": (0,), "max_steps": 8}


def saved(path: Path, seed: int, **config: object) -> MemoryAMT:
    torch.manual_seed(seed)
    model = MemoryAMT(MemoryConfig(**{**SMALL, **config}))  # type: ignore[arg-type]
    save_memory_amt(model, path, {"seed": seed})
    return model


def test_shared_weights_are_blended_and_new_ones_kept(tmp_path: Path) -> None:
    new, old = saved(tmp_path / "new", 1, place_hidden=4), saved(tmp_path / "old", 2)
    assert main([str(tmp_path / "new"), str(tmp_path / "old"), "0.75", str(tmp_path / "out")]) == 0
    found = load_chord_model(tmp_path / "out").state_dict()
    middle = 0.75 * new.state_dict()["head.weight"] + 0.25 * old.state_dict()["head.weight"]
    torch.testing.assert_close(found["head.weight"], middle, atol=1e-3, rtol=1e-3)
    torch.testing.assert_close(
        found["place_likeness.inner"], new.state_dict()["place_likeness.inner"], atol=1e-3, rtol=1e-3
    )
    assert read_metadata(tmp_path / "out")["share"] == 0.75


def test_models_of_other_sizes_are_refused(tmp_path: Path) -> None:
    saved(tmp_path / "new", 1), saved(tmp_path / "old", 2, d_model=32)
    with pytest.raises(CheckpointError, match="another size"):
        blend(tmp_path / "new", tmp_path / "old", 0.5, tmp_path / "out")
    assert not (tmp_path / "out").exists()
