"""A style learnt by gradient: it makes its music likelier, the weights stay, and nothing is what it was without."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from hitpoint.core.model.conditions import conditions_of
from hitpoint.core.model.inversion import StylePiece, learnt_style, style_nats
from hitpoint.core.model.memory_config import MemoryConfig
from hitpoint.core.model.networks.memory_amt import MemoryAMT


@pytest.fixture
def model() -> MemoryAMT:
    torch.manual_seed(0)
    made = MemoryAMT(MemoryConfig(d_model=16, n_heads=2, n_layers=2, encoder_layers=1, max_steps=24, pointer_width=4))
    for parameter in made.eval().parameters():
        torch.nn.init.normal_(parameter, 0.0, 0.3)
    return made


def piece(*tokens: int) -> StylePiece:
    return StylePiece(np.array(tokens), False, conditions_of(np.full((len(tokens), 776), np.nan, np.float32)))


def test_the_music_becomes_likelier_and_the_weights_stay(model: MemoryAMT) -> None:
    before = {name: value.clone() for name, value in model.state_dict().items()}
    loop = piece(*(1, 14, 27, 40) * 3)
    style = learnt_style(model, [loop], steps=10)
    assert style_nats(model, loop, style) < style_nats(model, loop)
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())


def test_the_same_music_teaches_the_same_style(model: MemoryAMT) -> None:
    loops = [piece(1, 14, 27, 40), piece(5, 1, 5, 1, 9)]
    assert learnt_style(model, loops, steps=4) == learnt_style(model, loops, steps=4)


def test_a_style_of_noughts_is_none(model: MemoryAMT) -> None:
    loop = piece(1, 14, 27, 40)
    assert style_nats(model, loop, (0.0,) * 16) == style_nats(model, loop)
