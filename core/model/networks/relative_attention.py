"""Causal self-attention with relative positions, as in Music Transformer (Huang et al. 2018, arXiv 1809.04281).

The logit of query i for key j is ``q_i . k_j + q_i . e_(i-j)``, with q already divided by the square root of the head's
width. The vectors e are learned, one for each distance, shared by the heads; :attr:`distances` holds the farthest first
and distance 0 last, as the published file does.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from hitpoint.core.model.config import AMTConfig


class RelativeSelfAttention(nn.Module):
    """Multi-head attention of a sequence to its own past."""

    def __init__(self, config: AMTConfig) -> None:
        super().__init__()
        self.n_heads = config.n_heads
        self.dropout = config.dropout
        self.query_key_value = nn.Linear(config.d_model, 3 * config.d_model)
        self.distances = nn.Parameter(torch.randn(config.max_steps, config.d_model // config.n_heads))
        self.output = nn.Linear(config.d_model, config.d_model)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, time, dim) to the same, each position having seen itself and what lies before it."""
        query, key, value = self._heads(x)
        dropout = self.dropout if self.training else 0.0
        bias = self._relative_logits(query)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias, dropout_p=dropout)
        result: Tensor = self.output(mixed.transpose(1, 2).flatten(2))
        return result

    def step(self, x: Tensor, keys: Tensor, values: Tensor, position: int) -> Tensor:
        """One position of :meth:`forward`, given the keys and values of those before it.

        Args:
            x: (batch, 1, dim), the stream at ``position``.
            keys: (batch, heads, max_steps, width); row ``position`` is written here, those before it are read.
            values: the same for the values.
            position: 0..max_steps-1.
        """
        query, key, value = self._heads(x)
        keys[:, :, position : position + 1] = key
        values[:, :, position : position + 1] = value
        seen = position + 1
        scaled = query * query.shape[-1] ** -0.5
        logits = scaled @ keys[:, :, :seen].transpose(-2, -1) + scaled @ self.distances[-seen:].T
        mixed = logits.softmax(dim=-1) @ values[:, :, :seen]
        result: Tensor = self.output(mixed.transpose(1, 2).flatten(2))
        return result

    def _heads(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """(batch, time, dim) to query, key and value, each (batch, heads, time, width)."""
        batch, time, _ = x.shape
        split = self.query_key_value(x).view(batch, time, 3, self.n_heads, -1).permute(2, 0, 3, 1, 4)
        return split[0], split[1], split[2]

    def _relative_logits(self, query: Tensor) -> Tensor:
        """(batch, heads, time, time): q_i . e_(i-j), and minus infinity where j lies after i."""
        time = query.shape[-2]
        scaled = query * query.shape[-1] ** -0.5
        by_distance = scaled @ self.distances[-time:].T  # column c is distance time-1-c
        future = torch.ones(time, time, dtype=torch.bool, device=query.device).triu(1)
        return _skewed(by_distance).masked_fill(future, float("-inf"))


def _skewed(by_distance: Tensor) -> Tensor:
    """Logits by distance to logits by key: row i moves left by time-1-i (Huang et al., section 3.4)."""
    batch, heads, time, _ = by_distance.shape
    padded = functional.pad(by_distance, (1, 0))
    return padded.view(batch, heads, time + 1, time)[:, :, 1:]
