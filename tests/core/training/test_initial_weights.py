from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from hitpoint.core.model.config import AMTConfig
from hitpoint.core.model.networks.amt import AMT
from hitpoint.core.model.networks.relative_attention import RelativeSelfAttention
from hitpoint.core.training.initial_weights import draw_in_repetition

LOOP = torch.tensor([[1, 66, 14, 92] * 6])  # four chords, round and round


@pytest.fixture
def model() -> AMT:
    torch.manual_seed(0)
    new = AMT(AMTConfig(n_layers=2, n_heads=4, d_model=96, dim_feedforward=32)).eval()
    for name, weight in new.named_parameters():
        if name.endswith("distances"):
            weight.data.mul_(0.02)
    draw_in_repetition(new)
    return new


@torch.no_grad()
def _attention(model: AMT, layer: int) -> Tensor:
    """(heads, time, time): where each step of the loop looks."""
    found: list[Tensor] = []

    def keep(module: RelativeSelfAttention, inputs: tuple[Tensor], _: Tensor) -> None:
        query, key, _ = module._heads(inputs[0])
        logits = module._relative_logits(query) + query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5
        found.append(logits.softmax(dim=-1)[0])

    attention: nn.Module = model.decoder[layer].self_attention  # type: ignore[assignment, union-attr]
    attention.register_forward_hook(keep)  # type: ignore[arg-type]
    model(torch.zeros(1, 24, 776), LOOP, torch.zeros(1))
    return found[0]


@pytest.mark.parametrize("back", range(4))
def test_each_head_of_the_first_layer_looks_so_many_steps_back(model: AMT, back: int) -> None:
    weights = _attention(model, 0)[back]
    assert weights.diagonal(-back)[8:].mean() > 0.6


def test_the_second_layer_looks_where_the_loop_was_here_before(model: AMT) -> None:
    weights = _attention(model, 1)[:3]
    steps = torch.arange(24)
    came_next = (steps[:, None] + 1 - steps[None]) % 4 == 0  # the step after one with the chord that sounds now
    share = (weights * came_next)[:, 12:].sum(dim=-1).mean(dim=-1)
    assert (share > 0.45).all()  # a quarter would be chance


def test_a_model_of_one_layer_stays_as_it_is() -> None:
    model = AMT(AMTConfig(n_layers=1, n_heads=4, d_model=16, dim_feedforward=16))
    before = {name: weight.clone() for name, weight in model.state_dict().items()}
    draw_in_repetition(model)
    assert all(weight.equal(before[name]) for name, weight in model.state_dict().items())
