from __future__ import annotations

import pytest
import torch

from hitpoint.core.model.vocabulary import PAD
from hitpoint.core.training.losses import chord_loss, dynamics_loss


def test_even_logits_cost_the_logarithm_of_the_vocabulary_and_padding_nothing() -> None:
    targets = torch.tensor([[3, 7, PAD]])
    logits = torch.zeros(1, 3, 159)
    logits[0, 2, 5] = 100.0
    assert float(chord_loss(logits, targets)) == pytest.approx(5.0689, abs=1e-4)


def test_a_perfect_curve_costs_nothing() -> None:
    curve = torch.rand(2, 20, 2)
    lengths, scale = torch.tensor([20, 12]), torch.tensor([5.0, 0.1])
    assert float(dynamics_loss(curve, curve.clone(), lengths, scale, 1.0)) == pytest.approx(0.0, abs=1e-3)


def test_padding_costs_nothing() -> None:
    curve, wrong = torch.rand(1, 20, 2), torch.rand(1, 20, 2)
    wrong[0, :12] = curve[0, :12]
    assert float(dynamics_loss(wrong, curve, torch.tensor([12]), torch.ones(2), 1.0)) == pytest.approx(0.0, abs=1e-3)


def test_error_is_counted_in_standard_deviations() -> None:
    target = torch.zeros(1, 4, 2)
    predicted = target + torch.tensor([5.0, 0.1])
    loss = dynamics_loss(predicted, target, torch.tensor([4]), torch.tensor([5.0, 0.1]), 0.0)
    assert float(loss) == pytest.approx(1.0)


def test_a_curve_upside_down_costs_twice_the_weight_of_the_shape() -> None:
    target = torch.rand(1, 30, 2)
    lengths, scale = torch.tensor([30]), torch.ones(2)
    with_shape = dynamics_loss(-target, target, lengths, scale, 0.5)
    without = dynamics_loss(-target, target, lengths, scale, 0.0)
    assert float(with_shape - without) == pytest.approx(1.0, abs=1e-3)
