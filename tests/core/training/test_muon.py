from __future__ import annotations

import pytest
import torch

from hitpoint.core.training.muon import Muon, orthogonalised


@pytest.mark.parametrize("shape", [(6, 6), (4, 12), (12, 4)], ids=["square", "wide", "tall"])
def test_a_step_goes_in_every_direction_alike(shape: tuple[int, int]) -> None:
    matrix = torch.randn(shape, generator=torch.Generator().manual_seed(0))
    sizes = torch.linalg.svdvals(orthogonalised(matrix).float())
    assert sizes.min() > 0.6 and sizes.max() < 1.3


def test_a_minimum_is_found() -> None:
    weight = torch.nn.Parameter(torch.zeros(3, 4))
    goal = torch.arange(12.0).view(3, 4) / 12
    optimiser = Muon([weight], lr=0.05)
    for update in range(100):
        optimiser.param_groups[0]["lr"] = 0.1 * (1 - update / 100)
        optimiser.zero_grad()
        ((weight - goal) ** 2).sum().backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    assert (weight - goal).abs().max() < 0.1


@pytest.mark.skipif(not hasattr(torch.optim, "Muon"), reason="torch has it from 2.9 on")
@pytest.mark.parametrize("shape", [(6, 6), (4, 12), (12, 4)])
def test_it_is_torchs_muon(shape: tuple[int, int]) -> None:
    torch.manual_seed(0)
    start = torch.randn(shape)
    ours, theirs = torch.nn.Parameter(start.clone()), torch.nn.Parameter(start.clone())
    rules = Muon([ours], lr=0.02, weight_decay=0.05), torch.optim.Muon([theirs], lr=0.02, weight_decay=0.05)
    for _ in range(3):
        gradient = torch.randn(shape)
        for weight, rule in zip((ours, theirs), rules, strict=True):
            weight.grad = gradient.clone()
            rule.step()
    assert torch.allclose(ours, theirs, atol=2e-4)
