from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from hitpoint.core.model.checkpoint import load_regressor
from hitpoint.core.model.networks.bigru import BiGRU

pytestmark = pytest.mark.determinism

MakeRegressor = Callable[..., BiGRU]
MakeVideo = Callable[..., NDArray[np.float32]]


def plain_direction(model: BiGRU, x: Tensor, layer: int, suffix: str) -> Tensor:
    """One direction of one layer, by the GRU's equations; ``x`` is (time, width)."""
    w_in, w_hidden, b_in, b_hidden = (
        getattr(model.gru, f"{name}_l{layer}{suffix}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    )
    hidden, rows = x.new_zeros(w_hidden.shape[1]), []
    for row in x:
        reset_in, update_in, new_in = (w_in @ row + b_in).chunk(3)
        reset_hidden, update_hidden, new_hidden = (w_hidden @ hidden + b_hidden).chunk(3)
        reset, update = (reset_in + reset_hidden).sigmoid(), (update_in + update_hidden).sigmoid()
        hidden = (1 - update) * (new_in + reset * new_hidden).tanh() + update * hidden
        rows.append(hidden)
    return torch.stack(rows)


@torch.no_grad()
def test_it_is_the_bidirectional_gru_of_the_paper(small_regressor: MakeRegressor, video: MakeVideo) -> None:
    model = small_regressor()
    x = rows = torch.from_numpy(video(10)).double()
    for layer in range(2):
        backward = plain_direction(model, x.flip(0), layer, "_reverse").flip(0)
        x = torch.cat((plain_direction(model, x, layer, ""), backward), dim=-1)
    torch.testing.assert_close(model(rows[None])[0], model.output(x), atol=1e-9, rtol=0)


@torch.no_grad()
def test_it_agrees_with_the_authors_own_regressor(reference: Path) -> None:
    saved = {name: torch.from_numpy(array) for name, array in np.load(reference / "regressor.npz").items()}
    parts = (saved["semantic"], saved["scene_offset"][..., None], saved["motion"][..., None], saved["emotion"])
    output = load_regressor(reference / "regressor.pickle")(torch.cat(parts, dim=-1))
    torch.testing.assert_close(output, saved["output"], atol=1e-4, rtol=0)


@torch.no_grad()
def test_lengths_keep_padding_from_being_read(small_regressor: MakeRegressor, video: MakeVideo) -> None:
    model, rows = small_regressor(), torch.from_numpy(video(12)).double()[None]
    padded = model(rows, torch.tensor([7]))
    assert padded.shape == (1, 12, 2)
    torch.testing.assert_close(padded[:, :7], model(rows[:, :7]), atol=1e-12, rtol=0)


@torch.no_grad()
def test_outputs_come_on_the_scale_of_the_data(small_regressor: MakeRegressor, video: MakeVideo) -> None:
    model, rows = small_regressor(), torch.from_numpy(video(5)).double()[None]
    plain = model(rows)
    model.target_mean.copy_(torch.tensor([10.0, 0.2]))
    model.target_scale.copy_(torch.tensor([6.0, 0.1]))
    torch.testing.assert_close(model(rows), plain * torch.tensor([6.0, 0.1]) + torch.tensor([10.0, 0.2]))
