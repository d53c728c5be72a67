"""Small models with fixed random weights, video to go with them, and the authors' numbers where they are at hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from hitpoint.core.model.config import AMTConfig, RegressorConfig
from hitpoint.core.model.networks.amt import AMT
from hitpoint.core.model.networks.bigru import BiGRU

SMALL = {"n_layers": 2, "n_heads": 2, "d_model": 16, "dim_feedforward": 24, "max_steps": 12, "dropout": 0.0}


@pytest.fixture
def small_amt() -> Callable[..., AMT]:
    """Makes an AMT in float64 whose every parameter counts (biases and norms too)."""

    def make(seed: int = 0, **config: object) -> AMT:
        torch.manual_seed(seed)
        model = AMT(AMTConfig(**{**SMALL, **config})).double().eval()
        for parameter in model.parameters():
            torch.nn.init.normal_(parameter, 0.0, 0.4)
        return model

    return make


@pytest.fixture
def small_regressor() -> Callable[..., BiGRU]:
    def make(seed: int = 0, **config: object) -> BiGRU:
        torch.manual_seed(seed)
        return BiGRU(RegressorConfig(**{"hidden": 8, "max_steps": 12, **config})).double().eval()

    return make


@pytest.fixture
def video() -> Callable[[int], NDArray[np.float32]]:
    """Makes (seconds, 776) of random features."""

    def make(seconds: int, seed: int = 0) -> NDArray[np.float32]:
        return np.random.default_rng(seed).normal(size=(seconds, 776)).astype(np.float32)

    return make


@pytest.fixture
def reference(pytestconfig: pytest.Config) -> Path:
    """Outputs of the authors' own layers on random weights; they are not part of the repository."""
    folder = pytestconfig.rootpath.parent / "shared" / "reference"
    if not (folder / "amt_small.npz").is_file():
        pytest.skip("the authors' numbers (shared/reference, beside the checkout) are not here")
    return folder
