"""Transformer layers whose attention knows distances by rotation (Su et al. 2021, "RoFormer", arXiv 2104.09864).

Queries and keys are turned by angles proportional to their position, so their product depends on the distance alone:
what relative position representations are to the paper's AMT and to Music Transformer (Huang et al. 2018). No layer
knows absolute time, of which the labels' ten-second artefact would be learnt.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from hitpoint.core.model.memory_config import MemoryConfig

HIDDEN = -1e4  # added to the scores of what may not be seen: exp of it is 0 even in float64

_SLOWEST = 1000.0  # steps of the longest wavelength, over 2 pi


class RotaryLayer(nn.Module):
    """Attention, then a feed-forward block (GELU), each on the normalised stream and added to it."""

    def __init__(self, config: MemoryConfig) -> None:
        super().__init__()
        width = config.d_model
        self.n_heads = config.n_heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width, bias=False), nn.Linear(width, width, bias=False)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x: Tensor, turns: Tensor, bias: Tensor) -> Tensor:
        """(batch, time, dim) to the same; ``bias`` is added to scores (batch, heads, time, time) and hides."""
        query, key, value = self._turned(x, turns)
        return self._after(x, functional.scaled_dot_product_attention(query, key, value, attn_mask=bias))

    def read(self, x: Tensor, turns: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        """:meth:`forward`, and (2, batch, heads, time, width) keys and values, as :mod:`.single_step` keeps them."""
        query, key, value = self._turned(x, turns)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        return self._after(x, mixed), torch.stack((side_by_side(key), value))

    def _turned(self, x: Tensor, turns: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Turned query, turned key, value: each (batch, heads, time, width)."""
        batch, time, _ = x.shape
        rows = self.qkv(self.norm1(x)).view(batch, time, 3, self.n_heads, -1).permute(2, 0, 3, 1, 4)
        query, key = turned(rows[:2], turns).unbind()
        return query, key, rows[2]

    def _after(self, x: Tensor, mixed: Tensor) -> Tensor:
        x = x + self._dropped(self.out(mixed.transpose(1, 2).reshape(x.shape)))
        inner = functional.gelu(self.up(self.norm2(x)), approximate="tanh")
        result: Tensor = x + self._dropped(self.down(inner))
        return result

    def _dropped(self, x: Tensor) -> Tensor:
        """Only in training is there a call at all: a step has hundreds of calls, and each of them takes its time."""
        result: Tensor = self.dropout(x) if self.training else x
        return result


def turns_of(steps: int, width: int) -> Tensor:
    """(2, steps, width) cosines, and sines with their signs, by which positions turn the pairs of a head's width."""
    speeds = _SLOWEST ** (-torch.arange(0, width, 2, dtype=torch.float64, device="cpu") / width)
    angles = torch.arange(steps, dtype=torch.float64, device="cpu")[:, None] * speeds
    cos, sin = angles.cos(), angles.sin()
    return torch.stack((torch.cat((cos, cos), 1), torch.cat((-sin, sin), 1))).float()


def turned(x: Tensor, turns: Tensor) -> Tensor:
    """Rotate the pairs (i, i + width / 2) of (..., time, width) by ``turns`` (2, time, width)."""
    return torch.addcmul(x * turns[0], x.roll(x.shape[-1] // 2, -1), turns[1])


def side_by_side(x: Tensor) -> Tensor:
    """The pairs (i, i + width / 2) of (..., width) moved to (2 i, 2 i + 1), to be read as complex numbers."""
    return x.view(*x.shape[:-1], 2, -1).transpose(-1, -2).flatten(-2)
