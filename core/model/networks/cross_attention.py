"""Attention of the chords to the encoded video: ordinary multi-head attention whose keys can be kept."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional

from hitpoint.core.model.config import AMTConfig


class CrossAttention(nn.Module):
    """Multi-head attention from one stream to another."""

    def __init__(self, config: AMTConfig) -> None:
        super().__init__()
        self.n_heads = config.n_heads
        self.dropout = config.dropout
        self.query = nn.Linear(config.d_model, config.d_model)
        self.key_value = nn.Linear(config.d_model, 2 * config.d_model)
        self.output = nn.Linear(config.d_model, config.d_model)

    def keys_and_values(self, memory: Tensor) -> tuple[Tensor, Tensor]:
        """(batch, seconds, dim) to keys and values, each (batch, heads, seconds, width)."""
        batch, seconds, _ = memory.shape
        split = self.key_value(memory).view(batch, seconds, 2, self.n_heads, -1).permute(2, 0, 3, 1, 4)
        return split[0], split[1]

    def forward(self, x: Tensor, keys: Tensor, values: Tensor, seen: Tensor | None = None) -> Tensor:
        """The vector that each position reads from the video.

        Args:
            x: (batch, time, dim).
            keys: (batch, heads, seconds, width), from :meth:`keys_and_values`.
            values: the same.
            seen: (batch, 1, 1, seconds), False where a second is padding; None if all count.

        Returns:
            (batch, time, dim).
        """
        batch, time, _ = x.shape
        query = self.query(x).view(batch, time, self.n_heads, -1).transpose(1, 2)
        dropout = self.dropout if self.training else 0.0
        mixed = functional.scaled_dot_product_attention(query, keys, values, attn_mask=seen, dropout_p=dropout)
        result: Tensor = self.output(mixed.transpose(1, 2).flatten(2))
        return result
